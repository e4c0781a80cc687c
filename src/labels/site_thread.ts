/**
 * The thread of a site's library, and questions to it. It can be ended at any
 * time, also while the library loops, and is started again when it is needed.
 *
 * @module
 */
import { isObject } from "./answers.ts";
import { SITE_WORKER_URL } from "./site_worker.ts";

/** Something that the thread is asked: to load a module, or to look at a label. */
export type ThreadQuestion =
  | { readonly url: string }
  | { readonly question: Readonly<Record<string, unknown>> };

/** A thread and the questions that it has not answered. */
export class SiteThread {
  readonly #worker: Worker;
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #ended: Error | null = null;

  /** Starts it. */
  constructor() {
    this.#worker = new Worker(SITE_WORKER_URL, { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onmessageerror = () =>
      this.end(new Error("it answered what cannot be passed on"));
    this.#worker.onerror = (event) => {
      // Without this, an error that the library did not catch ends the process.
      event.preventDefault();
      this.end(new Error(event.message));
    };
  }

  /** Whether it can be asked nothing any more. */
  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws {Error} What the library threw, or why the thread has ended.
   */
  ask(question: ThreadQuestion, signal: AbortSignal): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    if (this.#ended !== null) {
      answer.reject(this.#ended);
      return answer.promise;
    }
    const id = ++this.#lastId;
    const onAbort = () => this.end(asError(signal.reason));
    this.#open.set(id, answer);
    signal.addEventListener("abort", onAbort, { once: true });
    this.#worker.postMessage({ id, ...question });
    if (signal.aborted) onAbort();
    return answer.promise.finally(() =>
      signal.removeEventListener("abort", onAbort)
    );
  }

  /** Ends it; what is still open fails with the reason. */
  end(reason: Error): void {
    if (this.#ended !== null) return;
    this.#ended = reason;
    this.#worker.terminate();
    for (const answer of this.#open.values()) answer.reject(reason);
    this.#open.clear();
  }

  /** A library can send anything too: what answers no question is dropped. */
  #receive(data: unknown): void {
    if (!isObject(data) || typeof data.id !== "number") return;
    const answer = this.#open.get(data.id);
    this.#open.delete(data.id);
    if (typeof data.error === "string") answer?.reject(new Error(data.error));
    else answer?.resolve(data.value);
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
