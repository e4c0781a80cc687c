/**
 * The order of work as it is documented, and where it leaves a choice.
 *
 * @module
 */
import type { Situation, Work } from "./situation.ts";

/** Kinds in the order they run, which is that of the documented operations. */
const KIND_ORDER: Readonly<Record<Work["kind"], number>> = {
  inventory: 0,
  door: 1,
  transfer: 2,
  clean: 3,
  dismount: 4,
  mount: 5,
};

/**
 * Ranks work: dismount before mount, then priority, then the order number of
 * mounts. Work of one rank (0) may overtake, until it is due.
 */
export function compareRank(a: Work, b: Work): number {
  return KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || b.priority - a.priority ||
    (a.kind === "mount" ? a.order - b.order : 0);
}

/** Orders work by rank, then by arrival. */
export function compareWork(a: Work, b: Work): number {
  return compareRank(a, b) || a.arrival - b.arrival;
}

/** The work by ranks, highest first, each in the order of arrival. */
export function ranks(works: readonly Work[]): Work[][] {
  const groups: Work[][] = [];
  for (const work of works.toSorted(compareWork)) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const same = first !== undefined && compareRank(first, work) === 0;
    if (same) group?.push(work);
    else groups.push([work]);
  }
  return groups;
}

/**
 * How old a request is when it is due: from half of the ageing limit on, so that
 * the rest is left for those before it.
 */
export function dueAgeMs({ ageingLimitMs }: Situation): number {
  return ageingLimitMs / 2;
}

/** Whether work is so old that mounts of its rank overtake it no more that need the arm. */
export function isDue(work: Work, situation: Situation): boolean {
  return situation.now - work.submitted >= dueAgeMs(situation);
}

/** Whether work is so old that nothing of its rank overtakes it any more. */
export function isOverdue(work: Work, situation: Situation): boolean {
  return situation.now - work.submitted >= dueAgeMs(situation) * 3 / 2;
}
