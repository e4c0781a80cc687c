/**
 * Inputs and outputs of the calls that control what goes into libraries and
 * out of them.
 *
 * @module
 */

import type {
  CartridgeId,
  DriveId,
  LibraryId,
  LibraryRequestId,
  PortId,
  SlotId,
} from "./ids.ts";

/** What EjectNtmsMedia does; the codes are its documented ones. */
export const EJECT_ACTIONS = { start: 0, stop: 1, queue: 2, force: 3 } as const;
/** What EjectNtmsMedia does. */
export type EjectAction = keyof typeof EJECT_ACTIONS;

/** What InjectNtmsMedia does; the codes are its documented ones. */
export const INJECT_ACTIONS = {
  start: 0,
  stop: 1,
  retract: 2,
  startMany: 3,
} as const;
/** What InjectNtmsMedia does. */
export type InjectAction = keyof typeof INJECT_ACTIONS;

/** What is looked at after a door was closed. */
export type DoorInventory = "none" | "fast" | "omid" | "default";

/** An ejection, or the end of one (EjectNtmsMedia). */
export interface EjectInput {
  /** The cartridge; null starts what was queued, and where an operation is named. */
  readonly cartridge: CartridgeId | null;
  /** What to do with it. */
  readonly action: EjectAction;
  /** The operation to stop; null for none. */
  readonly operation: LibraryRequestId | null;
}

/** An injection, or the end of one (InjectNtmsMedia). */
export interface InjectInput {
  /** The library. */
  readonly library: LibraryId;
  /** What to do with its ports. */
  readonly action: InjectAction;
  /** The operation to stop or retract; null for none. */
  readonly operation: LibraryRequestId | null;
}

/** An access to the door (AccessNtmsLibraryDoor). */
export interface DoorInput {
  /** The library. */
  readonly library: LibraryId;
  /** What is looked at once the door is closed. */
  readonly inventory: DoorInventory;
}

/** What has been begun. */
export interface PortOperationStarted {
  /** By which it is stopped, and told of: the id of its first library request. */
  readonly operation: LibraryRequestId;
  /** Its library requests, one a cartridge of an ejection. */
  readonly requests: readonly LibraryRequestId[];
}

/** Which library requests to wait for. */
export interface WaitRequestsInput {
  /** Their ids. */
  readonly requests: readonly LibraryRequestId[];
  /** Milliseconds; 0xFFFFFFFF waits for ever. */
  readonly timeoutMs: number;
}

/** What the person at a virtual library does. */
export type HandsInput =
  & { readonly library: LibraryId }
  & (
    | {
      readonly action: "insert";
      /** The port or slot, or a drive that stands alone; null for the first empty port. */
      readonly place: PortId | SlotId | DriveId | null;
      readonly barCode: string;
    }
    | { readonly action: "remove"; readonly place: PortId | SlotId | DriveId }
    | {
      readonly action: "alert";
      /** The drive that raises a TapeAlert flag. */
      readonly place: DriveId;
      /** 1 to 64; with 20 the drive is dirty until it is cleaned. */
      readonly flag: number;
    }
    | { readonly action: "openDoor" | "closeDoor" }
    | { readonly action: "removeDrive"; readonly drive: DriveId }
    | {
      readonly action: "insertDrive";
      /** The drive whose bay it is. */
      readonly drive: DriveId;
      /** Serial number of the one to put in; null for the first that was there. */
      readonly serialNumber: string | null;
    }
    /** The cable of the whole library; {@linkcode PlugInInput} brings it back. */
    | { readonly action: "unplug" }
  );

/** A virtual library that is to be used from now on, or again. */
export interface PlugInInput {
  /** Its URL, such as `virtual:second?slots=8`. */
  readonly device: string;
}

/** What came of it. */
export interface HandsResult {
  /** Bar code of the cartridge that was put in or taken out; null for none, and for one without a label. */
  readonly barCode: string | null;
  /** Name of the place, such as "port 1"; null for the door. */
  readonly place: string | null;
}
