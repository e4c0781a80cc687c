/**
 * SCSI as bytes: commands out, answers in. Nothing here does any input or
 * output; every decoder accepts hostile bytes and throws a RangeError that
 * names the offset and the size.
 *
 * @module
 */
export * from "./attribute.ts";
export * from "./cdb.ts";
export * from "./decode_cdb.ts";
export * from "./designator.ts";
export * from "./disk_cdb.ts";
export * from "./element_exception.ts";
export * from "./element_status.ts";
export * from "./element_status_decoder.ts";
export * from "./element_status_encoder.ts";
export * from "./element_types.ts";
export * from "./inquiry.ts";
export * from "./inquiry_encoder.ts";
export * from "./log.ts";
export * from "./medium_cdb.ts";
export * from "./mode.ts";
export * from "./mode_encoder.ts";
export * from "./sense.ts";
export * from "./sense_action.ts";
export * from "./sense_encoder.ts";
export type { SenseClass } from "./sense_table.ts";
export * from "./status.ts";
export * from "./tape_cdb.ts";
export * from "./tape_mode.ts";
export * from "./quirks.ts";
export * from "./timeouts.ts";
