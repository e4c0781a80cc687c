/**
 * One call of mount as it waits and runs: one request a medium, all or
 * nothing.
 *
 * @module
 */

import type { MediumFacts } from "../changer/mod.ts";
import {
  findMedium,
  findMount,
  type Medium,
  updateRequests,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type LibraryRequestId,
  type NtmsError,
  ORDER_LAST,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { MountRecovery, type NextTry } from "./mount_recovery.ts";
import { StaleCatalogueError, UnidentifiedError } from "./step_errors.ts";
import { patiently } from "./step_failures.ts";
import { OtherMediumError } from "./labels_at_mount.ts";
import { examineMedium, noteFacts } from "./medium_examination.ts";
import { satisfactionOf } from "./operator_calls.ts";
import { askOperatorOnce } from "./operators.ts";
import { mountSide } from "./mount_side.ts";
import { beginRequests, failRequests, passRequests } from "./requests.ts";
import type { Robot } from "./robot.ts";
import { WaitNote } from "./wait_note.ts";
import { deferred } from "./waiting.ts";
import { type Item, type OfflineMedium, wanted } from "./work_queue.ts";

/** What a mount asks of its library beside its own work. */
export interface MountHost {
  readonly id: string;
  /** Aborted when the library closes. */
  readonly stopping: AbortSignal;
  /** Brings home a cartridge whose mount was given up. */
  takeBack(medium: Medium, driveId: string, job: MountJob): Promise<void>;
  /** Looks again at what can start. */
  wake(): void;
  /** Takes an inventory, and then this work again; where it fails too, the work fails with `error`, or waits where there is none. */
  retryAfterInventory(item: Item, error?: unknown): Promise<void>;
  /** Takes this work again as soon as it can start. */
  retry(item: Item): Promise<void>;
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

/** A mount that is in the queue or runs. */
export interface PendingMount {
  readonly requestIds: readonly LibraryRequestId[];
  /** The drives, in the order of the media. */
  readonly done: Promise<readonly string[]>;
  /** Whether it has started. */
  readonly started: boolean;
  /** Gives up, and what the robot has begun is put back; false when it is too late, because the mount is being written down. */
  abandon(error: NtmsError): boolean;
}

/** One call of mount: one request a medium, all or nothing. */
export class MountJob implements Item {
  readonly kind = "mount";
  readonly priority: number;
  readonly caller: Caller;
  readonly requestIds: readonly LibraryRequestId[];
  readonly #recovery: MountRecovery;
  #media: Item["media"];
  readonly #host: MountHost;
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #order: MountOrder;
  readonly #done = deferred<readonly string[]>();
  readonly #stop = new AbortController();
  #reason: NtmsError | null = null;
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
    this.#recovery = new MountRecovery(
      context,
      host.id,
      order.media.map((medium, index) => ({
        medium,
        write: order.write,
        fixed: (order.driveIds[index] ?? null) !== null,
      })),
      (driveId) => robot.lookAt(driveId),
    );
    this.#media = this.#want();
  }

  get media(): Item["media"] {
    return this.#media;
  }

  /** What it wants now: not the drives that failed. */
  #want(): Item["media"] {
    const { driveIds, media, write } = this.#order;
    return media.map((medium, index) => ({
      ...wanted(medium, driveIds[index] ?? null, write),
      avoidDriveIds: this.#recovery.avoided(index),
    }));
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
    let loaded = false;
    try {
      for (const [index, medium] of this.#order.media.entries()) {
        this.#throwIfAbandoned();
        const driveId = driveIds[index] ?? "";
        moved.push(index);
        const request = this.requestIds[index] ?? null;
        await patiently(
          this.#context,
          () => this.#robot.load(medium.cartridge.id, driveId, request),
          AbortSignal.any([this.#stop.signal, this.#host.stopping]),
        );
      }
      loaded = true;
      this.#throwIfAbandoned();
      await Promise.all(
        driveIds.map((id) => this.#robot.waitReady(id, this.#stop.signal)),
      );
      this.#throwIfAbandoned();
      const facts = await this.#examine(driveIds);
      this.#throwIfAbandoned();
      await this.#commit(driveIds, facts);
    } catch (error) {
      this.#committing = false;
      const last = loaded ? null : moved.at(-1) ?? null;
      const next = this.#reason === null
        ? await this.#recovery.next(error, driveIds, last)
        : "none";
      this.#media = this.#want();
      await this.#undo(moved, driveIds, error, next);
      return;
    }
    this.#done.resolve(driveIds);
  }

  /** What the drives tell of the media. */
  async #examine(
    driveIds: readonly string[],
  ): Promise<readonly (MediumFacts | null)[]> {
    const { media, write } = this.#order;
    const use = { write, signal: this.#stop.signal };
    const examined = await Promise.allSettled(
      media.map((medium, index) => {
        const driveId = driveIds[index] ?? "";
        const context = this.#context;
        return examineMedium(context, this.#robot, medium, driveId, use);
      }),
    );
    // All have come to an end before any drive is emptied again.
    return examined.map((outcome) => {
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    });
  }

  #throwIfAbandoned(): void {
    if (this.#reason !== null) throw this.#reason;
  }

  #commit(
    driveIds: readonly string[],
    facts: readonly (MediumFacts | null)[],
  ): Promise<void> {
    return commit(this.#context, "mount", async (db) => {
      this.#throwIfAbandoned();
      this.#committing = true;
      for (const [index, medium] of this.#order.media.entries()) {
        await noteFacts(db, this.#context, medium, facts[index] ?? null);
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
      await this.#recovery.succeeded(db, driveIds);
      for (const [index, id] of this.requestIds.entries()) {
        await updateRequests(db, [id], { driveId: driveIds[index] ?? null });
      }
      await this.#order.keep(db, driveIds);
    });
  }

  /** Puts back what was moved, and tries again or fails. */
  async #undo(
    moved: readonly number[],
    driveIds: readonly string[],
    error: unknown,
    next: NextTry,
  ): Promise<void> {
    const stale = error instanceof StaleCatalogueError;
    const again = next !== "none";
    const unidentified = error instanceof UnidentifiedError;
    if (!again && unidentified) await this.#askFor(error);
    if (!again) await this.#recovery.endedInVain(error);
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
    if (next === "inOtherDrive") await this.#host.retry(this);
    // Where a step ended that nobody could see, only an inventory tells.
    else await this.#host.retryAfterInventory(this, stale ? undefined : error);
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
