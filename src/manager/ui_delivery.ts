/**
 * Brings messages to their destinations: one after the other to each, all
 * destinations side by side, tried again after pauses that grow. Nobody waits
 * for it.
 *
 * @module
 */

import {
  deleteUiDelivery,
  failUiDelivery,
  nextUiDelivery,
  type UiDeliveryRow,
  waitingUiDestinations,
} from "../database/mod.ts";
import type { OperatorState, UiFailure, UiMessage } from "../model/mod.ts";
import type { Context } from "./context.ts";
import type { Messenger } from "./messenger.ts";
import { isSettled } from "./operator_states.ts";
import { Retries } from "./retries.ts";
import { readMessage, textOf } from "./ui_messages.ts";
import { deferred, within } from "./waiting.ts";

/** How it stands with a destination, as far as is known since the start. */
export interface DeliveryState {
  /** When a message was last taken; null for never. */
  readonly delivered: number | null;
  /** The last try, where it failed. */
  readonly failure: UiFailure | null;
}

/** Who brings messages to one destination. */
interface Runner {
  /** Whether there may be more than it has seen. */
  again: boolean;
}

/** The messages on their way. */
export class UiDelivery {
  readonly #context: Context;
  readonly #messenger: Messenger;
  readonly #runners = new Map<string, Runner>();
  readonly #states = new Map<string, DeliveryState>();
  readonly #stop = new AbortController();

  /** Of a manager. */
  constructor(context: Context, messenger: Messenger) {
    this.#context = context;
    this.#messenger = messenger;
  }

  /** How it stands with a destination. */
  stateOf(destination: string): DeliveryState {
    return this.#states.get(destination) ?? { delivered: null, failure: null };
  }

  /** Looks for messages: there may be new ones. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    for (const runner of this.#runners.values()) runner.again = true;
    this.#context.background.run("look for messages to send", this.#look());
  }

  /** Tries one message now; rejects where it is not taken. */
  async try(destination: string, message: UiMessage): Promise<void> {
    const { clock, limits } = this.#context;
    const ended = new AbortController();
    const delivery = this.#messenger.deliver(
      destination,
      message,
      AbortSignal.any([ended.signal, this.#stop.signal]),
    );
    try {
      await within(delivery, {
        clock,
        timeoutMs: limits.uiMessageTakenWithinMs,
        signal: this.#stop.signal,
        what: `The message to ${destination}`,
      });
    } catch (error) {
      ended.abort(error);
      this.#note(destination, reasonOf(error));
      throw error;
    }
    this.#note(destination, null);
  }

  /** Sends nothing more; what was not taken is kept for the next start. */
  close(): void {
    this.#stop.abort();
  }

  async #look(): Promise<void> {
    const { background, database } = this.#context;
    for (const destination of await database.read(waitingUiDestinations)) {
      if (this.#runners.has(destination)) continue;
      const runner = { again: false };
      this.#runners.set(destination, runner);
      const run = this.#run(destination, runner)
        .finally(() => this.#runners.delete(destination));
      background.run("send messages", run);
    }
  }

  /** Sends what waits for a destination until nothing does. */
  async #run(destination: string, runner: Runner): Promise<void> {
    const { clock, database } = this.#context;
    const retries = new Retries(clock);
    while (!this.#stop.signal.aborted) {
      runner.again = false;
      const row = await database.read((db) => nextUiDelivery(db, destination));
      if (row === null) {
        if (!runner.again) return;
      } else if (this.#isPointless(row)) await this.#forget(row);
      else if (await this.#send(row)) retries.succeeded();
      else await this.#pause(retries);
    }
  }

  /** Whether nobody has to be told any more, or it was tried for too long. */
  #isPointless(row: UiDeliveryRow & { state: OperatorState | null }): boolean {
    if (row.state !== null && isSettled(row.state)) return true;
    const { clock, limits, log } = this.#context;
    if (clock.now() - row.created < limits.uiMessageKeptMs) return false;
    log.error("A message was given up: its destination never took it", {
      destination: row.destination,
      text: textOf(row.message),
      reason: row.failure,
    });
    return true;
  }

  async #forget({ id }: UiDeliveryRow): Promise<void> {
    await this.#context.database.write((db) => deleteUiDelivery(db, id));
  }

  /** Whether a message was taken. */
  async #send(row: UiDeliveryRow): Promise<boolean> {
    const { clock, database } = this.#context;
    try {
      await this.try(row.destination, readMessage(row.message));
    } catch (error) {
      if (this.#stop.signal.aborted) return false;
      const failure = { at: clock.now(), reason: reasonOf(error) };
      await database.write((db) => failUiDelivery(db, row.id, failure));
      return false;
    }
    await this.#forget(row);
    return true;
  }

  async #pause(retries: Retries): Promise<void> {
    const { signal } = this.#stop;
    const over = deferred<void>();
    const end = () => over.resolve();
    if (signal.aborted) return;
    retries.later(end);
    signal.addEventListener("abort", end, { once: true });
    await over.promise;
    signal.removeEventListener("abort", end);
    retries.stop();
  }

  #note(destination: string, reason: string | null): void {
    const { clock, log } = this.#context;
    if (this.#stop.signal.aborted) return;
    const { delivered, failure } = this.stateOf(destination);
    const at = clock.now();
    if (reason !== null) {
      this.#states.set(destination, { delivered, failure: { at, reason } });
      if (failure?.reason !== reason) {
        log.warn("A message was not taken", { destination, reason });
      }
      return;
    }
    this.#states.set(destination, { delivered: at, failure: null });
    if (failure !== null) log.info("Messages are taken again", { destination });
  }
}

/** What went wrong, for people. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
