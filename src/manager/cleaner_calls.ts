/**
 * Calls on cleaning cartridges and on the cleaning of drives.
 *
 * @module
 */

import {
  cartridgeAt,
  cleanerOf,
  findDrive,
  findLibraryById,
  findMedium,
  findObject,
  findSlot,
  type Reader,
  sidesOf,
  updateDrive,
  updateLibrary,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type CleanDriveInput,
  type CleanerRequest,
  type EjectCleanerInput,
  type InjectCleanerInput,
  type LibraryId,
  type LibraryOperation,
  type LibraryRequestId,
  NtmsError,
  type PortOperationStarted,
  type ReserveCleanerInput,
} from "../model/mod.ts";
import {
  begin,
  hasPorts,
  libraryAtWork,
  requireSlot,
} from "./cleaner_checks.ts";
import { cleanerEjection, cleanerInjection } from "./cleaner_ports.ts";
import { askToFill, settleCleaner } from "./cleaners.ts";
import { enterCleaning } from "./cleaning.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { Libraries } from "./libraries.ts";
import type { Library } from "./library.ts";
import type { Passenger } from "./port_work.ts";
import { enterRequest, passRequests } from "./requests.ts";

/** Calls on cleaning. */
export interface CleanerManager {
  /** Sets a slot aside for the cleaning cartridge (ReserveNtmsCleanerSlot). */
  reserve(caller: Caller, input: ReserveCleanerInput): Promise<CleanerRequest>;
  /** Gives the slot back (ReleaseNtmsCleanerSlot). */
  release(
    caller: Caller,
    input: { readonly library: LibraryId },
  ): Promise<CleanerRequest>;
  /** Takes a cleaning cartridge in, or ends that (InjectNtmsCleaner). */
  inject(
    caller: Caller,
    input: InjectCleanerInput,
  ): Promise<PortOperationStarted>;
  /** Lets the cleaning cartridge out, or ends that (EjectNtmsCleaner). */
  eject(
    caller: Caller,
    input: EjectCleanerInput,
  ): Promise<PortOperationStarted>;
  /** Queues the cleaning of a drive (CleanNtmsDrive). */
  clean(caller: Caller, input: CleanDriveInput): Promise<CleanerRequest>;
}

interface Ready {
  readonly context: Context;
  readonly libraries: Libraries;
}

/** Calls on the cleaning of one catalogue's libraries. */
export class CleanerCalls implements CleanerManager {
  readonly #ready: () => Ready;

  /** `ready` rejects calls that come before the manager is ready. */
  constructor(ready: () => Ready) {
    this.#ready = ready;
  }

  async reserve(
    caller: Caller,
    { library: libraryId, slot: slotId }: ReserveCleanerInput,
  ): Promise<CleanerRequest> {
    const { context, libraries } = this.#ready();
    const library = await libraries.require(libraryId);
    return await commit(context, "cleanerSlot", async (db) => {
      const slot = await findSlot(db, slotId);
      if (slot?.libraryId !== library.id) {
        throw new NtmsError(
          "ERROR_OBJECT_NOT_FOUND",
          `Library ${library.name} has no slot ${slotId}`,
        );
      }
      const { cleanerSlotId } = await findLibraryById(db, library.id);
      if (cleanerSlotId !== null) {
        throw new NtmsError(
          "ERROR_CLEANER_SLOT_SET",
          `A slot of library ${library.name} is reserved already; release it first`,
        );
      }
      const isFree = slot.state !== "notPresent" &&
        await cartridgeAt(db, slot.id) === null;
      if (!isFree) {
        throw new NtmsError(
          "ERROR_RESOURCE_NOT_AVAILABLE",
          `Cannot reserve slot ${slot.number} of library ${library.name}: it is ${
            slot.state === "notPresent" ? "not installed" : "full"
          }`,
        );
      }
      await updateLibrary(db, library.id, { cleanerSlotId: slot.id });
      return await this.#done(db, caller, library, "reserveCleaner", slot.id);
    });
  }

  async release(
    caller: Caller,
    { library: libraryId }: { readonly library: LibraryId },
  ): Promise<CleanerRequest> {
    const { context, libraries } = this.#ready();
    const library = await libraries.require(libraryId);
    return await commit(context, "cleanerSlot", async (db) => {
      const slotId = await requireSlot(db, library);
      const row = await findLibraryById(db, library.id);
      const isFree = await cartridgeAt(db, slotId) === null &&
        await cleanerOf(db, row) === null;
      if (!isFree) {
        throw new NtmsError(
          "ERROR_RESOURCE_NOT_AVAILABLE",
          `The cleaning cartridge of library ${library.name} is in its slot, or belongs there; eject it first`,
        );
      }
      await updateLibrary(db, library.id, { cleanerSlotId: null });
      return await this.#done(db, caller, library, "releaseCleaner", slotId);
    });
  }

  async inject(
    caller: Caller,
    { action, library: libraryId, operation, uses }: InjectCleanerInput,
  ): Promise<PortOperationStarted> {
    const { context, libraries } = this.#ready();
    const library = await libraries.require(libraryId);
    const byPort = await hasPorts(context, library);
    if (action === "stop") {
      if (!byPort) {
        throw new NtmsError(
          "ERROR_NOT_SUPPORTED",
          `Library ${library.name} has no ports; close its door to end this`,
        );
      }
      return await this.#stop(caller, library, operation, "injectCleaner");
    }
    if (library.ports.isTakingIn) {
      throw new NtmsError(
        "ERROR_BUSY",
        `Library ${library.name} is taking cartridges in already; stop that, or wait for its end`,
      );
    }
    const { id, slotId } = await commit(context, "portRequest", async (db) => {
      const slotId = await requireSlot(db, library);
      const row = await findLibraryById(db, library.id);
      const cleaner = await cleanerOf(db, row);
      // One that a crash left in a port is taken in from there.
      const isFull = await cartridgeAt(db, slotId) !== null ||
        cleaner !== null && cleaner.placeType !== "port";
      if (isFull) {
        throw new NtmsError(
          "ERROR_RESOURCE_NOT_AVAILABLE",
          `Library ${library.name} has a cleaning cartridge already; eject it first`,
        );
      }
      const slot = await findSlot(db, slotId);
      if (!byPort && slot !== null) await askToFill(db, context, library, slot);
      return await this.#enter(db, caller, library, {
        operation: "injectCleaner",
        slotId,
      });
    });
    const order = { caller, id, slotId, byPort };
    begin(library, cleanerInjection(library.ports, order, uses));
    return begun(id);
  }

  async eject(
    caller: Caller,
    { action, library: libraryId, operation }: EjectCleanerInput,
  ): Promise<PortOperationStarted> {
    const { context, libraries } = this.#ready();
    const library = await libraries.require(libraryId);
    if (action === "stop") {
      return await this.#stop(caller, library, operation, "ejectCleaner");
    }
    const byPort = await hasPorts(context, library);
    const { cartridgeId, id, slotId } = await commit(
      context,
      "portRequest",
      async (db) => {
        const slotId = await requireSlot(db, library);
        const row = await findLibraryById(db, library.id);
        const cleaner = await cleanerOf(db, row);
        if (cleaner === null) {
          throw new NtmsError(
            "ERROR_EMPTY",
            `Library ${library.name} has no cleaning cartridge`,
          );
        }
        const entered = await this.#enter(db, caller, library, {
          operation: "ejectCleaner",
          slotId,
          cartridgeId: cleaner.id,
        });
        return { ...entered, cartridgeId: cleaner.id };
      },
    );
    const passenger = await this.#passenger(caller, id, cartridgeId);
    const order = { caller, id, slotId, byPort };
    begin(library, cleanerEjection(library.ports, order, passenger));
    return begun(id);
  }

  async clean(
    caller: Caller,
    { drive: driveId }: CleanDriveInput,
  ): Promise<CleanerRequest> {
    const { context, libraries } = this.#ready();
    const { library, request } = await commit(
      context,
      "cleaningRequest",
      async (db) => {
        const library = await this.#libraryOf(db, libraries, driveId);
        if (library !== null) library.requireRoom();
        const request = await enterCleaning(db, context, caller, driveId);
        if (library === null) {
          const lastCleaned = context.clock.now();
          await updateDrive(db, driveId, { lastCleaned, alerts: "[]" });
          await passRequests(db, context, [request]);
        }
        await keepAnswer(db, context, caller, { request });
        return { library, request };
      },
    );
    await library?.cleanings.begin({ caller, request, driveId });
    return { request };
  }

  /**
   * The library at work in which a drive is to be cleaned; null for a drive
   * that stands alone, which a person cleans.
   */
  async #libraryOf(
    db: Reader,
    libraries: Libraries,
    driveId: string,
  ): Promise<Library | null> {
    const drive = await findDrive(db, driveId);
    if (drive === null) {
      throw new NtmsError(
        "ERROR_INVALID_DRIVE",
        `There is no drive ${driveId}`,
      );
    }
    const objects = [
      await findObject(db, driveId),
      await findObject(db, drive.libraryId),
    ];
    if (objects.some((object) => object?.enabled === 0)) {
      throw new NtmsError(
        "ERROR_RESOURCE_DISABLED",
        `Cannot clean drive ${drive.number}: it is disabled, or its library is`,
      );
    }
    const library = libraryAtWork(libraries, drive.libraryId);
    if (objects[0]?.operationalState === "notPresent") {
      throw new NtmsError(
        "ERROR_DEVICE_NOT_AVAILABLE",
        `Cannot clean drive ${drive.number}: it is not present; see what "rsm doctor" says of it`,
      );
    }
    const { kind } = await findLibraryById(db, drive.libraryId);
    return kind === "standalone" ? null : library;
  }

  /** Notes a request that is done with its commit. */
  async #done(
    db: Writer,
    caller: Caller,
    library: Library,
    operation: LibraryOperation,
    slotId: string,
  ): Promise<CleanerRequest> {
    const { context } = this.#ready();
    await settleCleaner(db, library.id);
    const request = await enterRequest(db, context, caller, {
      libraryId: library.id,
      operation,
      slotId,
      name: operation === "reserveCleaner"
        ? "Reserve the cleaner slot"
        : "Release the cleaner slot",
    });
    await passRequests(db, context, [request]);
    await keepAnswer(db, context, caller, { request });
    return { request };
  }

  async #enter(
    db: Writer,
    caller: Caller,
    library: Library,
    subject: {
      readonly operation: "injectCleaner" | "ejectCleaner";
      readonly slotId: string;
      readonly cartridgeId?: string;
    },
  ): Promise<{ id: LibraryRequestId; slotId: string }> {
    const { context } = this.#ready();
    const verb = subject.operation === "injectCleaner" ? "Inject" : "Eject";
    const id = await enterRequest(db, context, caller, {
      libraryId: library.id,
      ...subject,
      name: `${verb} the cleaning cartridge`,
    });
    await keepAnswer(db, context, caller, begun(id));
    return { id, slotId: subject.slotId };
  }

  async #passenger(
    caller: Caller,
    requestId: string,
    cartridgeId: string,
  ): Promise<Passenger> {
    const { context } = this.#ready();
    const medium = await context.database.read(async (db) => {
      const [side] = await sidesOf(db, cartridgeId);
      return side === undefined ? null : await findMedium(db, side.id);
    });
    if (medium !== null) return { caller, requestId, medium };
    throw new NtmsError("ERROR_EMPTY", "The cleaning cartridge is gone");
  }

  async #stop(
    caller: Caller,
    library: Library,
    id: LibraryRequestId | null,
    kind: "injectCleaner" | "ejectCleaner",
  ): Promise<PortOperationStarted> {
    const { context } = this.#ready();
    const operation = library.ports.operation(id ?? "");
    if (id === null || operation?.kind !== kind) {
      throw new NtmsError(
        "ERROR_INVALID_OPERATION",
        `There is no operation ${
          id ?? ""
        } of library ${library.name} that can be stopped`,
      );
    }
    await commit(
      context,
      "portRequest",
      (db) => keepAnswer(db, context, caller, begun(id)),
    );
    operation.end("stopped");
    return begun(id);
  }
}

function begun(operation: LibraryRequestId): PortOperationStarted {
  return { operation, requests: [operation] };
}
