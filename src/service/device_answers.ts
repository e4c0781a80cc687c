/**
 * What answers the operations on devices that come and go.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { DeviceName } from "../protocol/device_operations.ts";

/** What a call in a session needs beside its input. */
export interface DeviceCall {
  readonly manager: Manager;
  readonly caller: Caller;
  readonly entry: { leavesTraces: boolean };
}

type Work<Name extends OperationName> = (
  call: DeviceCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

async function done(work: Promise<void>): Promise<Record<string, never>> {
  await work;
  return {};
}

/** What each of these operations does. */
export const DEVICE_ANSWERS: { readonly [Name in DeviceName]: Work<Name> } = {
  DeleteNtmsLibrary: ({ manager, caller }, { library }) =>
    done(manager.devices.deleteLibrary(caller, library)),
  DeleteNtmsDrive: ({ manager, caller }, { drive }) =>
    done(manager.devices.deleteDrive(caller, drive)),
  BeginNtmsDeviceChangeDetection({ manager, caller, entry }) {
    // It ends with its session.
    entry.leavesTraces = true;
    return Promise.resolve({
      detection: manager.devices.beginDetection(caller),
    });
  },
  SetNtmsDeviceChangeDetection: ({ manager, caller }, input) =>
    done(manager.devices.detect(caller, input)),
  EndNtmsDeviceChangeDetection({ manager, caller }, { detection }) {
    manager.devices.endDetection(caller, detection);
    return Promise.resolve({});
  },
  PlugInVirtualLibrary: async ({ manager, caller }, input) => ({
    library: await manager.devices.plugIn(caller, input),
  }),
};
