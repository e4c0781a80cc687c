/**
 * One record of each type, no two values alike where that can be.
 *
 * @module
 */

import type { NtmsObject, RecordOf } from "../../src/model/objects.ts";
import type { ObjectType } from "../../src/model/states.ts";

/** A GUID that tells its number. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

const CREATED = new Date("2026-01-02T03:04:05Z");
const MODIFIED = new Date("2026-02-03T04:05:06Z");

function head<Type extends ObjectType>(type: Type, id: number) {
  return {
    type,
    id: guid(id),
    name: `${type} Ł`,
    description: "kept dry",
    enabled: true,
    operationalState: "needsService",
    created: CREATED,
    modified: MODIFIED,
  } as const;
}

const scsi = { port: 1, bus: 2, target: 3, lun: 4 };

const computer: RecordOf<"computer"> = {
  ...head("computer", 1),
  libraryRequestPurgeSeconds: 11,
  operatorRequestPurgeSeconds: 12,
  libraryRequestFlags: 1,
  operatorRequestFlags: 16,
  mediaPoolPolicy: 2,
};

const library: RecordOf<"library"> = {
  ...head("library", 2),
  kind: "online",
  device: "/dev/sch0",
  cleanerSlot: guid(20),
  cleanerSlotDefault: null,
  supportsDriveCleaning: true,
  barCodeReader: false,
  trustBarCodes: false,
  checkLabels: true,
  autoClean: true,
  inventoryMethod: "fast",
  cleanerUsesRemaining: 0xffff_ffff,
  autoRecovery: true,
  flags: 18,
  drives: { first: 0, count: 4 },
  slots: { first: 1, count: 24 },
  doors: { first: 2, count: 1 },
  ports: { first: 3, count: 5 },
  changers: { first: 6, count: 7 },
  mediaCount: 21,
  mediaTypeCount: 22,
  failures: null,
  requestCount: 23,
};

const changer: RecordOf<"changer"> = {
  ...head("changer", 3),
  library: guid(2),
  number: 8,
  changerType: guid(4),
  serialNumber: "S1",
  revision: "R1",
  device: "/dev/sch0",
  scsi,
};

const changerType: RecordOf<"changerType"> = {
  ...head("changerType", 4),
  vendor: "STK",
  product: "L700",
  deviceClass: "changer",
};

const drive: RecordOf<"drive"> = {
  ...head("drive", 5),
  library: guid(2),
  number: 9,
  elementAddress: 500,
  state: "dismountable",
  driveType: guid(6),
  device: "/dev/nst0",
  serialNumber: "S2",
  revision: "R2",
  scsi,
  mountCount: 31,
  lastCleaned: null,
  alerts: [],
  side: guid(13),
  deferDismountSeconds: 300,
  failures: null,
};

const driveType: RecordOf<"driveType"> = {
  ...head("driveType", 6),
  vendor: "IBM",
  product: "ULT3580",
  deviceClass: "tape",
};

const slot: RecordOf<"slot"> = {
  ...head("slot", 7),
  library: guid(2),
  number: 10,
  elementAddress: 1000,
  state: "needsInventory",
};

const door: RecordOf<"door"> = {
  ...head("door", 8),
  library: guid(2),
  number: 1,
  state: "open",
  maxOpenSeconds: 60,
};

const port: RecordOf<"port"> = {
  ...head("port", 9),
  library: guid(2),
  number: 2,
  elementAddress: 10,
  content: "full",
  position: "extended",
  maxExtendSeconds: 90,
};

const cartridge: RecordOf<"cartridge"> = {
  ...head("cartridge", 10),
  library: guid(2),
  mediaPool: guid(12),
  location: guid(5),
  locationType: "drive",
  mediaType: guid(14),
  homeSlot: guid(7),
  barCode: "ABC123L8",
  barCodeState: "ok",
  sequenceNumber: "77",
  state: "loaded",
  sideCount: 2,
  mediumTypeCode: 0x18,
  densityCode: 0x5e,
  mountedSide: guid(13),
  memory: null,
};

const logicalMedium: RecordOf<"logicalMedium"> = {
  ...head("logicalMedium", 11),
  mediaPool: guid(12),
  sideCount: 1,
};

const mediaPool: RecordOf<"mediaPool"> = {
  ...head("mediaPool", 12),
  kind: "application",
  mediaType: guid(14),
  parent: null,
  path: "\\App",
  drawFromFree: true,
  returnToFree: false,
  maxAllocates: 41,
  checkLabels: true,
  cartridgeCount: 42,
  logicalMediumCount: 43,
  poolCount: 44,
};

const side: RecordOf<"side"> = {
  ...head("side", 13),
  cartridge: guid(10),
  logicalMedium: null,
  state: "reserved",
  sideNumber: 1,
  label: { type: "MTF", id: "00ff10", info: "Monday" },
  mountCount: 51,
  allocateCount: 52,
  capacityBytes: 12_000_000_000_000,
};

const mediaType: RecordOf<"mediaType"> = {
  ...head("mediaType", 14),
  code: 86,
  sideCount: 1,
  writability: "writeOnce",
  deviceClass: "dvd",
};

const libraryRequest: RecordOf<"libraryRequest"> = {
  ...head("libraryRequest", 15),
  operation: "mount",
  option: 3,
  state: "failed",
  library: guid(2),
  side: guid(13),
  drive: null,
  cartridge: guid(10),
  slot: guid(7),
  queued: CREATED,
  completed: MODIFIED,
  application: "Nightly",
  user: "ada",
  computer: "tower",
  errorCode: 4304,
  priority: -7,
  order: 2,
  workItem: guid(70),
  message: "The medium is offline",
};

const operatorRequest: RecordOf<"operatorRequest"> = {
  ...head("operatorRequest", 16),
  command: "moveMedia",
  state: "inProgress",
  submitted: CREATED,
  message: "Bring it",
  argument1: { type: "cartridge", id: guid(10) },
  argument2: null,
  application: "Nightly",
  user: "ada",
  computer: "tower",
};

/** The records, by type. */
export const RECORDS: {
  readonly [Type in NtmsObject["type"]]: RecordOf<Type>;
} = {
  computer,
  library,
  changer,
  changerType,
  drive,
  driveType,
  slot,
  door,
  port,
  cartridge,
  logicalMedium,
  mediaPool,
  side,
  mediaType,
  libraryRequest,
  operatorRequest,
};
