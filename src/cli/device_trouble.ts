/**
 * What is wrong with drives and libraries, in words.
 *
 * @module
 */

import type { DriveRecord, LibraryRecord } from "../model/objects.ts";
import { counted } from "./numbers.ts";

/** A device that may have failed. */
export type MayFail = Pick<DriveRecord | LibraryRecord, "failures">;

/** What a device failed of since it last did what it was to do; empty for nothing. */
export function troubleOf({ failures }: MayFail): string {
  if (failures === null || failures.inARow === 0) return "";
  const { inARow, outOfService, reason } = failures;
  const state = outOfService
    ? "out of service"
    : `${counted(inARow, "failure")} in a row`;
  return `${state}: ${reason}`;
}
