/**
 * The tables of the catalogue. Times are milliseconds since 1970 UTC, truth
 * values 0 or 1, states the names of src/model/states.ts, so that the same
 * queries run on SQLite and PostgreSQL.
 *
 * @module
 */

import type { Generated } from "kysely";
import type {
  BarCodeState,
  ChangeOperation,
  DeviceClass,
  DoorState,
  DriveState,
  InventoryMethod,
  LibraryKind,
  LibraryOperation,
  MediaState,
  ObjectType,
  OperationalState,
  OperatorCommand,
  OperatorState,
  PoolKind,
  PortContent,
  PortPosition,
  RequestState,
  SideState,
  SlotState,
  Writability,
} from "../model/mod.ts";
import type {
  AccessTable,
  AuditPurgeTable,
  AuditTable,
  TokenTable,
} from "./access_schema.ts";
import type {
  CartridgeMemoryTable,
  DeviceFailureTable,
} from "./health_schema.ts";
import type { MoveIntentTable } from "./journal_schema.ts";
import type { UiDeliveryTable, UiDestinationTable } from "./ui_schema.ts";

/** A truth value as it is stored. */
export type Flag = 0 | 1;

/** What every object has; the other tables share its id. */
export interface ObjectTable {
  /** Order of creation. */
  position: Generated<number>;
  id: string;
  type: ObjectType;
  name: string;
  description: string;
  enabled: Flag;
  operationalState: OperationalState;
  created: number;
  modified: number;
}

/** The service itself: one row. */
export interface ComputerTable {
  id: string;
  libraryRequestPurgeSeconds: number;
  operatorRequestPurgeSeconds: number;
  libraryRequestFlags: number;
  operatorRequestFlags: number;
  mediaPoolPolicy: number;
}

/** Libraries; `identity` is what tells a device again after a restart. */
export interface LibraryTable {
  id: string;
  kind: LibraryKind;
  identity: string;
  device: string;
  cleanerSlotId: string | null;
  cleanerSlotDefaultId: string | null;
  supportsDriveCleaning: Flag;
  barCodeReader: Flag;
  trustBarCodes: Flag;
  /** Whether labels are read before media are handed out. */
  checkLabels: Generated<Flag>;
  /** Whether a drive that asks for a cleaning gets it by itself. */
  autoClean: Generated<Flag>;
  inventoryMethod: InventoryMethod;
  cleanerUsesRemaining: number;
  autoRecovery: Flag;
  flags: number;
}

/** Where on the SCSI bus a device was last seen. */
export interface ScsiColumns {
  scsiPort: number;
  scsiBus: number;
  scsiTarget: number;
  scsiLun: number;
}

/** Robots. */
export interface ChangerTable extends ScsiColumns {
  id: string;
  libraryId: string;
  number: number;
  deviceTypeId: string;
  serialNumber: string;
  revision: string;
  device: string;
}

/** Makes and models, of changers and of drives. */
export interface DeviceTypeTable {
  id: string;
  vendor: string;
  product: string;
  deviceClass: DeviceClass;
}

/** Drives. */
export interface DriveTable extends ScsiColumns {
  id: string;
  libraryId: string;
  number: number;
  elementAddress: number;
  deviceTypeId: string;
  serialNumber: string;
  revision: string;
  device: string;
  state: DriveState;
  mountCount: number;
  lastCleaned: number | null;
  /** TapeAlert flags that it raised last, as a JSON list of numbers. */
  alerts: Generated<string>;
  sideId: string | null;
  deferDismountSeconds: number;
  /** Since when the medium in it may be taken out for another. */
  dismountableSince: number | null;
  /** Priority of the mount that left it. */
  dismountablePriority: number;
}

/** Storage slots. */
export interface SlotTable {
  id: string;
  libraryId: string;
  number: number;
  elementAddress: number;
  state: SlotState;
}

/** Import/export ports. */
export interface PortTable {
  id: string;
  libraryId: string;
  number: number;
  elementAddress: number;
  content: PortContent;
  position: PortPosition;
  maxExtendSeconds: number;
}

/** Doors. */
export interface DoorTable {
  id: string;
  libraryId: string;
  number: number;
  state: DoorState;
  maxOpenSeconds: number;
}

/** Media types. */
export interface MediaTypeTable {
  id: string;
  code: number;
  sideCount: number;
  writability: Writability;
  deviceClass: DeviceClass;
}

/** Which media types a library handles. */
export interface LibraryMediaTypeTable {
  libraryId: string;
  mediaTypeId: string;
}

/** Media pools. */
export interface MediaPoolTable {
  id: string;
  kind: PoolKind;
  parentId: string | null;
  path: string;
  mediaTypeId: string | null;
  drawFromFree: Flag;
  returnToFree: Flag;
  maxAllocates: number;
  /** Whether labels are read before its media are handed out. */
  checkLabels: Generated<Flag>;
}

/** Cartridges. A place holds at most one: `placeId` is unique. */
export interface CartridgeTable {
  id: string;
  /** That of its object, so that an index gives what a container has in order. */
  position: number;
  libraryId: string;
  poolId: string;
  placeId: string | null;
  placeType: "slot" | "drive" | "port";
  mediaTypeId: string;
  homeSlotId: string | null;
  barCode: string;
  barCodeState: BarCodeState;
  sequenceNumber: string;
  state: MediaState;
  mediumTypeCode: number;
  densityCode: number;
}

/** Sides of cartridges. */
export interface SideTable {
  id: string;
  /** That of its object, so that an index gives what a container has in order. */
  position: number;
  cartridgeId: string;
  /** The pool of the cartridge, so that an index finds what a pool has available. */
  poolId: string;
  sideNumber: number;
  /** Rises with each cartridge entered: the oldest is allocated first. */
  ordinal: number;
  logicalMediumId: string | null;
  state: SideState;
  labelType: string;
  labelId: string;
  labelInfo: string;
  /** Whether the owner has told of the label: what is there must be it. Otherwise it is what was seen last. */
  labelBinds: Generated<Flag>;
  mountCount: number;
  allocateCount: number;
  capacityBytes: number;
}

/** Allocations. */
export interface LogicalMediumTable {
  id: string;
  /** That of its object, so that an index gives what a container has in order. */
  position: number;
  poolId: string;
}

/** Mounted sides and who may use them. */
export interface MountTable {
  sideId: string;
  driveId: string;
  application: string;
  computer: string;
  /** The session that will be missed if it vanishes; null once it was closed. */
  sessionId: string | null;
  /** How many dismounts it takes to end. */
  count: number;
  priority: number;
  since: number;
}

/** Library requests. */
export interface LibraryRequestTable {
  id: string;
  libraryId: string;
  operation: LibraryOperation;
  option: number;
  state: RequestState;
  sideId: string | null;
  driveId: string | null;
  cartridgeId: string | null;
  slotId: string | null;
  queued: number;
  completed: number | null;
  application: string;
  user: string;
  computer: string;
  errorCode: number;
  priority: number;
  orderNumber: number;
  /** Of a cancellation: the request that it ends. */
  workItemId: string | null;
  message: string;
}

/** Operator requests. */
export interface OperatorRequestTable {
  id: string;
  /** Who asks: a call that waits, with which it ends; the service; or a program that submitted it. */
  raisedBy: "call" | "service" | "program";
  command: OperatorCommand;
  state: OperatorState;
  submitted: number;
  completed: number | null;
  message: string;
  argument1Type: ObjectType | null;
  argument1Id: string | null;
  argument2Type: ObjectType | null;
  argument2Id: string | null;
  application: string;
  user: string;
  computer: string;
}

/** Answers of calls that changed something, for repetitions of those calls. */
export interface KeptAnswerTable {
  /** Order of the changes. */
  position: Generated<number>;
  key: string;
  user: string;
  application: string;
  computer: string;
  /** Hash of what shows that a call belongs to the session it was made in. */
  sessionHash: string;
  /** Hash of the operation and its input. */
  fingerprint: string;
  /** As JSON. */
  answer: string;
  kept: number;
}

/** What applications keep with objects: named bytes. */
export interface AttributeTable {
  objectId: string;
  name: string;
  /** In base 64. */
  data: string;
}

/** Single values: the epoch, the next sequence number. */
export interface SettingTable {
  name: string;
  value: string;
}

/** The objects that a transaction has changed: a table of the connection, empty between transactions. */
export interface ChangedObjectTable {
  /** Order of the changes. */
  position: Generated<number>;
  operation: ChangeOperation;
  type: ObjectType;
  id: string;
}

/** All tables. */
export interface Schema {
  object: ObjectTable;
  computer: ComputerTable;
  library: LibraryTable;
  changer: ChangerTable;
  deviceType: DeviceTypeTable;
  drive: DriveTable;
  slot: SlotTable;
  port: PortTable;
  door: DoorTable;
  mediaType: MediaTypeTable;
  libraryMediaType: LibraryMediaTypeTable;
  mediaPool: MediaPoolTable;
  cartridge: CartridgeTable;
  side: SideTable;
  logicalMedium: LogicalMediumTable;
  mount: MountTable;
  libraryRequest: LibraryRequestTable;
  operatorRequest: OperatorRequestTable;
  moveIntent: MoveIntentTable;
  keptAnswer: KeptAnswerTable;
  attribute: AttributeTable;
  deviceFailure: DeviceFailureTable;
  cartridgeMemory: CartridgeMemoryTable;
  access: AccessTable;
  token: TokenTable;
  audit: AuditTable;
  auditPurge: AuditPurgeTable;
  uiDestination: UiDestinationTable;
  uiDelivery: UiDeliveryTable;
  setting: SettingTable;
  changedObject: ChangedObjectTable;
}
