/**
 * What the records of all objects have.
 *
 * @module
 */

import type { Guid } from "./ids.ts";
import type { ObjectType, OperationalState } from "./states.ts";

/** What every object has (NTMS_OBJECTINFORMATION). */
export interface ObjectRecord<Type extends ObjectType = ObjectType> {
  /** Which member of the union this is. */
  readonly type: Type;
  /** The id, for life. */
  readonly id: Guid;
  /** A changeable label. */
  readonly name: string;
  /** A changeable text. */
  readonly description: string;
  /** The usable switch. */
  readonly enabled: boolean;
  /** Whether the object works. */
  readonly operationalState: OperationalState;
  /** When the object was first known. */
  readonly created: Date;
  /** When its record changed last. */
  readonly modified: Date;
}

/** Where on the SCSI bus a device was last seen. */
export interface ScsiAddress {
  /** Host adapter. */
  readonly port: number;
  /** Bus, or channel. */
  readonly bus: number;
  /** Target. */
  readonly target: number;
  /** Logical unit. */
  readonly lun: number;
}

/** How many parts of a kind a library has, and the number of the first. */
export interface PartCount {
  /** Number of the first part. */
  readonly first: number;
  /** How many there are. */
  readonly count: number;
}
