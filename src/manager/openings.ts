/**
 * The libraries that are not at work and are waited for: shown as absent with
 * the reason, and tried again by themselves.
 *
 * @module
 */

import { noteUnopened, removeStandIn } from "./absent_libraries.ts";
import type { Context } from "./context.ts";
import { type LibrarySource, messageOf } from "./library_sources.ts";
import { Retries } from "./retries.ts";

/** A library that is to be opened. */
export interface Opening {
  readonly source: LibrarySource;
  readonly retries: Retries;
  /** The library as the catalogue shows it, once it could not be opened. */
  absentId: string | null;
  /** It was deleted: what is given goes on being waited for, and is not shown. */
  isForgotten: boolean;
}

/** What opens them. */
export interface Opener {
  /** Opens a library and takes its first inventory; its id. */
  attach(opening: Opening): Promise<string>;
  /** Ids of the libraries at work. */
  atWork(): ReadonlySet<string>;
}

/** The libraries that are waited for. */
export class Openings {
  readonly #context: Context;
  readonly #opener: Opener;
  readonly #all = new Set<Opening>();
  /** Why those that were given are not at work, by id. */
  readonly #reasons = new Map<string, string>();
  /** What has to come to its end before the service does. */
  readonly #work = new Set<Promise<void>>();
  #stopped = false;

  /** None yet. */
  constructor(context: Context, opener: Opener) {
    this.#context = context;
    this.#opener = opener;
  }

  /** All of them. */
  get all(): readonly Opening[] {
    return [...this.#all];
  }

  /** Ids of those that the catalogue shows. */
  get ids(): readonly string[] {
    return [...this.#reasons.keys()];
  }

  /** Why a library is not at work; null where it is, as far as is known. */
  reasonOf(id: string): string | null {
    return this.#reasons.get(id) ?? null;
  }

  /** One more; `absentId`: the library that it is in the catalogue. */
  add(source: LibrarySource, absentId: string | null = null): Opening {
    const retries = new Retries(this.#context.clock);
    const opening = { source, retries, absentId, isForgotten: false };
    this.#all.add(opening);
    return opening;
  }

  /** Waits no more for one. */
  drop(opening: Opening): void {
    opening.retries.stop();
    this.#all.delete(opening);
  }

  /** One is at work now, as the library `id`. */
  async arrived(opening: Opening, id: string): Promise<void> {
    this.#all.delete(opening);
    const { absentId } = opening;
    if (absentId === null) return;
    this.#reasons.delete(absentId);
    if (absentId === id) return;
    await this.#context.background.insist(
      "forget a library that has another name now",
      () => removeStandIn(this.#context, absentId),
    );
  }

  /** Its library is deleted: one that was looked for because it was known is not any more. The function takes that back. */
  forget(id: string): () => void {
    const reason = this.#reasons.get(id);
    const forgotten = this.all.filter(({ absentId }) => absentId === id);
    this.#reasons.delete(id);
    for (const opening of forgotten) {
      opening.absentId = null;
      opening.isForgotten = true;
      if (opening.source.identity !== undefined) this.drop(opening);
    }
    return () => {
      if (reason !== undefined) this.#reasons.set(id, reason);
      for (const opening of forgotten) {
        opening.absentId = id;
        opening.isForgotten = false;
        if (this.#all.has(opening)) continue;
        this.#all.add(opening);
        this.later(opening);
      }
    };
  }

  /** Tries those again that a pause keeps from it. */
  async tryAll(): Promise<void> {
    const waiting = this.all.filter(({ retries }) => retries.isWaiting);
    for (const opening of waiting) {
      opening.retries.stop();
      await this.#tryAgain(opening);
    }
  }

  /** Tries one again after a pause. */
  later(opening: Opening): void {
    if (this.#stopped) return;
    opening.retries.later(() => void this.follow(this.#tryAgain(opening)));
  }

  /** Shows why a library is not there, and tries again later. */
  async doWithout(opening: Opening, error: unknown): Promise<void> {
    if (this.#stopped) return;
    const { device } = opening.source;
    const reason = messageOf(error);
    this.#context.log.error("Cannot open a library", { device, error: reason });
    this.later(opening);
    await this.showAbsent(opening, reason);
  }

  /** Shows why a library is not there. */
  async showAbsent(opening: Opening, reason: string): Promise<void> {
    await this.#context.background.insist(
      "note that a library is not there",
      () => this.#note(opening, reason),
    );
  }

  /** Waits for the end of work at the end of the service. */
  follow(work: Promise<void>): Promise<void> {
    const followed = work.finally(() => this.#work.delete(followed));
    this.#work.add(followed);
    return followed;
  }

  /** Tries nothing again. */
  stop(): void {
    this.#stopped = true;
    for (const { retries } of this.#all) retries.stop();
  }

  /** Resolves when nothing goes on any more. */
  async settle(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }

  async #tryAgain(opening: Opening): Promise<void> {
    try {
      await this.#opener.attach(opening);
    } catch (error) {
      await this.doWithout(opening, error);
    }
  }

  async #note(opening: Opening, reason: string): Promise<void> {
    const { device } = opening.source;
    await noteUnopened(
      this.#context,
      { device, reason },
      this.#opener.atWork(),
      () => this.#all.has(opening) && !opening.isForgotten,
      (id) => {
        opening.absentId = id;
        this.#reasons.set(id, reason);
      },
    );
  }
}
