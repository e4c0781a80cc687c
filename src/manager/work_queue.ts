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
  slotAddresses,
} from "../database/mod.ts";
import { NtmsError, type Timer } from "../model/mod.ts";
import type { Context } from "./context.ts";
import {
  asWork,
  type Entry,
  type Item,
  ownerName,
  type Snapshot,
} from "./queued_work.ts";
import { refuseDisabled } from "./refuse_disabled.ts";
import {
  decide,
  type DriveSituation,
  nextLook,
  type Situation,
  type Work,
} from "./scheduling/mod.ts";

export { type Item, type OfflineMedium, wanted } from "./queued_work.ts";

/** Whose work has hold of a drive, and since when. */
type Holding = Pick<DriveSituation, "holder" | "heldSince">;

/** The queue of one library. */
export class WorkQueue {
  readonly #context: Context;
  readonly #libraryId: string;
  readonly #waiting = new Set<Entry>();
  readonly #running = new Set<Promise<void>>();
  /** Drives that work has hold of; whose, and since when, where it is a mount. */
  readonly #busyDrives = new Map<string, Holding>();
  readonly #busyCartridges = new Set<string>();
  /** Cartridges that a person is about to have. */
  readonly #held = new Set<string>();
  #arrivals = 0;
  #exclusive = false;
  /** Why it takes no more work. */
  #closed: NtmsError | null = null;
  #pass: Promise<void> | null = null;
  #again = false;
  #wakes = 0;
  #alarm: Timer | null = null;
  #frozen: string | null = null;

  readonly #rest: (situation: Situation) => number | null;

  /**
   * An empty queue.
   *
   * @param rest Told of the library whenever there is nothing to do; gives
   * when it wants to be told again.
   */
  constructor(
    context: Context,
    libraryId: string,
    rest: (situation: Situation) => number | null = () => null,
  ) {
    this.#context = context;
    this.#libraryId = libraryId;
    this.#rest = rest;
  }

  /**
   * Puts work in the queue and starts what can start.
   *
   * @returns Whether this work has started.
   * @throws {NtmsError} When it is closed, and why.
   */
  async add(item: Item): Promise<boolean> {
    if (this.#closed !== null) throw this.#closed;
    const entry = {
      item,
      arrival: this.#arrivals++,
      submitted: this.#context.clock.now(),
    };
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

  /** The work of a request that waits; null where none does. */
  waitingFor(request: string): Item | null {
    const entry = [...this.#waiting].find(({ item }) =>
      item.requestIds.includes(request)
    );
    return entry?.item ?? null;
  }

  /** Takes work out of the queue; whether it was still there. */
  remove(item: Item): boolean {
    for (const entry of this.#waiting) {
      if (entry.item === item) return this.#waiting.delete(entry);
    }
    return false;
  }

  /** Keeps a cartridge from being mounted, until the returned function is called. */
  hold(cartridgeId: string): () => void {
    this.#held.add(cartridgeId);
    return () => {
      this.#held.delete(cartridgeId);
      this.wake();
    };
  }

  /** Whether work of a kind waits. */
  has(kind: Work["kind"]): boolean {
    return [...this.#waiting].some(({ item }) => item.kind === kind);
  }

  /** Whether anything waits. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Whether anything runs. */
  get isRunning(): boolean {
    return this.#running.size > 0;
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
  async close(reason: NtmsError): Promise<void> {
    this.#closed = reason;
    this.#alarm?.cancel();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const { item } of waiting) {
      await item.fail(reason);
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
    if (this.#waiting.size === 0) return await this.#idle();
    const snapshot = await this.#lookNow();
    // It takes its time, so there is another look after it.
    if (await this.#failDisabled(snapshot)) return void (this.#again = true);
    if (this.#exclusive) return;
    const entries = new Map<Work, Entry>();
    for (const entry of snapshot.entries) {
      // It may have been cancelled while the catalogue was read.
      if (this.#waiting.has(entry)) entries.set(asWork(entry, snapshot), entry);
    }
    const situation = this.#situation(snapshot);
    const works = [...entries.keys()];
    for (const { work, verdict } of decide(works, situation)) {
      const entry = entries.get(work);
      if (entry === undefined) continue;
      if (verdict.start) this.#start(entry, verdict.driveIds, snapshot);
      else entry.item.waits(verdict.waitsFor, verdict.offline);
    }
    if (this.#waiting.size > 0) this.#setAlarm(nextLook(works, situation));
  }

  async #idle(): Promise<void> {
    const atRest = () => this.isIdle && this.#closed === null;
    if (!atRest()) return;
    const snapshot = await this.#lookNow();
    if (atRest()) this.#setAlarm(this.#rest(this.#situation(snapshot)));
  }

  /** The library as it is now: what the catalogue says, and what is under way. */
  #situation(snapshot: Snapshot): Situation {
    const { clock, limits } = this.#context;
    return {
      now: clock.now(),
      ageingLimitMs: limits.requestOvertakenMs,
      drives: snapshot.drives.map((drive) => {
        const holding = this.#busyDrives.get(drive.id);
        if (holding === undefined) return drive;
        const { holder, heldSince } = drive.holder === null ? holding : drive;
        return { ...drive, busy: true, holder, heldSince };
      }),
      busyCartridges: new Set([
        ...this.#busyCartridges,
        ...snapshot.mounted.keys(),
      ]),
      heldCartridges: this.#held,
      frozen: this.#frozen,
      working: this.#running.size > 0,
    };
  }

  /** Mounts of what has been disabled meanwhile fail; whether there were any. */
  async #failDisabled({ refused }: Snapshot): Promise<boolean> {
    for (const [item, error] of refused) {
      if (this.remove(item)) await item.fail(error);
    }
    return refused.length > 0;
  }

  /** Where time alone changes what can start, nobody else tells. */
  #setAlarm(at: number | null): void {
    this.#alarm?.cancel();
    this.#alarm = null;
    if (at === null || this.#closed) return;
    this.#alarm = this.#context.clock.after(
      at - this.#context.clock.now(),
      () => {
        this.wake();
      },
    );
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
    const holding = {
      holder: item.kind === "mount" ? ownerName(item.caller) : null,
      heldSince: this.#context.clock.now(),
    };
    for (const { id } of drives) this.#busyDrives.set(id, holding);
    for (const id of busyCartridges) this.#busyCartridges.add(id);
    const { urgencies } = this.#context;
    const kind = item.kind === "mount" ? "mount" : "dismount";
    for (const id of item.requestIds) {
      urgencies.set(id, { kind, priority: item.priority });
    }
    this.#exclusive = item.kind === "inventory" || item.kind === "door";
    const run = item.run(driveIds).catch((error) => item.fail(error))
      .catch((error) => this.#logFailure("end work", error))
      .finally(() => {
        for (const { id } of drives) this.#busyDrives.delete(id);
        for (const id of busyCartridges) this.#busyCartridges.delete(id);
        for (const id of item.requestIds) urgencies.delete(id);
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
      const addresses = await slotAddresses(db, this.#libraryId);
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
          present: product?.present ?? false,
          busy: false,
          enabled: product?.enabled ?? false,
          cartridgeId: cartridge?.id ?? null,
          holder: mount === undefined ? null : ownerName(mount),
          heldSince: mount?.since ?? 0,
          evictableFrom: row.dismountableSince,
          unloaded: row.state === "unloaded",
          leftPriority: row.dismountablePriority,
          mediaTypes: mediaTypes.taken(facts, types, "read"),
          writableTypes: mediaTypes.taken(facts, types, "write"),
          // How far a drive is from a slot, addresses do not tell.
          position: null,
          homePosition: addresses.get(cartridge?.homeSlotId ?? "") ?? null,
        });
      }
      const online = await onlineAmong(db, this.#libraryId, wanted);
      const refused = await refuseDisabled(db, this.#libraryId, items);
      const wakes = this.#wakes;
      return { entries, wakes, drives, mounted, online, addresses, refused };
    });
  }
}
