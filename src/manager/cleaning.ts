/**
 * The cleaning of the drives of one library: asked for by callers and by the
 * drives themselves, with the cleaning cartridge of the library.
 *
 * @module
 */

import {
  alertsIn,
  type CartridgeRow,
  cleanersInDrives,
  drivesOf,
  findDrive,
  findLibraryById,
  findMedium,
  findObject,
  type Medium,
  type Reader,
  sidesOf,
  type Writer,
} from "../database/mod.ts";
import {
  asksForCleaning,
  type Caller,
  type LibraryRequestId,
  NtmsError,
} from "../model/mod.ts";
import { askForCleaner, isAskedForCleaner, usableCleaner } from "./cleaners.ts";
import { CleaningWork } from "./cleaning_work.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { nameOfDrive } from "./drive_care.ts";
import { refusalOf, satisfactionOf } from "./operator_calls.ts";
import { askOperatorOnce, SERVICE } from "./operators.ts";
import {
  beginRequests,
  type Cancelled,
  enterRequest,
  failWork,
  passRequests,
} from "./requests.ts";
import type { Robot } from "./robot.ts";
import { StaleCatalogueError } from "./step_errors.ts";
import { WaitNote } from "./wait_note.ts";
import { cancelled, deferred } from "./waiting.ts";
import { type Item, wanted } from "./work_queue.ts";

/** A drive that asks again so soon after a cleaning is not helped by another one. */
const AGAIN_MS = 3_600_000;

/** What cleanings need of their library. */
export interface CleaningHost {
  readonly id: string;
  readonly name: string;
  /** Puts work into the queue, behind an inventory where one is due. */
  add(item: Item): Promise<void>;
  /** Takes an inventory, and then this work again. */
  retryAfterInventory(item: Item): Promise<void>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
}

/** A cleaning that was asked for. */
interface Order {
  readonly caller: Caller;
  readonly request: LibraryRequestId;
  readonly driveId: string;
}

/** The cleanings of one library. */
export class Cleanings {
  readonly #host: CleaningHost;
  readonly #context: Context;
  readonly #work: CleaningWork;
  /** All that have no end yet, by request. */
  readonly #orders = new Map<string, Order>();
  /** Those of them that wait for a cleaning cartridge. */
  readonly #wanting = new Map<string, WaitNote>();
  /** Drives whose cleaning cartridge is on its way home. */
  readonly #homing = new Set<string>();
  readonly #considering = new Set<string>();
  readonly #unfollow: () => void;
  #closed = false;

  /** None yet. */
  constructor(host: CleaningHost, context: Context, robot: Robot) {
    this.#host = host;
    this.#context = context;
    this.#work = new CleaningWork(host, context, robot);
    robot.care.asks = (driveId) => this.#consider(driveId);
    const { background, signals } = context;
    const followed = [
      signals.on(host.id, () => this.lookAgain()),
      signals.on(satisfactionOf(host.id), () => {
        background.run("look for a cleaning cartridge", this.#satisfied());
      }),
      signals.on(refusalOf(host.id), () => {
        background.run("end what waits for a cleaner", this.#refused());
      }),
    ];
    this.#unfollow = () => followed.forEach((unfollow) => unfollow());
  }

  /** Queues the cleaning of a drive; without a cleaning cartridge it waits for one. */
  async begin(order: Order): Promise<void> {
    this.#orders.set(order.request, order);
    const { database } = this.#context;
    const medium = await database.read((db) => this.#cleaner(db));
    if (this.#closed) return await this.#fail(order, stopped());
    if (medium === null) return this.#want(order);
    await this.#host.add(this.#item(order, medium));
  }

  /** Cancels one that waits for a cleaning cartridge; null where it is none of these. */
  async cancel(request: string, error: NtmsError): Promise<Cancelled | null> {
    const order = this.#orders.get(request);
    if (order === undefined || !this.#stopWanting(request)) return null;
    await this.#fail(order, error);
    return { ended: null };
  }

  /** Brings home what a service before left in a drive, and does what drives ask for. */
  afterInventory(): void {
    const { background } = this.#context;
    background.run("bring a cleaning cartridge home", this.#bringHome());
    this.lookAgain();
  }

  /** Begins no more, and fails what waits for a cleaning cartridge. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#unfollow();
    for (const request of [...this.#wanting.keys()]) {
      await this.cancel(request, stopped());
    }
  }

  /** The cleaning cartridge that can be used. */
  async #cleaner(db: Reader): Promise<Medium | null> {
    const cleaner = await usableCleaner(db, this.#host.id);
    return cleaner === null ? null : await mediumOf(db, cleaner);
  }

  #want(order: Order): void {
    const note = new WaitNote(this.#context, [order.request]);
    this.#wanting.set(order.request, note);
    const { id, name } = this.#host;
    note.waits(
      "a cleaning cartridge",
      (db) => askForCleaner(db, this.#context, id, name),
    );
  }

  /** The operator refuses something about the library: where it is a cleaning cartridge, who waits for one gives up. */
  async #refused(): Promise<void> {
    const { id, name } = this.#host;
    const isOpen = (db: Reader) => isAskedForCleaner(db, id);
    if (await this.#context.database.read(isOpen)) return;
    const error = new NtmsError(
      "ERROR_REQUEST_REFUSED",
      `The operator refused to bring library ${name} a cleaning cartridge`,
    );
    for (const request of [...this.#wanting.keys()]) {
      await this.cancel(request, error);
    }
  }

  /** The operator says that something is done: who waits for a cleaning cartridge looks for it, and has it asked for again where none came. */
  async #satisfied(): Promise<void> {
    const { background, database } = this.#context;
    const { id, name } = this.#host;
    const hasCome = await database.read((db) => this.#cleaner(db)) !== null;
    if (hasCome || this.#wanting.size === 0) return this.lookAgain();
    const ask = (db: Writer) => askForCleaner(db, this.#context, id, name);
    await background.insist(
      "ask for a cleaning cartridge",
      () => commit(this.#context, "cleaningRequest", ask),
    );
  }

  #stopWanting(request: string): boolean {
    this.#wanting.get(request)?.end();
    return this.#wanting.delete(request);
  }

  /** Something has changed: a cleaning cartridge may have come. */
  lookAgain(): void {
    if (this.#closed) return;
    const { background } = this.#context;
    background.run("look what drives are to be cleaned", this.#serve());
  }

  async #serve(): Promise<void> {
    const { database } = this.#context;
    const drives = await database.read((db) => drivesOf(db, this.#host.id));
    for (const { alerts, id } of drives) {
      if (asksForCleaning(alertsIn(alerts))) this.#consider(id);
    }
    if (this.#wanting.size === 0) return;
    if (await database.read((db) => this.#cleaner(db)) === null) return;
    for (const request of [...this.#wanting.keys()]) {
      const order = this.#orders.get(request);
      if (order === undefined || !this.#stopWanting(request)) continue;
      await this.begin(order);
    }
  }

  /** A drive asks for a cleaning, and gets it if the library is set so. */
  #consider(driveId: string): void {
    if (this.#closed || this.#considering.has(driveId)) return;
    if ([...this.#orders.values()].some((one) => one.driveId === driveId)) {
      return;
    }
    this.#considering.add(driveId);
    this.#context.background.run(
      "clean a drive that asks for it",
      this.#cleanByItself(driveId).finally(() =>
        this.#considering.delete(driveId)
      ),
    );
  }

  async #cleanByItself(driveId: string): Promise<void> {
    const request = await commit(
      this.#context,
      "cleaningRequest",
      async (db) => {
        if (!await this.#wants(db, driveId)) return null;
        return await enterCleaning(db, this.#context, SERVICE, driveId);
      },
    );
    if (request === null) return;
    await this.begin({ caller: SERVICE, request, driveId });
  }

  /** Whether a drive that asks is to be cleaned; where it cannot be, the operator is asked. */
  async #wants(db: Writer, driveId: string): Promise<boolean> {
    const { id, name } = this.#host;
    const drive = await findDrive(db, driveId);
    const { autoClean } = await findLibraryById(db, id);
    const object = await findObject(db, driveId);
    const usable = object?.enabled === 1 && object.operationalState === "ready";
    if (drive === null || autoClean === 0 || !usable) return false;
    if (!asksForCleaning(alertsIn(drive.alerts))) return false;
    const last = Math.max(
      drive.lastCleaned ?? -Infinity,
      this.#work.lastTried(driveId) ?? -Infinity,
    );
    if (this.#context.clock.now() - last < AGAIN_MS) {
      const which = await nameOfDrive(db, driveId);
      await askOperatorOnce(db, this.#context, {
        command: "deviceService",
        message:
          `Look after ${which}: it asks for a cleaning again soon after one`,
        about: { type: "drive", id: driveId },
      });
      return false;
    }
    if (await usableCleaner(db, id) !== null) return true;
    await askForCleaner(db, this.#context, id, name);
    return false;
  }

  #item(order: Order, medium: Medium): Item {
    const { caller, driveId, request } = order;
    const note = new WaitNote(this.#context, [request]);
    let again = true;
    const item: Item = {
      kind: "clean",
      priority: 0,
      caller,
      requestIds: [request],
      media: [wanted(medium, driveId, false)],
      run: async () => {
        note.end();
        await beginRequests(this.#context, [request]);
        try {
          if (!await this.#work.clean(driveId, request)) {
            return this.#want(order);
          }
          await this.#end(request);
          this.#orders.delete(request);
        } catch (error) {
          const stale = error instanceof StaleCatalogueError;
          if (!again || !stale) throw error;
          again = false;
          await this.#host.retryAfterInventory(item);
        }
      },
      fail: (error) => {
        note.end();
        return this.#fail(order, error);
      },
      waits: (reason) => note.waits(reason),
    };
    return item;
  }

  async #fail({ request }: Order, error: unknown): Promise<void> {
    this.#orders.delete(request);
    const nobody = deferred<void>();
    nobody.promise.catch(() => {});
    await failWork(this.#context, this.#host, [request], nobody, error);
    if (error instanceof StaleCatalogueError) await this.#host.distrust();
  }

  #end(request: string): Promise<void> {
    return commit(
      this.#context,
      "cleaningEnds",
      (db) => passRequests(db, this.#context, [request]),
    );
  }

  /** Cleaning cartridges in drives that nobody waits for: a service before was ended, or a person put them there. */
  async #bringHome(): Promise<void> {
    const { database } = this.#context;
    const { id } = this.#host;
    const found = await database.read((db) => cleanersInDrives(db, id));
    for (const cleaner of found) {
      const driveId = cleaner.placeId ?? "";
      if (this.#homing.has(driveId) || this.#closed) continue;
      this.#homing.add(driveId);
      await this.#queueWayHome(driveId, cleaner);
    }
  }

  async #queueWayHome(driveId: string, cleaner: CartridgeRow): Promise<void> {
    const context = this.#context;
    const entered = await commit(context, "cleaningRequest", async (db) => {
      const medium = await mediumOf(db, cleaner);
      const request = await enterRequest(db, context, SERVICE, {
        libraryId: this.#host.id,
        operation: "dismount",
        cartridgeId: cleaner.id,
        driveId,
        slotId: cleaner.homeSlotId,
        name: `Dismount ${cleaner.barCode}`,
      });
      return { medium, request };
    });
    const { medium, request } = entered;
    if (medium === null) return void this.#homing.delete(driveId);
    const end = () => void this.#homing.delete(driveId);
    await this.#host.add({
      kind: "dismount",
      priority: 0,
      caller: SERVICE,
      requestIds: [request],
      media: [wanted(medium, driveId, false)],
      run: async () => {
        await beginRequests(context, [request]);
        await this.#work.takeHome(driveId, cleaner, request);
        await this.#end(request);
        end();
      },
      fail: async (error) => {
        end();
        const nobody = deferred<void>();
        nobody.promise.catch(() => {});
        await failWork(context, this.#host, [request], nobody, error);
        if (error instanceof StaleCatalogueError) await this.#host.distrust();
      },
      waits: () => {},
    });
  }
}

/** Enters the request of a cleaning. */
export async function enterCleaning(
  db: Writer,
  context: Context,
  caller: Caller,
  driveId: string,
): Promise<LibraryRequestId> {
  const drive = await findDrive(db, driveId);
  return await enterRequest(db, context, caller, {
    libraryId: drive?.libraryId ?? "",
    operation: "cleanDrive",
    driveId,
    name: `Clean drive ${drive?.number ?? ""}`,
  });
}

async function mediumOf(
  db: Reader,
  cartridge: CartridgeRow,
): Promise<Medium | null> {
  const [side] = await sidesOf(db, cartridge.id);
  return side === undefined ? null : await findMedium(db, side.id);
}

function stopped(): NtmsError {
  return cancelled("The request (the service stops)");
}
