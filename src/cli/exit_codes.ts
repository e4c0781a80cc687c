/**
 * The exit statuses of `rsm`: what each means, and which documented errors
 * end with it.
 *
 * @module
 */

import type { ErrorCodeRow } from "../model/error_code_row.ts";
import { ERROR_CODES } from "../model/errors.ts";

/** Exit statuses by name. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  interrupted: 130,
  terminated: 143,
} as const;

/** One exit status. */
export interface ExitStatus {
  readonly status: number;
  readonly meaning: string;
  /** Documented names of the errors that end with it. */
  readonly codes: readonly string[];
}

const MEANINGS: Readonly<Record<number, string>> = {
  0: "Done",
  1: "Failed; the message says why",
  2: "The command line or a name in it cannot be understood",
  3: "Something that was named does not exist",
  4: "In use; try again later",
  5: "Not permitted",
  6: "A person has to do something first",
  7: "The time given ran out",
  8: "The hardware failed or cannot be reached",
  9: "The catalogue cannot be read or written",
  10: "The service cannot be reached",
  75: "Not now; the same call works later",
  130: "Interrupted (Ctrl-C)",
  143: "Terminated (SIGTERM)",
};

/** Every exit status, in rising order. */
export function exitStatuses(): readonly ExitStatus[] {
  const rows: readonly (readonly [string, ErrorCodeRow])[] = Object.entries(
    ERROR_CODES,
  );
  return Object.entries(MEANINGS).map(([text, meaning]) => {
    const status = Number(text);
    const codes = rows
      .filter(([, row]) => row.exit === status && row.win32 !== 0)
      .map(([name]) => name);
    return { status, meaning, codes };
  });
}
