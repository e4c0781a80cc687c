/**
 * Tells the destinations that want to know how library requests get on.
 *
 * @module
 */

import {
  allUiDestinations,
  type Changes,
  findObjectRow,
  findRequests,
  UNFINISHED,
  type Writer,
} from "../database/mod.ts";
import type { ObjectType, RequestState } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { putOnWay } from "./ui_messages.ts";

/** How library requests get on, as destinations are told. */
export class UiProgress {
  readonly #context: Context;
  /** Library requests that have changed and of which nobody was told yet. */
  readonly #changed = new Set<string>();
  /** The state that was told last of each that is not finished. */
  readonly #told = new Map<string, RequestState>();
  #isTelling = false;

  /** Of a manager. */
  constructor(context: Context) {
    this.#context = context;
  }

  /** Takes note of what a commit has changed. */
  tell(changes: Changes): void {
    for (const { id, operation, type } of changes ?? []) {
      if (type !== "libraryRequest") continue;
      if (operation === "delete") this.#told.delete(id);
      else this.#changed.add(id);
    }
    if (this.#changed.size === 0 || this.#isTelling) return;
    this.#isTelling = true;
    const telling = this.#tellAll().finally(() => this.#isTelling = false);
    this.#context.background.run("tell how requests get on", telling);
  }

  async #tellAll(): Promise<void> {
    const { database, ui } = this.#context;
    while (this.#changed.size > 0) {
      const ids = [...this.#changed];
      this.#changed.clear();
      const wanted = ui.wantProgress ||
        (await database.read(allUiDestinations))
          .some(({ type }) => type === "info");
      if (wanted) await database.write((db) => this.#putOnWay(db, ids));
    }
  }

  async #putOnWay(db: Writer, ids: readonly string[]): Promise<void> {
    for (const row of await findRequests(db, ids)) {
      const { application, computer, message, state, user } = row;
      if (this.#told.get(row.id) === state) continue;
      if (UNFINISHED.includes(state)) this.#told.set(row.id, state);
      else this.#told.delete(row.id);
      const name = (await findObjectRow(db, row.id))?.name ?? row.operation;
      await putOnWay(db, this.#context, {
        type: "info",
        text: `${name}: ${state}${message === "" ? "" : `, ${message}`}`,
        caller: { application, computer, user },
        library: row.libraryId,
        request: {
          type: "libraryRequest",
          id: row.id,
          kind: row.operation,
          state,
          objects: objectsOf([
            ["library", row.libraryId],
            ["side", row.sideId],
            ["drive", row.driveId],
          ]),
        },
      });
    }
  }
}

function objectsOf(
  given: readonly (readonly [ObjectType, string | null])[],
): { type: ObjectType; id: string }[] {
  return given.flatMap(([type, id]) => id === null ? [] : [{ type, id }]);
}
