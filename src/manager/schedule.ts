/**
 * Which work of a library goes next and which drives it gets. Rules only: no
 * waiting, no device, no catalogue.
 *
 * @module
 */

/** A drive as the rules see it. */
export interface DriveSituation {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  /** Whether it is present, and no robot step under way. */
  readonly usable: boolean;
  /** Whether it may be mounted in; what is in it may leave in any case. */
  readonly enabled: boolean;
  /** The cartridge in it; null when empty. */
  readonly cartridgeId: string | null;
  /** Whether an application has it mounted. */
  readonly mounted: boolean;
  /** When the medium in it may go without asking; null when it may not. */
  readonly evictableFrom: number | null;
  /** Priority of the mount that left the medium in it. */
  readonly leftPriority: number;
  /** Media types it takes, by id. */
  readonly mediaTypes: ReadonlySet<string>;
  /** Those of them that it writes. */
  readonly writableTypes: ReadonlySet<string>;
}

/** A cartridge that a mount wants. */
export interface WantedMedium {
  readonly cartridgeId: string;
  readonly mediaTypeId: string;
  /** Bar code or name, for people. */
  readonly label: string;
  /** The drive asked for; null for any. */
  readonly driveId: string | null;
  /** The drive in which the caller has it mounted already; null when it has not. */
  readonly heldDriveId: string | null;
  /** Whether it is in the library. */
  readonly online: boolean;
  /** Whether it is to be written, for which it needs a drive that does. */
  readonly write: boolean;
}

/** Work in a library's queue. */
export type Work =
  & { readonly arrival: number; readonly priority: number }
  & (
    | { readonly kind: "inventory" }
    | {
      readonly kind: "dismount";
      readonly cartridgeId: string;
      readonly driveId: string;
    }
    | { readonly kind: "mount"; readonly media: readonly WantedMedium[] }
  );

/** What the rules know when they choose. */
export interface Situation {
  readonly now: number;
  readonly drives: readonly DriveSituation[];
  /** Cartridges that a robot step or a mount has hold of, by id. */
  readonly busyCartridges: ReadonlySet<string>;
  /** Whether any robot step is under way. */
  readonly working: boolean;
}

/** What comes of asking whether work can start. */
export type Verdict =
  | { readonly start: true; readonly driveIds: readonly string[] }
  | {
    readonly start: false;
    readonly waitsFor: string;
    /** The cartridge that the operator has to bring, if it waits for one. */
    readonly offline?: { readonly cartridgeId: string; readonly label: string };
  };

/** Kinds in the order they run. */
const KIND_ORDER: Readonly<Record<Work["kind"], number>> = {
  inventory: 0,
  dismount: 1,
  mount: 2,
};

/** Orders work: dismount before mount, then priority, then arrival. */
export function compareWork(a: Work, b: Work): number {
  return KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || b.priority - a.priority ||
    a.arrival - b.arrival;
}

/** How good a drive is for a cartridge, low is good; null when it cannot serve. */
function rank(
  drive: DriveSituation,
  medium: WantedMedium,
  priority: number,
  now: number,
): number | null {
  if (!drive.usable || !drive.enabled || drive.mounted) return null;
  const types = medium.write ? drive.writableTypes : drive.mediaTypes;
  if (!types.has(medium.mediaTypeId)) return null;
  if (drive.cartridgeId === medium.cartridgeId) return 0;
  if (drive.cartridgeId === null) return 1;
  if (drive.evictableFrom === null) return null;
  if (drive.evictableFrom <= now) return 2;
  return priority >= drive.leftPriority ? 3 : null;
}

function bestDrive(
  medium: WantedMedium,
  taken: ReadonlySet<string>,
  priority: number,
  situation: Situation,
): DriveSituation | null {
  let best: { drive: DriveSituation; rank: number } | null = null;
  for (const drive of situation.drives) {
    if (taken.has(drive.id)) continue;
    if (medium.driveId !== null && medium.driveId !== drive.id) continue;
    const value = rank(drive, medium, priority, situation.now);
    if (value === null) continue;
    const better = best === null || value < best.rank ||
      (value === best.rank &&
        (drive.evictableFrom ?? 0) < (best.drive.evictableFrom ?? 0));
    if (better) best = { drive, rank: value };
  }
  return best?.drive ?? null;
}

/** All or nothing: a mount gets a drive for each of its media, or waits. */
function judgeMount(
  work: Extract<Work, { kind: "mount" }>,
  situation: Situation,
): Verdict {
  const driveIds: string[] = [];
  const taken = new Set<string>();
  // A medium that asks for its drive goes first, and one that is in a drive
  // already, so that others of the same call do not take it away.
  const order = work.media.map((medium, index) => ({ medium, index }))
    .sort((a, b) =>
      choices(a.medium, situation) - choices(b.medium, situation)
    );
  for (const { medium, index } of order) {
    if (!medium.online) {
      return {
        start: false,
        waitsFor: `the operator to bring ${medium.label}`,
        offline: medium,
      };
    }
    const held = medium.heldDriveId;
    if (held !== null && (medium.driveId ?? held) === held) {
      taken.add(held);
      driveIds[index] = held;
      continue;
    }
    if (situation.busyCartridges.has(medium.cartridgeId)) {
      return { start: false, waitsFor: `${medium.label}, which is in use` };
    }
    const drive = bestDrive(medium, taken, work.priority, situation);
    if (drive === null) {
      return { start: false, waitsFor: `a drive for ${medium.label}` };
    }
    taken.add(drive.id);
    driveIds[index] = drive.id;
  }
  return { start: true, driveIds };
}

function choices(medium: WantedMedium, situation: Situation): number {
  if (medium.driveId !== null) return 0;
  const inDrive = situation.drives.some((drive) =>
    drive.cartridgeId === medium.cartridgeId
  );
  return inDrive ? 1 : 2;
}

/** Whether work can start now, with which drives, or what it waits for. */
export function judge(work: Work, situation: Situation): Verdict {
  switch (work.kind) {
    case "inventory":
      return situation.working
        ? { start: false, waitsFor: "the robot to finish" }
        : { start: true, driveIds: [] };
    case "dismount": {
      const drive = situation.drives.find(({ id }) => id === work.driveId);
      const free = drive?.usable === true &&
        !situation.busyCartridges.has(work.cartridgeId);
      return free ? { start: true, driveIds: [work.driveId] } : {
        start: false,
        waitsFor: `${drive?.name ?? "the drive"} to be free`,
      };
    }
    case "mount":
      return judgeMount(work, situation);
  }
}
