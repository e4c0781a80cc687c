/**
 * What answers the operations that look at objects, and the one that makes
 * pools. What a caller may not see is left out.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller, Identity } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { Accounts } from "./accounts.ts";
import { withStoredAccess } from "./security_answers.ts";

/** Names of these operations. */
export type ObjectName =
  | "EnumerateNtmsObject"
  | "ListNtmsObject"
  | "GetNtmsObjectInformation"
  | "CreateNtmsMediaPool"
  | "MapNtmsLibrary";

/** What a call in a session needs beside its input. */
export interface ObjectCall {
  readonly manager: Manager;
  readonly caller: Caller & { readonly who: Identity };
  readonly accounts: Accounts;
}

type Work<Name extends OperationName> = (
  call: ObjectCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const OBJECT_ANSWERS: { readonly [Name in ObjectName]: Work<Name> } = {
  async EnumerateNtmsObject({ manager }, input) {
    const { items, next } = await manager.enumerate(input);
    return { ids: items, next };
  },
  async ListNtmsObject({ manager, caller }, input) {
    const { items, next } = await manager.list(input);
    return { objects: await manager.access.visible(caller.who, items), next };
  },
  GetNtmsObjectInformation: async ({ manager }, { id }) => ({
    object: await manager.object(id),
  }),
  async CreateNtmsMediaPool(call, input) {
    const stored = await withStoredAccess(call, input);
    return await call.manager.createPool(call.caller, stored);
  },
  async MapNtmsLibrary({ manager, caller }, { library }) {
    const maps = await manager.map(library);
    return { libraries: await manager.access.visibleMaps(caller.who, maps) };
  },
};
