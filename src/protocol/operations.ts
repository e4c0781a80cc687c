/**
 * The table of operations: each is written down here once, for the service's
 * checks and for the OpenAPI document.
 *
 * @module
 */

import { z } from "zod";
import type { NtmsErrorCode } from "../model/mod.ts";
import { guid } from "./fields.ts";
import {
  allocateInput,
  createPoolInput,
  deallocateInput,
  dismountInput,
  enumerateInput,
  inventoryInput,
  mapInput,
  mountInput,
  nothing,
  objectInput,
  openInput,
} from "./inputs.ts";
import { libraryMap, objectRecord } from "./records.ts";
import { DRIVE_OPERATIONS } from "./drive_operations.ts";
import { DEVICE_OPERATIONS } from "./device_operations.ts";
import { LABEL_OPERATIONS } from "./label_operations.ts";
import { MANAGING_OPERATIONS } from "./managing_operations.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";
import { OPERATOR_OPERATIONS } from "./operator_operations.ts";
import { SECURITY_OPERATIONS } from "./security_operations.ts";
import { CLEANER_OPERATIONS } from "./cleaner_operations.ts";
import { PORT_OPERATIONS } from "./port_operations.ts";
import { MEDIA_OPERATIONS } from "./media_operations.ts";
import { QUEUE_OPERATIONS } from "./queue_operations.ts";
import { UI_OPERATIONS } from "./ui_operations.ts";
import type { OperationName } from "./wire.ts";

export type { Operation };

/** Codes that any operation may fail with. */
export const COMMON_ERRORS: readonly NtmsErrorCode[] = [
  "ERROR_ACCESS_DENIED",
  "ERROR_BUSY",
  "ERROR_INVALID_HANDLE",
  "ERROR_INVALID_PARAMETER",
  "ERROR_NOT_ENOUGH_MEMORY",
  "ERROR_NOT_READY",
];

const requests = z.array(guid);
const strings = z.array(z.string());
const count = z.int().min(0);

const report = z.object({
  elements: count,
  cartridges: count,
  added: strings,
  moved: strings,
  missing: strings,
  unreadable: strings,
  duplicate: strings,
  identified: strings.exactOptional(),
});

const mount = z.object({
  medium: guid,
  side: guid,
  drive: guid,
  device: z.string(),
  barCode: z.string(),
});

/** The operations by name. */
export const OPERATIONS: {
  readonly [Name in OperationName]: Operation<Name>;
} = {
  OpenNtmsSession: {
    summary: "Opens a session, which every other call needs",
    since: 1,
    session: false,
    changes: false,
    input: openInput,
    output: z.object({
      session: guid,
      secret: z.string(),
      interfaceVersion: count,
      leaseSeconds: z.number().positive(),
      application: z.string(),
    }),
    errors: ["RPC_S_NO_INTERFACES", "ERROR_CANCELLED"],
  },
  RenewNtmsSession: {
    summary: "Keeps a session alive; any other call does so too",
    since: 1,
    session: true,
    changes: false,
    input: nothing,
    output: z.object({ leaseSeconds: z.number().positive() }),
    errors: [],
  },
  CloseNtmsSession: {
    summary: "Ends a session; its calls that wait end with ERROR_CANCELLED",
    since: 1,
    session: true,
    changes: false,
    input: nothing,
    output: nothing,
    errors: [],
  },
  EnumerateNtmsObject: {
    summary: "Lists ids of objects of one type",
    since: 1,
    session: true,
    changes: false,
    input: enumerateInput,
    output: z.object({ ids: z.array(guid), next: z.string().nullable() }),
    errors: ["ERROR_OBJECT_NOT_FOUND"],
  },
  ListNtmsObject: {
    summary: "Lists records of objects of one type",
    since: 1,
    session: true,
    changes: false,
    input: enumerateInput,
    output: z.object({
      objects: z.array(objectRecord),
      next: z.string().nullable(),
    }),
    errors: ["ERROR_OBJECT_NOT_FOUND"],
  },
  GetNtmsObjectInformation: {
    summary: "Reads the record of an object",
    since: 1,
    session: true,
    changes: false,
    input: objectInput,
    output: z.object({ object: objectRecord }),
    errors: ["ERROR_OBJECT_NOT_FOUND"],
  },
  CreateNtmsMediaPool: {
    summary: "Creates or opens an application pool",
    since: 1,
    session: true,
    changes: true,
    input: createPoolInput,
    output: z.object({ pool: guid, created: z.boolean() }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_ALREADY_EXISTS",
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_NAME",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  ...MANAGING_OPERATIONS,
  ...SECURITY_OPERATIONS,
  ...DEVICE_OPERATIONS,
  ...LABEL_OPERATIONS,
  ...CLEANER_OPERATIONS,
  ...PORT_OPERATIONS,
  ...DRIVE_OPERATIONS,
  ...UI_OPERATIONS,
  ...MEDIA_OPERATIONS,
  ...QUEUE_OPERATIONS,
  AllocateNtmsMedia: {
    summary: "Takes a side for an application, waiting for one if need be",
    since: 1,
    session: true,
    changes: true,
    input: allocateInput,
    output: z.object({
      logicalMedium: guid,
      side: guid,
      allocatedFrom: guid,
    }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_CANCELLED",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_MEDIA_POOL",
      "ERROR_MEDIA_OFFLINE",
      "ERROR_MEDIA_UNAVAILABLE",
      "ERROR_TIMEOUT",
    ],
  },
  DeallocateNtmsMedia: {
    summary: "Gives an allocated side back",
    since: 1,
    session: true,
    changes: true,
    input: deallocateInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_INVALID_MEDIA"],
  },
  MountNtmsMedia: {
    summary: "Brings media into drives and waits until they can be used",
    since: 1,
    session: true,
    changes: true,
    input: mountInput,
    output: z.object({ mounts: z.array(mount), requests }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_CANCELLED",
      "ERROR_DRIVE_MEDIA_MISMATCH",
      "ERROR_INVALID_DRIVE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_STATE",
      "ERROR_MEDIA_OFFLINE",
      "ERROR_REQUEST_REFUSED",
      "ERROR_RESOURCE_DISABLED",
      "ERROR_RESOURCE_NOT_AVAILABLE",
      "ERROR_TIMEOUT",
      "ERROR_WRITE_PROTECT",
    ],
  },
  DismountNtmsMedia: {
    summary: "Takes media out of their drives",
    since: 1,
    session: true,
    changes: true,
    input: dismountInput,
    output: z.object({ requests }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_CANCELLED",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_STATE",
      "ERROR_MEDIA_NOT_AVAILABLE",
      "ERROR_MEDIA_OFFLINE",
      "ERROR_TIMEOUT",
    ],
  },
  InventoryNtmsLibrary: {
    summary: "Compares the catalogue with what is in a library",
    since: 1,
    session: true,
    changes: true,
    input: inventoryInput,
    output: z.object({
      request: guid.nullable(),
      report: report.nullable(),
    }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_CANCELLED",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_RESOURCE_DISABLED",
    ],
  },
  MapNtmsLibrary: {
    summary: "Shows libraries as a person wants to see them",
    since: 1,
    session: true,
    changes: false,
    input: mapInput,
    output: z.object({ libraries: z.array(libraryMap) }),
    errors: ["ERROR_INVALID_LIBRARY"],
  },
  ...OPERATOR_OPERATIONS,
};
