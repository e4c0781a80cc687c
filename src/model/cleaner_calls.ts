/**
 * Inputs and outputs of the calls on cleaning.
 *
 * @module
 */

import type { DriveId, LibraryId, LibraryRequestId, SlotId } from "./ids.ts";

/** NtmsInjectOperation and NtmsEjectOperation, as far as cleaners go. */
export const CLEANER_ACTIONS = { start: 0, stop: 1 } as const;
/** What InjectNtmsCleaner and EjectNtmsCleaner do. */
export type CleanerAction = keyof typeof CLEANER_ACTIONS;

/** A slot for the cleaning cartridge (ReserveNtmsCleanerSlot). */
export interface ReserveCleanerInput {
  /** The library. */
  readonly library: LibraryId;
  /** A slot of it that is empty. */
  readonly slot: SlotId;
}

/** A cleaning cartridge on its way out, or the end of that (EjectNtmsCleaner). */
export interface EjectCleanerInput {
  /** The library. */
  readonly library: LibraryId;
  /** What to do. */
  readonly action: CleanerAction;
  /** The operation to stop; null for none. */
  readonly operation: LibraryRequestId | null;
}

/** A cleaning cartridge on its way in, or the end of that (InjectNtmsCleaner). */
export interface InjectCleanerInput extends EjectCleanerInput {
  /** Cleanings that it is good for; 0xFFFFFFFF where they are not to be counted. */
  readonly uses: number;
}

/** A request that has been queued. */
export interface CleanerRequest {
  /** Its library request. */
  readonly request: LibraryRequestId;
}

/** Which drive to clean (CleanNtmsDrive). */
export interface CleanDriveInput {
  /** The drive. */
  readonly drive: DriveId;
}
