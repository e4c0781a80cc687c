/**
 * One call of mount as it waits and runs: one request a medium, all or
 * nothing.
 *
 * @module
 */

import {
  countDriveMount,
  findMedium,
  findMount,
  insertMount,
  type Medium,
  updateCartridge,
  updateMount,
  updateRequests,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import { type Caller, type LibraryRequestId, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { StaleCatalogueError } from "./journal.ts";
import {
  beginRequests,
  failRequests,
  holdRequests,
  passRequests,
} from "./requests.ts";
import type { Robot } from "./robot.ts";
import { deferred } from "./waiting.ts";
import { type Item, wanted } from "./work_queue.ts";

/** What a mount asks of its library beside its own work. */
export interface MountHost {
  /** Brings home a cartridge whose mount was given up. */
  takeBack(medium: Medium, driveId: string): Promise<void>;
  /** Takes an inventory, and then this work again. */
  retryAfterInventory(item: Item): Promise<void>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
}

/** What is to be mounted, where and for whom. */
export interface MountOrder {
  readonly caller: Caller;
  readonly requestIds: readonly LibraryRequestId[];
  readonly media: readonly Medium[];
  readonly driveIds: readonly (string | null)[];
  readonly priority: number;
}

/** One call of mount: one request a medium, all or nothing. */
export class MountJob implements Item {
  readonly kind = "mount";
  readonly priority: number;
  readonly caller: Caller;
  readonly requestIds: readonly LibraryRequestId[];
  readonly media: Item["media"];
  readonly #host: MountHost;
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #order: MountOrder;
  readonly #done = deferred<readonly string[]>();
  readonly #stop = new AbortController();
  #reason: NtmsError | null = null;
  #tried = false;
  #waitsFor = "";

  constructor(
    host: MountHost,
    context: Context,
    robot: Robot,
    order: MountOrder,
  ) {
    this.#host = host;
    this.#context = context;
    this.#robot = robot;
    this.#order = order;
    this.priority = order.priority;
    this.caller = order.caller;
    this.requestIds = order.requestIds;
    this.media = order.media.map((medium, index) =>
      wanted(medium, order.driveIds[index] ?? null)
    );
  }

  get done(): Promise<readonly string[]> {
    return this.#done.promise;
  }

  abandon(reason: NtmsError): void {
    this.#reason = reason;
    this.#stop.abort(reason);
  }

  waits(reason: string): void {
    if (reason === this.#waitsFor) return;
    this.#waitsFor = reason;
    this.#context.background.run(
      "note what a request waits for",
      holdRequests(this.#context, this.requestIds, reason),
    );
  }

  async fail(error: unknown): Promise<void> {
    const documented = documentedDeviceError(error);
    this.#done.reject(documented);
    await failRequests(this.#context, this.requestIds, documented);
  }

  async run(driveIds: readonly string[]): Promise<void> {
    await beginRequests(this.#context, this.requestIds);
    const moved: number[] = [];
    try {
      for (const [index, medium] of this.#order.media.entries()) {
        this.#throwIfAbandoned();
        const driveId = driveIds[index] ?? "";
        moved.push(index);
        await this.#robot.load(
          medium.cartridge.id,
          driveId,
          this.requestIds[index] ?? null,
        );
      }
      this.#throwIfAbandoned();
      await Promise.all(
        driveIds.map((id) => this.#robot.waitReady(id, this.#stop.signal)),
      );
      this.#throwIfAbandoned();
      await this.#commit(driveIds);
    } catch (error) {
      await this.#undo(moved, driveIds, error);
      return;
    }
    this.#done.resolve(driveIds);
  }

  #throwIfAbandoned(): void {
    if (this.#reason !== null) throw this.#reason;
  }

  #commit(driveIds: readonly string[]): Promise<void> {
    return this.#context.database.write(async (db) => {
      for (const [index, medium] of this.#order.media.entries()) {
        await mountSide(
          db,
          this.#context,
          medium.side.id,
          driveIds[index] ?? "",
          {
            caller: this.caller,
            priority: this.priority,
          },
        );
      }
      await passRequests(db, this.#context, this.requestIds);
      for (const [index, id] of this.requestIds.entries()) {
        await updateRequests(db, [id], { driveId: driveIds[index] ?? null });
      }
    });
  }

  /** Puts back what was moved; tries once more when the library had been changed by hand. */
  async #undo(
    moved: readonly number[],
    driveIds: readonly string[],
    error: unknown,
  ): Promise<void> {
    const stale = error instanceof StaleCatalogueError;
    const again = stale && !this.#tried && this.#reason === null;
    this.#tried = true;
    if (!again) await this.fail(this.#reason ?? error);
    if (stale && !again) await this.#host.distrust();
    for (const index of moved) {
      const medium = this.#order.media[index];
      const driveId = driveIds[index];
      if (medium === undefined || driveId === undefined) continue;
      const now = await this.#context.database.read((db) =>
        findMedium(db, medium.side.id)
      );
      const mount = await this.#context.database.read((db) =>
        findMount(db, medium.side.id)
      );
      if (now?.cartridge.placeId === driveId && mount === null) {
        await this.#host.takeBack(now, driveId);
      }
    }
    if (again) await this.#host.retryAfterInventory(this);
  }
}

/** Enters a mount of a side in a drive, or counts one more of the same owner. */
async function mountSide(
  db: Writer,
  context: Context,
  sideId: string,
  driveId: string,
  owner: { caller: Caller; priority: number },
): Promise<void> {
  const medium = await findMedium(db, sideId);
  if (medium === null || medium.cartridge.placeId !== driveId) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot mount side ${sideId}: it is no longer in its drive`,
    );
  }
  const mount = await findMount(db, sideId);
  if (mount !== null) {
    await updateMount(db, sideId, { count: mount.count + 1 });
    return;
  }
  const { caller, priority } = owner;
  await insertMount(db, {
    sideId,
    driveId,
    application: caller.application,
    computer: caller.computer,
    sessionId: caller.session,
    count: 1,
    priority,
    since: context.clock.now(),
  });
  await updateSide(db, sideId, { mountCount: medium.side.mountCount + 1 });
  await countDriveMount(db, driveId, sideId);
  await updateCartridge(db, medium.cartridge.id, { state: "loaded" });
}
