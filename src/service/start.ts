/**
 * The coming up of the managing half, while the service answers already.
 *
 * @module
 */

import type { Manager, ManagerStatus } from "../manager/manager.ts";
import {
  type Clock,
  type Limits,
  type Log,
  NtmsError,
  type Random,
} from "../model/mod.ts";

/** What the managing half is made of. */
export interface ManagerOptions {
  readonly libraries: readonly string[];
  /** Directory of the catalogue. */
  readonly state: string;
  readonly trustBarCodes: boolean;
  /** Paths of media label libraries of the site. @default {[]} */
  readonly mediaLabelLibraries?: readonly string[];
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: Limits;
}

/** Makes the managing half. */
export type CreateManager = (options: ManagerOptions) => Promise<Manager>;

/** The managing half, from before it is there until it is closed. */
export class Start {
  /** Resolves when the manager is ready; rejects when it cannot become so, or was closed before. */
  readonly ready: Promise<void>;
  readonly #create: CreateManager;
  readonly #options: ManagerOptions;
  readonly #outcome = Promise.withResolvers<void>();
  #made: Promise<Manager> | null = null;
  #manager: Manager | null = null;
  #failure: string | null = null;
  #closed = false;

  /** Begins with nothing. */
  constructor(create: CreateManager, options: ManagerOptions) {
    this.#create = create;
    this.#options = options;
    this.ready = this.#outcome.promise;
    // Whether anybody waits for it is the owner's business.
    this.ready.catch(() => {});
  }

  /** How far it is. */
  status(): ManagerStatus {
    if (this.#failure !== null) {
      return { ready: false, activity: this.#failure };
    }
    return this.#manager?.status() ??
      { ready: false, activity: "opening the catalogue" };
  }

  /** Makes the manager in the background, and tells when it is ready. */
  begin(onReady: (manager: Manager) => void): void {
    this.#made = this.#create(this.#options);
    this.#follow(this.#made, onReady).then(
      this.#outcome.resolve,
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.#failure = `it could not start: ${message}`;
        this.#options.log.error("The service could not start", { error });
        this.#outcome.reject(error);
      },
    );
  }

  /** Closes the manager, whatever it is doing. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#outcome.reject(
      new NtmsError(
        "ERROR_CANCELLED",
        "The service was stopped before it was ready",
      ),
    );
    const [made] = await Promise.allSettled([this.#made]);
    if (made.status === "fulfilled") await made.value?.[Symbol.asyncDispose]();
  }

  async #follow(
    made: Promise<Manager>,
    onReady: (manager: Manager) => void,
  ): Promise<void> {
    const manager = await made;
    this.#manager = manager;
    await manager.ready;
    if (!this.#closed) onReady(manager);
  }
}
