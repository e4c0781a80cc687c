/**
 * Enters the drives of a library as the hardware shows them. A drive is known
 * by its serial number, in whichever bay it is; one without by its bay.
 *
 * @module
 */

import type { Drive, ElementRange } from "../changer/mod.ts";
import {
  type DriveRow,
  drivesOf,
  findDeviceType,
  findObject,
  insertDeviceType,
  insertDrive,
  updateDrive,
  updateObject,
  type Writer,
} from "../database/mod.ts";
import type { DeviceClass } from "../model/mod.ts";
import type { Context } from "./context.ts";
import type { DriveFacts } from "./media_types.ts";

/** Seconds a medium stays at least after a deferred dismount. */
const DEFER_DISMOUNT_SECONDS = 300;
/** Of a drive of which nothing is known. */
const UNKNOWN_CLASS = "tape";
/** Past all addresses there are: a known drive whose bay has another one. */
const NOWHERE = 0x1_0000;

/** A place for a drive, and what is known of the one in it. */
interface Bay {
  readonly elementAddress: number;
  /** The drive, as this host reaches it. */
  readonly drive: Drive | undefined;
}

/**
 * Enters the drives.
 *
 * @returns What those are that this host reaches; an empty product name for
 * each it does not.
 */
export async function enterDrives(
  db: Writer,
  context: Pick<Context, "clock" | "random">,
  libraryId: string,
  { first, count }: ElementRange,
  drives: readonly Drive[],
): Promise<DriveFacts[]> {
  const known = await drivesOf(db, libraryId);
  const bays = Array.from({ length: count }, (_, index): Bay => {
    const elementAddress = first + index;
    const isHere = (one: Drive) => one.elementAddress === elementAddress;
    return { elementAddress, drive: drives.find(isHere) };
  });
  const found = findAgain(bays, known);
  const places = new Set([...found.values()].map(({ id }) => id));
  for (const { elementAddress, id } of known) {
    if (places.has(id)) continue;
    const isBay = bays.some((bay) => bay.elementAddress === elementAddress);
    if (isBay) await updateDrive(db, id, { elementAddress: NOWHERE });
    await setPresence(db, context, id, false);
  }
  const numbers = new Set(known.map(({ number }) => number));
  for (const [index, bay] of bays.entries()) {
    const row = found.get(bay.elementAddress);
    if (row !== undefined) await renew(db, context, row, bay);
    else {
      const number = numbers.has(index) ? Math.max(...numbers) + 1 : index;
      numbers.add(number);
      await enter(db, context, { libraryId, number }, bay);
    }
  }
  return bays.map(({ drive }) => ({
    product: drive?.identity.product ?? "",
    deviceClass: drive?.deviceClass ?? UNKNOWN_CLASS,
  }));
}

/** The known drives that are still there, by where they are now. */
function findAgain(
  bays: readonly Bay[],
  known: readonly DriveRow[],
): Map<number, DriveRow> {
  const found = new Map<number, DriveRow>();
  const left = new Set(known);
  const match = (
    isIt: (row: DriveRow, bay: Bay, serial: string) => boolean,
  ) => {
    for (const bay of bays) {
      if (found.has(bay.elementAddress)) continue;
      const serial = bay.drive?.identity.serialNumber ?? "";
      const row = [...left].find((one) => isIt(one, bay, serial));
      if (row === undefined) continue;
      found.set(bay.elementAddress, row);
      left.delete(row);
    }
  };
  match((row, _, serial) => serial !== "" && row.serialNumber === serial);
  match((row, { elementAddress }, serial) =>
    row.elementAddress === elementAddress &&
    (row.serialNumber === "" || serial === "")
  );
  return found;
}

async function renew(
  db: Writer,
  context: Pick<Context, "clock" | "random">,
  { id }: DriveRow,
  bay: Bay,
): Promise<void> {
  const { elementAddress, drive } = bay;
  // What is not reached is still what it was.
  await updateDrive(db, id, {
    elementAddress,
    ...(drive === undefined ? {} : await columnsOf(db, context, drive)),
  });
  await setPresence(db, context, id, drive !== undefined);
}

async function enter(
  db: Writer,
  context: Pick<Context, "clock" | "random">,
  where: { readonly libraryId: string; readonly number: number },
  { elementAddress, drive }: Bay,
): Promise<void> {
  const id = context.random.guid();
  await insertDrive(db, {
    ...await columnsOf(db, context, drive),
    ...where,
    object: { id, type: "drive", name: `Drive ${where.number}` },
    elementAddress,
    state: "dismounted",
    mountCount: 0,
    lastCleaned: null,
    sideId: null,
    deferDismountSeconds: DEFER_DISMOUNT_SECONDS,
    dismountableSince: null,
    dismountablePriority: 0,
  }, context.clock.now());
  await setPresence(db, context, id, drive !== undefined);
}

async function columnsOf(
  db: Writer,
  context: Pick<Context, "clock" | "random">,
  drive: Drive | undefined,
) {
  const { vendor = "", product = "", revision = "", serialNumber = "" } =
    drive?.identity ?? {};
  return {
    deviceTypeId: await deviceTypeOf(db, context, "driveType", {
      vendor,
      product,
      deviceClass: drive?.deviceClass ?? UNKNOWN_CLASS,
    }),
    serialNumber,
    revision,
    device: drive?.device ?? "",
    scsiPort: drive?.scsi.port ?? 0,
    scsiBus: drive?.scsi.bus ?? 0,
    scsiTarget: drive?.scsi.target ?? 0,
    scsiLun: drive?.scsi.lun ?? 0,
  };
}

/** A drive that this host does not reach cannot be used for a mount; what else is said of one that it does stays. */
async function setPresence(
  db: Writer,
  { clock }: Pick<Context, "clock">,
  id: string,
  isPresent: boolean,
): Promise<void> {
  const state = (await findObject(db, id))?.operationalState;
  if ((state !== "notPresent") === isPresent) return;
  const operationalState = isPresent ? "ready" : "notPresent";
  await updateObject(db, id, { operationalState }, clock.now());
}

/** Who made a device, and what it is. */
export interface DeviceMake {
  readonly vendor: string;
  readonly product: string;
  readonly deviceClass: DeviceClass;
}

/** The type object of a make and model, which is made where it is missing. */
export async function deviceTypeOf(
  db: Writer,
  { clock, random }: Pick<Context, "clock" | "random">,
  type: "changerType" | "driveType",
  { deviceClass, product, vendor }: DeviceMake,
): Promise<string> {
  const known = await findDeviceType(db, type, vendor, product);
  if (known !== null) return known;
  const id = random.guid();
  const name = `${vendor} ${product}`.trim().slice(0, 64) || "Unknown device";
  const row = { vendor, product, deviceClass };
  await insertDeviceType(db, { id, type, name }, row, clock.now());
  return id;
}
