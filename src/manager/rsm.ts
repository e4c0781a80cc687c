/**
 * The manager: opens the catalogue and the libraries, and answers calls.
 *
 * @module
 */

import type { Changer } from "../changer/mod.ts";
import {
  allLibraries,
  type Database,
  findLibraryById,
  findObject,
  loadRecords,
  releaseMounts,
  updateObject,
} from "../database/mod.ts";
import {
  type AllocateInput,
  type Allocation,
  type Caller,
  type Clock,
  type CreatePoolInput,
  type DismountInput,
  type EnumerateInput,
  type Guid,
  INFINITE,
  type InventoryInput,
  type InventoryMethod,
  type InventoryResult,
  type LibraryId,
  type LibraryMap,
  type LibraryRequestId,
  type Log,
  type LogicalMediumId,
  type MediaPoolId,
  type MountInput,
  type MountResult,
  NtmsError,
  type NtmsObject,
  type Random,
} from "../model/mod.ts";
import { Allocator, deallocate } from "./allocation.ts";
import { Background } from "./background.ts";
import { attachLibrary, libraryIdentity } from "./attach.ts";
import type { Context } from "./context.ts";
import { enumerate, loadObject } from "./object_calls.ts";
import { Library } from "./library.ts";
import { LostSessions } from "./lost_sessions.ts";
import type { Manager, ManagerStatus } from "./manager.ts";
import { dismount } from "./dismounting.ts";
import { mount } from "./mounting.ts";
import { SERVICE } from "./operators.ts";
import { mapLibrary } from "./overview.ts";
import { createPool } from "./pool_calls.ts";
import { beginEpoch } from "./system_objects.ts";
import { deferred, within } from "./waiting.ts";

/** Seconds that a vanished session's mounts are kept. */
const GRACE_SECONDS = 600;

/** A library's device, still to be opened. */
export interface LibrarySource {
  /** Path or URL, for people. */
  readonly device: string;
  /** Opens it; the signal gives up. */
  open(signal: AbortSignal): Promise<Changer>;
}

/** What a manager works with. */
export interface ManagerOptions {
  readonly database: Database;
  readonly libraries: readonly LibrarySource[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Name of this computer. */
  readonly computer: string;
  /**
   * Whether the libraries take unknown bar codes for free media, to be
   * overwritten.
   * @default {false}
   */
  readonly trustBarCodes?: boolean;
  /** How long a vanished session's mounts are kept; 0 keeps them. @default {600} */
  readonly graceSeconds?: number;
}

class Rsm implements Manager {
  readonly #options: ManagerOptions;
  readonly #libraries = new Map<string, Library>();
  readonly #started = deferred<void>();
  /** Ends the opening of libraries. */
  readonly #stop = new AbortController();
  #context: Context | null = null;
  #allocator: Allocator | null = null;
  #lostSessions: LostSessions | null = null;
  #activity = "opening the catalogue";
  #state: "starting" | "ready" | "closed" = "starting";
  #unlisten: () => void = () => {};

  constructor(options: ManagerOptions) {
    this.#options = options;
  }

  get ready(): Promise<void> {
    return this.#started.promise;
  }

  status(): ManagerStatus {
    return { ready: this.#state === "ready", activity: this.#activity };
  }

  async start(): Promise<void> {
    try {
      await this.#start();
      this.#started.resolve();
    } catch (error) {
      this.#started.reject(error);
    }
  }

  async #start(): Promise<void> {
    const { database, clock, random, log, computer } = this.#options;
    const context: Context = {
      database,
      clock,
      random,
      log,
      background: new Background(log),
      epoch: await beginEpoch(database, clock, random, computer),
      trustBarCodes: this.#options.trustBarCodes ?? false,
    };
    this.#context = context;
    const allocator = new Allocator(context);
    this.#allocator = allocator;
    const lostSessions = new LostSessions(
      context,
      this.#options.graceSeconds ?? GRACE_SECONDS,
    );
    this.#lostSessions = lostSessions;
    this.#unlisten = database.onCommit(() => {
      allocator.wake();
      for (const library of this.#libraries.values()) library.wake();
    });
    const outcomes = await Promise.allSettled(
      this.#options.libraries.map((source) => this.#attach(context, source)),
    );
    const present: string[] = [];
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") throw outcome.reason;
      if (outcome.value !== null) present.push(outcome.value);
    }
    await this.#markAbsent(context, present);
    if (this.#state === "closed") return;
    this.#state = "ready";
    this.#activity = "ready";
    await lostSessions.missAll();
  }

  /** Opens a library and takes its first inventory; one that fails does not keep the others from work. */
  async #attach(
    context: Context,
    source: LibrarySource,
  ): Promise<string | null> {
    this.#activity = `opening ${source.device}`;
    let changer: Changer;
    try {
      changer = await source.open(this.#stop.signal);
    } catch (error) {
      // A name that no device can have is the administrator's mistake, not the
      // device's: the service does not start without a library it was given.
      if (isMisnamed(error)) throw error;
      context.log.error("Cannot open a library", {
        device: source.device,
        error: error instanceof Error ? error.message : String(error),
      });
      return null;
    }
    const close = () => changer.close();
    this.#stop.signal.addEventListener("abort", close, { once: true });
    try {
      await this.#takeIn(context, changer);
      return libraryIdentity(changer);
    } catch (error) {
      await changer.close();
      if (this.#state === "closed") return null;
      throw error;
    } finally {
      this.#stop.signal.removeEventListener("abort", close);
    }
  }

  /** A library whose first inventory fails stays, and tries again by itself. */
  async #takeIn(context: Context, changer: Changer): Promise<void> {
    this.#activity = `first inventory of ${changer.device}`;
    const drives = await changer.drives();
    const attached = await attachLibrary(context, changer, drives);
    const library = new Library(context, attached, changer, drives);
    this.#libraries.set(attached.id, library);
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

  async #markAbsent(
    context: Context,
    present: readonly string[],
  ): Promise<void> {
    await context.database.write(async (db) => {
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

  async enumerate(input: EnumerateInput): Promise<readonly Guid[]> {
    const { database } = this.#ready().context;
    return await database.read((db) => enumerate(db, input));
  }

  async list(input: EnumerateInput): Promise<readonly NtmsObject[]> {
    const { database } = this.#ready().context;
    return await database.read(async (db) =>
      await loadRecords(db, input.type, await enumerate(db, input))
    );
  }

  async object(id: Guid): Promise<NtmsObject> {
    const { database } = this.#ready().context;
    return await database.read((db) => loadObject(db, id));
  }

  async createPool(
    _caller: Caller,
    input: CreatePoolInput,
  ): Promise<{ pool: MediaPoolId; created: boolean }> {
    const { context } = this.#ready();
    return await context.database.write((db) => createPool(db, context, input));
  }

  async allocate(
    caller: Caller,
    input: AllocateInput,
    signal?: AbortSignal,
  ): Promise<Allocation> {
    return await this.#ready().allocator.allocate(caller, input, signal);
  }

  async deallocate(
    _caller: Caller,
    logicalMedium: LogicalMediumId,
  ): Promise<void> {
    await this.#ready().context.database.write((db) =>
      deallocate(db, logicalMedium)
    );
  }

  async mount(
    caller: Caller,
    input: MountInput,
    signal?: AbortSignal,
  ): Promise<MountResult> {
    const { context } = this.#ready();
    return await mount(context, this.#find, caller, input, signal);
  }

  async dismount(
    caller: Caller,
    input: DismountInput,
    signal?: AbortSignal,
  ): Promise<{ requests: readonly LibraryRequestId[] }> {
    const { context } = this.#ready();
    return await dismount(context, this.#find, caller, input, signal);
  }

  async inventory(
    caller: Caller,
    input: InventoryInput,
    signal?: AbortSignal,
  ): Promise<InventoryResult> {
    const { context } = this.#ready();
    const library = await this.#requireLibrary(context, input);
    if (!await startsInventory(context, library.id, input.method)) {
      if (input.method === "stop") await library.stopInventories();
      return { request: null, report: null };
    }
    const { request, done } = await library.inventory(caller);
    if (!input.wait) return { request, report: null };
    const report = await within(done, {
      clock: context.clock,
      timeoutMs: INFINITE,
      signal,
      what: `The inventory of ${library.name}`,
    });
    return { request, report };
  }

  async map(library: LibraryId | null): Promise<readonly LibraryMap[]> {
    const { context } = this.#ready();
    return await context.database.read(async (db) => {
      const ids = library !== null
        ? [library]
        : (await allLibraries(db)).filter(({ kind }) => kind !== "offline")
          .map(({ id }) => id);
      const maps: LibraryMap[] = [];
      for (const id of ids) maps.push(await mapLibrary(db, id));
      return maps;
    });
  }

  sessionEnded(session: string, lost: boolean): void {
    const context = this.#context;
    if (context === null || this.#state === "closed") return;
    if (lost) {
      this.#lostSessions?.miss(session);
      return;
    }
    context.background.run(
      "note the end of a session",
      context.database.write((db) => releaseMounts(db, session)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#activity = "stopping";
    this.#lostSessions?.close();
    this.#stop.abort();
    this.#allocator?.close();
    const libraries = [...this.#libraries.values()];
    for (const library of libraries) await library.stopInventories();
    await this.#started.promise.catch(() => {});
    await Promise.all(libraries.map((library) => library.close()));
    this.#unlisten();
    await this.#context?.background.settle();
    await this.#options.database[Symbol.asyncDispose]();
  }

  #ready(): { context: Context; allocator: Allocator } {
    if (
      this.#state === "ready" && this.#context !== null &&
      this.#allocator !== null
    ) return { context: this.#context, allocator: this.#allocator };
    throw new NtmsError(
      "ERROR_NOT_READY",
      `The service is not ready: ${this.#activity}; wait and try again`,
    );
  }

  /** A library at work. */
  readonly #find = (id: string): Library => {
    const library = this.#libraries.get(id);
    if (library !== undefined) return library;
    throw new NtmsError(
      "ERROR_DEVICE_NOT_AVAILABLE",
      `Library ${id} is not connected; "rsm doctor" tells why`,
    );
  };

  async #requireLibrary(
    context: Context,
    input: InventoryInput,
  ): Promise<Library> {
    const object = await context.database.read((db) =>
      findObject(db, input.library)
    );
    if (object?.type !== "library") {
      throw new NtmsError(
        "ERROR_INVALID_LIBRARY",
        `There is no library ${input.library}`,
      );
    }
    const libraries = await context.database.read(allLibraries);
    const row = libraries.find(({ id }) => id === input.library);
    if (row?.kind === "offline") {
      throw new NtmsError(
        "ERROR_LIBRARY_OFFLINE",
        "The offline library has no device to take an inventory of",
      );
    }
    if (object.enabled === 0) {
      throw new NtmsError(
        "ERROR_RESOURCE_DISABLED",
        `Library ${row?.name ?? input.library} is disabled`,
      );
    }
    return this.#find(input.library);
  }
}

function isMisnamed(error: unknown): boolean {
  return error instanceof NtmsError && error.code === "ERROR_INVALID_PARAMETER";
}

/** Whether an inventory by this method looks at the library; the library's own setting is its default. */
async function startsInventory(
  context: Context,
  libraryId: string,
  asked: InventoryMethod,
): Promise<boolean> {
  const method = asked === "default"
    ? (await context.database.read((db) => findLibraryById(db, libraryId)))
      .inventoryMethod
    : asked;
  switch (method) {
    case "fast":
    case "default":
      return true;
    case "none":
    case "stop":
      return false;
    case "omid":
    case "slot":
      throw new NtmsError(
        "ERROR_NOT_SUPPORTED",
        `This version of rsm does not take an inventory by method "${method}", because it does not read labels on media yet; use "fast"`,
      );
  }
}

/**
 * Opens a manager. It answers ERROR_NOT_READY until every library had its
 * first inventory; `ready` tells when that is.
 */
export function openManager(options: ManagerOptions): Manager {
  const manager = new Rsm(options);
  manager.start();
  return manager;
}
