/**
 * The changes of objects, as a session hears of them.
 *
 * @module
 */

import {
  type ChannelId,
  INFINITE,
  LIMITS,
  NtmsError,
  type ObjectNotification,
  type ObjectType,
} from "../model/mod.ts";
import type { Cancellable, SessionCall } from "./session_call.ts";

/** Which changes to hear of. */
export interface NotificationOptions extends Cancellable {
  /** Type of the objects; null for all types. @default {null} */
  type?: ObjectType | null;
}

/** How changes are taken. */
export interface TakeOptions extends Cancellable {
  /** Milliseconds; 0 does not wait. */
  readonly timeoutMs: number;
  /** Take this many at most. */
  readonly most: number;
}

/** An open channel. */
export class NotificationChannel {
  /** Its id. */
  readonly id: ChannelId;
  readonly #call: SessionCall;
  /** Of calls that failed: whether changes were taken for them nobody knows. */
  readonly #unanswered: string[] = [];

  /** A channel of the session that `call` is of. */
  constructor(call: SessionCall, id: ChannelId) {
    this.#call = call;
    this.id = id;
  }

  /** Takes the next changes; a call that failed loses none of them. */
  async take(
    { most, signal, timeoutMs }: TakeOptions,
  ): Promise<readonly ObjectNotification[]> {
    const take = this.#unanswered.pop() ?? crypto.randomUUID();
    const input = { channel: this.id, take, most, timeoutMs };
    try {
      return (await this.#call("WaitForNtmsNotification", input, { signal }))
        .changes;
    } catch (error) {
      this.#unanswered.push(take);
      throw error;
    }
  }

  /** Closes it; with `force` also while a call waits at it. */
  async close(force: boolean): Promise<void> {
    await this.#call("CloseNtmsNotification", { channel: this.id, force });
  }
}

/**
 * Every change of objects, in the order in which they were committed, for
 * `for await`. A program that falls {@linkcode LIMITS} `changesBuffered`
 * changes behind gets ERROR_NO_DATA: changes are missing, and it has to look
 * at the objects again.
 */
export class Notifications
  implements AsyncIterableIterator<ObjectNotification>, AsyncDisposable {
  /** Resolves when the channel is open: changes from then on are told. */
  readonly opened: Promise<void>;
  readonly #channel: Promise<NotificationChannel>;
  readonly #signal: AbortSignal | undefined;
  #changes: Iterator<ObjectNotification> = [].values();
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  /** Begins to hear; see `Session.notifications`. */
  constructor(
    call: SessionCall,
    { signal, type = null }: NotificationOptions = {},
  ) {
    this.#signal = signal;
    this.#channel = call("OpenNtmsNotification", { type }, { signal })
      .then(({ channel }) => new NotificationChannel(call, channel));
    this.opened = this.#channel.then(() => {});
    // Whoever reads is told.
    this.opened.catch(() => {});
  }

  /** The same; a channel is read once. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next change. */
  next(): Promise<IteratorResult<ObjectNotification, undefined>> {
    const next = this.#last.then(() => this.#next());
    this.#last = next.catch(() => {});
    return next;
  }

  /** Closes the channel; a `next` that waits then tells that it is done. */
  async return(): Promise<IteratorResult<ObjectNotification, undefined>> {
    if (!this.#ended) {
      this.#ended = true;
      await this.#close();
    }
    return { done: true, value: undefined };
  }

  /** Closes the channel. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  async #next(): Promise<IteratorResult<ObjectNotification, undefined>> {
    for (;;) {
      if (this.#ended) return { done: true, value: undefined };
      const { done, value } = this.#changes.next();
      if (!done) return { done: false, value };
      try {
        const channel = await this.#channel;
        const changes = await channel.take({
          most: LIMITS.changesInOneAnswer,
          timeoutMs: INFINITE,
          ...this.#signal === undefined ? {} : { signal: this.#signal },
        });
        this.#changes = changes.values();
      } catch (error) {
        if (this.#ended) continue;
        // `for await` does not close what failed.
        this.#ended = true;
        await this.#close().catch(() => {});
        throw error;
      }
    }
  }

  async #close(): Promise<void> {
    let channel: NotificationChannel;
    try {
      channel = await this.#channel;
    } catch {
      return; // It never came about, and a reader was told why.
    }
    try {
      await channel.close(true);
    } catch (error) {
      // Where the session is gone, so is the channel.
      const gone = error instanceof NtmsError &&
        (error.code === "ERROR_INVALID_HANDLE" ||
          error.code === "ERROR_CONNECTION_UNAVAIL");
      if (!gone) throw error;
    }
  }
}
