/**
 * Keeps a session alive while its program makes no calls.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";

/** Calls within one lease: two may be lost before it runs out. */
const CALLS_IN_LEASE = 3;

/** Renews a session's lease until it is ended. Never keeps the process alive. */
export class Lease {
  readonly #renew: () => Promise<void>;
  readonly #intervalMs: number;
  #touched = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;

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
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#tick(), delayMs);
    Deno.unrefTimer(this.#timer);
  }

  async #tick(): Promise<void> {
    const timer = this.#timer;
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
    if (this.#timer === timer && timer !== undefined) {
      this.#arm(this.#intervalMs);
    }
  }
}
