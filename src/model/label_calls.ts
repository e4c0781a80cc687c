/**
 * What goes into the operations on labels.
 *
 * @module
 */

import type { CartridgeId, LogicalMediumId, SlotId } from "./ids.ts";

/** Which slot to identify (IdentifyNtmsSlot). */
export interface IdentifySlotInput {
  /** The slot. */
  readonly slot: SlotId;
  /** Leave the medium in its drive until the drive is needed, as a deferred dismount does. @default {false} */
  readonly deferred?: boolean;
  /** Wait until it is identified, instead of returning when that is queued. @default {false} */
  readonly wait?: boolean;
}

/** Which cartridge of a free pool gets a free label. */
export interface PrepareInput {
  /** The cartridge. */
  readonly cartridge: CartridgeId;
  /** Wait until it is written, instead of returning when that is queued. @default {false} */
  readonly wait?: boolean;
}

/** What a file system says of its volume (NTMS_FILESYSTEM_INFO). */
export interface FileSystemInfo {
  /** Name of the file system, 1 to 63 characters. */
  readonly type: string;
  /** Name of the volume, up to 255 characters. */
  readonly volumeName: string;
  /** Serial number of the volume, 32 bits. */
  readonly serialNumber: number;
}

/** The label that a program has just written (UpdateNtmsOmidInfo). */
export type UpdateOmidInput =
  & {
    /** The medium that it was written to. */
    readonly logicalMedium: LogicalMediumId;
  }
  & (
    | {
      /** The first bytes of the medium. */
      readonly raw: Uint8Array;
    }
    | {
      /** The volume of a medium with a file system. */
      readonly fileSystem: FileSystemInfo;
    }
  );
