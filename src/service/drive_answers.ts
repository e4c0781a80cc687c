/**
 * What answers the operations on drives.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { DriveName } from "../protocol/drive_operations.ts";

/** What a call in a session needs beside its input. */
export interface DriveCall {
  readonly manager: Manager;
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

type Work<Name extends OperationName> = (
  call: DriveCall,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** What each of these operations does. */
export const DRIVE_ANSWERS: { readonly [Name in DriveName]: Work<Name> } = {
  DismountNtmsDrive: ({ manager, caller, signal }, input) =>
    manager.drives.dismount(caller, input, signal),
  EjectDiskFromSADrive: ({ manager, caller, signal }, input) =>
    manager.drives.eject(caller, input, signal),
  GetVolumesFromDrive: ({ manager }, { drive }) =>
    manager.drives.volumes(drive),
};
