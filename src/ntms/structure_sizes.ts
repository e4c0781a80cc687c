/**
 * The sizes that callers put into `dwSize`: those of the 64-bit structures of
 * the documented header. TypeScript has no `sizeof`; these stand in for it.
 *
 * @module
 */

/** Size of NTMS_OBJECTINFORMATIONA, bytes. */
export const SIZEOF_NTMS_OBJECTINFORMATIONA = 896;
/** Size of NTMS_OBJECTINFORMATIONW, bytes. */
export const SIZEOF_NTMS_OBJECTINFORMATIONW = 1408;
/** Size of NTMS_OBJECTINFORMATION, which is the W structure, bytes. */
export const SIZEOF_NTMS_OBJECTINFORMATION = 1408;
/** Size of NTMS_ALLOCATION_INFORMATION, bytes. */
export const SIZEOF_NTMS_ALLOCATION_INFORMATION = 32;
/** Size of NTMS_MOUNT_INFORMATION, bytes. */
export const SIZEOF_NTMS_MOUNT_INFORMATION = 16;
