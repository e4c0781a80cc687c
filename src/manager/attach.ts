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
  findLibrary,
  insertChanger,
  insertDoor,
  insertLibrary,
  insertPorts,
  insertSlots,
  portsOf,
  setSlotsNotPresent,
  slotsOf,
  updateChanger,
  updateLibrary,
  updateObject,
  type Writer,
} from "../database/mod.ts";
import { newLibraryRow } from "./absent_libraries.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { deviceTypeOf, enterDrives } from "./enter_drives.ts";
import { CLEANING_TYPE, unknownTypeOf } from "./media_type_table.ts";
import { type DriveFacts, driveTakes } from "./media_types.ts";
import { isWithdrawn } from "./withdrawn_types.ts";
import { addSystemPools } from "./system_objects.ts";

/** Seconds before an open door or an extended port calls the operator. */
const MAX_OPEN_SECONDS = 600;

/** Of a drive that stands alone: whatever is put in shows itself by its label only. */
const STAND_ALONE = { kind: "standalone", inventoryMethod: "omid" } as const;

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
    if (this.#changer.standAlone === undefined) {
      await this.#enterChanger(library.id);
    }
    const drives = await this.#enterDrives(library.id);
    await this.#enterSlots(library.id);
    await this.#enterPorts(library.id);
    await this.#enterMediaTypes(library.id, drives);
    return library;
  }

  /** Enters what has become of the drives since. */
  async renewDrives(libraryId: string): Promise<void> {
    const drives = await this.#enterDrives(libraryId);
    await this.#enterMediaTypes(libraryId, drives);
  }

  /** Where nobody reads bar codes, nobody can trust them. */
  get #trustsBarCodes(): boolean {
    return this.#context.trustBarCodes &&
      this.#changer.standAlone === undefined;
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
        ...(this.#trustsBarCodes ? { trustBarCodes: 1 } : {}),
      });
      await this.#begin(known.id);
      return { id: known.id, name };
    }
    const id = this.#context.random.guid();
    await insertLibrary(
      this.#db,
      { id, type: "library", name },
      {
        ...newLibraryRow(libraryIdentity(this.#changer), device),
        ...(this.#changer.standAlone === undefined ? {} : STAND_ALONE),
        barCodeReader: abilities.barCodeReader ? 1 : 0,
        trustBarCodes: this.#trustsBarCodes ? 1 : 0,
      },
      this.#now,
    );
    await this.#begin(id);
    if (this.#changer.standAlone !== undefined) return { id, name };
    await insertDoor(this.#db, {
      object: this.#part("door", "Door 0"),
      libraryId: id,
      number: 0,
      state: "unknown",
      maxOpenSeconds: MAX_OPEN_SECONDS,
    }, this.#now);
    return { id, name };
  }

  /** What is in it is not known before its first inventory. */
  async #begin(id: string): Promise<void> {
    const change = { operationalState: "initializing" } as const;
    await updateObject(this.#db, id, change, this.#now);
  }

  #part(type: "changer" | "drive" | "door" | "slot" | "port", name: string) {
    return { id: this.#context.random.guid(), type, name };
  }

  async #enterChanger(libraryId: string): Promise<void> {
    const { identity, device, scsi } = this.#changer;
    const row = {
      deviceTypeId: await deviceTypeOf(
        this.#db,
        this.#context,
        "changerType",
        { ...identity, deviceClass: "changer" },
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
      await updateObject(
        this.#db,
        known.id,
        { operationalState: "ready" },
        this.#now,
      );
      return;
    }
    await insertChanger(this.#db, {
      ...row,
      object: this.#part("changer", "Changer 0"),
      libraryId,
      number: 0,
    }, this.#now);
  }

  #enterDrives(libraryId: string): Promise<DriveFacts[]> {
    const { dataTransfer } = this.#changer.layout;
    const drives = this.#drives;
    return enterDrives(
      this.#db,
      this.#context,
      libraryId,
      dataTransfer,
      drives,
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
  async #enterMediaTypes(
    libraryId: string,
    drives: readonly DriveFacts[],
  ): Promise<void> {
    const ids = new Map(
      (await allMediaTypes(this.#db)).map((row) => [row.name, row.id]),
    );
    const always = [CLEANING_TYPE.name, unknownTypeOf(drives).name];
    for (const type of this.#context.mediaTypes.rows) {
      const handled = always.includes(type.name) ||
        drives.some((drive) => driveTakes(drive, type, "read"));
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

/** Enters the drives of a library that is at work, and what they take. */
export async function renewDrives(
  db: Writer,
  context: Context,
  libraryId: string,
  changer: Changer,
  drives: readonly Drive[],
): Promise<void> {
  await new Attachment(db, context, changer, drives).renewDrives(libraryId);
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
