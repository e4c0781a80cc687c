/**
 * What goes into and comes out of the registration of media that are in no
 * library.
 *
 * @module
 */

import type {
  CartridgeId,
  LibraryId,
  LogicalMediumId,
  MediaPoolId,
  SideId,
} from "./ids.ts";
import type { CartridgeRecord, SideRecord } from "./media_objects.ts";
import type { SideState } from "./states.ts";

/** A side of a cartridge that is registered. */
export interface NewSide {
  /** Its id; null for a new one. */
  readonly id: SideId | null;
  /** Its name; empty for that of the cartridge, or what its label says. */
  readonly name: string;
  /** Its description. */
  readonly description: string;
  /** Whether it may be used. */
  readonly enabled: boolean;
  /** The id that its allocation is to have; null for a new one, or where it is not allocated. */
  readonly logicalMedium: LogicalMediumId | null;
  /** Where it is in its life. */
  readonly state: SideState;
  /** On-medium label: type, id as hexadecimal bytes, further text. Type and id must not be empty. */
  readonly label: SideRecord["label"];
  /** Mounts so far. */
  readonly mountCount: number;
  /** Allocations so far. */
  readonly allocateCount: number;
  /** Bytes on this side; 0 where not known. */
  readonly capacityBytes: number;
}

/** A cartridge that is registered (CreateNtmsMedia). */
export interface CreateMediumInput {
  /** Its id; null for a new one. */
  readonly id: CartridgeId | null;
  /** Its name; empty for its bar code, or what its label says, or its number. */
  readonly name: string;
  /** Its description. */
  readonly description: string;
  /** Whether it may be used. */
  readonly enabled: boolean;
  /** The offline library, or null for it. */
  readonly library: LibraryId | null;
  /** An import or application pool; its media type is that of the cartridge. */
  readonly pool: MediaPoolId;
  /** Bar code, by which an inventory recognizes it; empty for none. */
  readonly barCode: string;
  /** SCSI medium type code; 0 where not known. */
  readonly mediumTypeCode: number;
  /** SCSI density code; 0 where not known. */
  readonly densityCode: number;
  /** Its sides, as many as the media type has. */
  readonly sides: readonly NewSide[];
  /** Refuse a label that another side has. @default {false} */
  readonly errorIfDuplicate?: boolean;
}

/** A cartridge that was registered. */
export interface CreatedMedium {
  /** The cartridge. */
  readonly cartridge: CartridgeRecord;
  /** Its sides, in order. */
  readonly sides: readonly SideRecord[];
}
