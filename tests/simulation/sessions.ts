/**
 * The sessions of programs: opened when one is needed, closed, lost, and all
 * gone with each life of the service.
 *
 * @module
 */

import type { Caller } from "../../src/model/mod.ts";
import { GRACE_SECONDS } from "./service.ts";

/** The applications that all programs belong to. */
export const APPLICATIONS = ["alpha", "beta", "gamma"] as const;

/** The sessions there are, and those there were. */
export class Sessions {
  /** By application: each uses one at a time. */
  readonly #open = new Map<string, string>();
  readonly #made: string[] = [];
  /** Sessions that the service misses, and until when it keeps their mounts. */
  readonly #lost = new Map<string, number>();

  /** An application as a caller. */
  caller(application: string): Caller {
    let session = this.#open.get(application);
    if (session === undefined) {
      session = `${application}-${this.#made.length + 1}`;
      this.#made.push(session);
      this.#open.set(application, session);
    }
    return { application, user: "someone", computer: "sim", session };
  }

  /** The open session of an application; null where there is none. */
  current(application: string): string | null {
    return this.#open.get(application) ?? null;
  }

  /** Ends the session of an application; its name, undefined where there is none. */
  end(application: string): string | undefined {
    const session = this.#open.get(application);
    this.#open.delete(application);
    return session;
  }

  /** The service misses a session from now on; until when it keeps its mounts. */
  lose(session: string, nowMs: number): number {
    const until = nowMs + GRACE_SECONDS * 1_000;
    this.#lost.set(session, until);
    return until;
  }

  /** None outlives the service; until when their mounts are kept at least. */
  loseAll(nowMs: number): number {
    const until = nowMs + GRACE_SECONDS * 1_000;
    for (const session of this.#made) {
      if (!this.#lost.has(session)) this.#lost.set(session, until);
    }
    this.#open.clear();
    return until;
  }

  /** Until when a session's mounts are kept; for ever while it lives. */
  keptUntil(session: string | null): number {
    return this.#lost.get(session ?? "") ?? Infinity;
  }
}
