/**
 * The documented lengths and special values. Lengths count characters with the
 * terminating null of a C array; the text members here are whole strings and
 * are not cut to them.
 *
 * @module
 */

import { INFINITE as FOREVER } from "../model/limits.ts";
import { type Guid, NULL_GUID, parseGuid } from "../model/ids.ts";

/** Length of an object's name. */
export const NTMS_OBJECTNAME_LENGTH = 64;
/** Length of an object's description. */
export const NTMS_DESCRIPTION_LENGTH = 127;
/** Length of a device path. */
export const NTMS_DEVICENAME_LENGTH = 64;
/** Length of a serial number. */
export const NTMS_SERIALNUMBER_LENGTH = 32;
/** Length of a firmware revision. */
export const NTMS_REVISION_LENGTH = 32;
/** Length of a bar code. */
export const NTMS_BARCODE_LENGTH = 64;
/** Length of a sequence number. */
export const NTMS_SEQUENCE_LENGTH = 32;
/** Length of a vendor's name. */
export const NTMS_VENDORNAME_LENGTH = 128;
/** Length of a product's name. */
export const NTMS_PRODUCTNAME_LENGTH = 128;
/** Length of a user's name. */
export const NTMS_USERNAME_LENGTH = 64;
/** Length of an application's name. */
export const NTMS_APPLICATIONNAME_LENGTH = 64;
/** Length of a computer's name. */
export const NTMS_COMPUTERNAME_LENGTH = 64;
/** Length of a message to the operator in the first interface version. */
export const NTMS_I1_MESSAGE_LENGTH = 127;
/** Length of a message to the operator. */
export const NTMS_MESSAGE_LENGTH = 256;
/** Length of a pool's path, all levels. */
export const NTMS_POOLHIERARCHY_LENGTH = 512;
/** Bytes of a label's id. */
export const NTMS_OMIDLABELID_LENGTH = 255;
/** Length of a label's type. */
export const NTMS_OMIDLABELTYPE_LENGTH = 64;
/** Length of a label's further text. */
export const NTMS_OMIDLABELINFO_LENGTH = 256;
/** Bytes of an attribute; its data has to be shorter. */
export const NTMS_MAXATTR_LENGTH = 65536;
/** Length of an attribute's name. */
export const NTMS_MAXATTR_NAMELEN = 32;
/** Length of a label's type in the answer of a media label library. */
export const NTMSMLI_MAXTYPE = 64;
/** Bytes of a label's id in the answer of a media label library. */
export const NTMSMLI_MAXIDSIZE = 256;
/** Length of the description in the answer of a media label library. */
export const NTMSMLI_MAXAPPDESCR = 256;
/** No object: a GUID of zeros, which means the same as `null`. */
export const NTMS_NULLGUID: "00000000-0000-0000-0000-000000000000" = NULL_GUID;

/** Whether an id is the GUID of zeros, in any spelling. */
export function NTMS_IS_NULLGUID(id: Guid): boolean {
  return parseGuid(id) === NULL_GUID;
}

/** The handle that OpenNtmsSession gives when it fails. */
export const INVALID_HANDLE_VALUE: -1n = -1n;

/** The `dwTimeout` that waits for ever. */
export const INFINITE: 0xffffffff = FOREVER;
