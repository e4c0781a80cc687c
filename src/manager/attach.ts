/**
 * Makes the objects of a library from its device: finds the library again
 * that was known before, or enters a new one.
 *
 * @module
 */

import type { Changer, Drive, ElementRange } from "../changer/mod.ts";
import {
  addMediaType,
  allMediaTypes,
  changersOf,
  chunks,
  drivesOf,
  findDeviceType,
  findLibrary,
  insertChanger,
  insertDeviceType,
  insertDoor,
  insertDrive,
  insertLibrary,
  insertPorts,
  insertSlots,
  portsOf,
  setSlotsNotPresent,
  slotsOf,
  updateChanger,
  updateDrive,
  updateLibrary,
  updateObject,
  type Writer,
} from "../database/mod.ts";
import { newLibraryRow } from "./absent_libraries.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { CLEANING_TYPE, UNKNOWN_TAPE } from "./media_type_table.ts";
import { driveTakes } from "./media_types.ts";
import { isWithdrawn } from "./withdrawn_types.ts";
import { addSystemPools } from "./system_objects.ts";

/** Seconds a medium stays at least after a deferred dismount. */
const DEFER_DISMOUNT_SECONDS = 300;
/** Discovery finds drives of this class only. */
const DRIVE_CLASS = "tape";
/** Seconds before an open door or an extended port calls the operator. */
const MAX_OPEN_SECONDS = 600;

/** A library that is in the catalogue now. */
export interface AttachedLibrary {
  readonly id: string;
  readonly name: string;
}

/** What tells a device again after a restart: vendor, product and serial number; the path where it has no serial number. */
export function libraryIdentity(changer: Changer): string {
  const { vendor, product, serialNumber } = changer.identity;
  return `${vendor}|${product}|${serialNumber || changer.device}`;
}

class Attachment {
  readonly #db: Writer;
  readonly #context: Context;
  readonly #changer: Changer;
  readonly #drives: readonly Drive[];
  readonly #now: number;

  constructor(
    db: Writer,
    context: Context,
    changer: Changer,
    drives: readonly Drive[],
  ) {
    this.#db = db;
    this.#context = context;
    this.#changer = changer;
    this.#drives = drives;
    this.#now = context.clock.now();
  }

  async run(): Promise<AttachedLibrary> {
    const library = await this.#enterLibrary();
    await this.#enterChanger(library.id);
    const products = await this.#enterDrives(library.id);
    await this.#enterSlots(library.id);
    await this.#enterPorts(library.id);
    await this.#enterMediaTypes(library.id, products);
    return library;
  }

  async #enterLibrary(): Promise<AttachedLibrary> {
    const { identity, device, abilities } = this.#changer;
    const name = [identity.vendor, identity.product, identity.serialNumber]
      .filter((part) => part !== "").join(" ").slice(0, 64) || device;
    const known = await findLibrary(this.#db, libraryIdentity(this.#changer));
    if (known !== null) {
      await updateLibrary(this.#db, known.id, {
        device,
        barCodeReader: abilities.barCodeReader ? 1 : 0,
        ...(this.#context.trustBarCodes ? { trustBarCodes: 1 } : {}),
      });
      await updateObject(
        this.#db,
        known.id,
        { operationalState: "initializing" },
        this.#now,
      );
      return { id: known.id, name };
    }
    const id = this.#context.random.guid();
    await insertLibrary(
      this.#db,
      { id, type: "library", name },
      {
        ...newLibraryRow(libraryIdentity(this.#changer), device),
        barCodeReader: abilities.barCodeReader ? 1 : 0,
        trustBarCodes: this.#context.trustBarCodes ? 1 : 0,
      },
      this.#now,
    );
    await insertDoor(this.#db, {
      object: this.#part("door", "Door 0"),
      libraryId: id,
      number: 0,
      state: "unknown",
      maxOpenSeconds: MAX_OPEN_SECONDS,
    }, this.#now);
    return { id, name };
  }

  #part(type: "changer" | "drive" | "door" | "slot" | "port", name: string) {
    return { id: this.#context.random.guid(), type, name };
  }

  async #deviceType(
    type: "changerType" | "driveType",
    vendor: string,
    product: string,
  ): Promise<string> {
    const known = await findDeviceType(this.#db, type, vendor, product);
    if (known !== null) return known;
    const id = this.#context.random.guid();
    const name = `${vendor} ${product}`.trim().slice(0, 64) || "Unknown device";
    await insertDeviceType(
      this.#db,
      { id, type, name },
      {
        vendor,
        product,
        deviceClass: type === "driveType" ? DRIVE_CLASS : "changer",
      },
      this.#now,
    );
    return id;
  }

  async #enterChanger(libraryId: string): Promise<void> {
    const { identity, device, scsi } = this.#changer;
    const row = {
      deviceTypeId: await this.#deviceType(
        "changerType",
        identity.vendor,
        identity.product,
      ),
      serialNumber: identity.serialNumber,
      revision: identity.revision,
      device,
      scsiPort: scsi.port,
      scsiBus: scsi.bus,
      scsiTarget: scsi.target,
      scsiLun: scsi.lun,
    };
    const [known] = await changersOf(this.#db, libraryId);
    if (known !== undefined) {
      await updateChanger(this.#db, known.id, row);
      return;
    }
    await insertChanger(this.#db, {
      ...row,
      object: this.#part("changer", "Changer 0"),
      libraryId,
      number: 0,
    }, this.#now);
  }

  /** Enters the drives; the product names of those this host reaches, and an empty one for each it does not. */
  async #enterDrives(libraryId: string): Promise<string[]> {
    const { first, count } = this.#changer.layout.dataTransfer;
    const known = new Map(
      (await drivesOf(this.#db, libraryId)).map((
        row,
      ) => [row.elementAddress, row]),
    );
    const products: string[] = [];
    for (let number = 0; number < count; number++) {
      const elementAddress = first + number;
      const drive = this.#drives.find((one) =>
        one.elementAddress === elementAddress
      );
      products.push(drive?.identity.product ?? "");
      await this.#enterDrive(
        libraryId,
        number,
        elementAddress,
        drive,
        known.get(elementAddress)?.id,
      );
      known.delete(elementAddress);
    }
    for (const gone of known.values()) {
      await updateObject(
        this.#db,
        gone.id,
        { operationalState: "notPresent" },
        this.#now,
      );
    }
    return products;
  }

  async #enterDrive(
    libraryId: string,
    number: number,
    elementAddress: number,
    drive: Drive | undefined,
    knownId: string | undefined,
  ): Promise<void> {
    const row = {
      deviceTypeId: await this.#deviceType(
        "driveType",
        drive?.identity.vendor ?? "",
        drive?.identity.product ?? "",
      ),
      serialNumber: drive?.identity.serialNumber ?? "",
      revision: drive?.identity.revision ?? "",
      device: drive?.device ?? "",
      scsiPort: drive?.scsi.port ?? 0,
      scsiBus: drive?.scsi.bus ?? 0,
      scsiTarget: drive?.scsi.target ?? 0,
      scsiLun: drive?.scsi.lun ?? 0,
    };
    if (knownId !== undefined) await updateDrive(this.#db, knownId, row);
    else {
      const object = this.#part("drive", `Drive ${number}`);
      await insertDrive(this.#db, {
        ...row,
        object,
        libraryId,
        number,
        elementAddress,
        state: "dismounted",
        mountCount: 0,
        lastCleaned: null,
        sideId: null,
        deferDismountSeconds: DEFER_DISMOUNT_SECONDS,
        dismountableSince: null,
        dismountablePriority: 0,
      }, this.#now);
      knownId = object.id;
    }
    // A drive that this host does not reach cannot be used for a mount.
    await updateObject(
      this.#db,
      knownId,
      { operationalState: drive === undefined ? "notPresent" : "ready" },
      this.#now,
    );
  }

  async #enterSlots(libraryId: string): Promise<void> {
    const known = await slotsOf(this.#db, libraryId);
    const { fresh, gone } = comparePlaces(this.#changer.layout.storage, known);
    await setSlotsNotPresent(this.#db, gone);
    for (const some of chunks(fresh)) {
      await insertSlots(
        this.#db,
        some.map(({ elementAddress, number }) => ({
          object: this.#part("slot", `Slot ${number}`),
          libraryId,
          number,
          elementAddress,
          state: "unknown",
        })),
        this.#now,
      );
    }
  }

  async #enterPorts(libraryId: string): Promise<void> {
    const known = await portsOf(this.#db, libraryId);
    const { fresh } = comparePlaces(this.#changer.layout.importExport, known);
    await insertPorts(
      this.#db,
      fresh.map(({ elementAddress, number }) => ({
        object: this.#part("port", `Port ${number}`),
        libraryId,
        number,
        elementAddress,
        content: "unknown",
        position: "unknown",
        maxExtendSeconds: MAX_OPEN_SECONDS,
      })),
      this.#now,
    );
  }

  /** A library handles what any of its drives takes, unless somebody withdrew it. */
  async #enterMediaTypes(libraryId: string, products: string[]): Promise<void> {
    const ids = new Map(
      (await allMediaTypes(this.#db)).map((row) => [row.name, row.id]),
    );
    const always = [CLEANING_TYPE.name, UNKNOWN_TAPE.name];
    for (const type of this.#context.mediaTypes.rows) {
      const handled = always.includes(type.name) ||
        products.some((product) =>
          driveTakes({ product, deviceClass: DRIVE_CLASS }, type, "read")
        );
      const id = ids.get(type.name);
      if (!handled || id === undefined) continue;
      if (await isWithdrawn(this.#db, libraryId, id)) continue;
      await addMediaType(this.#db, libraryId, id);
      await addSystemPools(
        this.#db,
        { id, name: type.name },
        this.#context.random,
        this.#now,
      );
    }
  }
}

interface PlaceRow {
  readonly id: string;
  readonly elementAddress: number;
  readonly number: number;
}

/**
 * Which element addresses are new, and which known places are gone. Slots and
 * ports are numbered from 1 by element address, as mtx does; after a change of
 * the address assignment the old numbers stay taken.
 */
function comparePlaces(range: ElementRange, known: readonly PlaceRow[]) {
  const inRange = (address: number) =>
    address >= range.first && address < range.first + range.count;
  const addresses = new Set(known.map((row) => row.elementAddress));
  const numbers = new Set(known.map((row) => row.number));
  let next = Math.max(range.count, ...numbers) + 1;
  const fresh = [];
  for (let index = 0; index < range.count; index++) {
    const elementAddress = range.first + index;
    if (addresses.has(elementAddress)) continue;
    const number = numbers.has(index + 1) ? next++ : index + 1;
    fresh.push({ elementAddress, number });
  }
  const gone = known.filter((row) => !inRange(row.elementAddress))
    .map(({ id }) => id);
  return { fresh, gone };
}

/** Enters a library and its parts into the catalogue. */
export async function attachLibrary(
  context: Context,
  changer: Changer,
  drives: readonly Drive[],
): Promise<AttachedLibrary> {
  return await commit(
    context,
    "attach",
    (db) => new Attachment(db, context, changer, drives).run(),
  );
}
