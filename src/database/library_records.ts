/**
 * Loaders of the records of the computer, of libraries and of their parts.
 *
 * @module
 */

import type { DeviceFailures, PartCount } from "../model/mod.ts";
import type { Reader } from "./database.ts";
import { failuresOf } from "./health.ts";
import {
  COMMON,
  common,
  counter,
  dateOrNull,
  type Loader,
  scsi,
} from "./record_parts.ts";

/** Loads the computer object. */
export const loadComputers: Loader = async (db, ids) => {
  const rows = await db.selectFrom("computer")
    .innerJoin("object", "object.id", "computer.id")
    .selectAll("computer").select(COMMON).where("object.id", "in", ids)
    .execute();
  return rows.map((row) => ({
    ...common("computer", row),
    libraryRequestPurgeSeconds: row.libraryRequestPurgeSeconds,
    operatorRequestPurgeSeconds: row.operatorRequestPurgeSeconds,
    libraryRequestFlags: row.libraryRequestFlags,
    operatorRequestFlags: row.operatorRequestFlags,
    mediaPoolPolicy: row.mediaPoolPolicy,
  }));
};

async function countParts(
  db: Reader,
  table: "changer" | "drive" | "slot" | "port" | "door",
  ids: string[],
) {
  const rows = await db.selectFrom(table).where("libraryId", "in", ids)
    .select((e) => [
      "libraryId",
      e.fn.countAll<number>().as("count"),
      e.fn.min("number").as("first"),
    ]).groupBy("libraryId").execute();
  const found = new Map(rows.map((row) => [row.libraryId, row]));
  return (library: string): PartCount => {
    const row = found.get(library);
    return row === undefined
      ? { first: 0, count: 0 }
      : { first: Number(row.first), count: Number(row.count) };
  };
}

async function countInLibrary(
  db: Reader,
  table: "cartridge" | "libraryMediaType" | "libraryRequest",
  ids: string[],
) {
  return counter(
    await db.selectFrom(table).where("libraryId", "in", ids)
      .select((
        e,
      ) => ["libraryId as owner", e.fn.countAll<number>().as("count")])
      .groupBy("libraryId").execute(),
  );
}

async function failuresAmong(db: Reader, ids: string[]) {
  const found = await failuresOf(db, ids);
  return (id: string): DeviceFailures | null => {
    const row = found.get(id);
    return row === undefined ? null : {
      inARow: row.inARow,
      lastFailed: new Date(row.last),
      reason: row.reason,
      outOfService: row.outOfService === 1,
    };
  };
}

/** Loads libraries. */
export const loadLibraries: Loader = async (db, ids) => {
  const rows = await db.selectFrom("library")
    .innerJoin("object", "object.id", "library.id")
    .selectAll("library").select(COMMON).where("object.id", "in", ids)
    .execute();
  const drives = await countParts(db, "drive", ids);
  const slots = await countParts(db, "slot", ids);
  const doors = await countParts(db, "door", ids);
  const ports = await countParts(db, "port", ids);
  const changers = await countParts(db, "changer", ids);
  const media = await countInLibrary(db, "cartridge", ids);
  const types = await countInLibrary(db, "libraryMediaType", ids);
  const requests = await countInLibrary(db, "libraryRequest", ids);
  const failures = await failuresAmong(db, ids);
  return rows.map((row) => ({
    ...common("library", row),
    kind: row.kind,
    device: row.device,
    cleanerSlot: row.cleanerSlotId,
    cleanerSlotDefault: row.cleanerSlotDefaultId,
    supportsDriveCleaning: row.supportsDriveCleaning === 1,
    barCodeReader: row.barCodeReader === 1,
    trustBarCodes: row.trustBarCodes === 1,
    checkLabels: row.checkLabels === 1,
    autoClean: row.autoClean === 1,
    inventoryMethod: row.inventoryMethod,
    cleanerUsesRemaining: row.cleanerUsesRemaining,
    autoRecovery: row.autoRecovery === 1,
    flags: row.flags,
    drives: drives(row.id),
    slots: slots(row.id),
    doors: doors(row.id),
    ports: ports(row.id),
    changers: changers(row.id),
    mediaCount: media(row.id),
    mediaTypeCount: types(row.id),
    requestCount: requests(row.id),
    failures: failures(row.id),
  }));
};

/** Loads changers. */
export const loadChangers: Loader = async (db, ids) => {
  const rows = await db.selectFrom("changer")
    .innerJoin("object", "object.id", "changer.id")
    .selectAll("changer").select(COMMON).where("object.id", "in", ids)
    .execute();
  return rows.map((row) => ({
    ...common("changer", row),
    library: row.libraryId,
    number: row.number,
    changerType: row.deviceTypeId,
    serialNumber: row.serialNumber,
    revision: row.revision,
    device: row.device,
    scsi: scsi(row),
  }));
};

/** Loads makes and models. */
export function loadDeviceTypes(type: "changerType" | "driveType"): Loader {
  return async (db, ids) => {
    const rows = await db.selectFrom("deviceType")
      .innerJoin("object", "object.id", "deviceType.id")
      .selectAll("deviceType").select(COMMON).where("object.id", "in", ids)
      .execute();
    return rows.map((row) => ({
      ...common(type, row),
      vendor: row.vendor,
      product: row.product,
      deviceClass: row.deviceClass,
    }));
  };
}

/** Loads drives. */
export const loadDrives: Loader = async (db, ids) => {
  const rows = await db.selectFrom("drive")
    .innerJoin("object", "object.id", "drive.id")
    .selectAll("drive").select(COMMON).where("object.id", "in", ids)
    .execute();
  const failures = await failuresAmong(db, ids);
  return rows.map((row) => ({
    ...common("drive", row),
    library: row.libraryId,
    number: row.number,
    elementAddress: row.elementAddress,
    state: row.state,
    driveType: row.deviceTypeId,
    device: row.device,
    serialNumber: row.serialNumber,
    revision: row.revision,
    scsi: scsi(row),
    mountCount: row.mountCount,
    lastCleaned: dateOrNull(row.lastCleaned),
    alerts: alertsIn(row.alerts),
    side: row.sideId,
    deferDismountSeconds: row.deferDismountSeconds,
    failures: failures(row.id),
  }));
};

/** Loads slots. */
export const loadSlots: Loader = async (db, ids) => {
  const rows = await db.selectFrom("slot")
    .innerJoin("object", "object.id", "slot.id")
    .selectAll("slot").select(COMMON).where("object.id", "in", ids).execute();
  return rows.map((row) => ({
    ...common("slot", row),
    library: row.libraryId,
    number: row.number,
    elementAddress: row.elementAddress,
    state: row.state,
  }));
};

/** Loads doors. */
export const loadDoors: Loader = async (db, ids) => {
  const rows = await db.selectFrom("door")
    .innerJoin("object", "object.id", "door.id")
    .selectAll("door").select(COMMON).where("object.id", "in", ids).execute();
  return rows.map((row) => ({
    ...common("door", row),
    library: row.libraryId,
    number: row.number,
    state: row.state,
    maxOpenSeconds: row.maxOpenSeconds,
  }));
};

/** Loads ports. */
export const loadPorts: Loader = async (db, ids) => {
  const rows = await db.selectFrom("port")
    .innerJoin("object", "object.id", "port.id")
    .selectAll("port").select(COMMON).where("object.id", "in", ids).execute();
  return rows.map((row) => ({
    ...common("port", row),
    library: row.libraryId,
    number: row.number,
    elementAddress: row.elementAddress,
    content: row.content,
    position: row.position,
    maxExtendSeconds: row.maxExtendSeconds,
  }));
};

/** The numbers in a list of TapeAlert flags. */
export function alertsIn(list: string): readonly number[] {
  const flags: unknown = JSON.parse(list);
  return Array.isArray(flags)
    ? flags.filter((flag) => typeof flag === "number")
    : [];
}
