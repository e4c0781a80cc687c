/**
 * Keeps a session alive while its program makes no calls.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import { type Alarm, setAlarm } from "./alarms.ts";

/** Calls within one lease: two may be lost before it runs out. */
const CALLS_IN_LEASE = 3;

/** Renews a session's lease until it is ended. Never keeps the process alive. */
export class Lease {
  readonly #renew: () => Promise<void>;
  readonly #intervalMs: number;
  #touched = performance.now();
  #alarm: Alarm | undefined;

  /** Begins: `renew` is called whenever no other call has been made for a while. */
  constructor(leaseSeconds: number, renew: () => Promise<void>) {
    this.#renew = renew;
    this.#intervalMs = leaseSeconds * 1000 / CALLS_IN_LEASE;
    this.#arm(this.#intervalMs);
  }

  /** Tells that another call renews the lease. */
  touch(): void {
    this.#touched = performance.now();
  }

  /** Stops renewing. */
  end(): void {
    this.#alarm?.end();
    this.#alarm = undefined;
  }

  #arm(delayMs: number): void {
    this.#alarm = setAlarm(delayMs, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    const alarm = this.#alarm;
    const restMs = this.#touched + this.#intervalMs - performance.now();
    if (restMs > 0) return this.#arm(restMs);
    try {
      await this.#renew();
    } catch (error) {
      // A session that has ended stays so. Anything else may pass: the
      // service may be back before the lease has run out.
      const ended = error instanceof NtmsError &&
        error.code === "ERROR_INVALID_HANDLE";
      if (ended) return;
    }
    if (this.#alarm === alarm && alarm !== undefined) {
      this.#arm(this.#intervalMs);
    }
  }
}
