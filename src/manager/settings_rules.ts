/**
 * What a caller may set of which objects, and to what. Rules only: no waiting,
 * no catalogue.
 *
 * @module
 */

import {
  isObjectName,
  LIMITS,
  NtmsError,
  type ObjectChange,
  type ObjectType,
} from "../model/mod.ts";

type Member = keyof ObjectChange;

/** The members each type has beside its description; those not named here have none. */
const MEMBERS: Readonly<Partial<Record<ObjectType, readonly Member[]>>> = {
  computer: [
    "libraryRequestPurgeSeconds",
    "operatorRequestPurgeSeconds",
    "libraryRequestFlags",
    "operatorRequestFlags",
    "mediaPoolPolicy",
  ],
  library: [
    "name",
    "inventoryMethod",
    "autoRecovery",
    "checkLabels",
    "autoClean",
    "cleanerUsesRemaining",
    "flags",
  ],
  drive: ["deferDismountSeconds"],
  door: ["maxOpenSeconds"],
  port: ["maxExtendSeconds"],
  mediaPool: [
    "name",
    "mediaType",
    "drawFromFree",
    "returnToFree",
    "maxAllocates",
    "checkLabels",
  ],
  logicalMedium: ["name"],
  side: ["name"],
  cartridge: ["name"],
};

const HIGHEST_DWORD = 0xffff_ffff;
const HIGHEST_WORD = 0xffff;

/** The highest value of each member that is a number. */
const HIGHEST: Readonly<Partial<Record<Member, number>>> = {
  maxAllocates: HIGHEST_DWORD,
  deferDismountSeconds: HIGHEST_DWORD,
  maxOpenSeconds: HIGHEST_WORD,
  maxExtendSeconds: HIGHEST_WORD,
  cleanerUsesRemaining: HIGHEST_DWORD,
  flags: 0x1f,
  libraryRequestPurgeSeconds: HIGHEST_DWORD,
  operatorRequestPurgeSeconds: HIGHEST_DWORD,
  libraryRequestFlags: 0x3,
  operatorRequestFlags: 0x33,
  mediaPoolPolicy: 0x3,
};

/** Members whose numbers are bits: others than those of the highest value mean nothing. */
const BITS: ReadonlySet<Member> = new Set<Member>([
  "flags",
  "libraryRequestFlags",
  "operatorRequestFlags",
  "mediaPoolPolicy",
]);

/** NtmsLibraryFlags that a caller sets; the others tell what is so. */
const FLAGS_OF_CALLERS = 0x4 | 0x10;
/** NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING. */
const IGNORE_CLEANER_USES = 0x8;
/** Value of `cleanerUsesRemaining` that stops the counting. */
export const UNCOUNTED = 0xffff_ffff;

function invalid(message: string): NtmsError {
  return new NtmsError("ERROR_INVALID_PARAMETER", message);
}

function refuseValue(member: Member, value: unknown): string | null {
  const highest = HIGHEST[member];
  if (highest !== undefined && typeof value === "number") {
    const fits = Number.isInteger(value) && value >= 0 && value <= highest &&
      (!BITS.has(member) || (value & ~highest) === 0);
    return fits ? null : `${member} cannot be ${value}`;
  }
  if (member === "name" && typeof value === "string" && !isObjectName(value)) {
    return `a name has 1 to ${LIMITS.nameLength} characters, none of them a backslash or a control`;
  }
  if (
    member === "description" && typeof value === "string" &&
    value.length > LIMITS.descriptionLength
  ) {
    return `a description has at most ${LIMITS.descriptionLength} characters`;
  }
  if (
    member === "inventoryMethod" && value !== "none" && value !== "fast" &&
    value !== "omid"
  ) {
    return `the inventory method of a library is "none", "fast" or "omid", not "${value}"`;
  }
  return null;
}

/** What an object has now of what can be changed. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * Takes from a change what differs from what is so, and makes sure that an
 * object of this type may have it.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER for what it does not have or
 * cannot be; ERROR_ACCESS_DENIED for what is not the caller's to change.
 */
export function checkChange(
  type: ObjectType,
  label: string,
  now: Settings,
  change: ObjectChange,
): ObjectChange {
  const differing: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(change)) {
    const member = memberOf(key);
    const may = member === "description" ||
      MEMBERS[type]?.includes(member) === true;
    if (value === undefined || (member in now && now[member] === value)) {
      continue;
    }
    if (!may && member in now) {
      throw new NtmsError(
        "ERROR_ACCESS_DENIED",
        `Cannot change the ${member} of ${label}: it is the service's own`,
      );
    }
    const reason = may
      ? refuseValue(member, value)
      : `a ${type} has no ${member}`;
    if (reason !== null) throw invalid(`Cannot change ${label}: ${reason}`);
    differing[member] = value;
  }
  return differing;
}

function memberOf(key: string): Member {
  if (key === "name" || key === "description" || key === "mediaType") {
    return key;
  }
  for (const members of Object.values(MEMBERS)) {
    const member = members.find((one) => one === key);
    if (member !== undefined) return member;
  }
  throw invalid(`No object has a ${key}`);
}

/**
 * What the offline library and the system pools keep as they are.
 *
 * @throws {NtmsError} ERROR_ACCESS_DENIED.
 */
export function checkOwned(label: string, change: ObjectChange): void {
  const member = Object.keys(change).find((key) => key !== "description");
  if (member === undefined) return;
  throw new NtmsError(
    "ERROR_ACCESS_DENIED",
    `Cannot change the ${member} of ${label}: it belongs to the service; only its description can be changed`,
  );
}

/** The flags of a library after a change of them or of the count of its cleaner. */
export function libraryFlags(
  now: number,
  change: Pick<ObjectChange, "flags" | "cleanerUsesRemaining">,
): number {
  const asked = change.flags ?? now;
  const flags = (now & ~FLAGS_OF_CALLERS) | (asked & FLAGS_OF_CALLERS);
  const uses = change.cleanerUsesRemaining;
  if (uses === undefined) return flags;
  return uses === UNCOUNTED
    ? flags | IGNORE_CLEANER_USES
    : flags & ~IGNORE_CLEANER_USES;
}
