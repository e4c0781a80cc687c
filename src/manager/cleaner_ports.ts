/**
 * The cleaning cartridge on its way into its slot and out of it: through the
 * ports of its library, or through its door where it has none.
 *
 * @module
 */

import {
  allMediaTypes,
  cartridgeAt,
  type CartridgeRow,
  findCartridge,
  findPlace,
  findSystemPool,
  isCleanerType,
  moveToPool,
  offlineLibraryId,
  sidesOf,
  updateCartridge,
  type Writer,
} from "../database/mod.ts";
import { type Caller, NtmsError } from "../model/mod.ts";
import { cleanerCame, setUses } from "./cleaners.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { leave } from "./departure.ts";
import { DoorAccess } from "./door_access.ts";
import { Ejection } from "./ejection.ts";
import { Injection } from "./injection.ts";
import { CLEANING_TYPE } from "./media_type_table.ts";
import { askOperatorOnce } from "./operators.ts";
import type { Passenger, PortOperation, PortWork } from "./port_work.ts";

/** Whose operation it is. */
export interface CleanerOrder {
  readonly caller: Caller;
  /** Its library request. */
  readonly id: string;
  /** The reserved slot. */
  readonly slotId: string;
  /** Whether the library has ports. */
  readonly byPort: boolean;
}

/** Takes a cleaning cartridge in, which is good for `uses` cleanings. */
export function cleanerInjection(
  ports: PortWork,
  { byPort, caller, id, slotId }: CleanerOrder,
  uses: number,
): PortOperation {
  const { context, host } = ports;
  if (!byPort) {
    return new DoorAccess(ports, caller, id, true, async () => {
      await commit(context, "cleanerArrives", async (db) => {
        const there = await cartridgeAt(db, slotId);
        if (there === null) throw notBrought(host.name);
        await adopt(db, there, { slotId, libraryId: host.id, uses });
        await cleanerCame(db, context, host.id, slotId);
      });
    });
  }
  let isIn = false;
  return new Injection(
    ports,
    caller,
    id,
    "injectCleaner",
    async (passenger) => {
      if (isIn) return await refuse(context, passenger, "it has one already");
      await takeIn(ports, passenger, slotId, uses);
      isIn = true;
    },
  );
}

/** Lets the cleaning cartridge out. */
export function cleanerEjection(
  ports: PortWork,
  { byPort, caller, id, slotId }: CleanerOrder,
  passenger: Passenger,
): PortOperation {
  const { context, host } = ports;
  if (byPort) return new Ejection(ports, id, [passenger], "ejectCleaner");
  return new DoorAccess(ports, caller, id, true, async () => {
    await commit(context, "cartridgeLeft", async (db) => {
      if (await cartridgeAt(db, slotId) !== null) {
        throw new NtmsError(
          "ERROR_TIMEOUT",
          `Nobody took the cleaning cartridge out of library ${host.name}`,
        );
      }
      const cartridgeId = passenger.medium.cartridge.id;
      const cartridge = await findCartridge(db, cartridgeId);
      const isOut = cartridge?.libraryId === await offlineLibraryId(db);
      if (cartridge !== null && isOut) await leave(db, cartridge);
    });
  });
}

async function takeIn(
  ports: PortWork,
  passenger: Passenger,
  slotId: string,
  uses: number,
): Promise<void> {
  const { context, host } = ports;
  const slot = await context.database.read((db) => findPlace(db, slotId));
  const { cartridge } = passenger.medium;
  try {
    await commit(
      context,
      "cleanerArrives",
      (db) => adopt(db, cartridge, { slotId, libraryId: host.id, uses }),
    );
  } catch (error) {
    if (error instanceof NtmsError && error.code === "ERROR_INVALID_MEDIA") {
      await refuse(context, passenger, "it is no cleaning cartridge");
    }
    throw error;
  }
  if (slot !== null) await ports.toOwnSlot(passenger, slot);
  // In its port it is of no use: who waits for it goes on waiting for a person.
  await commit(
    context,
    "cleanerArrives",
    (db) => cleanerCame(db, context, host.id, slotId),
  );
}

/**
 * A cartridge is the cleaning cartridge of its library from now on.
 *
 * @throws {NtmsError} ERROR_INVALID_MEDIA for one that is known to be for data.
 */
async function adopt(
  db: Writer,
  cartridge: CartridgeRow,
  { libraryId, slotId, uses }: {
    readonly libraryId: string;
    readonly slotId: string;
    readonly uses: number;
  },
): Promise<void> {
  const isCleaner = await isCleanerType(db, cartridge.mediaTypeId);
  const sides = await sidesOf(db, cartridge.id);
  const isOwned = sides.some(({ logicalMediumId }) => logicalMediumId !== null);
  // One without a label is what the person says that it is.
  if (!isCleaner && (isOwned || cartridge.barCode !== "")) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cartridge ${
        cartridge.barCode || cartridge.sequenceNumber
      } is no cleaning cartridge`,
    );
  }
  if (!isCleaner) await retype(db, cartridge);
  await updateCartridge(db, cartridge.id, { homeSlotId: slotId });
  await setUses(db, libraryId, uses, true);
}

async function retype(db: Writer, { id }: CartridgeRow): Promise<void> {
  const types = await allMediaTypes(db);
  const type = types.find(({ name }) => name === CLEANING_TYPE.name);
  const pool = type === undefined
    ? null
    : await findSystemPool(db, "unrecognized", type.id);
  if (type === undefined || pool === null) {
    throw new NtmsError(
      "ERROR_DATABASE_FAILURE",
      `Media type "${CLEANING_TYPE.name}" cannot be found; the catalogue is damaged`,
    );
  }
  await updateCartridge(db, id, { mediaTypeId: type.id });
  await moveToPool(db, id, pool.id);
}

/** What is not taken in stays in its port, and a person is asked to take it out. */
async function refuse(
  context: Context,
  { medium: { cartridge } }: Passenger,
  reason: string,
): Promise<void> {
  const label = cartridge.barCode || cartridge.sequenceNumber;
  await context.database.write((db) =>
    askOperatorOnce(db, context, {
      command: "deviceService",
      message:
        `Take cartridge ${label} out of its port: it was not taken for the cleaning cartridge, because ${reason}`,
      about: { type: "cartridge", id: cartridge.id },
    })
  );
}

function notBrought(library: string): NtmsError {
  return new NtmsError(
    "ERROR_TIMEOUT",
    `Nobody put a cleaning cartridge into the reserved slot of library ${library}`,
  );
}
