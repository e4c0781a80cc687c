/**
 * Work on the label of one medium: brought into a drive, read, perhaps
 * written, and put away again. It waits and gets its drive like a mount, behind
 * all mounts.
 *
 * @module
 */

import type { Medium } from "../database/mod.ts";
import { findCartridge, findMedium } from "../database/mod.ts";
import { type Caller, type LibraryRequestId, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { MountRecovery } from "./mount_recovery.ts";
import { StaleCatalogueError } from "./step_errors.ts";
import { leaveInDrive } from "./leave_in_drive.ts";
import { beginRequests, failRequests, passRequests } from "./requests.ts";
import type { Robot } from "./robot.ts";
import { deferred } from "./waiting.ts";
import { WaitNote } from "./wait_note.ts";
import { type Item, type OfflineMedium, wanted } from "./work_queue.ts";

/** What to do with the medium once it is in its drive. */
export interface LabelWork<T> {
  /** Whether it may have to be written. */
  readonly write: boolean;
  /** Works on the medium in a drive, which is ready. */
  run(
    driveId: string,
    medium: Medium,
    signal: AbortSignal,
  ): Promise<{ readonly result: T; readonly cartridgeId: string }>;
}

/** What such work asks of its library. */
export interface LabelHost {
  readonly id: string;
  /** Takes an inventory, and then this work again; where it fails too, the work fails with `error`, or waits where there is none. */
  retryAfterInventory(item: Item, error?: unknown): Promise<void>;
  /** Takes this work again as soon as it can start. */
  retry(item: Item): Promise<void>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
  /** Takes work that waits out of the queue, and has it fail. */
  withdraw(item: Item, reason: NtmsError): Promise<void>;
}

/** What is to be done, with what and for whom. */
export interface LabelOrder<T> {
  readonly caller: Caller;
  readonly request: LibraryRequestId;
  readonly medium: Medium;
  readonly work: LabelWork<T>;
  /** Leaves the medium in its drive until somebody needs the drive, for so long at least, ms; null puts it away. */
  readonly leaveMs: number | null;
}

/** Behind the mounts of all programs. */
const LOWEST_PRIORITY = -15;

/** Work on the label of one medium. */
export class LabelJob<T> implements Item {
  readonly kind = "mount";
  readonly priority = LOWEST_PRIORITY;
  /** What a program has mounted stays with it, whoever asks for the label. */
  readonly apart = true;
  readonly caller: Caller;
  readonly requestIds: readonly string[];
  readonly #recovery: MountRecovery;
  readonly #host: LabelHost;
  readonly #context: Context;
  readonly #robot: Robot;
  readonly #order: LabelOrder<T>;
  readonly #done = deferred<T>();
  readonly #stop = new AbortController();
  readonly #note: WaitNote;

  /** Work that has not begun. */
  constructor(
    host: LabelHost,
    context: Context,
    robot: Robot,
    order: LabelOrder<T>,
  ) {
    this.#host = host;
    this.#context = context;
    this.#robot = robot;
    this.#order = order;
    this.caller = order.caller;
    this.requestIds = [order.request];
    this.#note = new WaitNote(context, this.requestIds);
    const { medium, work: { write } } = order;
    this.#recovery = new MountRecovery(
      context,
      host.id,
      [{ medium, write, fixed: false }],
      (driveId) => robot.lookAt(driveId),
    );
  }

  /** What it wants now: not the drives that failed. */
  get media(): Item["media"] {
    const { medium, work: { write } } = this.#order;
    const avoidDriveIds = this.#recovery.avoided(0);
    return [{ ...wanted(medium, null, write), avoidDriveIds }];
  }

  /** What came of it, when the medium is away again. */
  get done(): Promise<T> {
    return this.#done.promise;
  }

  /** Gives up; what is in a drive is put away. */
  stop(reason: NtmsError): void {
    this.#stop.abort(reason);
  }

  waits(reason: string, offline?: OfflineMedium): void {
    if (offline === undefined) return this.#note.waits(reason);
    // Nobody is asked to bring a medium only to have its label looked at.
    const gone = new NtmsError(
      "ERROR_MEDIA_OFFLINE",
      `Cartridge ${offline.label} left the library before its label was read`,
    );
    this.#context.background.run(
      "end work on a label",
      this.#host.withdraw(this, gone),
    );
  }

  async fail(error: unknown): Promise<void> {
    this.#note.end();
    const documented = documentedDeviceError(error);
    this.#done.reject(documented);
    await failRequests(this.#context, this.requestIds, documented);
  }

  async run(driveIds: readonly string[]): Promise<void> {
    const [driveId = ""] = driveIds;
    const { cartridge } = this.#order.medium;
    const request = this.#order.request;
    const { signal } = this.#stop;
    this.#note.end();
    await beginRequests(this.#context, this.requestIds);
    let inDrive = cartridge.id;
    let outcome: { readonly result: T } | { readonly error: unknown };
    try {
      signal.throwIfAborted();
      await this.#robot.load(cartridge.id, driveId, request);
      signal.throwIfAborted();
      await this.#robot.waitReady(driveId, signal);
      const medium = await this.#medium();
      const { cartridgeId, result } = await this.#order.work.run(
        driveId,
        medium,
        signal,
      );
      inDrive = cartridgeId;
      outcome = { result };
    } catch (error) {
      outcome = { error };
    }
    await this.#end(driveId, inDrive, outcome);
  }

  async #medium(): Promise<Medium> {
    const { side } = this.#order.medium;
    const medium = await this.#context.database.read((db) =>
      findMedium(db, side.id)
    );
    if (medium !== null) return medium;
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Side ${side.id} was deleted while its label was to be read`,
    );
  }

  async #end(
    driveId: string,
    cartridgeId: string,
    outcome: { readonly result: T } | { readonly error: unknown },
  ): Promise<void> {
    if ("error" in outcome) {
      return await this.#endInVain(driveId, cartridgeId, outcome.error);
    }
    try {
      await this.#letGo(driveId, cartridgeId, true);
    } catch (error) {
      // An inventory finds what was left in the drive.
      await this.#host.distrust();
      return await this.fail(error);
    }
    await commit(this.#context, "labelDone", async (db) => {
      await passRequests(db, this.#context, this.requestIds);
      await this.#recovery.succeeded(db, [driveId]);
    });
    this.#done.resolve(outcome.result);
  }

  /** Puts the medium away, and tries again or fails. */
  async #endInVain(
    driveId: string,
    cartridgeId: string,
    error: unknown,
  ): Promise<void> {
    const { signal } = this.#stop;
    const stale = error instanceof StaleCatalogueError;
    const next = signal.aborted
      ? "none"
      : await this.#recovery.next(error, [driveId], 0);
    let left = false;
    try {
      await this.#letGo(driveId, cartridgeId, false);
    } catch {
      // An inventory finds what was left in the drive.
      left = true;
    }
    if (left) await this.#host.distrust();
    if (next === "none") {
      await this.#recovery.endedInVain(error);
      await this.fail(error);
      if (stale) await this.#host.distrust();
      return;
    }
    if (next === "inOtherDrive") await this.#host.retry(this);
    // Where a step ended that nobody could see, only an inventory tells.
    else await this.#host.retryAfterInventory(this, stale ? undefined : error);
    // Stopped after it was decided to try again, and before it could be found.
    if (signal.aborted) await this.#host.withdraw(this, signal.reason);
  }

  /** Puts the medium away, or leaves it for the next who wants it. */
  async #letGo(
    driveId: string,
    cartridgeId: string,
    worked: boolean,
  ): Promise<void> {
    const { leaveMs, request } = this.#order;
    if (leaveMs === null || !worked) {
      return await this.#robot.putAway(driveId, cartridgeId, request);
    }
    const now = this.#context.clock.now();
    await commit(this.#context, "labelDone", async (db) => {
      const medium = await findMedium(db, this.#order.medium.side.id);
      const cartridge = await findCartridge(db, cartridgeId);
      if (medium === null || cartridge?.placeId !== driveId) return;
      await leaveInDrive(db, medium, driveId, now + leaveMs, LOWEST_PRIORITY);
    });
  }
}
