/**
 * Cartridges into libraries and out of them, as a session sees it.
 *
 * @module
 */

import {
  type CartridgeId,
  type DoorInventory,
  type HandsInput,
  type HandsResult,
  INFINITE,
  type LibraryId,
  type LibraryRequestId,
  type PortOperationStarted,
} from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { Cancellable, SessionCall } from "./session_call.ts";

/** How to eject. */
export interface EjectOptions extends Repeatable {
  /** Also ends the mounts of the cartridge. @default {false} */
  force?: boolean;
  /** Only gathers it; the next ejection takes it along. @default {false} */
  queue?: boolean;
}

/** How to inject. */
export interface InjectOptions extends Repeatable {
  /** Goes on taking cartridges in until it is stopped. @default {false} */
  many?: boolean;
}

/** How to let a person at the door. */
export interface DoorOptions extends Repeatable {
  /** What is looked at after it was closed. @default {"default"} As the library is set. */
  inventory?: DoorInventory;
}

/** How to wait for library requests. */
export interface WaitRequestsOptions extends Cancellable {
  /** Milliseconds; INFINITE waits for ever. @default {INFINITE} */
  timeoutMs?: number;
}

/** The ports and doors of the libraries, as a session sees them. */
export class Ports {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /** Offers a cartridge in a port until a person takes it; null starts what was gathered. */
  async eject(
    cartridge: CartridgeId | null,
    { force = false, queue = false, ...options }: EjectOptions = {},
  ): Promise<PortOperationStarted> {
    const action = queue ? "queue" : force ? "force" : "start";
    return await this.#call(
      "EjectNtmsMedia",
      { cartridge, action, operation: null },
      options,
    );
  }

  /** Ends an ejection; what nobody has taken goes back. */
  async stopEjection(
    operation: LibraryRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call(
      "EjectNtmsMedia",
      { cartridge: null, action: "stop", operation },
      options,
    );
  }

  /** Takes in what a person puts into the ports. */
  async inject(
    library: LibraryId,
    { many = false, ...options }: InjectOptions = {},
  ): Promise<PortOperationStarted> {
    return await this.#call("InjectNtmsMedia", {
      library,
      action: many ? "startMany" : "start",
      operation: null,
    }, options);
  }

  /** Ends an injection; what is in the ports already is taken in. */
  async stopInjection(
    library: LibraryId,
    operation: LibraryRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call(
      "InjectNtmsMedia",
      { library, action: "stop", operation },
      options,
    );
  }

  /** Takes in at once what is in the ports, and goes on. */
  async retract(
    library: LibraryId,
    operation: LibraryRequestId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call(
      "InjectNtmsMedia",
      { library, action: "retract", operation },
      options,
    );
  }

  /** Leaves a library to a person at its door, until that is closed. */
  async openDoor(
    library: LibraryId,
    { inventory = "default", ...options }: DoorOptions = {},
  ): Promise<PortOperationStarted> {
    return await this.#call(
      "AccessNtmsLibraryDoor",
      { library, inventory },
      options,
    );
  }

  /** Does what a person does at a virtual library. */
  async useHands(
    input: HandsInput,
    options: Repeatable = {},
  ): Promise<HandsResult> {
    return await this.#call("UseHandsOnLibrary", input, options);
  }

  /** Waits until library requests have ended; fails with what the first one has failed with. */
  async ended(
    requests: readonly LibraryRequestId[],
    { timeoutMs = INFINITE, ...options }: WaitRequestsOptions = {},
  ): Promise<void> {
    await this.#call(
      "WaitForNtmsLibraryRequest",
      { requests, timeoutMs },
      options,
    );
  }
}
