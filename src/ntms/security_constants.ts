/**
 * Bits of SECURITY_INFORMATION (winnt.h).
 *
 * @module
 */

/** The owner of an object. */
export const OWNER_SECURITY_INFORMATION = 1;
/** The group of an object. */
export const GROUP_SECURITY_INFORMATION = 2;
/** Who may do what to an object. */
export const DACL_SECURITY_INFORMATION = 4;
/** What of an object is audited; the service audits everything. */
export const SACL_SECURITY_INFORMATION = 8;
