/**
 * What a call that waits has asked the operator for: asked again when the
 * operator says that it is done and it is not, given up when the operator
 * refuses, and taken back when the call ends.
 *
 * @module
 */

import {
  deleteOperatorRequest,
  findOperatorRequest,
  type Writer,
} from "../database/mod.ts";
import type { OperatorState } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";

/** One thing that was asked for. */
export class AskedFor {
  readonly #context: Context;
  readonly #changed: () => void;
  #request: string;
  #unlisten: () => void;
  #isChanged = false;
  #ended = false;

  /** `changed` is called when the request may have been settled. */
  constructor(context: Context, request: string, changed: () => void) {
    this.#context = context;
    this.#changed = changed;
    this.#request = request;
    this.#unlisten = this.#listen();
  }

  /** Id of the request that is open, or was. */
  get request(): string {
    return this.#request;
  }

  /** Whether it may have been settled since `state` was asked for. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** What became of the request; null when somebody deleted it. */
  async state(): Promise<OperatorState | null> {
    this.#isChanged = false;
    const row = await this.#context.database.read((db) =>
      findOperatorRequest(db, this.#request)
    );
    return row?.state ?? null;
  }

  /** Asks again: `ask` gives the id of the new request, or null where it is not needed. */
  async again(ask: (db: Writer) => Promise<string | null>): Promise<void> {
    const request = await commit(this.#context, "mediumWanted", ask);
    if (request === null) return;
    this.#unlisten();
    this.#request = request;
    // The call may have ended while it was asked for again.
    if (this.#ended) await this.end();
    else this.#unlisten = this.#listen();
  }

  /** The call has what it asked for. */
  stop(): void {
    this.#unlisten();
  }

  /** The call ends without it: takes the request back if it is open, as soon as that can be written down. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#unlisten();
    await this.#context.background.insist(
      "end an operator request",
      () =>
        commit(
          this.#context,
          "wantEnded",
          (db) => deleteOperatorRequest(db, this.#request),
        ),
    );
  }

  #listen(): () => void {
    return this.#context.signals.on(this.#request, () => {
      this.#isChanged = true;
      this.#changed();
    });
  }
}
