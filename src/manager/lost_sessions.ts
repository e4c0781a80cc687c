/**
 * Sessions that vanished: what they have mounted waits out a grace time, in
 * case their program comes back, and is then dismounted; what they wait for is
 * given up.
 *
 * @module
 */

import { mountsOfAnySession, mountsOfSession } from "../database/mod.ts";
import { NtmsError, type Timer } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { dismountForLost } from "./dismounting.ts";
import type { Libraries } from "./libraries.ts";
import { SERVICE } from "./operators.ts";

/** The vanished sessions of one service. */
export class LostSessions {
  readonly #context: Context;
  readonly #libraries: Libraries;
  readonly #graceSeconds: number;
  readonly #timers = new Map<string, Timer>();

  /** With a grace time of 0 the mounts are kept for good. */
  constructor(context: Context, libraries: Libraries, graceSeconds: number) {
    this.#context = context;
    this.#libraries = libraries;
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
    // First what could still be mounted, so that nothing is after this.
    await this.#libraries.abandonMounts(
      session,
      new NtmsError(
        "ERROR_CANCELLED",
        "The session that asked for this mount was lost, and did not come back",
      ),
    );
    const mounts = await this.#context.database.read((db) =>
      mountsOfSession(db, session)
    );
    await dismountForLost(
      this.#context,
      this.#libraries.find,
      mounts,
      SERVICE,
    );
  }
}
