/**
 * Cleaning cartridges and the cleaning of drives, as a session sees them.
 *
 * @module
 */

import type {
  CleanerRequest,
  DriveId,
  LibraryId,
  LibraryRequestId,
  PortOperationStarted,
  SlotId,
} from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { SessionCall } from "./session_call.ts";

/** Value of `uses` for a cleaning cartridge whose cleanings are not counted. */
const UNCOUNTED = 0xffff_ffff;

/** What is known of a cleaning cartridge. */
export interface InjectCleanerOptions extends Repeatable {
  /** Cleanings that it is good for. @default {0xFFFFFFFF} They are not counted; the drives tell when it is used up. */
  uses?: number;
}

/** The cleaning cartridges of the libraries, as a session sees them. */
export class Cleaners {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /** Sets an empty slot of a library aside for its cleaning cartridge. */
  async reserve(
    library: LibraryId,
    slot: SlotId,
    options: Repeatable = {},
  ): Promise<CleanerRequest> {
    return await this.#call(
      "ReserveNtmsCleanerSlot",
      { library, slot },
      options,
    );
  }

  /** Gives the slot back; the cleaning cartridge has to be out. */
  async release(
    library: LibraryId,
    options: Repeatable = {},
  ): Promise<CleanerRequest> {
    return await this.#call("ReleaseNtmsCleanerSlot", { library }, options);
  }

  /** Takes a cleaning cartridge that a person brings into the reserved slot. */
  async inject(
    library: LibraryId,
    { uses = UNCOUNTED, ...options }: InjectCleanerOptions = {},
  ): Promise<PortOperationStarted> {
    return await this.#call(
      "InjectNtmsCleaner",
      { library, action: "start", operation: null, uses },
      options,
    );
  }

  /** Ends an injection. */
  async stopInjection(
    library: LibraryId,
    operation: LibraryRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call(
      "InjectNtmsCleaner",
      { library, action: "stop", operation, uses: 0 },
      options,
    );
  }

  /** Offers the cleaning cartridge in a port until a person takes it. */
  async eject(
    library: LibraryId,
    options: Repeatable = {},
  ): Promise<PortOperationStarted> {
    return await this.#call(
      "EjectNtmsCleaner",
      { library, action: "start", operation: null },
      options,
    );
  }

  /** Ends an ejection; what nobody has taken goes back. */
  async stopEjection(
    library: LibraryId,
    operation: LibraryRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call(
      "EjectNtmsCleaner",
      { library, action: "stop", operation },
      options,
    );
  }

  /** Queues the cleaning of a drive. */
  async clean(
    drive: DriveId,
    options: Repeatable = {},
  ): Promise<CleanerRequest> {
    return await this.#call("CleanNtmsDrive", { drive }, options);
  }
}
