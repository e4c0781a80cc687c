/**
 * Calls that let cartridges into libraries and out of them.
 *
 * @module
 */

import { doorOf, hasFreeSlot, type Writer } from "../database/mod.ts";
import {
  type Caller,
  type CartridgeId,
  type DoorInput,
  type EjectInput,
  type HandsInput,
  type HandsResult,
  type InjectInput,
  type LibraryRequestId,
  NtmsError,
  type PortOperationStarted,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { DoorAccess } from "./door_access.ts";
import { Ejection } from "./ejection.ts";
import {
  endMounts,
  requireLibrary,
  requireMedium,
  requirePorts,
} from "./ejection_checks.ts";
import { useHands } from "./hands_calls.ts";
import { Injection } from "./injection.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { Libraries } from "./libraries.ts";
import type { Library } from "./library.ts";
import type { Passenger, PortOperation } from "./port_work.ts";
import { enterRequest } from "./requests.ts";

/** Calls on ports and doors. */
export interface PortManager {
  /** Offers cartridges in ports, or ends that (EjectNtmsMedia). */
  eject(caller: Caller, input: EjectInput): Promise<PortOperationStarted>;
  /** Takes in what people put into ports, or ends that (InjectNtmsMedia). */
  inject(caller: Caller, input: InjectInput): Promise<PortOperationStarted>;
  /** Leaves the library to a person at its door (AccessNtmsLibraryDoor). */
  accessDoor(caller: Caller, input: DoorInput): Promise<PortOperationStarted>;
  /** Does what the person at a virtual library does. */
  useHands(caller: Caller, input: HandsInput): Promise<HandsResult>;
}

interface Ready {
  readonly context: Context;
  readonly libraries: Libraries;
}

/** Calls on the ports and doors of one catalogue's libraries. */
export class PortCalls implements PortManager {
  readonly #ready: () => Ready;
  /** What is gathered for one ejection, by library and application. */
  readonly #batches = new Map<string, { library: Library; of: Passenger[] }>();

  /** `ready` rejects calls that come before the manager is ready. */
  constructor(ready: () => Ready) {
    this.#ready = ready;
  }

  async eject(
    caller: Caller,
    input: EjectInput,
  ): Promise<PortOperationStarted> {
    switch (input.action) {
      case "stop":
        return await this.#stop(caller, input.operation, ["eject"], "stopped");
      case "queue":
        return await this.#gather(caller, requireCartridge(input));
      case "start":
      case "force":
        return await this.#eject(caller, input);
    }
  }

  async inject(
    caller: Caller,
    input: InjectInput,
  ): Promise<PortOperationStarted> {
    const { action, operation } = input;
    if (action === "stop") {
      const kinds = ["inject", "injectMany"] as const;
      return await this.#stop(caller, operation, kinds, "stopped");
    }
    if (action === "retract") {
      return await this.#stop(caller, operation, ["injectMany"], "retracted");
    }
    const { context, libraries } = this.#ready();
    const library = await libraries.require(input.library);
    if (library.ports.isTakingIn) {
      throw new NtmsError(
        "ERROR_BUSY",
        `Library ${library.name} is taking cartridges in already; stop that, or wait for its end`,
      );
    }
    const request = await commit(context, "portRequest", async (db) => {
      await requirePorts(db, library);
      if (!await hasFreeSlot(db, library.id)) {
        throw new NtmsError(
          "ERROR_LIBRARY_FULL",
          `No slot of library ${library.name} is free; eject a cartridge first`,
        );
      }
      const request = await enterRequest(db, context, caller, {
        libraryId: library.id,
        operation: "inject",
        option: action === "startMany" ? 4 : 1,
        name: "Inject",
      });
      await keepAnswer(db, context, caller, begun(request));
      return request;
    });
    library.ports.begin(
      new Injection(
        library.ports,
        caller,
        request,
        action === "startMany" ? "injectMany" : "inject",
      ),
    );
    return begun(request);
  }

  async accessDoor(
    caller: Caller,
    { inventory, library: id }: DoorInput,
  ): Promise<PortOperationStarted> {
    const { context, libraries } = this.#ready();
    const library = await libraries.require(id);
    const request = await commit(context, "portRequest", async (db) => {
      if (await doorOf(db, id) === null) {
        throw new NtmsError(
          "ERROR_RESOURCE_NOT_PRESENT",
          `Library ${library.name} has no door`,
        );
      }
      const request = await enterRequest(db, context, caller, {
        libraryId: id,
        operation: "doorAccess",
        name: "Access to the door",
      });
      await keepAnswer(db, context, caller, begun(request));
      return request;
    });
    library.ports.begin(
      new DoorAccess(library.ports, caller, request, inventory !== "none"),
    );
    return begun(request);
  }

  async useHands(caller: Caller, input: HandsInput): Promise<HandsResult> {
    const { context, libraries } = this.#ready();
    const library = await libraries.require(input.library);
    const result = await useHands(
      context,
      library,
      input,
      () => libraries.detach(library.id, "it was unplugged", false),
    );
    await commit(
      context,
      "portRequest",
      (db) => keepAnswer(db, context, caller, result),
    );
    return result;
  }

  /** Ends an operation of one of some kinds. */
  async #stop(
    caller: Caller,
    id: LibraryRequestId | null,
    kinds: readonly PortOperation["kind"][],
    reason: "stopped" | "retracted",
  ): Promise<PortOperationStarted> {
    const { context, libraries } = this.#ready();
    const operation = libraries.portOperation(id ?? "");
    if (id === null || operation === null || !kinds.includes(operation.kind)) {
      throw new NtmsError(
        "ERROR_INVALID_OPERATION",
        `There is no operation ${id ?? ""} that can be ${reason}`,
      );
    }
    await commit(
      context,
      "portRequest",
      (db) => keepAnswer(db, context, caller, begun(id)),
    );
    operation.end(reason);
    return begun(id);
  }

  async #gather(
    caller: Caller,
    cartridge: CartridgeId,
  ): Promise<PortOperationStarted> {
    const { context } = this.#ready();
    const { library, passenger } = await commit(
      context,
      "portRequest",
      async (db) => {
        const entered = await this.#enter(db, caller, cartridge, false);
        const places = entered.library.ports.device.places;
        const waiting = this.#batchOf(caller, entered.library).of.length;
        if (waiting >= places) {
          throw new NtmsError(
            "ERROR_BUSY",
            `The ports of library ${entered.library.name} have ${places} places, and ${waiting} cartridges are queued already; start the ejection`,
          );
        }
        const { requestId } = entered.passenger;
        await keepAnswer(db, context, caller, begun(requestId));
        return entered;
      },
    );
    this.#batchOf(caller, library).of.push(passenger);
    return begun(passenger.requestId);
  }

  async #eject(
    caller: Caller,
    { action, cartridge }: EjectInput,
  ): Promise<PortOperationStarted> {
    const { context } = this.#ready();
    if (cartridge === null) return this.#startBatches(caller);
    const { library, passenger } = await commit(
      context,
      "portRequest",
      async (db) => {
        const force = action === "force";
        const entered = await this.#enter(db, caller, cartridge, force);
        await keepAnswer(
          db,
          context,
          caller,
          begun(entered.passenger.requestId),
        );
        return entered;
      },
    );
    const { medium, requestId } = passenger;
    if (library.standAlone !== null) {
      const driveId = medium.cartridge.placeId ?? "";
      await library.standAlone.eject(caller, requestId, medium, driveId);
      return begun(requestId);
    }
    const batch = this.#batchOf(caller, library);
    this.#batches.delete(keyOf(caller, library));
    const passengers = [...batch.of, passenger];
    library.ports.begin(
      new Ejection(library.ports, passenger.requestId, passengers),
    );
    return begun(
      passenger.requestId,
      passengers.map(({ requestId }) => requestId),
    );
  }

  /** Starts what this application has gathered, in whichever libraries. */
  #startBatches(caller: Caller): PortOperationStarted {
    const started: LibraryRequestId[] = [];
    for (const [key, { library, of: passengers }] of this.#batches) {
      const [first] = passengers;
      if (first === undefined || key !== keyOf(caller, library)) continue;
      this.#batches.delete(key);
      library.ports.begin(
        new Ejection(library.ports, first.requestId, passengers),
      );
      started.push(...passengers.map(({ requestId }) => requestId));
    }
    const [first] = started;
    if (first !== undefined) return begun(first, started);
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      "No cartridge is queued for ejection; name one",
    );
  }

  #batchOf(caller: Caller, library: Library) {
    const key = keyOf(caller, library);
    const batch = this.#batches.get(key) ?? { library, of: [] };
    this.#batches.set(key, batch);
    return batch;
  }

  /** Checks a cartridge and enters its request. */
  async #enter(
    db: Writer,
    caller: Caller,
    id: CartridgeId,
    force: boolean,
  ): Promise<{ library: Library; passenger: Passenger }> {
    const { context, libraries } = this.#ready();
    const medium = await requireMedium(db, id);
    const { cartridge } = medium;
    const library = await requireLibrary(db, libraries, medium);
    if (library.standAlone === null) await requirePorts(db, library);
    const mounts = await endMounts(db, context, medium, force);
    if (!force && mounts > 0) {
      throw new NtmsError(
        "ERROR_BUSY",
        `Cannot eject cartridge ${cartridge.name}: it is mounted; dismount it, or force the ejection`,
      );
    }
    const requestId = await enterRequest(db, context, caller, {
      libraryId: library.id,
      operation: "eject",
      sideId: medium.side.id,
      cartridgeId: cartridge.id,
      slotId: cartridge.homeSlotId,
      name: `Eject ${cartridge.name}`,
    });
    return { library, passenger: { caller, requestId, medium } };
  }
}

function begun(
  operation: LibraryRequestId,
  requests: readonly LibraryRequestId[] = [operation],
): PortOperationStarted {
  return { operation, requests };
}

function keyOf({ application, computer }: Caller, { id }: Library): string {
  return JSON.stringify([id, application, computer]);
}

function requireCartridge({ cartridge }: EjectInput): CartridgeId {
  if (cartridge !== null) return cartridge;
  throw new NtmsError(
    "ERROR_INVALID_PARAMETER",
    "Name the cartridge to queue for ejection",
  );
}
