/**
 * The outside things that rules may not reach for by themselves, so that a
 * simulation can put its own in their place: time and chance.
 *
 * @module
 */

/** A timer that can be called off. */
export interface Timer {
  /** Calls the timer off; harmless when it has run already. */
  cancel(): void;
}

/** Time, as rules may use it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Milliseconds that never jump or go back, from an arbitrary start. */
  monotonic(): number;
  /** Runs `task` once after `delayMs`; keeps the process alive until then, so cancel it when it is no longer wanted. */
  after(delayMs: number, task: () => void): Timer;
}

/** Chance, as rules may use it. */
export interface Random {
  /** A new version 4 GUID. */
  guid(): string;
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** What an event is about; without the names that every line of a log has itself. */
export type LogData = Readonly<Record<string, unknown>> & {
  readonly time?: never;
  readonly level?: never;
  readonly message?: never;
};

/** The events a room tells its owner, for the owner to log. */
export interface Log {
  /** Something worth knowing. */
  info(message: string, data?: LogData): void;
  /** Something an administrator should look at. */
  warn(message: string, data?: LogData): void;
  /** Something that failed. */
  error(message: string, data?: LogData): void;
}

/** Waits on a clock; rejects with the signal's reason when it is aborted. */
export function sleep(
  clock: Clock,
  delayMs: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.after(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
