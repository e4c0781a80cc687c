/**
 * Tells people how a command failed: what happened, what to do next, and the
 * code. Never a stack trace, unless RSM_DEBUG is set.
 *
 * @module
 */

import { ERROR_CODES, NtmsError, type NtmsErrorCode } from "../model/errors.ts";
import type { Io } from "./io.ts";
import type { Output } from "./output.ts";
import { UsageError } from "./usage_error.ts";
import { printable } from "./width.ts";

/** What to do next, where the code alone tells. */
const NEXT: Readonly<Partial<Record<NtmsErrorCode, string>>> = {
  ERROR_NOT_READY:
    'Start the service with "rsm serve", wait until it tells that it is ready, or see "rsm doctor"',
  ERROR_NOT_CONNECTED:
    'See that "rsm serve --listen" runs there and that the name and port are right',
  ERROR_CONNECTION_UNAVAIL:
    'See whether the service still runs with "rsm doctor", then try again',
  ERROR_NO_NETWORK: "Bring the network up, then try again",
  ERROR_ACCESS_DENIED:
    'Ask an administrator for the right, or see "rsm doctor"',
  ERROR_MEDIA_UNAVAILABLE:
    'See "rsm status" for what the pools hold; put media in and run "rsm inventory"',
  ERROR_MEDIA_OFFLINE:
    'Put the cartridge into the library, then run "rsm inventory"',
  ERROR_BUSY: 'See "rsm status" for who has it; try again later',
  ERROR_TIMEOUT:
    'See "rsm status" for what it waits on; give more time with "--wait"',
  ERROR_OBJECT_NOT_FOUND: 'List what there is with "rsm view TYPE"',
  ERROR_INVALID_LIBRARY: 'List the libraries with "rsm view library"',
  ERROR_INVALID_MEDIA: 'List the cartridges with "rsm view cartridge"',
  ERROR_INVALID_DRIVE: 'List the drives with "rsm view drive"',
  ERROR_INVALID_MEDIA_POOL: 'List the pools with "rsm pool list"',
  RPC_S_NO_INTERFACES: "Update the service to the version of this rsm",
};

const NEXT_BY_RETRY = {
  never: 'See "rsm help exit-codes" for what the code means',
  after: "Try again later",
  operator: 'See "rsm operator list" for what needs a hand',
} as const;

/** An error as it is told. */
export interface ErrorReport {
  /** Documented name; null for an error that has none. */
  readonly code: NtmsErrorCode | null;
  /** Documented number; null for an error that has none. */
  readonly win32: number | null;
  readonly message: string;
  /** What to do next. */
  readonly next: string;
  /** Exit status. */
  readonly exit: number;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What there is to tell of an error. */
export function describeError(error: unknown): ErrorReport {
  if (!(error instanceof NtmsError)) {
    const denied = error instanceof Deno.errors.NotCapable;
    return {
      code: null,
      win32: null,
      message: messageOf(error),
      next: denied
        ? 'Run it with the permissions that the README names, or "deno run -A"'
        : 'This should not happen: report it with the output of the same command under "RSM_DEBUG=1"',
      exit: 1,
    };
  }
  const next = error instanceof UsageError
    ? error.next
    : NEXT[error.code] ?? NEXT_BY_RETRY[error.retry];
  return {
    code: error.code,
    win32: error.win32,
    message: error.message,
    next,
    exit: ERROR_CODES[error.code].exit,
  };
}

function traceOf(error: unknown): string {
  const parts: string[] = [];
  let cause: unknown = error;
  while (cause instanceof Error) {
    parts.push(cause.stack ?? cause.message);
    cause = cause.cause;
  }
  return parts.join("\nCaused by: ");
}

/** Tells an error to people, or to programs where JSON is wanted; returns the exit status. */
export function reportError(error: unknown, output: Output, io: Io): number {
  const report = describeError(error);
  if (output.json) {
    output.words(JSON.stringify({ error: report }, null, 2));
  } else {
    const { red, bold, dim } = output.wordStyle;
    const code = report.code === null
      ? `exit status ${report.exit}`
      : `${report.code} (${report.win32}), exit status ${report.exit}`;
    const [first = "", ...more] = report.message.split("\n").map(printable);
    output.words(`${red(bold("rsm:"))} ${first}`);
    for (const line of more) output.words(line);
    output.words(`  ${printable(report.next)}`);
    output.words(dim(`  ${code}`));
  }
  if (io.env("RSM_DEBUG")) output.words(traceOf(error));
  return report.exit;
}
