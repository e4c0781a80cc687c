/**
 * The audit record: who did what, to what, why, and with what outcome.
 *
 * @module
 */

import type { Guid } from "./ids.ts";
import type { NtmsErrorCode } from "./errors.ts";

/** One act, or one attempt. */
export interface AuditRecord {
  /** Order of the acts; there are no gaps but at the old end. */
  readonly number: number;
  /** When it was, in milliseconds since 1970 UTC. */
  readonly time: number;
  /** Name of the user. */
  readonly user: string;
  /** Number of the user; null where none is known. */
  readonly uid: number | null;
  /** The process that called; null where none is known. */
  readonly pid: number | null;
  /** Name of the token that was shown; null for none. */
  readonly token: string | null;
  /** Application name of the session. */
  readonly application: string;
  /** The computer it came from. */
  readonly computer: string;
  /** The operation. */
  readonly operation: string;
  /** The object it was about first of all; null for none. */
  readonly object: Guid | null;
  /** What was asked for, as JSON; long ones are cut off. */
  readonly detail: string;
  /** Why it was let through or refused, or why it failed. */
  readonly reason: string;
  /** How it ended: "ERROR_SUCCESS" or the code of its error. */
  readonly outcome: NtmsErrorCode;
}

/** Which audit records to read. */
export interface AuditQuery {
  /** Those at this time or later. */
  readonly since?: number;
  /** Name of the user or of the token. */
  readonly who?: string;
  /** Id of the object. */
  readonly object?: Guid;
  /** Name of the operation. */
  readonly operation?: string;
  /** Those before this number, to read on. */
  readonly before?: number;
  /** How many at most. @default {100} */
  readonly limit?: number;
}

/** What is noted of a call when what it changes is committed. */
export type AuditNote = Omit<AuditRecord, "number" | "time" | "outcome">;
