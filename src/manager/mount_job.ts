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
import {
  type Caller,
  type LibraryRequestId,
  NtmsError,
  ORDER_LAST,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { StaleCatalogueError, UnidentifiedError } from "./step_errors.ts";
import { checkLabel, OtherMediumError } from "./labels_at_mount.ts";
import { satisfactionOf } from "./operator_calls.ts";
import { askOperatorOnce } from "./operators.ts";
import { beginRequests, failRequests, passRequests } from "./requests.ts";
import type { Robot } from "./robot.ts";
import { WaitNote } from "./wait_note.ts";
import { deferred } from "./waiting.ts";
import { type Item, type OfflineMedium, wanted } from "./work_queue.ts";

/** What a mount asks of its library beside its own work. */
export interface MountHost {
  /** Brings home a cartridge whose mount was given up. */
  takeBack(medium: Medium, driveId: string, job: MountJob): Promise<void>;
  /** Looks again at what can start. */
  wake(): void;
  /** Takes an inventory, and then this work again. */
  retryAfterInventory(item: Item): Promise<void>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
  /** Takes work that waits out of the queue, and has it fail. */
  withdraw(item: Item, reason: NtmsError): Promise<void>;
}

/** What is to be mounted, where and for whom. */
export interface MountOrder {
  readonly caller: Caller;
  readonly requestIds: readonly LibraryRequestId[];
  readonly media: readonly Medium[];
  readonly driveIds: readonly (string | null)[];
  readonly priority: number;
  /** Whether the media are to be written. */
  readonly write: boolean;
  /** Keeps the answer of the call, in the transaction of its mounts. */
  keep(db: Writer, driveIds: readonly string[]): Promise<void>;
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
  #orderNumber = ORDER_LAST;
  /** The session whose mounts they will be; null for none. */
  #session: string | null;
  /** From here on it is mounted, or fails by itself: nobody can give it up. */
  #committing = false;
  readonly #note: WaitNote;
  #unfollow: () => void = () => {};

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
    this.#session = order.caller.session;
    this.requestIds = order.requestIds;
    this.#note = new WaitNote(context, order.requestIds);
    this.media = order.media.map((medium, index) =>
      wanted(medium, order.driveIds[index] ?? null, order.write)
    );
  }

  get done(): Promise<readonly string[]> {
    return this.#done.promise;
  }

  /** The session whose mounts they will be; null when it has been closed. */
  get session(): string | null {
    return this.#session;
  }

  /** Its place among mounts of one priority; low goes first. */
  get order(): number {
    return this.#orderNumber;
  }

  /** Goes to another place among the mounts that wait. */
  reorder(order: number): void {
    this.#orderNumber = order;
    this.#host.wake();
  }

  /** The session was closed: the mounts will be its application's. */
  release(): void {
    this.#session = null;
  }

  /** Gives up; false when it is too late, because the end is being written down. */
  abandon(reason: NtmsError): boolean {
    if (this.#committing) return false;
    this.#reason = reason;
    this.#stop.abort(reason);
    return true;
  }

  waits(reason: string, offline?: OfflineMedium): void {
    this.#follow(offline);
    this.#note.waits(reason, async (db) => {
      // A medium that left the library after it was asked for.
      if (offline === undefined) return;
      await askOperatorOnce(db, this.#context, {
        command: "moveMedia",
        message:
          `Put cartridge ${offline.label} into the library; ${this.caller.application} waits for it`,
        about: { type: "cartridge", id: offline.cartridgeId },
      });
    });
  }

  /** Where the operator says that a cartridge was brought, and it is not there, it is asked for again. */
  #follow(offline: OfflineMedium | undefined): void {
    this.#unfollow();
    if (offline === undefined) return;
    this.#unfollow = this.#context.signals.on(
      satisfactionOf(offline.cartridgeId),
      () => {
        this.#note.again();
        this.#host.wake();
      },
    );
  }

  async fail(error: unknown): Promise<void> {
    this.#unfollow();
    this.#note.end();
    const documented = documentedDeviceError(error);
    this.#done.reject(documented);
    await failRequests(this.#context, this.requestIds, documented);
  }

  async run(driveIds: readonly string[]): Promise<void> {
    this.#unfollow();
    this.#note.end();
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
      await this.#checkLabels(driveIds);
      this.#throwIfAbandoned();
      await this.#commit(driveIds);
    } catch (error) {
      this.#committing = false;
      await this.#undo(moved, driveIds, error);
      return;
    }
    this.#done.resolve(driveIds);
  }

  async #checkLabels(driveIds: readonly string[]): Promise<void> {
    const { signal } = this.#stop;
    const checks = this.#order.media.map((medium, index) =>
      checkLabel(
        this.#context,
        this.#robot,
        medium,
        driveIds[index] ?? "",
        signal,
      )
    );
    // All have come to an end before any drive is emptied again.
    for (const check of await Promise.allSettled(checks)) {
      if (check.status === "rejected") throw check.reason;
    }
  }

  #throwIfAbandoned(): void {
    if (this.#reason !== null) throw this.#reason;
  }

  #commit(driveIds: readonly string[]): Promise<void> {
    return commit(this.#context, "mount", async (db) => {
      this.#throwIfAbandoned();
      this.#committing = true;
      for (const [index, medium] of this.#order.media.entries()) {
        await mountSide(
          db,
          this.#context,
          medium.side.id,
          driveIds[index] ?? "",
          {
            caller: { ...this.caller, session: this.#session },
            priority: this.priority,
          },
        );
      }
      await passRequests(db, this.#context, this.requestIds);
      for (const [index, id] of this.requestIds.entries()) {
        await updateRequests(db, [id], { driveId: driveIds[index] ?? null });
      }
      await this.#order.keep(db, driveIds);
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
    const unidentified = error instanceof UnidentifiedError;
    if (!again && unidentified) await this.#askFor(error);
    if (!again) await this.fail(this.#reason ?? error);
    if (stale && !again && !unidentified) await this.#host.distrust();
    if (error instanceof OtherMediumError && error.autoRecovery) {
      await this.#host.distrust();
    }
    try {
      for (const index of moved) await this.#takeBack(index, driveIds);
    } catch (cause) {
      // An inventory finds what was left in a drive.
      await this.#host.distrust();
      if (!again) throw cause;
    }
    if (!again) return;
    await this.#host.retryAfterInventory(this);
    // Given up after it was decided to try again, and before it could be found.
    if (this.#reason !== null) await this.#host.withdraw(this, this.#reason);
  }

  /** Whoever sees to the label completes it: the next inventory reads it. */
  #askFor({ cartridgeId, message }: UnidentifiedError): Promise<void> {
    const { background } = this.#context;
    return background.insist(
      "ask for a cartridge that shows no label",
      () =>
        commit(
          this.#context,
          "mediumWanted",
          (db) =>
            askOperatorOnce(db, this.#context, {
              command: "moveMedia",
              message,
              about: { type: "cartridge", id: cartridgeId },
            }),
        ),
    );
  }

  async #takeBack(index: number, driveIds: readonly string[]): Promise<void> {
    const medium = this.#order.media[index];
    const driveId = driveIds[index];
    if (medium === undefined || driveId === undefined) return;
    const { database } = this.#context;
    const now = await database.read((db) => findMedium(db, medium.side.id));
    const mount = await database.read((db) => findMount(db, medium.side.id));
    if (now?.cartridge.placeId === driveId && mount === null) {
      await this.#host.takeBack(now, driveId, this);
    }
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
