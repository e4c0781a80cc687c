/**
 * Waiting with a time limit and a signal.
 *
 * @module
 */

import { type Clock, INFINITE, NtmsError, type Timer } from "../model/mod.ts";

/** The longest delay one timer holds. */
const LONGEST_TIMER_MS = 0x7fff_ffff;

/** A promise and the functions that settle it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/** A promise whose rejection nobody has to wait for. */
export function deferred<T>(): Deferred<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** The error of a call that was cancelled. */
export function cancelled(what: string): NtmsError {
  return new NtmsError("ERROR_CANCELLED", `${what} was cancelled`);
}

/** The error of a call whose time ran out. */
export function timedOut(what: string, timeoutMs: number): NtmsError {
  return new NtmsError(
    "ERROR_TIMEOUT",
    `${what} did not end within ${timeoutMs} ms; give it more time or none at all (INFINITE)`,
    { data: { timeoutMs } },
  );
}

/** Bounds of a wait. */
export interface WaitLimits {
  readonly clock: Clock;
  /** Milliseconds; 0xFFFFFFFF waits for ever. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What is waited for, as the subject of an error message. */
  readonly what: string;
}

/**
 * Waits for a promise.
 *
 * @throws {NtmsError} ERROR_TIMEOUT or ERROR_CANCELLED.
 */
export function within<T>(promise: Promise<T>, limits: WaitLimits): Promise<T> {
  const { clock, timeoutMs, signal, what } = limits;
  if (signal?.aborted) return Promise.reject(cancelled(what));
  return new Promise((resolve, reject) => {
    const end = clock.monotonic() + timeoutMs;
    let timer: Timer | null = null;
    const finish = () => {
      timer?.cancel();
      signal?.removeEventListener("abort", onAbort);
    };
    const onAbort = () => {
      finish();
      reject(cancelled(what));
    };
    const arm = () => {
      const left = end - clock.monotonic();
      if (left <= 0) {
        finish();
        reject(timedOut(what, timeoutMs));
      } else {
        timer = clock.after(Math.min(left, LONGEST_TIMER_MS), arm);
      }
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    if (timeoutMs !== INFINITE) arm();
    promise.then((value) => {
      finish();
      resolve(value);
    }, (error) => {
      finish();
      reject(error);
    });
  });
}
