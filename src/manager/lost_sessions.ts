/**
 * Sessions that vanished: what they have mounted waits out a grace time, in
 * case their program comes back, and is then dismounted.
 *
 * @module
 */

import { mountsOfAnySession, mountsOfSession } from "../database/mod.ts";
import type { Timer } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { dismountForLost } from "./dismounting.ts";
import { SERVICE } from "./operators.ts";

/** The vanished sessions of one service. */
export class LostSessions {
  readonly #context: Context;
  readonly #graceSeconds: number;
  readonly #timers = new Map<string, Timer>();

  /** With a grace time of 0 the mounts are kept for good. */
  constructor(context: Context, graceSeconds: number) {
    this.#context = context;
    this.#graceSeconds = graceSeconds;
  }

  /** Misses every session: none outlives the service. */
  async missAll(): Promise<void> {
    const mounts = await this.#context.database.read(mountsOfAnySession);
    for (const { sessionId } of mounts) {
      if (sessionId !== null) this.miss(sessionId);
    }
  }

  /** Begins the grace time of a session's mounts. */
  miss(session: string): void {
    if (this.#graceSeconds === 0 || this.#timers.has(session)) return;
    const timer = this.#context.clock.after(this.#graceSeconds * 1_000, () => {
      this.#timers.delete(session);
      this.#context.background.run(
        "dismount what a lost session left",
        this.#end(session),
      );
    });
    this.#timers.set(session, timer);
  }

  /** Stops waiting; the next start of the service misses the sessions again. */
  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  async #end(session: string): Promise<void> {
    const mounts = await this.#context.database.read((db) =>
      mountsOfSession(db, session)
    );
    await dismountForLost(this.#context, mounts, SERVICE);
  }
}
