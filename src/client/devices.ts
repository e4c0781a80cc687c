/**
 * Devices that come and go, as a session sees them.
 *
 * @module
 */

import {
  type DetectedType,
  type DetectionId,
  type DriveId,
  type Guid,
  type LibraryId,
  NtmsError,
} from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { SessionCall } from "./session_call.ts";

/** The devices of the service, as a session sees them. */
export class Devices {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /**
   * Forgets a library that is enabled and not present, with all its parts; its
   * media go to the offline library and keep their allocations.
   */
  async deleteLibrary(
    library: LibraryId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call("DeleteNtmsLibrary", { library }, options);
  }

  /** Forgets a drive that is not present; what was in it is offline then. */
  async deleteDrive(drive: DriveId, options: Repeatable = {}): Promise<void> {
    await this.#call("DeleteNtmsDrive", { drive }, options);
  }

  /**
   * Has devices watched until the detection is ended, or the session: what
   * goes in or out shows almost at once, and notifications tell it.
   *
   * @param type What `objects` are: libraries; or media types or cartridges,
   * for the stand-alone drives that could hold them.
   */
  async watch(
    type: DetectedType,
    objects: readonly Guid[],
  ): Promise<DeviceDetection> {
    const detection = await this.begin();
    await detection.watch(type, objects);
    return detection;
  }

  /** Looks once whether something has gone in or out. */
  async look(type: DetectedType, objects: readonly Guid[]): Promise<void> {
    await this.#call("SetNtmsDeviceChangeDetection", {
      detection: null,
      type,
      objects,
    });
  }

  /** Has a virtual library used from now on, or again; its id. */
  async plugIn(device: string, options: Repeatable = {}): Promise<LibraryId> {
    const { library } = await this.#call(
      "PlugInVirtualLibrary",
      { device },
      options,
    );
    return library;
  }

  /** Begins a detection that watches nothing yet. */
  async begin(): Promise<DeviceDetection> {
    const { detection } = await this.#call(
      "BeginNtmsDeviceChangeDetection",
      {},
    );
    return this.detection(detection);
  }

  /** A detection of this session that has begun already. */
  detection(id: DetectionId): DeviceDetection {
    return new DeviceDetection(this.#call, id);
  }
}

/** Devices that are watched until it is ended. */
export class DeviceDetection implements AsyncDisposable {
  /** Its id. */
  readonly id: DetectionId;
  readonly #call: SessionCall;

  /** A detection of the session that `call` is of. */
  constructor(call: SessionCall, id: DetectionId) {
    this.#call = call;
    this.id = id;
  }

  /** Watches more devices; see {@linkcode Devices.watch}. */
  async watch(type: DetectedType, objects: readonly Guid[]): Promise<void> {
    const input = { detection: this.id, type, objects };
    await this.#call("SetNtmsDeviceChangeDetection", input);
  }

  /** Watches nothing any more. */
  async end(): Promise<void> {
    await this.#call("EndNtmsDeviceChangeDetection", { detection: this.id });
  }

  /** Ends it unless it has ended already, be it with its session. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.end();
    } catch (error) {
      const gone = error instanceof NtmsError &&
        (error.code === "ERROR_INVALID_HANDLE" ||
          error.code === "ERROR_CONNECTION_UNAVAIL");
      if (!gone) throw error;
    }
  }
}
