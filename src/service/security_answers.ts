/**
 * What answers the operations on who may do what, on tokens and on the audit.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import { type Caller, NtmsError, tokenSid } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { SecurityName } from "../protocol/security_operations.ts";
import type { Accounts } from "./accounts.ts";
import { uidOf } from "./admission.ts";
import { type NameSources, sidOf, storedEntries, withNames } from "./names.ts";

/** What a call in a session needs beside its input. */
export interface SecurityCall {
  readonly manager: Manager;
  readonly caller: Caller;
  readonly accounts: Accounts;
  /** Ends the sessions that were opened by a token. */
  readonly endSessionsOf: (token: string) => void;
}

type Work<Name extends OperationName> = (
  call: SecurityCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

async function sourcesOf(
  { accounts, manager }: Pick<SecurityCall, "accounts" | "manager">,
): Promise<NameSources> {
  return { accounts, tokens: await manager.access.tokens() };
}

/** What each of these operations does. */
export const SECURITY_ANSWERS: {
  readonly [Name in SecurityName]: Work<Name>;
} = {
  async GetNtmsObjectSecurity(call, { id, type }) {
    const security = await call.manager.access.get(id, type);
    return { access: await withNames(security, await sourcesOf(call)) };
  },
  async SetNtmsObjectSecurity(call, { change, id, type }) {
    const { manager, caller } = call;
    const sources = await sourcesOf(call);
    const { entries, group, owner } = change;
    await manager.access.set(caller, id, type, {
      ...owner === undefined ? {} : { owner: await sidOf(owner, sources) },
      ...group === undefined ? {} : { group: await sidOf(group, sources) },
      ...entries === undefined
        ? {}
        : { entries: await storedEntries(entries, sources) },
    });
    return {};
  },
  ReadNtmsAudit: async ({ manager }, query) => ({
    records: await manager.audit.read(query),
  }),
  async CreateNtmsToken({ accounts, caller, manager }, input) {
    if (input.user !== null && await uidOf(accounts, input.user) === null) {
      throw new NtmsError(
        "ERROR_INVALID_PARAMETER",
        `This computer has no user "${input.user.slice(0, 64)}"`,
      );
    }
    const number = await manager.access.createToken(caller, input);
    return { number };
  },
  ListNtmsTokens: async ({ manager }) => ({
    tokens: (await manager.access.tokens()).map((token) => ({
      name: token.name,
      sid: tokenSid(token.number),
      user: token.user,
      created: token.created,
    })),
  }),
  async RevokeNtmsToken({ caller, endSessionsOf, manager }, { name }) {
    await manager.access.revokeToken(caller, name);
    endSessionsOf(name);
    return {};
  },
};

/** A pool's input with entries as the manager keeps them. */
export async function withStoredAccess(
  call: Pick<SecurityCall, "accounts" | "manager">,
  input: InputOf<"CreateNtmsMediaPool">,
): Promise<InputOf<"CreateNtmsMediaPool">> {
  if (input.access === undefined) return input;
  const stored = await storedEntries(input.access, await sourcesOf(call));
  const access = stored.map(({ sid, ...entry }) => ({
    who: `sid:${sid}`,
    ...entry,
  }));
  return { ...input, access };
}
