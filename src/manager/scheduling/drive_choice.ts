/**
 * Which drives a mount gets.
 *
 * @module
 */
import { matchAll } from "./matching.ts";
import { fits, type Room } from "./room.ts";
import type {
  DriveSituation,
  MountWork,
  Verdict,
  WantedMedium,
} from "./situation.ts";

/** What has to be done so that a drive can take a medium, the least first. */
const EFFORT = {
  none: 0,
  load: 1,
  empty: 2,
  emptyEarly: 3,
  emptyWanted: 4,
} as const;

/** A drive that a medium could have. */
interface Offer {
  readonly drive: DriveSituation;
  readonly effort: number;
}

/** Why a mount does not start. */
export type Wait = Extract<Verdict, { start: false }>;

/** How a mount would start. */
export interface Start {
  readonly start: true;
  readonly driveIds: readonly string[];
  /** Whether every medium is in its drive already. */
  readonly inPlace: boolean;
  /** How far the arm goes with nothing in its hand, for all media together. */
  readonly distance: number;
}

/** What a drive would need for a medium; null when it cannot serve now. */
function effortOf(
  drive: DriveSituation,
  medium: WantedMedium,
  { priority, media }: MountWork,
  room: Room,
): number | null {
  if (!fits(drive, medium)) return null;
  const { cartridgeId, evictableFrom, leftPriority } = drive;
  if (cartridgeId === medium.cartridgeId) return EFFORT.none;
  if (cartridgeId === null) return EFFORT.load;
  if (evictableFrom === null) return null;
  const early = evictableFrom > room.situation.now;
  if (early && priority < leftPriority) return null;
  const own = media.some((other) => other.cartridgeId === cartridgeId);
  if (own || room.isWanted(cartridgeId)) return EFFORT.emptyWanted;
  return early ? EFFORT.emptyEarly : EFFORT.empty;
}

/** The best first: least effort, left longest, fit for fewest types, nearest. */
function compareOffers(medium: WantedMedium): (a: Offer, b: Offer) => number {
  return (a, b) =>
    a.effort - b.effort ||
    (a.drive.evictableFrom ?? 0) - (b.drive.evictableFrom ?? 0) ||
    a.drive.mediaTypes.size - b.drive.mediaTypes.size ||
    distance(a.drive, medium) - distance(b.drive, medium);
}

/**
 * How far the arm goes for nothing: to the cartridge from where it put away
 * what was in the drive, or from the drive. The way from the slot to the drive
 * it has to go in any case.
 */
function distance(drive: DriveSituation, { position }: WantedMedium): number {
  const from = drive.homePosition ?? drive.position;
  return from === null || position === null ? 0 : Math.abs(from - position);
}

function offersFor(
  medium: WantedMedium,
  work: MountWork,
  room: Room,
): readonly DriveSituation[] {
  const offers: Offer[] = [];
  for (const drive of room.open) {
    const effort = effortOf(drive, medium, work, room);
    if (effort !== null) offers.push({ drive, effort });
  }
  return offers.sort(compareOffers(medium)).map(({ drive }) => drive);
}

/** Why a mount cannot start, whatever drives are free; null when it may. */
function obstacle(work: MountWork, room: Room): Wait | null {
  for (const medium of work.media) {
    if (!medium.online) {
      return {
        start: false,
        waitsFor: `the operator to bring ${medium.label}`,
        offline: medium,
      };
    }
  }
  for (const medium of work.media) {
    if (isHeldInPlace(medium) || !room.isBusy(medium.cartridgeId)) continue;
    return {
      start: false,
      waitsFor: room.isKept(medium.cartridgeId)
        ? `${medium.label}, which a request before it waits for`
        : `${medium.label}, which is in use`,
    };
  }
  return null;
}

/** Whether the caller has a medium mounted where it asks for it. */
function isHeldInPlace({ driveId, heldDriveId }: WantedMedium): boolean {
  return heldDriveId !== null && (driveId ?? heldDriveId) === heldDriveId;
}

/** All or nothing: a mount gets a drive for each of its media, or waits. */
export function startOf(work: MountWork, room: Room): Start | Wait {
  const stop = obstacle(work, room);
  if (stop !== null) return stop;
  const open = work.media.filter((medium) => !isHeldInPlace(medium));
  const [first] = open;
  if (first !== undefined && room.open.length === 0) return noDrive(first);
  const offers = open.map((medium) => offersFor(medium, work, room));
  // Those with the fewest drives to choose from choose first.
  const order = open.map((_, index) => index).sort((a, b) =>
    (offers[a]?.length ?? 0) - (offers[b]?.length ?? 0)
  );
  const given = matchAll(
    open.length,
    (turn) => (offers[order[turn] ?? -1] ?? []).map(({ id }) => id),
  );
  if (given === null) {
    const short = offers.findIndex(({ length }) => length === 0);
    return noDrive(open[Math.max(short, 0)]);
  }
  const drives = new Map(
    order.map((index, turn) => [open[index], given[turn] ?? ""]),
  );
  let inPlace = true;
  let way = 0;
  const driveIds = work.media.map((medium) => {
    const id = drives.get(medium) ?? medium.heldDriveId ?? "";
    const drive = room.situation.drives.find((one) => one.id === id);
    inPlace &&= drive?.cartridgeId === medium.cartridgeId;
    way += drive === undefined ? 0 : distance(drive, medium);
    return id;
  });
  return { start: true, driveIds, inPlace, distance: way };
}

function noDrive(medium: WantedMedium | undefined): Wait {
  return { start: false, waitsFor: `a drive for ${medium?.label ?? ""}` };
}

/**
 * The drives that a mount of several media keeps while it waits for the last
 * of them, or it would wait for ever behind mounts of one; null where it keeps
 * nothing: it could never start with them, or those who hold the others wait
 * for a mount themselves, and keeping from them what they wait for would lock
 * both.
 */
export function toKeep(work: MountWork, room: Room): readonly string[] | null {
  if (work.media.length < 2) return null;
  const { drives } = room.situation;
  const stuck = new Set<string>();
  for (const drive of drives) {
    if (!room.isStuck(drive)) continue;
    stuck.add(drive.id);
    if (drive.cartridgeId !== null) stuck.add(drive.cartridgeId);
  }
  const open = work.media.filter((medium) => !isHeldInPlace(medium));
  for (const { cartridgeId, online } of open) {
    if (!online || stuck.has(cartridgeId) || room.isKept(cartridgeId)) {
      return null;
    }
  }
  return matchAll(open.length, (index) => {
    const medium = open[index];
    if (medium === undefined) return [];
    return drives.filter((drive) =>
      drive.present && drive.enabled && fits(drive, medium) &&
      !stuck.has(drive.id) && !room.isKept(drive.id)
    ).toSorted((a, b) => wait(a, medium, room) - wait(b, medium, room))
      .map(({ id }) => id);
  });
}

/** Low for a drive that asks for no more waiting, lowest for the one that has the medium. */
function wait(
  drive: DriveSituation,
  { cartridgeId }: WantedMedium,
  room: Room,
): number {
  if (drive.cartridgeId === cartridgeId) return 0;
  return room.isFree(drive) && drive.holder === null ? 1 : 2;
}
