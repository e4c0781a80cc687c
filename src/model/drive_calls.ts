/**
 * Inputs and outputs of the calls on drives.
 *
 * @module
 */

import type { DriveId, LibraryRequestId } from "./ids.ts";

/** Which drive to empty (DismountNtmsDrive). */
export interface DismountDriveInput {
  /** The drive. */
  readonly drive: DriveId;
  /** Whether to wait until it is empty. @default {false} */
  readonly wait?: boolean;
}

/** What EjectDiskFromSADrive does; the codes are its documented ones. */
export const DISK_EJECT_ACTIONS = {
  start: 0,
  stop: 1,
  queue: 2,
  force: 3,
  immediate: 4,
  askUser: 5,
} as const;
/** What EjectDiskFromSADrive does. */
export type DiskEjectAction = keyof typeof DISK_EJECT_ACTIONS;

/** The medium of a stand-alone drive to eject (EjectDiskFromSADrive). */
export interface EjectDiskInput {
  /** The drive. */
  readonly drive: DriveId;
  /** Whether its mounts are ended. @default {false} */
  readonly force?: boolean;
  /** Whether to wait until it is out. @default {false} */
  readonly wait?: boolean;
}

/** What has been begun with a drive. */
export interface DriveWork {
  /** The library request that does it; null where there was nothing to do. */
  readonly request: LibraryRequestId | null;
}

/** What programs reach the medium in a drive by (GetVolumesFromDrive). */
export interface DriveVolumes {
  /** The drive. */
  readonly drive: DriveId;
  /** What a program opens: such as /dev/nst0, or /dev/sr0. */
  readonly volume: string;
  /** Where it is mounted as a file system; null where it is not. */
  readonly mountPoint: string | null;
}
