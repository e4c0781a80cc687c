/**
 * Calls on devices that come and go.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";
import type { Writer } from "../database/mod.ts";
import {
  type Caller,
  type DetectInput,
  type DetectionId,
  type DriveId,
  type LibraryId,
  NtmsError,
  type PlugInInput,
} from "../model/mod.ts";
import { ChangeDetections } from "./change_detection.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { forgetDrive, forgetLibrary } from "./device_deletion.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { Libraries } from "./libraries.ts";
import type { HotPlug } from "./library_sources.ts";

/** Calls on devices, as the service sees them. */
export interface DeviceManager {
  /** Forgets a library that is not present; its media go to the offline library (DeleteNtmsLibrary). */
  deleteLibrary(caller: Caller, library: LibraryId): Promise<void>;
  /** Forgets a drive that is not present (DeleteNtmsDrive). */
  deleteDrive(caller: Caller, drive: DriveId): Promise<void>;
  /** Takes in a virtual library, or one that was unplugged. */
  plugIn(caller: Caller, input: PlugInInput): Promise<LibraryId>;
  /** Begins a detection, which watches nothing yet (BeginNtmsDeviceChangeDetection). */
  beginDetection(caller: Caller): DetectionId;
  /** Watches devices, or looks at them once (SetNtmsDeviceChangeDetection). */
  detect(caller: Caller, input: DetectInput): Promise<void>;
  /** Ends a detection (EndNtmsDeviceChangeDetection). */
  endDetection(caller: Caller, detection: DetectionId): void;
}

interface Ready {
  readonly context: Context;
  readonly libraries: Libraries;
}

/** Calls on the devices of one catalogue. */
export class DeviceCalls implements DeviceManager {
  readonly #ready: () => Ready;
  readonly #detections: ChangeDetections;
  #hotPlug: HotPlug | undefined;
  #unwatch: () => void = () => {};
  #isLooking = false;
  /** Whether there was news during a look. */
  #again = false;

  /** `ready` rejects calls that come before the manager is ready. */
  constructor(ready: () => Ready) {
    this.#ready = ready;
    this.#detections = new ChangeDetections(ready);
  }

  async deleteLibrary(caller: Caller, library: LibraryId): Promise<void> {
    const { context } = this.#ready();
    await this.#delete(caller, async (db) => {
      await forgetLibrary(db, context, library);
      return library;
    });
  }

  async deleteDrive(caller: Caller, drive: DriveId): Promise<void> {
    const { context } = this.#ready();
    await this.#delete(caller, (db) => forgetDrive(db, context, drive));
  }

  async plugIn(caller: Caller, { device }: PlugInInput): Promise<LibraryId> {
    const { context, libraries } = this.#ready();
    const source = this.#hotPlug?.sourceOf(device);
    if (source === undefined) {
      throw new NtmsError(
        "ERROR_NOT_SUPPORTED",
        `This service takes in no library ${device}`,
      );
    }
    const library = await asDocumented(() => libraries.plugIn(source));
    await commit(
      context,
      "settings",
      (db) => keepAnswer(db, context, caller, { library }),
    );
    return library;
  }

  beginDetection(caller: Caller): DetectionId {
    return this.#detections.begin(caller);
  }

  async detect(caller: Caller, input: DetectInput): Promise<void> {
    await this.#detections.set(caller, input);
  }

  endDetection(caller: Caller, detection: DetectionId): void {
    this.#detections.end(caller, detection);
  }

  /** A session has ended, and its detections with it. */
  endSession(session: string): void {
    this.#detections.endSession(session);
  }

  /** Follows the devices of this computer. */
  watch(hotPlug: HotPlug | undefined): void {
    this.#hotPlug = hotPlug;
    if (hotPlug === undefined) return;
    this.#unwatch = hotPlug.watch(() => {
      if (this.#isLooking) return void (this.#again = true);
      this.#isLooking = true;
      const { context: { background } } = this.#ready();
      background.run("look for devices", this.#lookAround(hotPlug));
    });
  }

  /** Watches nothing any more. */
  close(): void {
    this.#unwatch();
    this.#detections.close();
  }

  async #lookAround(hotPlug: HotPlug): Promise<void> {
    try {
      do {
        this.#again = false;
        await this.#ready().libraries.lookAround(hotPlug);
      } while (this.#again);
    } finally {
      this.#isLooking = false;
    }
  }

  /** Deletes devices; `work` tells which library went. */
  async #delete(
    caller: Caller,
    work: (db: Writer) => Promise<LibraryId | null>,
  ): Promise<void> {
    const { context, libraries } = this.#ready();
    let takeBack = () => {};
    try {
      await commit(context, "absence", async (db) => {
        const gone = await work(db);
        // In the transaction: what comes after it finds it forgotten.
        if (gone !== null) takeBack = libraries.forget(gone);
        await keepAnswer(db, context, caller, {});
      });
    } catch (error) {
      takeBack();
      throw error;
    }
  }
}

/** What a device fails with, as callers know it. */
async function asDocumented<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ChangerError)) throw error;
    const { message } = error;
    throw new NtmsError("ERROR_DEVICE_NOT_AVAILABLE", message, {
      cause: error,
    });
  }
}
