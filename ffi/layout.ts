/**
 * The structures that cross to C, as sizes and offsets in bytes. A test asks
 * `rsm_layout` for its own and compares every line.
 */

/** `struct rsm_scsi_command` of rsm.h. */
export const SCSI_COMMAND = {
  size: 308,
  timeout_ms: 0, // u32
  direction: 4, // u8
  cdb_length: 5, // u8
  cdb: 8, // u8[32]
  residual: 40, // u32
  duration_ms: 44, // u32
  host_status: 48, // u16
  driver_status: 50, // u16
  status: 52, // u8
  sense_length: 53, // u8
  sense: 56, // u8[252]
} as const;

/** `struct rsm_peer` of rsm.h. */
export const PEER = {
  size: 12,
  pid: 0, // i32
  uid: 4, // u32
  gid: 8, // u32
} as const;

/** `struct changer_params` of linux/chio.h. */
export const CHANGER_PARAMS = {
  size: 20,
  cp_curpicker: 0, // i32
  cp_npickers: 4, // i32
  cp_nslots: 8, // i32
  cp_nportals: 12, // i32
  cp_ndrives: 16, // i32
} as const;

/** `struct changer_vendor_params` of linux/chio.h. */
export const CHANGER_VENDOR_PARAMS = {
  size: 112,
  cvp_n1: 0, // i32
  cvp_label1: 4, // char[16]
  cvp_n2: 20,
  cvp_label2: 24,
  cvp_n3: 40,
  cvp_label3: 44,
  cvp_n4: 60,
  cvp_label4: 64,
} as const;

/** `struct changer_get_element` of linux/chio.h. */
export const CHANGER_GET_ELEMENT = {
  size: 108,
  cge_type: 0, // i32
  cge_unit: 4, // i32
  cge_status: 8, // i32
  cge_errno: 12, // i32
  cge_srctype: 16, // i32
  cge_srcunit: 20, // i32
  cge_id: 24, // i32
  cge_lun: 28, // i32
  cge_pvoltag: 32, // char[36]
  cge_avoltag: 68, // char[36]
  cge_flags: 104, // i32
} as const;

/** All of the above by the names that `rsm_layout` uses. */
export const LAYOUTS: Readonly<
  Record<string, Readonly<Record<string, number>>>
> = {
  scsi_command: SCSI_COMMAND,
  peer: PEER,
  changer_params: CHANGER_PARAMS,
  changer_vendor_params: CHANGER_VENDOR_PARAMS,
  changer_get_element: CHANGER_GET_ELEMENT,
};
