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
  type MountRow,
  mountsInLibrary,
  onlineAmong,
} from "../database/mod.ts";
import { NtmsError, type Timer } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { asWork, type Entry, type Item, type Snapshot } from "./queued_work.ts";
import { refuseDisabled } from "./refuse_disabled.ts";
import {
  compareWork,
  type DriveSituation,
  judge,
  type Work,
} from "./schedule.ts";
import { cancelled } from "./waiting.ts";

export { type Item, type OfflineMedium, wanted } from "./queued_work.ts";

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
  #wakes = 0;
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

  /** Whether nothing waits and nothing runs. */
  get isIdle(): boolean {
    return this.#waiting.size === 0 && this.#running.size === 0;
  }

  /** Starts what can start now; resolves after a look at everything. */
  wake(): Promise<void> {
    this.#wakes++;
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
    const snapshot = await this.#lookNow();
    // It takes its time, so there is another look after it.
    if (await this.#failDisabled(snapshot)) return void (this.#again = true);
    const order = snapshot.entries
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

  /** Mounts of what has been disabled meanwhile fail; whether there were any. */
  async #failDisabled({ refused }: Snapshot): Promise<boolean> {
    for (const [item, error] of refused) {
      if (this.remove(item)) await item.fail(error);
    }
    return refused.length > 0;
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

  /**
   * A look that no commit has overtaken: an older one shows a mount that ended
   * as no mount, or one that began. No commit comes while it lasts either, so
   * that others at work cannot keep it from its end.
   */
  async #lookNow(): Promise<Snapshot> {
    for (;;) {
      const snapshot = await this.#look();
      if (snapshot.wakes === this.#wakes || this.#closed) return snapshot;
    }
  }

  #look(): Promise<Snapshot> {
    return this.#context.database.view(async (db) => {
      const entries = [...this.#waiting];
      const items = entries.map(({ item }) => item);
      const wanted = items.filter(({ kind }) => kind === "mount")
        .flatMap(({ media }) => media.map(({ cartridgeId }) => cartridgeId));
      const cartridges = await cartridgesInDrives(db, this.#libraryId);
      const byPlace = new Map(cartridges.map((row) => [row.placeId, row]));
      const mounts = await mountsInLibrary(db, this.#libraryId);
      const mountByDrive = new Map(mounts.map((row) => [row.driveId, row]));
      const products = await findDriveProducts(db, this.#libraryId);
      const types = await allMediaTypes(db);
      const { mediaTypes } = this.#context;
      const mounted = new Map<string, MountRow>();
      const drives: DriveSituation[] = [];
      for (const row of await drivesOf(db, this.#libraryId)) {
        const cartridge = byPlace.get(row.id);
        const mount = mountByDrive.get(row.id);
        if (cartridge !== undefined && mount !== undefined) {
          mounted.set(cartridge.id, mount);
        }
        const product = products.get(row.id);
        const facts = {
          product: product?.product ?? "",
          deviceClass: product?.deviceClass ?? "tape",
        } as const;
        drives.push({
          id: row.id,
          name: `drive ${row.number}`,
          number: row.number,
          usable: product?.present ?? false,
          enabled: product?.enabled ?? false,
          cartridgeId: cartridge?.id ?? null,
          mounted: mount !== undefined,
          evictableFrom: row.dismountableSince,
          leftPriority: row.dismountablePriority,
          mediaTypes: mediaTypes.taken(facts, types, "read"),
          writableTypes: mediaTypes.taken(facts, types, "write"),
        });
      }
      const online = await onlineAmong(db, this.#libraryId, wanted);
      const refused = await refuseDisabled(db, this.#libraryId, items);
      const wakes = this.#wakes;
      return { entries, wakes, drives, mounted, online, refused };
    });
  }
}
