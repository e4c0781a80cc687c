/**
 * Notes what requests wait for, so that people see it.
 *
 * @module
 */

import type { Writer } from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { holdRequests } from "./requests.ts";

/** What else is written down with a note. */
type Also = (db: Writer) => Promise<void>;

/** What some requests wait for. */
export class WaitNote {
  readonly #context: Context;
  readonly #ids: readonly string[];
  #reason: string | null = null;

  /** Of requests that do not wait yet. */
  constructor(context: Context, ids: readonly string[]) {
    this.#context = context;
    this.#ids = ids;
  }

  /** They wait for something; `also` belongs to the note of it. */
  waits(reason: string, also?: Also): void {
    if (reason === this.#reason) return;
    this.#reason = reason;
    const { background } = this.#context;
    const what = "note what a request waits for";
    const note = () => this.#note(reason, also);
    background.run(what, background.insist(what, note));
  }

  /** The same is written down again, if they still wait for it at the next look. */
  again(): void {
    this.#reason = null;
  }

  /** They do not wait any more. */
  end(): void {
    this.#reason = null;
  }

  #note(reason: string, also?: Also): Promise<void> {
    return commit(this.#context, "requestWaits", async (db) => {
      // Commits may overtake one another: what became of it meanwhile stands.
      if (reason !== this.#reason) return;
      await holdRequests(db, this.#ids, reason);
      await also?.(db);
      // A person may be told of what else is written down.
    }, also === undefined ? "later" : "now");
  }
}
