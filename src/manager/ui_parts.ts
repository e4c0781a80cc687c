/**
 * What a manager tells people with: the messages on their way, and how
 * requests get on.
 *
 * @module
 */

import type { Context } from "./context.ts";
import { type Messenger, NO_MESSENGER } from "./messenger.ts";
import { UiDelivery } from "./ui_delivery.ts";
import { UiProgress } from "./ui_progress.ts";

/** The parts of one manager that tell people. */
export class UiParts {
  readonly context: Context;
  readonly messenger: Messenger;
  readonly delivery: UiDelivery;
  readonly #progress: UiProgress;
  #unlisten: () => void = () => {};

  /** Of a manager that sends by `messenger`. */
  constructor(context: Context, messenger: Messenger = NO_MESSENGER) {
    this.context = context;
    this.messenger = messenger;
    this.delivery = new UiDelivery(context, messenger);
    this.#progress = new UiProgress(context);
  }

  /** Takes up what an earlier start could not deliver, and from now on what comes. */
  async begin(): Promise<void> {
    const { database } = this.context;
    const unlisten = [
      database.onCommit(["uiDelivery"], () => this.delivery.wake()),
      await database.onChanges((changes) => this.#progress.tell(changes)),
    ];
    this.#unlisten = () => unlisten.forEach((one) => one());
    this.delivery.wake();
  }

  /** A session has ended. */
  endSession(session: string): void {
    this.context.ui.endSession(session);
  }

  /** Sends nothing more; what was not taken is kept for the next start. */
  close(): void {
    this.#unlisten();
    this.delivery.close();
  }
}
