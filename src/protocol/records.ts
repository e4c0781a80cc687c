/**
 * Schemas of the object records.
 *
 * @module
 */

import { z } from "zod";
import {
  BAR_CODE_STATES,
  CARTRIDGE_KINDS,
  type CartridgeRecord,
  DEVICE_CLASSES,
  DOOR_STATES,
  DRIVE_STATES,
  INVENTORY_METHODS,
  LIBRARY_KINDS,
  LIBRARY_OPERATIONS,
  type LibraryMap,
  MEDIA_STATES,
  type NtmsObject,
  OBJECT_TYPES,
  type ObjectType,
  OPERATIONAL_STATES,
  OPERATOR_COMMANDS,
  OPERATOR_STATES,
  POOL_KINDS,
  PORT_CONTENTS,
  PORT_POSITIONS,
  REQUEST_STATES,
  SIDE_STATES,
  type SideRecord,
  SLOT_STATES,
  WRITABILITIES,
} from "../model/mod.ts";
import { guid, nameOf } from "./fields.ts";

const text = z.string();
const count = z.int().min(0);
const flag = z.boolean();
const date = z.date();
const noGuid = guid.nullable();

const scsi = z.object({ port: count, bus: count, target: count, lun: count });
const parts = z.object({ first: count, count });
const argument = z.object({ type: nameOf(OBJECT_TYPES), id: guid }).nullable();

const failures = z.object({
  inARow: count,
  lastFailed: date,
  reason: text,
  outOfService: flag,
}).nullable();
const memory = z.object({
  serialNumber: text,
  manufacturer: text,
  kind: nameOf(CARTRIDGE_KINDS).nullable(),
  loadCount: count.nullable(),
  maximumBytes: count.nullable(),
  remainingBytes: count.nullable(),
  writeProtected: flag.nullable(),
  lastRead: date,
}).nullable();

/** What every record has. */
function common<Type extends ObjectType>(type: Type) {
  return {
    type: z.literal(type),
    id: guid,
    name: text,
    description: text,
    enabled: flag,
    operationalState: nameOf(OPERATIONAL_STATES),
    created: date,
    modified: date,
  };
}

/** Make and model of a device. */
const deviceType = {
  vendor: text,
  product: text,
  deviceClass: nameOf(DEVICE_CLASSES),
};

const computer = z.object({
  ...common("computer"),
  libraryRequestPurgeSeconds: count,
  operatorRequestPurgeSeconds: count,
  libraryRequestFlags: count,
  operatorRequestFlags: count,
  mediaPoolPolicy: count,
});

const library = z.object({
  ...common("library"),
  kind: nameOf(LIBRARY_KINDS),
  device: text,
  cleanerSlot: noGuid,
  cleanerSlotDefault: noGuid,
  supportsDriveCleaning: flag,
  barCodeReader: flag,
  trustBarCodes: flag,
  checkLabels: flag,
  autoClean: flag,
  inventoryMethod: nameOf(INVENTORY_METHODS),
  cleanerUsesRemaining: count,
  autoRecovery: flag,
  flags: count,
  drives: parts,
  slots: parts,
  doors: parts,
  ports: parts,
  changers: parts,
  mediaCount: count,
  mediaTypeCount: count,
  requestCount: count,
  failures,
});

const changer = z.object({
  ...common("changer"),
  library: guid,
  number: count,
  changerType: guid,
  serialNumber: text,
  revision: text,
  device: text,
  scsi,
});

const drive = z.object({
  ...common("drive"),
  library: guid,
  number: count,
  elementAddress: count,
  state: nameOf(DRIVE_STATES),
  driveType: guid,
  device: text,
  serialNumber: text,
  revision: text,
  scsi,
  mountCount: count,
  lastCleaned: date.nullable(),
  alerts: z.array(count),
  side: noGuid,
  deferDismountSeconds: count,
  failures,
});

const slot = z.object({
  ...common("slot"),
  library: guid,
  number: count,
  elementAddress: count,
  state: nameOf(SLOT_STATES),
});

const door = z.object({
  ...common("door"),
  library: guid,
  number: count,
  state: nameOf(DOOR_STATES),
  maxOpenSeconds: count,
});

const port = z.object({
  ...common("port"),
  library: guid,
  number: count,
  elementAddress: count,
  content: nameOf(PORT_CONTENTS),
  position: nameOf(PORT_POSITIONS),
  maxExtendSeconds: count,
});

const cartridge = z.object({
  ...common("cartridge"),
  library: guid,
  mediaPool: guid,
  location: noGuid,
  locationType: z.enum(["slot", "drive", "port"]),
  mediaType: guid,
  homeSlot: noGuid,
  barCode: text,
  barCodeState: nameOf(BAR_CODE_STATES),
  sequenceNumber: text,
  state: nameOf(MEDIA_STATES),
  sideCount: count,
  mediumTypeCode: count,
  densityCode: count,
  mountedSide: noGuid,
  memory,
});

const side = z.object({
  ...common("side"),
  cartridge: guid,
  logicalMedium: noGuid,
  state: nameOf(SIDE_STATES),
  sideNumber: count,
  label: z.object({ type: text, id: text, info: text }),
  mountCount: count,
  allocateCount: count,
  capacityBytes: count,
});

const logicalMedium = z.object({
  ...common("logicalMedium"),
  mediaPool: guid,
  sideCount: count,
});

const mediaPool = z.object({
  ...common("mediaPool"),
  kind: nameOf(POOL_KINDS),
  mediaType: noGuid,
  parent: noGuid,
  path: text,
  drawFromFree: flag,
  returnToFree: flag,
  maxAllocates: count,
  checkLabels: flag,
  cartridgeCount: count,
  logicalMediumCount: count,
  poolCount: count,
});

const mediaType = z.object({
  ...common("mediaType"),
  code: count,
  sideCount: count,
  writability: nameOf(WRITABILITIES),
  deviceClass: nameOf(DEVICE_CLASSES),
});

const libraryRequest = z.object({
  ...common("libraryRequest"),
  operation: nameOf(LIBRARY_OPERATIONS),
  option: z.int(),
  state: nameOf(REQUEST_STATES),
  library: guid,
  side: noGuid,
  drive: noGuid,
  cartridge: noGuid,
  slot: noGuid,
  queued: date,
  completed: date.nullable(),
  application: text,
  user: text,
  computer: text,
  errorCode: count,
  priority: z.int().min(-15).max(15),
  order: count,
  workItem: noGuid,
  message: text,
});

const operatorRequest = z.object({
  ...common("operatorRequest"),
  command: nameOf(OPERATOR_COMMANDS),
  state: nameOf(OPERATOR_STATES),
  submitted: date,
  message: text,
  argument1: argument,
  argument2: argument,
  application: text,
  user: text,
  computer: text,
});

/** A cartridge. */
export const cartridgeRecord: z.ZodType<CartridgeRecord> = cartridge;

/** A side. */
export const sideRecord: z.ZodType<SideRecord> = side;

/** Any object. */
export const objectRecord: z.ZodType<NtmsObject> = z.discriminatedUnion(
  "type",
  [
    computer,
    library,
    changer,
    z.object({ ...common("changerType"), ...deviceType }),
    drive,
    z.object({ ...common("driveType"), ...deviceType }),
    slot,
    door,
    port,
    cartridge,
    side,
    logicalMedium,
    mediaPool,
    mediaType,
    libraryRequest,
    operatorRequest,
  ],
);

/** One library as a person wants to see it. */
export const libraryMap: z.ZodType<LibraryMap> = z.object({
  library,
  obstacle: text.nullable(),
  drives: z.array(drive),
  slots: z.array(slot.pick({
    id: true,
    number: true,
    elementAddress: true,
    state: true,
    enabled: true,
  })),
  ports: z.array(port),
  cartridges: z.array(
    cartridge.pick({
      id: true,
      name: true,
      barCode: true,
      barCodeState: true,
      location: true,
      locationType: true,
      homeSlot: true,
      state: true,
      enabled: true,
    }).extend({
      poolPath: text,
      sides: z.array(
        z.object({
          id: guid,
          state: nameOf(SIDE_STATES),
          logicalMedium: noGuid,
        }),
      ),
      mountedBy: text,
    }),
  ),
  requests: z.array(libraryRequest),
});
