/**
 * The libraries at work: opened at the start of the service, each with its
 * first inventory. One that cannot be opened is waited for.
 *
 * @module
 */

import { type Changer, ChangerError } from "../changer/mod.ts";
import { allLibraries, findObject } from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import {
  isStandIn,
  noteNotGiven,
  noteUnopened,
  removeStandIn,
} from "./absent_libraries.ts";
import { attachLibrary, libraryIdentity } from "./attach.ts";
import type { Context } from "./context.ts";
import { deviceCall } from "./crash_points.ts";
import { Library } from "./library.ts";
import { Maps } from "./overview.ts";
import type { PortOperation } from "./port_work.ts";
import { Retries } from "./retries.ts";

/** A library's device, still to be opened. */
export interface LibrarySource {
  /** Path or URL, for people. */
  readonly device: string;
  /** The library that it has to be; without it, any. */
  readonly identity?: string;
  /** Opens it; the signal gives up. */
  open(signal: AbortSignal): Promise<Changer>;
}

/** A library that is to be opened. */
interface Opening {
  readonly source: LibrarySource;
  readonly retries: Retries;
  /** The library as the catalogue shows it, once it could not be opened. */
  absentId: string | null;
}

/** The libraries at work, and those that are waited for. */
export class Libraries {
  /** What people see of them. */
  readonly maps: Maps;
  readonly #context: Context;
  readonly #tell: (activity: string) => void;
  readonly #open = new Map<string, Library>();
  /** Why those that were given are not at work, by id. */
  readonly #absent = new Map<string, string>();
  /** Those that are not open yet. */
  readonly #openings = new Set<Opening>();
  /** Tries to open one that was given in vain before. */
  readonly #tries = new Set<Promise<void>>();
  /** Ends the opening of libraries. */
  readonly #stop = new AbortController();

  /** None yet; `tell` hears what is being done. */
  constructor(context: Context, tell: (activity: string) => void) {
    this.#context = context;
    this.#tell = tell;
    this.maps = new Maps(context.database, (id) => this.obstacleOf(id));
  }

  /**
   * Opens libraries side by side; one that cannot be opened is tried again by
   * itself. Notes which known ones are absent.
   *
   * @param sourceOf Where to look for a known library that was not given; null
   * for nowhere.
   * @throws {NtmsError} ERROR_INVALID_PARAMETER for a name that no device can
   * have.
   */
  async open(
    sources: readonly LibrarySource[],
    sourceOf: (device: string) => LibrarySource | null,
  ): Promise<void> {
    await this.#openAll(sources);
    if (this.#stop.signal.aborted) return;
    await this.#openAll(await this.#notGiven(sourceOf));
    if (this.#stop.signal.aborted) return;
    await noteNotGiven(this.#context, this.#ids());
  }

  /** Something has changed: has each look again at what can start. */
  wake(): void {
    for (const library of this.#open.values()) library.wake();
  }

  /** A closed session leaves its mounts to its application, also those to come. */
  releaseMounts(session: string): void {
    for (const library of this.#open.values()) library.releaseMounts(session);
  }

  /** Gives up the mounts of a session that have not come about; resolves when no more can. */
  async abandonMounts(session: string, reason: NtmsError): Promise<void> {
    for (const library of this.#open.values()) {
      await library.abandonMounts(session, reason);
    }
  }

  /** Why a library cannot be used; null where it can, as far as is known. A commit follows each change of it. */
  obstacleOf(id: string): string | null {
    return this.#open.get(id)?.obstacle ?? this.#absent.get(id) ?? null;
  }

  /** Gives up opening and inventories; `open` comes to its end soon. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const { retries } of this.#openings) retries.stop();
    for (const library of this.#open.values()) await library.stopInventories();
  }

  /** Lets what runs come to its end, and closes the changers. */
  async close(): Promise<void> {
    await Promise.all(this.#tries);
    await Promise.all([...this.#open.values()].map((it) => it.close()));
  }

  /** What waits for a person under an id; null where nothing does. */
  portOperation(id: string): PortOperation | null {
    for (const { ports } of this.#open.values()) {
      const operation = ports.operation(id);
      if (operation !== undefined) return operation;
    }
    return null;
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

  async #openAll(sources: readonly LibrarySource[]): Promise<void> {
    const outcomes = await Promise.allSettled(
      sources.map((source) => this.#openFirst(source)),
    );
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") throw outcome.reason;
    }
  }

  /** Those at work, and those that were given in vain. */
  #ids(): Set<string> {
    return new Set([...this.#open.keys(), ...this.#absent.keys()]);
  }

  /** The known libraries that were not given, each where it was last. */
  async #notGiven(
    sourceOf: (device: string) => LibrarySource | null,
  ): Promise<LibrarySource[]> {
    const ids = this.#ids();
    const known = await this.#context.database.read(allLibraries);
    return known.filter(({ id, identity, kind }) =>
      kind !== "offline" && !ids.has(id) && !isStandIn(identity)
    ).flatMap(({ device, identity }) => {
      const source = sourceOf(device);
      return source === null ? [] : [{ ...source, identity }];
    });
  }

  /** One that fails does not keep the others, and the service, from work. */
  async #openFirst(source: LibrarySource): Promise<void> {
    const retries = new Retries(this.#context.clock);
    const opening: Opening = { source, retries, absentId: null };
    this.#openings.add(opening);
    try {
      await this.#attach(opening);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      // A name that no device can have is the administrator's mistake: the
      // service does not start without a library it was given. Neither does it
      // without a catalogue.
      if (!(error instanceof ChangerError)) throw error;
      await this.#doWithout(opening, error);
    }
  }

  async #openAgain(opening: Opening): Promise<void> {
    try {
      await this.#attach(opening);
    } catch (error) {
      await this.#doWithout(opening, error);
    }
  }

  /** Shows why a library is not there, and tries again later. */
  async #doWithout(opening: Opening, error: unknown): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const { background, log } = this.#context;
    const { retries, source: { device } } = opening;
    const reason = messageOf(error);
    log.error("Cannot open a library", { device, error: reason });
    retries.later(() => {
      const attempt = this.#openAgain(opening)
        .finally(() => this.#tries.delete(attempt));
      this.#tries.add(attempt);
    });
    await background.insist(
      "note that a library cannot be opened",
      () => this.#noteAbsence(opening, reason),
    );
  }

  async #noteAbsence(opening: Opening, reason: string): Promise<void> {
    // It may have come before that could be written.
    if (!this.#openings.has(opening)) return;
    const { device } = opening.source;
    const atWork = new Set(this.#open.keys());
    await noteUnopened(this.#context, { device, reason }, atWork, (id) => {
      opening.absentId = id;
      this.#absent.set(id, reason);
    });
  }

  /** Opens a library and takes its first inventory. */
  async #attach(opening: Opening): Promise<void> {
    const changer = await this.#openChanger(opening.source);
    const close = () => changer.close();
    this.#stop.signal.addEventListener("abort", close, { once: true });
    try {
      requireIdentity(opening.source, changer);
      await this.#takeIn(opening, changer);
    } catch (error) {
      await changer.close();
      throw error;
    } finally {
      this.#stop.signal.removeEventListener("abort", close);
    }
  }

  async #openChanger({ device, open }: LibrarySource): Promise<Changer> {
    this.#tell(`opening ${device}`);
    try {
      return await deviceCall(
        this.#context,
        "open",
        () => open(this.#stop.signal),
      );
    } catch (error) {
      if (isMisnamed(error) || error instanceof ChangerError) throw error;
      throw new ChangerError(messageOf(error), {
        outcome: "failed",
        advice: "hardware",
        cause: error,
      });
    }
  }

  /** A library whose first inventory fails stays, and tries again by itself. */
  async #takeIn(opening: Opening, changer: Changer): Promise<void> {
    const context = this.#context;
    this.#tell(`first inventory of ${changer.device}`);
    const drives = await deviceCall(context, "drives", () => changer.drives());
    const attached = await attachLibrary(context, changer, drives);
    this.#stop.signal.throwIfAborted();
    const library = new Library(context, attached, changer, drives);
    this.#open.set(attached.id, library);
    this.#openings.delete(opening);
    await this.#isThere(opening, attached.id);
    await library.firstInventory();
  }

  async #isThere({ absentId }: Opening, id: string): Promise<void> {
    if (absentId === null) return;
    this.#absent.delete(absentId);
    if (absentId === id) return;
    const { background } = this.#context;
    await background.insist(
      "forget a library that has another name now",
      () => removeStandIn(this.#context, absentId),
    );
  }
}

/** The device may have another name since, and this one be another library's. */
function requireIdentity(
  { device, identity }: LibrarySource,
  changer: Changer,
): void {
  if (identity === undefined || identity === libraryIdentity(changer)) return;
  throw new ChangerError(
    `The library that was at ${device} is not found, and another one is there now`,
    { outcome: "failed", advice: "operator" },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isMisnamed(error: unknown): boolean {
  return error instanceof NtmsError && error.code === "ERROR_INVALID_PARAMETER";
}
