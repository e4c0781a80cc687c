/**
 * The libraries at work: opened at the start of the service, each with its
 * first inventory. One that cannot be opened is waited for.
 *
 * @module
 */

import { type Changer, ChangerError } from "../changer/mod.ts";
import { allLibraries, findLibrary, findObject } from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { isStandIn, noteNotGiven } from "./absent_libraries.ts";
import { attachLibrary, libraryIdentity } from "./attach.ts";
import type { Context } from "./context.ts";
import { deviceCall } from "./crash_points.ts";
import { Library } from "./library.ts";
import {
  type HotPlug,
  isMisnamed,
  type LibrarySource,
  messageOf,
  requireIdentity,
} from "./library_sources.ts";
import { type Opening, Openings } from "./openings.ts";
import { Maps } from "./overview.ts";
import type { PortOperation } from "./port_work.ts";

/** The libraries at work, and those that are waited for. */
export class Libraries {
  /** What people see of them. */
  readonly maps: Maps;
  readonly #context: Context;
  readonly #tell: (activity: string) => void;
  readonly #open = new Map<string, Library>();
  /** By what each of them was opened. */
  readonly #sources = new Map<string, LibrarySource>();
  /** Those that are not open yet. */
  readonly #openings: Openings;
  /** Ends the opening of libraries. */
  readonly #stop = new AbortController();

  /** None yet; `tell` hears what is being done. */
  constructor(context: Context, tell: (activity: string) => void) {
    this.#context = context;
    this.#tell = tell;
    this.maps = new Maps(context.database, (id) => this.obstacleOf(id));
    this.#openings = new Openings(context, {
      attach: (opening) => this.#attach(opening),
      atWork: () => new Set(this.#open.keys()),
    });
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

  /**
   * Takes in a library that was not given, or was taken away.
   *
   * @throws {NtmsError} ERROR_ALREADY_EXISTS for one that is at work.
   */
  async plugIn(source: LibrarySource): Promise<string> {
    const { device } = source;
    if ([...this.#sources.values()].some((one) => one.device === device)) {
      throw new NtmsError(
        "ERROR_ALREADY_EXISTS",
        `Library ${device} is at work already`,
      );
    }
    const waiting = this.#openings.all
      .find((opening) => opening.source.device === device);
    const opening = waiting ?? this.#openings.add(source);
    const wasWaiting = opening.retries.isWaiting;
    opening.retries.stop();
    try {
      return await this.#attach(opening);
    } catch (error) {
      if (waiting === undefined) this.#openings.drop(opening);
      if (wasWaiting) this.#openings.later(opening);
      throw error;
    }
  }

  /** Lets go of a library that is gone. `comesBack`: it is looked for by itself. */
  detach(id: string, reason: string, comesBack: boolean): Promise<void> {
    return this.#openings.follow(this.#detach(id, reason, comesBack));
  }

  /** This computer has told that devices came or went: looks what has become of them. */
  lookAround(hotPlug: HotPlug): Promise<void> {
    return this.#openings.follow(this.#lookAround(hotPlug));
  }

  /** Asks a library at rest whether it has changed; does nothing for one that is not at work. */
  async look(id: string): Promise<void> {
    await this.#open.get(id)?.look();
  }

  /** A library is deleted, and not looked for because it was known; the function takes that back. */
  forget(id: string): () => void {
    return this.#openings.forget(id);
  }

  /** Why a library cannot be used; null where it can, as far as is known. A commit follows each change of it. */
  obstacleOf(id: string): string | null {
    return this.#open.get(id)?.obstacle ?? this.#openings.reasonOf(id);
  }

  /** Gives up opening and inventories; `open` comes to its end soon. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#openings.stop();
    for (const library of this.#open.values()) await library.stopInventories();
  }

  /** Lets what runs come to its end, and closes the changers. */
  async close(): Promise<void> {
    await this.#openings.settle();
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
    return new Set([...this.#open.keys(), ...this.#openings.ids]);
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
    const opening = this.#openings.add(source);
    try {
      await this.#attach(opening);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      // A name that no device can have is the administrator's mistake: the
      // service does not start without a library it was given. Neither does it
      // without a catalogue.
      if (!(error instanceof ChangerError)) throw error;
      await this.#openings.doWithout(opening, error);
    }
  }

  async #detach(
    id: string,
    reason: string,
    comesBack: boolean,
  ): Promise<void> {
    const library = this.#open.get(id);
    const source = this.#sources.get(id);
    if (library === undefined || source === undefined) return;
    this.#open.delete(id);
    this.#sources.delete(id);
    const { device } = source;
    this.#context.log.warn("A library is gone", { device, reason });
    const opening = this.#openings.add(source, id);
    await this.#openings.showAbsent(opening, reason);
    const message = `Library ${library.name} is gone: ${reason}`;
    const error = new NtmsError("ERROR_DEVICE_NOT_AVAILABLE", message);
    await library.close(error);
    if (comesBack) this.#openings.later(opening);
  }

  async #lookAround(hotPlug: HotPlug): Promise<void> {
    for (const [id, source] of [...this.#sources]) {
      if (source.isThere === undefined) continue;
      if (await source.isThere()) await this.#open.get(id)?.lookForDrives();
      else await this.#detach(id, "its device is not there any more", true);
    }
    await this.#openings.tryAll();
    const known = new Set([
      ...this.#sources.values(),
      ...this.#openings.all.map(({ source }) => source),
    ].map(({ device }) => device));
    const found = await hotPlug.find();
    await this.#openAll(found.filter(({ device }) => !known.has(device)));
  }

  /** Opens a library and takes its first inventory; its id. */
  async #attach(opening: Opening): Promise<string> {
    const changer = await this.#openChanger(opening.source);
    const close = () => changer.close();
    this.#stop.signal.addEventListener("abort", close, { once: true });
    try {
      requireIdentity(opening.source, changer);
      await this.#requireNew(changer);
      return await this.#takeIn(opening, changer);
    } catch (error) {
      await changer.close();
      throw error;
    } finally {
      this.#stop.signal.removeEventListener("abort", close);
    }
  }

  /** A device may have two names. */
  async #requireNew(changer: Changer): Promise<void> {
    const known = await this.#context.database.read((db) =>
      findLibrary(db, libraryIdentity(changer))
    );
    const device = this.#sources.get(known?.id ?? "")?.device;
    if (device === undefined) return;
    throw new ChangerError(
      `The library at ${changer.device} is the one at ${device}, which is at work`,
      { outcome: "failed", advice: "operator" },
    );
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
  async #takeIn(opening: Opening, changer: Changer): Promise<string> {
    const context = this.#context;
    this.#tell(`first inventory of ${changer.device}`);
    const drives = await deviceCall(context, "drives", () => changer.drives());
    const attached = await attachLibrary(context, changer, drives);
    this.#stop.signal.throwIfAborted();
    const library = new Library(context, attached, changer, drives);
    this.#open.set(attached.id, library);
    this.#sources.set(attached.id, opening.source);
    await this.#openings.arrived(opening, attached.id);
    await library.firstInventory();
    return attached.id;
  }
}
