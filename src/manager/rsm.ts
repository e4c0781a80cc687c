/**
 * The manager: opens the catalogue and the libraries, and answers calls.
 *
 * @module
 */

import { type Changes, releaseMounts } from "../database/mod.ts";
import { librariesInOrder } from "../labels/mod.ts";
import {
  type AllocateInput,
  type Allocation,
  type Caller,
  type CallKey,
  type CreatePoolInput,
  type DismountInput,
  type EnumerateInput,
  type Guid,
  type InventoryInput,
  type InventoryResult,
  type LibraryId,
  type LibraryMap,
  type LibraryRequestId,
  LIMITS,
  type ListPart,
  type LogicalMediumId,
  type MediaPoolId,
  type MountInput,
  type MountResult,
  NtmsError,
  type NtmsObject,
} from "../model/mod.ts";
import { AccessControl } from "./access.ts";
import { Allocator } from "./allocation.ts";
import { Audit } from "./audit.ts";
import { Background } from "./background.ts";
import { CleanerCalls } from "./cleaner_calls.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { DatabaseCalls } from "./database_calls.ts";
import { DeviceCalls } from "./device_calls.ts";
import { DriveCalls } from "./drive_calls.ts";
import { enumerate, listObjects, loadObject } from "./object_calls.ts";
import { forgetAnswer, keepAnswer, recallAnswer } from "./kept_answers.ts";
import { takeInventory } from "./inventory_calls.ts";
import { LabelCalls } from "./label_calls.ts";
import { Libraries } from "./libraries.ts";
import { LostSessions } from "./lost_sessions.ts";
import type { Manager, ManagerStatus } from "./manager.ts";
import type { ManagerOptions } from "./manager_options.ts";
import { deallocate } from "./deallocation.ts";
import { dismount } from "./dismounting.ts";
import { mount } from "./mounting.ts";
import { MediaLife } from "./media_life.ts";
import { ObjectChanges } from "./object_changes.ts";
import { Notifications } from "./notifications.ts";
import { OperatorCalls } from "./operator_calls.ts";
import { MAPS_SHOW } from "./overview.ts";
import { MediaTypeCalls } from "./media_type_calls.ts";
import { MediaTypes } from "./media_types.ts";
import { createPool } from "./pool_calls.ts";
import { PoolChanges } from "./pool_changes.ts";
import { endRestoration, trustsBarCodes } from "./open_catalogue.ts";
import { waitForRequests } from "./request_outcome.ts";
import { PortCalls } from "./port_calls.ts";
import { Signals } from "./signals.ts";
import { beginEpoch } from "./system_objects.ts";
import { QueueCalls } from "./queue_calls.ts";
import { UiCalls } from "./ui_calls.ts";
import { UiLists } from "./ui_lists.ts";
import { UiParts } from "./ui_parts.ts";
import { deferred } from "./waiting.ts";
import { MEDIA_ARE_CHOSEN_BY, WORK_STARTS_BY } from "./wake_ups.ts";

/** Seconds that a vanished session's mounts are kept. */
const GRACE_SECONDS = 600;

class Rsm implements Manager {
  readonly pools = new PoolChanges(
    () => this.#ready(),
    (cartridge) => this.labels.moved(cartridge),
  );
  readonly mediaTypes = new MediaTypeCalls(
    () => this.#ready().context,
    (cartridge) => this.labels.moved(cartridge),
  );
  readonly media = new MediaLife(() => this.#ready());
  readonly objects = new ObjectChanges(() => this.#ready());
  readonly operators = new OperatorCalls(() => this.#ready().context);
  readonly queue = new QueueCalls(() => this.#ready());
  readonly ui = new UiCalls(() => this.#ready().ui);
  readonly labels = new LabelCalls(() => this.#ready());
  readonly notifications = new Notifications(() => this.#ready().context);
  readonly ports = new PortCalls(() => this.#ready());
  readonly cleaners = new CleanerCalls(() => this.#ready());
  readonly devices = new DeviceCalls(() => this.#ready());
  readonly drives = new DriveCalls(() => this.#ready());
  readonly database = new DatabaseCalls(() => this.#ready().context);
  readonly access = new AccessControl(() => this.#ready().context);
  readonly audit = new Audit(() => this.#ready().context);
  readonly #signals = new Signals();
  readonly #options: ManagerOptions;
  readonly #started = deferred<void>();
  #context: Context | null = null;
  #allocator: Allocator | null = null;
  #libraries: Libraries | null = null;
  #lostSessions: LostSessions | null = null;
  #ui: UiParts | null = null;
  #activity = "opening the catalogue";
  #state: "starting" | "ready" | "closed" = "starting";
  #unlisten: () => void = () => {};
  #unwatch: () => void = () => {};

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
    const crash = this.#options.crash ?? (() => {});
    const mediaTypes = new MediaTypes(this.#options.mediaTypes);
    const context: Context = {
      database,
      clock,
      random,
      log,
      background: new Background(log, clock),
      signals: this.#signals,
      urgencies: new Map(),
      epoch: await beginEpoch(
        { database, crash, mediaTypes },
        clock,
        random,
        computer,
      ),
      crash,
      trustBarCodes: await trustsBarCodes(
        { database, log },
        this.#options.trustBarCodes ?? false,
      ),
      limits: { ...LIMITS, ...this.#options.limits },
      mediaTypes,
      labelLibraries: librariesInOrder(this.#options.labelLibraries ?? []),
      host: computer,
      ui: new UiLists(),
    };
    this.#context = context;
    this.#ui = new UiParts(context, this.#options.messenger);
    const allocator = this.#allocator = new Allocator(context);
    const libraries = new Libraries(context, (activity) => {
      if (this.#state === "starting") this.#activity = activity;
    });
    this.#libraries = libraries;
    const lostSessions = new LostSessions(
      context,
      libraries,
      this.#options.graceSeconds ?? GRACE_SECONDS,
    );
    this.#lostSessions = lostSessions;
    const unlisten = [
      database.onCommit(MEDIA_ARE_CHOSEN_BY, () => allocator.wake()),
      database.onCommit(WORK_STARTS_BY, () => libraries.wake()),
      database.onCommit(MAPS_SHOW, () => libraries.maps.forget()),
    ];
    this.#unlisten = () => unlisten.forEach((one) => one());
    const { sourceOf = () => null } = this.#options;
    await libraries.open(this.#options.libraries, sourceOf);
    // What a start changes, nobody can have asked to be told of.
    this.#unwatch = await database.onChanges((changes) => this.#tell(changes));
    if (this.#state === "closed") return;
    await endRestoration(context);
    this.database.begin(context);
    await this.#ui.begin();
    this.#state = "ready";
    this.#activity = "ready";
    this.devices.watch(this.#options.hotPlug);
    await lostSessions.missAll();
  }

  async enumerate(input: EnumerateInput): Promise<ListPart<Guid>> {
    const { database, limits } = this.#ready().context;
    return await database.read((db) => enumerate(db, input, limits));
  }

  async list(input: EnumerateInput): Promise<ListPart<NtmsObject>> {
    const { database, limits } = this.#ready().context;
    return await database.read((db) => listObjects(db, input, limits));
  }

  async object(id: Guid): Promise<NtmsObject> {
    const { database } = this.#ready().context;
    return await database.read((db) => loadObject(db, id));
  }

  async recall(
    callKey: CallKey,
    caller: Caller | null,
  ): Promise<string | null> {
    return await recallAnswer(this.#ready().context, callKey, caller);
  }

  async requestsEnded(
    requests: readonly LibraryRequestId[],
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<void> {
    const { context } = this.#ready();
    await waitForRequests(context, requests, timeoutMs, signal);
  }

  async createPool(
    caller: Caller,
    input: CreatePoolInput,
  ): Promise<{ pool: MediaPoolId; created: boolean }> {
    const { context } = this.#ready();
    return await commit(
      context,
      "pool",
      (db) => createPool(db, context, caller, input),
    );
  }

  async allocate(
    caller: Caller,
    input: AllocateInput,
    signal?: AbortSignal,
  ): Promise<Allocation> {
    return await this.#ready().allocator.allocate(caller, input, signal);
  }

  async deallocate(
    caller: Caller,
    logicalMedium: LogicalMediumId,
  ): Promise<void> {
    const { context } = this.#ready();
    await commit(context, "deallocation", async (db) => {
      await deallocate(db, logicalMedium);
      await keepAnswer(db, context, caller, {});
    });
  }

  async withdraw(
    caller: Caller,
    logicalMedium: LogicalMediumId,
  ): Promise<void> {
    await commit(this.#ready().context, "deallocation", async (db) => {
      await deallocate(db, logicalMedium);
      await forgetAnswer(db, caller);
    });
  }

  async mount(
    caller: Caller,
    input: MountInput,
    signal?: AbortSignal,
  ): Promise<MountResult> {
    const { context, libraries } = this.#ready();
    return await mount(context, libraries.find, caller, input, signal);
  }

  async dismount(
    caller: Caller,
    input: DismountInput,
    signal?: AbortSignal,
  ): Promise<{ requests: readonly LibraryRequestId[] }> {
    const { context, libraries } = this.#ready();
    return await dismount(context, libraries.find, caller, input, signal);
  }

  async inventory(
    caller: Caller,
    input: InventoryInput,
    signal?: AbortSignal,
  ): Promise<InventoryResult> {
    const { context, libraries } = this.#ready();
    return await takeInventory(context, libraries, caller, input, signal);
  }

  async map(library: LibraryId | null): Promise<readonly LibraryMap[]> {
    return await this.#ready().libraries.maps.of(library);
  }

  sessionEnded(session: string, lost: boolean): void {
    const context = this.#context;
    if (context === null || this.#state === "closed") return;
    this.notifications.endSession(session);
    this.devices.endSession(session);
    this.#ui?.endSession(session);
    if (lost) {
      this.#lostSessions?.miss(session);
      return;
    }
    this.#libraries?.releaseMounts(session);
    context.background.run(
      "note the end of a session",
      commit(context, "sessionEnded", (db) => releaseMounts(db, session)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#activity = "stopping";
    this.#lostSessions?.close();
    this.#ui?.close();
    this.#allocator?.close();
    this.devices.close();
    this.notifications.end();
    await this.#libraries?.stop();
    await this.#started.promise.catch(() => {});
    await this.#libraries?.close();
    await this.database.close();
    this.#unlisten();
    this.#unwatch();
    await this.#context?.background.settle();
    for (const library of this.#options.labelLibraries ?? []) {
      library[Symbol.dispose]?.();
    }
    await this.#options.database[Symbol.asyncDispose]();
  }

  #tell(changes: Changes): void {
    this.notifications.tell(changes);
    if (changes === null) this.#signals.tellAll();
    else for (const { id } of changes) this.#signals.tell(id);
  }

  #ready(): {
    context: Context;
    allocator: Allocator;
    libraries: Libraries;
    ui: UiParts;
  } {
    const context = this.#context;
    const allocator = this.#allocator;
    const libraries = this.#libraries;
    const ui = this.#ui;
    if (
      this.#state === "ready" && context !== null && allocator !== null &&
      libraries !== null && ui !== null
    ) return { context, allocator, libraries, ui };
    throw new NtmsError(
      "ERROR_NOT_READY",
      `The service is not ready: ${this.#activity}; wait and try again`,
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
