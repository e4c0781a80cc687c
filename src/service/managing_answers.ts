/**
 * What answers the operations that manage pools, media and objects.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { ManagingName } from "../protocol/managing_operations.ts";
import type { MediaOperations } from "../protocol/media_wire.ts";

/** What a call in a session needs beside its input. */
export interface ManagingCall {
  readonly manager: Manager;
  readonly caller: Caller;
}

type Work<Name extends OperationName> = (
  call: ManagingCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

async function done(work: Promise<void>): Promise<Record<string, never>> {
  await work;
  return {};
}

/** What each of these operations does. */
export const MANAGING_ANSWERS: {
  readonly [Name in ManagingName | keyof MediaOperations]: Work<Name>;
} = {
  DeleteNtmsMediaPool: ({ manager, caller }, { pool }) =>
    done(manager.pools.delete(caller, pool)),
  GetNtmsMediaPoolName: async ({ manager }, { pool }) => ({
    path: await manager.pools.pathOf(pool),
  }),
  MoveToNtmsMediaPool: ({ manager, caller }, input) =>
    done(manager.pools.move(caller, input)),
  AddNtmsMediaType: ({ manager, caller }, input) =>
    done(manager.mediaTypes.add(caller, input)),
  DeleteNtmsMediaType: ({ manager, caller }, input) =>
    done(manager.mediaTypes.withdraw(caller, input)),
  ChangeNtmsMediaType: ({ manager, caller }, input) =>
    done(manager.mediaTypes.change(caller, input)),
  ListNtmsMediaTypes: async ({ manager }) => ({
    types: await manager.mediaTypes.list(),
  }),
  SetNtmsMediaComplete: ({ manager, caller }, { logicalMedium }) =>
    done(manager.media.complete(caller, logicalMedium)),
  DecommissionNtmsMedia: ({ manager, caller }, { side }) =>
    done(manager.media.decommission(caller, side)),
  DeleteNtmsMedia: ({ manager, caller }, { cartridge }) =>
    done(manager.media.delete(caller, cartridge)),
  CreateNtmsMedia: ({ manager, caller }, input) =>
    manager.media.create(caller, input),
  SwapNtmsMedia: ({ manager, caller }, input) =>
    done(manager.media.swap(caller, input)),
  SetNtmsObjectInformation: ({ manager, caller }, { id, change }) =>
    done(manager.objects.set(caller, id, change)),
  GetNtmsObjectAttribute: async ({ manager }, input) => ({
    data: await manager.objects.attribute(input),
  }),
  SetNtmsObjectAttribute: ({ manager, caller }, input) =>
    done(manager.objects.setAttribute(caller, input)),
  EnableNtmsObject: async ({ manager, caller }, input) => ({
    request: await manager.objects.enable(caller, input),
  }),
  DisableNtmsObject: async ({ manager, caller }, input) => ({
    request: await manager.objects.disable(caller, input),
  }),
  ExportNtmsDatabase: ({ manager }) => manager.database.export(),
  ImportNtmsDatabase: ({ manager, caller }, input) =>
    manager.database.import(caller, input),
};
