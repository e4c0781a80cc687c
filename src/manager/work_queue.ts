/**
 * The queue of one library: starts work when the rules say so. Work on
 * different drives goes on side by side; the changer takes its commands one at
 * a time.
 *
 * @module
 */

import {
  allMediaTypes,
  cartridgesInDrives,
  drivesOf,
  findDriveProducts,
  type Medium,
  type MountRow,
  mountsInLibrary,
  onlineAmong,
} from "../database/mod.ts";
import { type Caller, NtmsError, type Timer } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { driveTakes, MEDIA_TYPES } from "./media_types.ts";
import {
  compareWork,
  type DriveSituation,
  judge,
  type WantedMedium,
  type Work,
} from "./schedule.ts";
import { cancelled } from "./waiting.ts";

/** A medium that is in no library. */
export interface OfflineMedium {
  readonly cartridgeId: string;
  readonly label: string;
}

/** Work as it waits and runs. */
export interface Item {
  readonly kind: Work["kind"];
  readonly priority: number;
  readonly caller: Caller;
  readonly requestIds: readonly string[];
  /** Of a mount: what it wants. Of a dismount: what goes, and from where. */
  readonly media: readonly {
    readonly cartridgeId: string;
    readonly mediaTypeId: string;
    readonly label: string;
    readonly driveId: string | null;
  }[];
  /** Does the work with the drives given to it. */
  run(driveIds: readonly string[]): Promise<void>;
  /** Tells that it will not run, or that it failed. */
  fail(error: unknown): Promise<void>;
  /** Tells what it waits for; `offline` has to be brought by the operator. */
  waits(reason: string, offline?: OfflineMedium): void;
}

interface Entry {
  readonly item: Item;
  readonly arrival: number;
}

/** What the catalogue says of the library, read once for each pass. */
interface Snapshot {
  readonly drives: readonly DriveSituation[];
  /** Mounted cartridges, and by whom. */
  readonly mounted: ReadonlyMap<string, MountRow>;
  /** Cartridges in the library. */
  readonly online: ReadonlySet<string>;
}

/** The queue of one library. */
export class WorkQueue {
  readonly #context: Context;
  readonly #libraryId: string;
  readonly #waiting = new Set<Entry>();
  readonly #running = new Set<Promise<void>>();
  readonly #busyDrives = new Set<string>();
  readonly #busyCartridges = new Set<string>();
  #arrivals = 0;
  #exclusive = false;
  #closed = false;
  #pass: Promise<void> | null = null;
  #again = false;
  #alarm: Timer | null = null;
  #frozen: string | null = null;

  /** An empty queue. */
  constructor(context: Context, libraryId: string) {
    this.#context = context;
    this.#libraryId = libraryId;
  }

  /**
   * Puts work in the queue and starts what can start.
   *
   * @returns Whether this work has started.
   * @throws {NtmsError} ERROR_CANCELLED when it is closed.
   */
  async add(item: Item): Promise<boolean> {
    if (this.#closed) throw cancelled("The request");
    const entry = { item, arrival: this.#arrivals++ };
    this.#waiting.add(entry);
    await this.wake();
    return !this.#waiting.has(entry);
  }

  /**
   * To be asked before anything of a call is written down: what is written
   * down is added in any case.
   *
   * @throws {NtmsError} ERROR_BUSY when the queue is full.
   */
  requireRoom(): void {
    const { queuedRequests } = this.#context.limits;
    if (this.#waiting.size < queuedRequests) return;
    throw new NtmsError(
      "ERROR_BUSY",
      `The queue of the library holds ${queuedRequests} requests already; try again later`,
    );
  }

  /** Takes work out of the queue; whether it was still there. */
  remove(item: Item): boolean {
    for (const entry of this.#waiting) {
      if (entry.item === item) return this.#waiting.delete(entry);
    }
    return false;
  }

  /** Whether work of a kind waits. */
  has(kind: Work["kind"]): boolean {
    return [...this.#waiting].some(({ item }) => item.kind === kind);
  }

  /** Whether anything waits. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Starts what can start now; resolves after a look at everything. */
  wake(): Promise<void> {
    this.#again = true;
    this.#pass ??= this.#passes().finally(() => {
      this.#pass = null;
    });
    return this.#pass;
  }

  /**
   * Has nothing but an inventory start until `thaw`: where the cartridges are
   * is not known.
   */
  freeze(reason: string): void {
    this.#frozen = reason;
  }

  /** Whether nothing but an inventory starts. */
  get isFrozen(): boolean {
    return this.#frozen !== null;
  }

  /** Lets work start again. */
  thaw(): void {
    this.#frozen = null;
  }

  /** Takes no more work, fails what waits, and lets what runs come to its end. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#alarm?.cancel();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const { item } of waiting) {
      await item.fail(cancelled("The request (the service stops)"));
    }
    while (this.#running.size > 0) await Promise.all(this.#running);
    await this.#pass;
  }

  async #passes(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      try {
        await this.#startWhatCan();
      } catch (error) {
        this.#logFailure("look at the queue", error);
      }
    }
  }

  #logFailure(what: string, error: unknown): void {
    this.#context.log.error(`Cannot ${what}`, {
      library: this.#libraryId,
      error: error instanceof Error ? error.message : String(error),
    });
  }

  async #startWhatCan(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const snapshot = await this.#lookAtRest();
    const order = [...this.#waiting]
      .map((entry) => ({ entry, work: asWork(entry, snapshot) }))
      .sort((a, b) => compareWork(a.work, b.work));
    for (const { entry, work } of order) {
      // It may have been cancelled while the catalogue was read.
      if (!this.#waiting.has(entry) || this.#exclusive) continue;
      if (this.#frozen !== null && work.kind !== "inventory") {
        entry.item.waits(this.#frozen);
        continue;
      }
      const verdict = judge(work, {
        now: this.#context.clock.now(),
        drives: snapshot.drives.map((drive) => ({
          ...drive,
          usable: drive.usable && !this.#busyDrives.has(drive.id),
        })),
        busyCartridges: new Set([
          ...this.#busyCartridges,
          ...snapshot.mounted.keys(),
        ]),
        working: this.#running.size > 0,
      });
      if (verdict.start) this.#start(entry, verdict.driveIds, snapshot);
      else {
        entry.item.waits(verdict.waitsFor, verdict.offline);
        // An inventory sees the library at rest: nothing new starts before it.
        if (work.kind === "inventory") return;
      }
    }
    if (this.#waiting.size > 0) this.#setAlarm(snapshot);
  }

  /** A medium left in a drive may go when its delay ends: nobody else tells. */
  #setAlarm(snapshot: Snapshot): void {
    this.#alarm?.cancel();
    this.#alarm = null;
    const now = this.#context.clock.now();
    const times = snapshot.drives.flatMap(({ evictableFrom }) =>
      evictableFrom !== null && evictableFrom > now ? [evictableFrom] : []
    );
    if (times.length === 0 || this.#closed) return;
    this.#alarm = this.#context.clock.after(Math.min(...times) - now, () => {
      this.wake();
    });
  }

  #start(
    entry: Entry,
    driveIds: readonly string[],
    snapshot: Snapshot,
  ): void {
    const { item } = entry;
    this.#waiting.delete(entry);
    const cartridgeIds = item.media.map(({ cartridgeId }) => cartridgeId);
    // Also the drives that the media are in now, and what those drives hold.
    const drives = snapshot.drives.filter((drive) =>
      driveIds.includes(drive.id) ||
      (drive.cartridgeId !== null && cartridgeIds.includes(drive.cartridgeId))
    );
    const held = drives.flatMap(({ cartridgeId }) => cartridgeId ?? []);
    const busyCartridges = [...cartridgeIds, ...held];
    for (const { id } of drives) this.#busyDrives.add(id);
    for (const id of busyCartridges) this.#busyCartridges.add(id);
    this.#exclusive = item.kind === "inventory";
    const run = item.run(driveIds).catch((error) => item.fail(error))
      .catch((error) => this.#logFailure("end work", error))
      .finally(() => {
        for (const { id } of drives) this.#busyDrives.delete(id);
        for (const id of busyCartridges) this.#busyCartridges.delete(id);
        this.#exclusive = false;
        this.#running.delete(run);
        this.wake();
      });
    this.#running.add(run);
  }

  /** The cartridges that waiting mounts want. */
  #wanted(): string[] {
    return [...this.#waiting].flatMap(({ item }) =>
      item.kind === "mount"
        ? item.media.map(({ cartridgeId }) => cartridgeId)
        : []
    );
  }

  /**
   * A look during which nothing was committed and no work ended: one that
   * straddles a change shows a mount that ends as no mount, or one that begins.
   */
  async #lookAtRest(): Promise<Snapshot> {
    for (;;) {
      this.#again = false;
      const snapshot = await this.#look();
      if (!this.#again || this.#closed) return snapshot;
    }
  }

  #look(): Promise<Snapshot> {
    return this.#context.database.read(async (db) => {
      const cartridges = await cartridgesInDrives(db, this.#libraryId);
      const byPlace = new Map(cartridges.map((row) => [row.placeId, row]));
      const mounts = await mountsInLibrary(db, this.#libraryId);
      const mountByDrive = new Map(mounts.map((row) => [row.driveId, row]));
      const products = await findDriveProducts(db, this.#libraryId);
      const types = await allMediaTypes(db);
      const mounted = new Map<string, MountRow>();
      const drives: DriveSituation[] = [];
      for (const row of await drivesOf(db, this.#libraryId)) {
        const cartridge = byPlace.get(row.id);
        const mount = mountByDrive.get(row.id);
        if (cartridge !== undefined && mount !== undefined) {
          mounted.set(cartridge.id, mount);
        }
        const product = products.get(row.id);
        drives.push({
          id: row.id,
          name: `drive ${row.number}`,
          number: row.number,
          usable: product?.usable ?? false,
          cartridgeId: cartridge?.id ?? null,
          mounted: mount !== undefined,
          evictableFrom: row.dismountableSince,
          leftPriority: row.dismountablePriority,
          mediaTypes: takes(product?.product ?? "", types),
        });
      }
      return {
        drives,
        mounted,
        online: await onlineAmong(db, this.#libraryId, this.#wanted()),
      };
    });
  }
}

/** Ids of the media types that a drive takes. */
function takes(
  product: string,
  types: readonly { id: string; name: string }[],
): Set<string> {
  const names = new Set(
    MEDIA_TYPES.filter((type) => driveTakes(product, type))
      .map(({ name }) => name),
  );
  return new Set(
    types.filter(({ name }) => names.has(name)).map(({ id }) => id),
  );
}

function isSameOwner(mount: MountRow, caller: Caller): boolean {
  return mount.application === caller.application &&
    mount.computer === caller.computer;
}

function asWork({ item, arrival }: Entry, snapshot: Snapshot): Work {
  const common = { arrival, priority: item.priority };
  if (item.kind === "inventory") return { ...common, kind: "inventory" };
  if (item.kind === "dismount") {
    const [medium] = item.media;
    return {
      ...common,
      kind: "dismount",
      cartridgeId: medium?.cartridgeId ?? "",
      driveId: medium?.driveId ?? "",
    };
  }
  const media = item.media.map((medium): WantedMedium => {
    const mount = snapshot.mounted.get(medium.cartridgeId);
    return {
      ...medium,
      online: snapshot.online.has(medium.cartridgeId),
      heldDriveId: mount !== undefined && isSameOwner(mount, item.caller)
        ? mount.driveId
        : null,
    };
  });
  return { ...common, kind: "mount", media };
}

/** What a queue has to know of a medium. */
export function wanted(
  medium: Medium,
  driveId: string | null,
): Item["media"][number] {
  return {
    cartridgeId: medium.cartridge.id,
    mediaTypeId: medium.cartridge.mediaTypeId,
    label: medium.cartridge.name,
    driveId,
  };
}
