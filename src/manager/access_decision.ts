/**
 * Who may do what to an object that has a list of its own: how the list is
 * judged, and what it is where nobody has set it.
 *
 * @module
 */

import {
  type AccessEntry,
  type AccessRight,
  ALL_RIGHTS,
  type Descriptor,
  type Identity,
  NtmsError,
  parseSid,
  type PoolKind,
  type StoredEntry,
  WELL_KNOWN_SIDS,
} from "../model/mod.ts";

const { administrators, everyone, system } = WELL_KNOWN_SIDS;

/** What the owner may do whatever the entries say, so that nobody shuts himself out. */
const OF_OWNER: readonly AccessRight[] = ["readControl", "writeDac"];

/** Who asks, as far as a list is concerned. */
export type Asker = Pick<Identity, "administrator" | "sids">;

/**
 * Whether a caller has a right. Administrators have every right; the owner may
 * read and change the list; else the first entry that is about the caller and
 * the right decides, and where there is none, the caller has not.
 */
export function hasRight(
  { entries, owner }: Descriptor,
  { administrator, sids }: Asker,
  right: AccessRight,
): boolean {
  if (administrator) return true;
  if (sids.has(owner) && OF_OWNER.includes(right)) return true;
  for (const { allow, rights, sid } of entries) {
    if (sids.has(sid) && rights.includes(right)) return allow;
  }
  return false;
}

/** An object with a list of its own. */
export type Securable =
  | { readonly type: "computer" | "library"; readonly id: string }
  | {
    readonly type: "mediaPool";
    readonly id: string;
    readonly kind: PoolKind;
  };

function allowing(
  sid: string,
  rights: readonly AccessRight[],
): StoredEntry {
  return { sid, rights, allow: true, inherited: false };
}

/** An entry that names who it is about by a security identifier, as it is kept. */
export function storedEntry(
  { allow = true, inherited = false, rights, who }: AccessEntry,
): StoredEntry {
  const sid = who.startsWith("sid:") ? who.slice("sid:".length) : "";
  if (parseSid(sid) === null) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `"${who.slice(0, 80)}" is no security identifier`,
    );
  }
  return { sid, rights, allow, inherited };
}

const OF_SERVICE: readonly StoredEntry[] = [
  allowing(administrators, ALL_RIGHTS),
  allowing(system, ALL_RIGHTS),
];

const FOR_SERVICE: Descriptor = {
  owner: administrators,
  group: administrators,
  entries: OF_SERVICE,
};

const FOR_EVERYONE: Descriptor = {
  ...FOR_SERVICE,
  entries: [...OF_SERVICE, allowing(everyone, ["use", "readControl"])],
};

/** Pools with cartridges of others, or of nobody knows whom: to use them is to read them. */
const CLOSED: ReadonlySet<PoolKind> = new Set([
  "application",
  "import",
  "unrecognized",
]);

/** Who may do what to an object for which nobody has set it. */
export function defaultDescriptor(object: Securable): Descriptor {
  return object.type === "mediaPool" && CLOSED.has(object.kind)
    ? FOR_SERVICE
    : FOR_EVERYONE;
}

/**
 * Who may do what to a new pool: its creator and the service everything; the
 * others what its creator says, else what the pool above says.
 *
 * @param above The list of the pool above; null where that is the root pool.
 * @param given What the creator says; undefined for nothing.
 */
export function descriptorOfNewPool(
  creator: string,
  above: Descriptor | null,
  given: readonly StoredEntry[] | undefined,
): Descriptor {
  const own = [allowing(creator, ALL_RIGHTS), allowing(system, ALL_RIGHTS)];
  const inherited = (above?.entries ?? []).map((entry) => ({
    ...entry,
    inherited: true,
  }));
  return {
    owner: creator,
    group: administrators,
    entries: [...own, ...(given ?? inherited)],
  };
}
