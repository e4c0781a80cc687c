/**
 * The documented structures of requests and of the service itself, and those
 * that go along with an allocation or a mount.
 *
 * @module
 */

import type {
  CartridgeId,
  DriveId,
  Guid,
  LibraryId,
  LibraryRequestId,
  MediaPoolId,
  SideId,
  SlotId,
} from "../model/ids.ts";
import type { NtmsObjectsTypes } from "./object_constants.ts";
import type {
  NtmsLibRequestFlags,
  NtmsLmOperation,
  NtmsLmState,
  NtmsMediaPoolPolicy,
  NtmsOpreqCommand,
  NtmsOpreqState,
  NtmsOpRequestFlags,
} from "./request_constants.ts";
import type { DWORD } from "./types.ts";

/** A library request. The ids in it are not kept up: they may name objects that are gone. */
export interface NTMS_LIBREQUESTINFORMATION {
  /** What is to be done. */
  OperationCode: NtmsLmOperation;
  /** How, depending on the operation: IMMEDIATE to INJECTMANY, or FULL_INVENTORY and SLOTS_ONLY. */
  OperationOption: DWORD;
  /** How far it has come. */
  State: NtmsLmState;
  /** The side it concerns. */
  PartitionId: SideId;
  /** The drive it concerns. */
  DriveId: DriveId;
  /** The cartridge it concerns. */
  PhysMediaId: CartridgeId;
  /** The library it concerns. */
  Library: LibraryId;
  /** The slot of the cartridge. */
  SlotId: SlotId;
  /** When it was queued. */
  TimeQueued: Date;
  /** When it ended; `null` before that. */
  TimeCompleted: Date | null;
  /** The application that asked. */
  szApplication: string;
  /** The user who asked. */
  szUser: string;
  /** The computer that asked. */
  szComputer: string;
  /** The code it failed with; 0 for none. */
  dwErrorCode: DWORD;
  /** The request that NTMS_LM_REMOVE cancels; else NTMS_NULLGUID. */
  WorkItemId: LibraryRequestId;
  /** Priority, -15 to 15. */
  dwPriority: number;
}

/** An operator request. */
export interface NTMS_OPREQUESTINFORMATION {
  /** What the person is asked for. */
  Request: NtmsOpreqCommand;
  /** When it was submitted. */
  Submitted: Date;
  /** How far it has come. */
  State: NtmsOpreqState;
  /** What the person reads. */
  szMessage: string;
  /** Type of `Arg1`; NTMS_UNKNOWN for none. */
  Arg1Type: NtmsObjectsTypes;
  /** The object it concerns. */
  Arg1: Guid;
  /** Type of `Arg2`; NTMS_UNKNOWN for none. */
  Arg2Type: NtmsObjectsTypes;
  /** The second object it concerns. */
  Arg2: Guid;
  /** The application that asked. */
  szApplication: string;
  /** The user who asked. */
  szUser: string;
  /** The computer that asked. */
  szComputer: string;
}

/** The service. */
export interface NTMS_COMPUTERINFORMATION {
  /** Seconds that finished library requests are kept. */
  dwLibRequestPurgeTime: DWORD;
  /** Seconds that finished operator requests are kept. */
  dwOpRequestPurgeTime: DWORD;
  /** Which library requests are kept for good. */
  dwLibRequestFlags: NtmsLibRequestFlags;
  /** Which operator requests are kept for good, and how they are shown. */
  dwOpRequestFlags: NtmsOpRequestFlags;
  /** What becomes of ejected media. */
  dwMediaPoolPolicy: NtmsMediaPoolPolicy;
}

/** Where an allocated medium came from; AllocateNtmsMedia fills it. */
export interface NTMS_ALLOCATION_INFORMATION {
  /** SIZEOF_NTMS_ALLOCATION_INFORMATION, from the caller. */
  dwSize: DWORD;
  /** `null`; reserved. */
  lpReserved: null;
  /** The pool that the medium was drawn from. */
  AllocatedFrom: MediaPoolId;
}

/** What happened to an object; WaitForNtmsNotification fills it. */
export interface NTMS_NOTIFICATIONINFORMATION {
  /** NTMS_OBJ_INSERT, NTMS_OBJ_UPDATE or NTMS_OBJ_DELETE. */
  dwOperation: DWORD;
  /** The object. */
  ObjectId: Guid;
}

/** Reserved for MountNtmsMedia. */
export interface NTMS_MOUNT_INFORMATION {
  /** SIZEOF_NTMS_MOUNT_INFORMATION, from the caller. */
  dwSize: DWORD;
  /** `null`; reserved. */
  lpReserved: null;
}
