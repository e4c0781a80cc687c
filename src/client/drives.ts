/**
 * Drives, as a session sees them.
 *
 * @module
 */

import type { DriveId, DriveVolumes, DriveWork } from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { Cancellable, SessionCall } from "./session_call.ts";

/** How to empty a drive. */
export interface DismountDriveOptions extends Repeatable, Cancellable {
  /** Wait until the medium is away. @default {false} Until that is queued. */
  wait?: boolean;
}

/** How to eject the medium of a stand-alone drive. */
export interface EjectDriveOptions extends DismountDriveOptions {
  /** Also end its mounts. @default {false} */
  force?: boolean;
}

/** The drives of the libraries, as a session sees them. */
export class Drives {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /** Puts away whatever medium is in a drive; in a stand-alone drive it stays, for whoever wants it next. */
  async dismount(
    drive: DriveId,
    { wait = false, ...options }: DismountDriveOptions = {},
  ): Promise<DriveWork> {
    return await this.#call("DismountNtmsDrive", { drive, wait }, options);
  }

  /** Has a stand-alone drive let go of its medium, so that a person can take it. */
  async eject(
    drive: DriveId,
    { force = false, wait = false, ...options }: EjectDriveOptions = {},
  ): Promise<DriveWork> {
    const input = { drive, force, wait };
    return await this.#call("EjectDiskFromSADrive", input, options);
  }

  /** What programs reach the medium in a drive by. */
  async volumes(drive: DriveId): Promise<DriveVolumes> {
    return await this.#call("GetVolumesFromDrive", { drive });
  }
}
