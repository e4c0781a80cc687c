/**
 * The error of a command line that cannot be understood.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";

/** A command line that cannot be understood, with what to type instead. */
export class UsageError extends NtmsError {
  /** What to do next. */
  readonly next: string;

  /** Makes an error about the command line. */
  constructor(message: string, next: string) {
    super("ERROR_INVALID_PARAMETER", message);
    this.name = "UsageError";
    this.next = next;
  }
}
