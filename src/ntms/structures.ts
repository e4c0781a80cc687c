/**
 * The documented record of any object, and the structures that its type puts
 * into it.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import type {
  NTMS_CHANGERINFORMATION,
  NTMS_CHANGERTYPEINFORMATION,
  NTMS_DRIVEINFORMATION,
  NTMS_DRIVETYPEINFORMATION,
  NTMS_IEDOORINFORMATION,
  NTMS_IEPORTINFORMATION,
  NTMS_LIBRARYINFORMATION,
  NTMS_STORAGESLOTINFORMATION,
} from "./library_structures.ts";
import type {
  NTMS_LMIDINFORMATION,
  NTMS_MEDIAPOOLINFORMATION,
  NTMS_MEDIATYPEINFORMATION,
  NTMS_PARTITIONINFORMATION,
  NTMS_PMIDINFORMATION,
} from "./media_structures.ts";
import type {
  NTMS_CHANGER,
  NTMS_CHANGER_TYPE,
  NTMS_COMPUTER,
  NTMS_DRIVE,
  NTMS_DRIVE_TYPE,
  NTMS_IEDOOR,
  NTMS_IEPORT,
  NTMS_LIBRARY,
  NTMS_LIBREQUEST,
  NTMS_LOGICAL_MEDIA,
  NTMS_MEDIA_POOL,
  NTMS_MEDIA_TYPE,
  NTMS_OPREQUEST,
  NTMS_PARTITION,
  NTMS_PHYSICAL_MEDIA,
  NTMS_STORAGESLOT,
  NtmsOperationalState,
} from "./object_constants.ts";
import type {
  NTMS_COMPUTERINFORMATION,
  NTMS_LIBREQUESTINFORMATION,
  NTMS_OPREQUESTINFORMATION,
} from "./request_structures.ts";
import type { DWORD } from "./types.ts";

/** The members that every object has. */
export interface ObjectInformationHead {
  /** SIZEOF_NTMS_OBJECTINFORMATIONA or SIZEOF_NTMS_OBJECTINFORMATIONW, from the caller. */
  dwSize: DWORD;
  /** When the object was first known. */
  Created: Date;
  /** When its record changed last. */
  Modified: Date;
  /** Its id. */
  ObjectGuid: Guid;
  /** Whether it may be used. */
  Enabled: boolean;
  /** Whether it works. */
  dwOperationalState: NtmsOperationalState;
  /** Its name. */
  szName: string;
  /** Its description. */
  szDescription: string;
}

/** The member of `Info` that each `dwType` selects. */
export type ObjectInformationUnion =
  | {
    dwType: typeof NTMS_CHANGER;
    Info: { Changer: NTMS_CHANGERINFORMATION };
  }
  | {
    dwType: typeof NTMS_CHANGER_TYPE;
    Info: { ChangerType: NTMS_CHANGERTYPEINFORMATION };
  }
  | {
    dwType: typeof NTMS_COMPUTER;
    Info: { Computer: NTMS_COMPUTERINFORMATION };
  }
  | { dwType: typeof NTMS_DRIVE; Info: { Drive: NTMS_DRIVEINFORMATION } }
  | {
    dwType: typeof NTMS_DRIVE_TYPE;
    Info: { DriveType: NTMS_DRIVETYPEINFORMATION };
  }
  | { dwType: typeof NTMS_IEDOOR; Info: { IEDoor: NTMS_IEDOORINFORMATION } }
  | { dwType: typeof NTMS_IEPORT; Info: { IEPort: NTMS_IEPORTINFORMATION } }
  | { dwType: typeof NTMS_LIBRARY; Info: { Library: NTMS_LIBRARYINFORMATION } }
  | {
    dwType: typeof NTMS_LIBREQUEST;
    Info: { LibRequest: NTMS_LIBREQUESTINFORMATION };
  }
  | {
    dwType: typeof NTMS_LOGICAL_MEDIA;
    Info: { LogicalMedia: NTMS_LMIDINFORMATION };
  }
  | {
    dwType: typeof NTMS_MEDIA_POOL;
    Info: { MediaPool: NTMS_MEDIAPOOLINFORMATION };
  }
  | {
    dwType: typeof NTMS_MEDIA_TYPE;
    Info: { MediaType: NTMS_MEDIATYPEINFORMATION };
  }
  | {
    dwType: typeof NTMS_OPREQUEST;
    Info: { OpRequest: NTMS_OPREQUESTINFORMATION };
  }
  | {
    dwType: typeof NTMS_PARTITION;
    Info: { Partition: NTMS_PARTITIONINFORMATION };
  }
  | {
    dwType: typeof NTMS_PHYSICAL_MEDIA;
    Info: { PhysicalMedia: NTMS_PMIDINFORMATION };
  }
  | {
    dwType: typeof NTMS_STORAGESLOT;
    Info: { StorageSlot: NTMS_STORAGESLOTINFORMATION };
  };

/** What a caller hands to GetNtmsObjectInformation. */
export interface ObjectInformationRequest {
  /** SIZEOF_NTMS_OBJECTINFORMATIONA or SIZEOF_NTMS_OBJECTINFORMATIONW. */
  dwSize: DWORD;
  /** The object's type, or NTMS_UNKNOWN to have it found. */
  dwType: DWORD;
  /** Not there yet. */
  Info?: never;
}

/** An object as GetNtmsObjectInformation tells it, selected by `dwType`. */
export type FilledObjectInformation =
  & ObjectInformationHead
  & ObjectInformationUnion;

/**
 * An object, before or after GetNtmsObjectInformation filled it: `Info` is
 * there once it did.
 */
export type NTMS_OBJECTINFORMATION =
  | ObjectInformationRequest
  | FilledObjectInformation;
