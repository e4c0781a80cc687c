/**
 * The libraries at work: opened at the start of the service, each with its
 * first inventory.
 *
 * @module
 */

import { type Changer, ChangerError } from "../changer/mod.ts";
import { allLibraries, findObject, updateObject } from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { attachLibrary, libraryIdentity } from "./attach.ts";
import type { Context } from "./context.ts";
import { commit, deviceCall } from "./crash_points.ts";
import { Library } from "./library.ts";
import { SERVICE } from "./operators.ts";

/** A library's device, still to be opened. */
export interface LibrarySource {
  /** Path or URL, for people. */
  readonly device: string;
  /** Opens it; the signal gives up. */
  open(signal: AbortSignal): Promise<Changer>;
}

/** The libraries at work. */
export class Libraries {
  readonly #context: Context;
  readonly #tell: (activity: string) => void;
  readonly #open = new Map<string, Library>();
  /** Ends the opening of libraries. */
  readonly #stop = new AbortController();

  /** None yet; `tell` hears what is being done. */
  constructor(context: Context, tell: (activity: string) => void) {
    this.#context = context;
    this.#tell = tell;
  }

  /**
   * Opens libraries side by side, and notes which known ones are absent.
   *
   * @throws {NtmsError} ERROR_INVALID_PARAMETER for a name that no device can
   * have.
   */
  async open(sources: readonly LibrarySource[]): Promise<void> {
    const outcomes = await Promise.allSettled(
      sources.map((source) => this.#attach(source)),
    );
    const present: string[] = [];
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") throw outcome.reason;
      if (outcome.value !== null) present.push(outcome.value);
    }
    await this.#markAbsent(present);
  }

  /** Has each look again at what can start: something changed. */
  wake(): void {
    for (const library of this.#open.values()) library.wake();
  }

  /** Gives up opening and inventories; `open` comes to its end soon. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const library of this.#open.values()) await library.stopInventories();
  }

  /** Lets what runs come to its end, and closes the changers. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((it) => it.close()));
  }

  /** A library at work. */
  readonly find = (id: string): Library => {
    const library = this.#open.get(id);
    if (library !== undefined) return library;
    throw new NtmsError(
      "ERROR_DEVICE_NOT_AVAILABLE",
      `Library ${id} is not connected; "rsm doctor" tells why`,
    );
  };

  /**
   * A library to take an inventory of.
   *
   * @throws {NtmsError} ERROR_INVALID_LIBRARY, ERROR_LIBRARY_OFFLINE,
   * ERROR_RESOURCE_DISABLED, ERROR_DEVICE_NOT_AVAILABLE.
   */
  async require(libraryId: string): Promise<Library> {
    const context = this.#context;
    const object = await context.database.read((db) =>
      findObject(db, libraryId)
    );
    if (object?.type !== "library") {
      throw new NtmsError(
        "ERROR_INVALID_LIBRARY",
        `There is no library ${libraryId}`,
      );
    }
    const libraries = await context.database.read(allLibraries);
    const row = libraries.find(({ id }) => id === libraryId);
    if (row?.kind === "offline") {
      throw new NtmsError(
        "ERROR_LIBRARY_OFFLINE",
        "The offline library has no device to take an inventory of",
      );
    }
    if (object.enabled === 0) {
      throw new NtmsError(
        "ERROR_RESOURCE_DISABLED",
        `Library ${row?.name ?? libraryId} is disabled`,
      );
    }
    return this.find(libraryId);
  }
  /** Opens a library and takes its first inventory; one that fails does not keep the others from work. */
  async #attach(source: LibrarySource): Promise<string | null> {
    const context = this.#context;
    this.#tell(`opening ${source.device}`);
    let changer: Changer;
    try {
      changer = await deviceCall(
        context,
        "open",
        () => source.open(this.#stop.signal),
      );
    } catch (error) {
      // A name that no device can have is the administrator's mistake, not the
      // device's: the service does not start without a library it was given.
      if (isMisnamed(error)) throw error;
      this.#doWithout(source, error);
      return null;
    }
    const close = () => changer.close();
    this.#stop.signal.addEventListener("abort", close, { once: true });
    try {
      await this.#takeIn(changer);
      return libraryIdentity(changer);
    } catch (error) {
      await changer.close();
      if (this.#stop.signal.aborted) return null;
      if (!(error instanceof ChangerError)) throw error;
      this.#doWithout(source, error);
      return null;
    } finally {
      this.#stop.signal.removeEventListener("abort", close);
    }
  }

  #doWithout({ device }: LibrarySource, error: unknown): void {
    this.#context.log.error("Cannot open a library", {
      device,
      error: error instanceof Error ? error.message : String(error),
    });
  }

  /** A library whose first inventory fails stays, and tries again by itself. */
  async #takeIn(changer: Changer): Promise<void> {
    const context = this.#context;
    this.#tell(`first inventory of ${changer.device}`);
    const drives = await deviceCall(context, "drives", () => changer.drives());
    const attached = await attachLibrary(context, changer, drives);
    const library = new Library(context, attached, changer, drives);
    this.#open.set(attached.id, library);
    try {
      const { done } = await library.inventory(SERVICE);
      const report = await done;
      context.log.info("Library is ready", {
        device: changer.device,
        name: attached.name,
        cartridges: report.cartridges,
        added: report.added.length,
        moved: report.moved.length,
        missing: report.missing,
        unreadable: report.unreadable,
        duplicate: report.duplicate,
      });
    } catch (error) {
      if (!(error instanceof NtmsError)) throw error;
    }
  }

  async #markAbsent(present: readonly string[]): Promise<void> {
    const context = this.#context;
    await commit(context, "absence", async (db) => {
      for (const library of await allLibraries(db)) {
        const absent = library.kind !== "offline" &&
          !present.includes(library.identity);
        if (!absent) continue;
        await updateObject(
          db,
          library.id,
          { operationalState: "notPresent" },
          context.clock.now(),
        );
      }
    });
  }
}

function isMisnamed(error: unknown): boolean {
  return error instanceof NtmsError && error.code === "ERROR_INVALID_PARAMETER";
}
