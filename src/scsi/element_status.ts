/**
 * What READ ELEMENT STATUS tells: what is where in a library (SMC-3 6.11).
 *
 * @module
 */
import type { DeviceIdentifier } from "./designator.ts";

/** What every element reports. */
export interface ElementStatusBase {
  /** Address of the element; 0 is a legal one. */
  readonly elementAddress: number;
  /** FULL: a medium is, or is believed to be, in it. With `except` it may be wrong. */
  readonly full: boolean;
  /** EXCEPT: something is abnormal; `asc` and `ascq` say what. */
  readonly except: boolean;
  /** Additional sense code. Some devices send one although `except` is not set. */
  readonly asc: number;
  /** Additional sense code qualifier. */
  readonly ascq: number;
  /** ED: the element is disabled. */
  readonly disabled: boolean;
  /** Medium type: 0 unspecified, 1 data, 2 cleaning, 3 diagnostics, 4 WORM, 5 firmware image. */
  readonly mediumType: number;
  /**
   * The storage element that the medium last came from, null while SVALID is
   * not set. A device that does not know may say 0. It may be full again.
   */
  readonly sourceElementAddress: number | null;
  /** INVERT: turned over since it left its source; false while SVALID is not set. */
  readonly inverted: boolean;
  /**
   * Primary volume tag, the bar code, without the blanks around it. Null where
   * the label is blank or none was reported, and always where `full` is false:
   * some devices go on showing the tag of a medium that has left.
   */
  readonly volumeTag: string | null;
  /** Alternate volume tag, of the other side; null as for `volumeTag`. */
  readonly alternateVolumeTag: string | null;
}

/** A medium transport element: the robot's gripper. */
export interface TransportElementStatus extends ElementStatusBase {
  /** Kind of element. */
  readonly type: "transport";
}

/** A storage element: a slot. */
export interface StorageElementStatus extends ElementStatusBase {
  /** Kind of element. */
  readonly type: "storage";
  /** ACCESS: the transport can reach it. */
  readonly accessible: boolean;
}

/** An import/export element: a mail slot. */
export interface ImportExportElementStatus extends ElementStatusBase {
  /** Kind of element. */
  readonly type: "importExport";
  /** ACCESS: the transport can reach it, the door is closed. */
  readonly accessible: boolean;
  /** IMPEXP: the medium was put in by an operator, not by the transport. */
  readonly placedByOperator: boolean;
  /** EXENAB: media may leave through it. */
  readonly exportEnabled: boolean;
  /** INENAB: media may come in through it. */
  readonly importEnabled: boolean;
  /** OIR: an operator must act before it can be reached. */
  readonly operatorRequired: boolean;
  /** CMC: media come and go in a carrier or magazine. */
  readonly carrier: boolean;
}

/** A data transfer element: a drive. */
export interface DataTransferElementStatus extends ElementStatusBase {
  /** Kind of element. */
  readonly type: "dataTransfer";
  /** ACCESS: the transport can take the medium now, the drive has let it go. */
  readonly accessible: boolean;
  /** NOT BUS: bus address and LUN are not those of the changer's bus. */
  readonly notOnBus: boolean;
  /** SCSI bus address, null unless ID VALID. Worthless on FC, SAS and iSCSI. */
  readonly busAddress: number | null;
  /** Logical unit number, null unless LU VALID. */
  readonly logicalUnit: number | null;
  /** What drive it is (asked for with DVCID), null where not reported. */
  readonly deviceIdentifier: DeviceIdentifier | null;
}

/** What one element of a library reports. */
export type ElementStatus =
  | TransportElementStatus
  | StorageElementStatus
  | ImportExportElementStatus
  | DataTransferElementStatus;

/** A decoded answer to READ ELEMENT STATUS. */
export interface ElementStatusReport {
  /** Lowest element address in the report. */
  readonly firstElementAddress: number;
  /** How many elements the device has to report. */
  readonly elementCount: number;
  /** Size of the whole report after its header of 8 bytes, cut or not. */
  readonly byteCount: number;
  /** The elements that are here, in the device's order. */
  readonly elements: readonly ElementStatus[];
  /**
   * Whether elements are missing because the answer was cut: ask again from
   * the last address + 1, or, where there is no element, with room for
   * `byteCount` + 8 bytes.
   */
  readonly truncated: boolean;
}
