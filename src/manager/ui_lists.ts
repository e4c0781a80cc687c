/**
 * The lists of destinations: those of the computer and of libraries are in the
 * catalogue, those of sessions here, because they end with them.
 *
 * @module
 */

import {
  allUiDestinations,
  findComputerId,
  type Reader,
} from "../database/mod.ts";
import type { Caller, UiType } from "../model/mod.ts";

/** A destination of a session. */
export interface SessionDestination {
  readonly type: UiType;
  readonly destination: string;
}

/** A session that has destinations. */
interface SessionLists {
  readonly application: string;
  readonly computer: string;
  readonly destinations: SessionDestination[];
}

/** What a message is about, as far as that tells where it goes. */
export interface UiSubject {
  readonly type: UiType;
  /** The library, where it is about one. */
  readonly library: string | null;
  /** Whom it is for. */
  readonly caller: Pick<Caller, "application" | "computer">;
}

/** All lists. */
export class UiLists {
  readonly #sessions = new Map<string, SessionLists>();

  /** The destinations of a session. */
  ofSession({ session }: Caller): readonly SessionDestination[] {
    return this.#sessions.get(session ?? "")?.destinations ?? [];
  }

  /** Gives a session other destinations. */
  setOfSession(
    { application, computer, session }: Caller,
    destinations: readonly SessionDestination[],
  ): void {
    const key = session ?? "";
    this.#sessions.delete(key);
    if (destinations.length === 0) return;
    this.#sessions.set(key, {
      application,
      computer,
      destinations: [...destinations],
    });
  }

  /** Whether a session wants to know how requests get on. */
  get wantProgress(): boolean {
    return this.#sessions.values().some(({ destinations }) =>
      destinations.some(({ type }) => type === "info")
    );
  }

  /** A session has ended, and its destinations with it. */
  endSession(session: string): void {
    this.#sessions.delete(session);
  }

  /** Where a message goes: to the destinations of the application's sessions, of the library and of the computer, to each once. */
  async destinationsOf(
    db: Reader,
    { caller, library, type }: UiSubject,
  ): Promise<Set<string>> {
    const found = new Set<string>();
    for (const each of this.#sessions.values()) {
      const own = each.application === caller.application &&
        each.computer === caller.computer;
      if (!own) continue;
      for (const row of each.destinations) {
        if (row.type === type) found.add(row.destination);
      }
    }
    const kept = await allUiDestinations(db);
    if (kept.length === 0) return found;
    const computer = await findComputerId(db);
    for (const row of kept) {
      const about = row.objectId === computer || row.objectId === library;
      if (about && row.type === type) found.add(row.destination);
    }
    return found;
  }
}
