/**
 * What is known of an error code.
 *
 * @module
 */

/** Whether trying again can help: never as it stands, after a while, or after a person did something. */
export type RetryAdvice = "never" | "after" | "operator";

/** What is known of one error code. */
export interface ErrorCodeRow {
  /** The documented number (winerror.h). */
  readonly win32: number;
  /** Whether trying again can help. */
  readonly retry: RetryAdvice;
  /** Status of the HTTP answer that carries it. */
  readonly http: number;
  /** Exit status of `rsm` when a command ends with it. */
  readonly exit: number;
  /** What it means, in one sentence without a final stop. */
  readonly meaning: string;
}
