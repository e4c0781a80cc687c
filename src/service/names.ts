/**
 * Names of users, groups and tokens, and the security identifiers that the
 * lists of objects have in their place.
 *
 * @module
 */

import type { KnownToken, ObjectSecurity } from "../manager/access_calls.ts";
import {
  type AccessEntry,
  groupSid,
  NtmsError,
  type ObjectAccess,
  parseSid,
  type StoredEntry,
  tokenSid,
  userSid,
  WELL_KNOWN_SIDS,
} from "../model/mod.ts";
import type { Accounts } from "./accounts.ts";
import { isNumber, uidOf } from "./admission.ts";

/** What names are looked up in. */
export interface NameSources {
  readonly accounts: Accounts;
  readonly tokens: readonly KnownToken[];
}

function unknown(who: string, reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Nobody is called "${who.slice(0, 80)}": ${reason}`,
  );
}

const FORMS =
  "give user:NAME, group:NAME, token:NAME, everyone, administrators or system";

/**
 * The security identifier of someone who is named.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER.
 */
export async function sidOf(
  who: string,
  { accounts, tokens }: NameSources,
): Promise<string> {
  switch (who) {
    case "administrators":
    case "everyone":
    case "system":
      return WELL_KNOWN_SIDS[who];
  }
  const colon = who.indexOf(":");
  const name = who.slice(colon + 1);
  switch (who.slice(0, Math.max(0, colon))) {
    case "user": {
      const uid = await uidOf(accounts, name);
      if (uid !== null) return userSid(uid);
      throw unknown(who, "this computer has no such user");
    }
    case "group": {
      const gid = isNumber(name) ? Number(name) : await accounts.groupId(name);
      if (gid !== null) return groupSid(gid);
      throw unknown(who, "this computer has no such group");
    }
    case "token": {
      const token = tokens.find((each) => each.name === name);
      if (token !== undefined) return tokenSid(token.number);
      throw unknown(who, "there is no such token");
    }
    case "sid":
      if (parseSid(name) !== null) return name;
      throw unknown(who, "that is no security identifier");
    default:
      throw unknown(who, FORMS);
  }
}

/** How someone is called who is known by a security identifier. */
export async function nameOf(
  sid: string,
  { accounts, tokens }: NameSources,
): Promise<string> {
  switch (sid) {
    case WELL_KNOWN_SIDS.administrators:
      return "administrators";
    case WELL_KNOWN_SIDS.everyone:
      return "everyone";
    case WELL_KNOWN_SIDS.system:
      return "system";
  }
  const [, kind, number] = /^S-1-22-([123])-(\d+)$/.exec(sid) ?? [];
  const id = Number(number);
  if (kind === "1") return `user:${await accounts.userName(id)}`;
  if (kind === "2") return `group:${await accounts.groupName(id)}`;
  const token = tokens.find((each) => kind === "3" && each.number === id);
  return token === undefined ? `sid:${sid}` : `token:${token.name}`;
}

/** Who may do what to an object, with names. */
export async function withNames(
  { entries, group, isDefault, owner }: ObjectSecurity,
  sources: NameSources,
): Promise<ObjectAccess> {
  const named = async ({ sid, ...entry }: StoredEntry) => ({
    who: await nameOf(sid, sources),
    sid,
    ...entry,
  });
  return {
    owner: await nameOf(owner, sources),
    ownerSid: owner,
    group: await nameOf(group, sources),
    groupSid: group,
    entries: await Promise.all(entries.map(named)),
    isDefault,
  };
}

/**
 * Entries as they are kept.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER when nobody is called so.
 */
export async function storedEntries(
  entries: readonly AccessEntry[],
  sources: NameSources,
): Promise<readonly StoredEntry[]> {
  const stored: StoredEntry[] = [];
  for (const { allow = true, inherited = false, rights, who } of entries) {
    const sid = await sidOf(who, sources);
    stored.push({ sid, rights: [...new Set(rights)], allow, inherited });
  }
  return stored;
}
