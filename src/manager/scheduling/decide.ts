/**
 * What starts now in a library and in which drives: the one question that its
 * queue asks. Rules only: no waiting, no device, no catalogue, no clock; the
 * same situation gives the same decisions.
 *
 * What is documented holds: dismounts go before mounts, then priority, then
 * order numbers. Among mounts equal in all that the choice is free: those
 * whose media are in their drives already, then the owner with the fewest
 * drives, then the shortest way for the arm. A request that is due, which is
 * at half of the ageing limit, is overtaken no more by those that need the arm,
 * and at three quarters by none of its equals.
 *
 * @module
 */
import { type Start, startOf, toKeep, type Wait } from "./drive_choice.ts";
import { isDue, isOverdue, ranks } from "./order.ts";
import { Room } from "./room.ts";
import type {
  Decision,
  MountWork,
  Situation,
  Verdict,
  Work,
  WorkOf,
} from "./situation.ts";

/**
 * Among how many of the oldest mounts that can start it is chosen: enough for
 * the arm to find one near, and few enough for the others to come soon.
 */
const CHOICES = 16;

/** Decides on all work that waits, in the order in which it is to start. */
export function decide(
  works: readonly Work[],
  situation: Situation,
): readonly Decision[] {
  const room = new Room(situation, works);
  const decisions: Decision[] = [];
  for (const rank of ranks(works)) {
    const mounts: MountWork[] = [];
    for (const work of rank) {
      if (situation.frozen !== null && work.kind !== "inventory") {
        const waitsFor = situation.frozen;
        decisions.push({ work, verdict: { start: false, waitsFor } });
      } else if (work.kind === "mount") mounts.push(work);
      else {
        const verdict = judge(work, room);
        decisions.push({ work, verdict });
        // It has the library to itself: nothing starts before it or beside it.
        if (isAlone(work)) return decisions;
        if (verdict.start) room.take(work, verdict.driveIds);
      }
    }
    for (const decision of decideMounts(mounts, room)) decisions.push(decision);
  }
  return decisions;
}

function isAlone({ kind }: Work): boolean {
  return kind === "inventory" || kind === "door";
}

/** Whether work that is no mount can start. */
function judge(work: Exclude<Work, MountWork>, room: Room): Verdict {
  const { drives, working } = room.situation;
  switch (work.kind) {
    case "inventory":
    case "door":
      return working
        ? { start: false, waitsFor: "the robot to finish" }
        : { start: true, driveIds: [] };
    case "transfer": {
      const drive = drives.find(({ cartridgeId }) =>
        cartridgeId === work.cartridgeId
      );
      // Somebody had it mounted out of its port: there is nothing left to do.
      const isAway = work.fromPort && drive !== undefined &&
        drive.holder !== null && room.isFree(drive);
      if (isAway) return { start: true, driveIds: [] };
      const reached = drive === undefined ||
        room.isFree(drive) && drive.holder === null;
      return reached && !room.isTaken(work.cartridgeId)
        ? { start: true, driveIds: [] }
        : { start: false, waitsFor: "the cartridge, which is in use" };
    }
    case "clean":
      return judgeCleaning(work, room);
    case "dismount": {
      const drive = drives.find(({ id }) => id === work.driveId);
      return drive !== undefined && room.isFree(drive) &&
          !room.isBusy(work.cartridgeId)
        ? { start: true, driveIds: [drive.id] }
        : {
          start: false,
          waitsFor: `${drive?.name ?? "the drive"} to be free`,
        };
    }
  }
}

/** A drive is cleaned when nobody has a medium in it; what was left there goes home first. */
function judgeCleaning(
  { cartridgeId, driveId }: WorkOf<"clean">,
  room: Room,
): Verdict {
  const drive = room.situation.drives.find(({ id }) => id === driveId);
  const isFree = drive !== undefined && room.isFree(drive) &&
    drive.holder === null &&
    (drive.cartridgeId === null || drive.evictableFrom !== null);
  if (!isFree) {
    const waitsFor = `${drive?.name ?? "the drive"} to be free`;
    return { start: false, waitsFor };
  }
  return room.isBusy(cartridgeId)
    ? { start: false, waitsFor: "the cleaning cartridge, which is in use" }
    : { start: true, driveIds: [driveId] };
}

/**
 * Mounts of one rank: those at the end of their patience in their order, then
 * those whose media are in place, then the others that are due, then the rest
 * as it suits.
 */
function decideMounts(rank: readonly MountWork[], room: Room): Decision[] {
  const decisions: Decision[] = [];
  const open = new Set(rank);
  const enter = (work: MountWork, answer: Start | Wait): void => {
    open.delete(work);
    if (answer.start) room.take(work, answer.driveIds);
    decisions.push({ work, verdict: verdictOf(answer) });
  };
  const inOrder = (works: readonly MountWork[]): void => {
    for (const work of works) {
      if (!open.has(work)) continue;
      const answer = startOf(work, room);
      enter(work, answer);
      if (!answer.start) keepFor(work, room);
    }
  };
  inOrder(rank.filter((work) => isOverdue(work, room.situation)));
  for (const work of open) {
    if (!isInPlace(work, room)) continue;
    const answer = startOf(work, room);
    if (answer.start && answer.inPlace) enter(work, answer);
  }
  inOrder(rank.filter((work) => isDue(work, room.situation)));
  for (let best = bestOf(open, room); best !== null;) {
    enter(best.work, best.start);
    best = bestOf(open, room);
  }
  const waiting = [...open];
  for (const work of waiting) enter(work, startOf(work, room));
  // What waits of this rank goes before all of a lower one.
  for (const work of waiting) keepFor(work, room);
  return decisions;
}

function isInPlace({ media }: MountWork, room: Room): boolean {
  return media.every(({ cartridgeId }) => room.isInPlace(cartridgeId));
}

/** The mount that it suits best to start next, of the oldest that can start. */
function bestOf(works: Iterable<MountWork>, room: Room): Choice | null {
  let best: Choice | null = null;
  let looked = 0;
  if (room.open.length === 0) return null;
  for (const work of works) {
    const start = startOf(work, room);
    if (!start.start) continue;
    const one = { work, start };
    if (best === null || compareChoice(one, best, room) < 0) best = one;
    if (++looked >= CHOICES) break;
  }
  return best;
}

type Choice = { readonly work: MountWork; readonly start: Start };

function compareChoice(a: Choice, b: Choice, room: Room): number {
  return room.shareOf(a.work.owner) - room.shareOf(b.work.owner) ||
    a.start.distance - b.start.distance ||
    a.work.arrival - b.work.arrival;
}

function keepFor(work: MountWork, room: Room): void {
  const driveIds = toKeep(work, room);
  if (driveIds !== null) room.keep(work, driveIds);
}

function verdictOf(answer: Start | Wait): Verdict {
  return answer.start ? { start: true, driveIds: answer.driveIds } : answer;
}
