/**
 * The records of requests and of the service itself.
 *
 * @module
 */

import type {
  CartridgeId,
  DriveId,
  Guid,
  LibraryId,
  LibraryRequestId,
  SideId,
  SlotId,
} from "./ids.ts";
import type { ObjectRecord } from "./object_record.ts";
import type {
  LibraryOperation,
  ObjectType,
  OperatorCommand,
  OperatorState,
  RequestState,
} from "./states.ts";

/** The RSM service itself (NTMS_COMPUTERINFORMATION). */
export interface ComputerRecord extends ObjectRecord<"computer"> {
  /** Seconds that finished library requests are kept. */
  readonly libraryRequestPurgeSeconds: number;
  /** Seconds that finished operator requests are kept. */
  readonly operatorRequestPurgeSeconds: number;
  /** NtmsLibRequestFlags. */
  readonly libraryRequestFlags: number;
  /** NtmsOpRequestFlags. */
  readonly operatorRequestFlags: number;
  /** NtmsMediaPoolPolicy. */
  readonly mediaPoolPolicy: number;
}

/** A unit of library work (NTMS_LIBREQUESTINFORMATION). */
export interface LibraryRequestRecord extends ObjectRecord<"libraryRequest"> {
  /** Its id. */
  readonly id: LibraryRequestId;
  /** What is to be done. */
  readonly operation: LibraryOperation;
  /** Depends on the operation. */
  readonly option: number;
  /** How far it has come. */
  readonly state: RequestState;
  /** The library it concerns. */
  readonly library: LibraryId;
  /** The side it concerns. */
  readonly side: SideId | null;
  /** The drive it concerns. */
  readonly drive: DriveId | null;
  /** The cartridge it concerns. */
  readonly cartridge: CartridgeId | null;
  /** The slot of the cartridge. */
  readonly slot: SlotId | null;
  /** When it was queued. */
  readonly queued: Date;
  /** When it ended; null before that. */
  readonly completed: Date | null;
  /** The application that asked. */
  readonly application: string;
  /** The user who asked. */
  readonly user: string;
  /** The computer that asked. */
  readonly computer: string;
  /** Documented number of the error it ended with; 0 for none. */
  readonly errorCode: number;
  /** -15 to 15. */
  readonly priority: number;
  /** Order among mounts; 0 = not orderable. */
  readonly order: number;
  /** Of a cancellation: the request that it ends; else null. */
  readonly workItem: LibraryRequestId | null;
  /** What it waits for or how it failed, for people. */
  readonly message: string;
}

/** A task for a person (NTMS_OPREQUESTINFORMATION). */
export interface OperatorRequestRecord extends ObjectRecord<"operatorRequest"> {
  /** What the person is asked for. */
  readonly command: OperatorCommand;
  /** How far it has come. */
  readonly state: OperatorState;
  /** When it was submitted. */
  readonly submitted: Date;
  /** What the person reads. */
  readonly message: string;
  /** The object it concerns; null for none. */
  readonly argument1: { readonly type: ObjectType; readonly id: Guid } | null;
  /** The second object it concerns; null for none. */
  readonly argument2: { readonly type: ObjectType; readonly id: Guid } | null;
  /** The application that asked. */
  readonly application: string;
  /** The user who asked. */
  readonly user: string;
  /** The computer that asked. */
  readonly computer: string;
}
