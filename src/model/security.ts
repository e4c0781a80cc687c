/**
 * Who may do what to which object: the words of it. Users, groups and tokens
 * are told apart by security identifiers, as the documented descriptors do;
 * those of Unix users and groups are Samba's.
 *
 * @module
 */

/** The rights that an entry can give or deny, with their bits in an access mask. */
export const ACCESS_RIGHTS = {
  use: 1,
  modify: 2,
  control: 4,
  delete: 0x1_0000,
  readControl: 0x2_0000,
  writeDac: 0x4_0000,
  writeOwner: 0x8_0000,
  synchronize: 0x10_0000,
} as const;
/** Name of a right. */
export type AccessRight = keyof typeof ACCESS_RIGHTS;

/** Every right. */
export const ALL_RIGHTS: readonly AccessRight[] = [
  "use",
  "modify",
  "control",
  "delete",
  "readControl",
  "writeDac",
  "writeOwner",
  "synchronize",
];

/** Security identifiers of those that every computer has. */
export const WELL_KNOWN_SIDS = {
  /** Everybody. */
  everyone: "S-1-1-0",
  /** The service itself. */
  system: "S-1-5-18",
  /** Root, the user that the service runs as, and the members of group rsm. */
  administrators: "S-1-5-32-544",
} as const;

/** Security identifier of a Unix user. */
export function userSid(uid: number): string {
  return `S-1-22-1-${uid}`;
}

/** Security identifier of a Unix group. */
export function groupSid(gid: number): string {
  return `S-1-22-2-${gid}`;
}

/** Security identifier of a token, by the number that the service gave it. */
export function tokenSid(number: number): string {
  return `S-1-22-3-${number}`;
}

/** One entry of an object's list: what it gives, or denies, to whom. */
export interface AccessEntry {
  /** "user:alice", "group:tape", "token:nightly", "everyone", "administrators", "system", or "sid:S-1-...". */
  readonly who: string;
  /** What it is about. */
  readonly rights: readonly AccessRight[];
  /** Whether it gives the rights or denies them. @default {true} */
  readonly allow?: boolean;
  /** Whether a new pool got it from the pool above. @default {false} */
  readonly inherited?: boolean;
}

/** An entry as it is told. */
export interface ToldEntry extends AccessEntry {
  /** Security identifier of the one it is about. */
  readonly sid: string;
  /** Whether it gives the rights or denies them. */
  readonly allow: boolean;
  /** Whether a new pool got it from the pool above. */
  readonly inherited: boolean;
}

/** Who may do what to a pool, a library or the computer. */
export interface ObjectAccess {
  /** Whose it is; the owner may always read and change the list. */
  readonly owner: string;
  /** Security identifier of the owner. */
  readonly ownerSid: string;
  /** Group of the owner, which nothing depends on. */
  readonly group: string;
  /** Security identifier of the group. */
  readonly groupSid: string;
  /** The first entry that is about a caller and a right decides about it. */
  readonly entries: readonly ToldEntry[];
  /** Whether nobody has set it, so that it is as objects of its kind come. */
  readonly isDefault: boolean;
}

/** What to set of who may do what; what is left out stays as it is. */
export interface AccessChange {
  /** The new owner. */
  readonly owner?: string;
  /** The new group. */
  readonly group?: string;
  /** The entries, in their order, in the place of all there were. */
  readonly entries?: readonly AccessEntry[];
}

/** An entry as it is kept and judged. */
export interface StoredEntry {
  /** Security identifier of the one it is about. */
  readonly sid: string;
  /** What it is about. */
  readonly rights: readonly AccessRight[];
  /** Whether it gives the rights or denies them. */
  readonly allow: boolean;
  /** Whether a new pool got it from the pool above. */
  readonly inherited: boolean;
}

/** Who may do what to an object, as it is kept and judged. */
export interface Descriptor {
  /** Security identifier of the owner. */
  readonly owner: string;
  /** Security identifier of the group. */
  readonly group: string;
  /** The entries in their order. */
  readonly entries: readonly StoredEntry[];
}

/** Who calls, as the service has found out. */
export interface Identity {
  /** The user or token: the owner of what it makes. */
  readonly sid: string;
  /** All that entries can call it: itself, its groups, everyone. */
  readonly sids: ReadonlySet<string>;
  /** Whether it may do everything. */
  readonly administrator: boolean;
  /** The Unix user; null where none is known. */
  readonly uid: number | null;
  /** The process; null where none is known. */
  readonly pid: number | null;
  /** Name of the token it has shown; null for none. */
  readonly token: string | null;
}

/** A token that opens sessions over TCP; its secret is known to its holder alone. */
export interface TokenFacts {
  /** Its name; entries call it by "token:NAME". */
  readonly name: string;
  /** Security identifier that entries name it by. */
  readonly sid: string;
  /** The Unix user whose rights it has beside its own; null for none. */
  readonly user: string | null;
  /** When it was made. */
  readonly created: number;
}

/** What to make a token of. */
export interface CreateTokenInput {
  /** Its name, 1 to 64 letters, digits, dots, hyphens and underlines. */
  readonly name: string;
  /** The Unix user whose rights it has beside its own; null for none. */
  readonly user: string | null;
  /** SHA-256 of the secret, in hexadecimal: the service never sees the secret before it is used. */
  readonly hash: string;
}

/** Whether `text` may be the name of a token. */
export function isTokenName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(text);
}

const SID_FORM = /^S-1-(\d{1,15})((?:-\d{1,10}){1,15})$/;
const HIGHEST_AUTHORITY = 2 ** 48 - 1;
const HIGHEST_PART = 0xffff_ffff;

/** A security identifier in numbers. */
export interface SidParts {
  /** Who gave it out, 48 bits. */
  readonly authority: number;
  /** What follows, 32 bits each, 1 to 15 of them. */
  readonly parts: readonly number[];
}

/** Reads a security identifier in its usual spelling; null where it is none. */
export function parseSid(text: string): SidParts | null {
  const match = SID_FORM.exec(text);
  if (match === null) return null;
  const authority = Number(match[1]);
  const parts = (match[2] ?? "").slice(1).split("-").map(Number);
  const fits = authority <= HIGHEST_AUTHORITY &&
    parts.every((part) => part <= HIGHEST_PART);
  return fits ? { authority, parts } : null;
}

/** Writes a security identifier in its usual spelling. */
export function formatSid({ authority, parts }: SidParts): string {
  return ["S", 1, authority, ...parts].join("-");
}
