/**
 * Errors of EnumerateNtmsObject, GetNtmsObjectInformation, CreateNtmsMediaPool
 * and InventoryNtmsLibrary.
 *
 * @module
 */

import {
  CloseNtmsSession,
  InventoryNtmsLibrary,
  NTMS_CREATE_NEW,
  NTMS_DRIVE,
  NTMS_INVENTORY_FAST,
  NTMS_INVENTORY_NONE,
  NTMS_LIBRARY,
  NTMS_NULLGUID,
  NTMS_OPEN_ALWAYS,
  NTMS_OPEN_EXISTING,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { type Row, rowsOf } from "./rows.ts";
import {
  OTHER_LIBRARY,
  RunningService,
  SMALL_LIBRARY,
} from "./running_service.ts";

const ENUMERATE = rowsOf("EnumerateNtmsObject", [
  [
    "ERROR_SUCCESS",
    "there is room for all",
    (hSession) => calls.enumerate(hSession, NTMS_DRIVE),
  ],
  [
    "ERROR_INSUFFICIENT_BUFFER",
    "there is room for one of two drives",
    (hSession) => calls.enumerate(hSession, NTMS_DRIVE, null, 1),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "no library is in a library",
    async (hSession) => {
      const { online: [id] } = await calls.libraries(hSession);
      return await calls.enumerate(hSession, NTMS_LIBRARY, id);
    },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "the container is unknown",
    (hSession) => calls.enumerate(hSession, NTMS_DRIVE, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      await CloseNtmsSession(hSession);
      return await calls.enumerate(hSession, NTMS_DRIVE);
    },
  ],
]);

const INFORMATION = rowsOf("GetNtmsObjectInformation", [
  [
    "ERROR_SUCCESS",
    "size, type and id are right",
    async (hSession) => {
      const [id = ""] = await calls.driveIds(hSession);
      return await calls.getInformation(hSession, id, NTMS_DRIVE);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the object is of another type",
    async (hSession) => {
      const [id = ""] = await calls.driveIds(hSession);
      return await calls.getInformation(hSession, id, NTMS_LIBRARY);
    },
    { lines: ["GetNtmsObjectInformation.1"] },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    (hSession) => calls.getInformation(hSession, calls.NOBODY, NTMS_DRIVE),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const [id = ""] = await calls.driveIds(hSession);
      await CloseNtmsSession(hSession);
      return await calls.getInformation(hSession, id, NTMS_DRIVE);
    },
  ],
]);

const POOLS = rowsOf("CreateNtmsMediaPool", [
  [
    "ERROR_SUCCESS",
    "there is no such pool, and there may be",
    (hSession) => calls.createPool(hSession, "\\App", NTMS_CREATE_NEW),
  ],
  [
    "ERROR_ALREADY_EXISTS",
    "the name is taken",
    async (hSession) => {
      await calls.createPool(hSession, "\\App", NTMS_CREATE_NEW);
      return await calls.createPool(hSession, "App", NTMS_CREATE_NEW);
    },
    { lines: ["CreateNtmsMediaPool.4"] },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "there is no pool to open",
    (hSession) => calls.createPool(hSession, "App", NTMS_OPEN_EXISTING),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "the upper level does not exist",
    (hSession) => calls.createPool(hSession, "App\\Day", NTMS_OPEN_ALWAYS),
    { lines: ["CreateNtmsMediaPool.2"] },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no media type has the id",
    (hSession) =>
      calls.createPool(hSession, "App", NTMS_CREATE_NEW, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_NAME",
    "a level has 65 characters",
    (hSession) => calls.createPool(hSession, "a".repeat(65), NTMS_CREATE_NEW),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the upper pool holds media",
    async (hSession) => {
      await calls.poolId(hSession, "App");
      return await calls.createPool(hSession, "App\\Day", NTMS_CREATE_NEW);
    },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      await CloseNtmsSession(hSession);
      return await calls.createPool(hSession, "App", NTMS_CREATE_NEW);
    },
  ],
]);

const INVENTORY = rowsOf("InventoryNtmsLibrary", [
  [
    "ERROR_SUCCESS",
    "the library is at work",
    async (hSession) => {
      const { online: [id = ""] } = await calls.libraries(hSession);
      return await InventoryNtmsLibrary(hSession, id, NTMS_INVENTORY_FAST);
    },
  ],
  [
    "ERROR_INVALID_LIBRARY",
    "no library has the id",
    (hSession) =>
      InventoryNtmsLibrary(hSession, calls.NOBODY, NTMS_INVENTORY_FAST),
  ],
  [
    "ERROR_LIBRARY_OFFLINE",
    "it is the offline library",
    async (hSession) => {
      const { offline } = await calls.libraries(hSession);
      return await InventoryNtmsLibrary(hSession, offline, NTMS_INVENTORY_FAST);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the library's id is missing",
    (hSession) =>
      InventoryNtmsLibrary(hSession, NTMS_NULLGUID, NTMS_INVENTORY_FAST),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "NTMS_INVENTORY_NONE is no action",
    async (hSession) => {
      const { online: [id = ""] } = await calls.libraries(hSession);
      return await InventoryNtmsLibrary(hSession, id, NTMS_INVENTORY_NONE);
    },
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    async (hSession, { service }) => {
      const { online: [id = ""] } = await calls.libraries(hSession);
      await service.close();
      return await InventoryNtmsLibrary(hSession, id, NTMS_INVENTORY_FAST);
    },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const { online: [id = ""] } = await calls.libraries(hSession);
      await CloseNtmsSession(hSession);
      return await InventoryNtmsLibrary(hSession, id, NTMS_INVENTORY_FAST);
    },
  ],
]);

/** A library that an earlier run of the service had, and this one has not. */
const ABSENT: Row = {
  name: "InventoryNtmsLibrary",
  code: "ERROR_DEVICE_NOT_AVAILABLE",
  cause: "the library is not connected",
  async produce() {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      const libraries = [SMALL_LIBRARY, OTHER_LIBRARY];
      const id = await idIn(state, libraries, "OTH001L6");
      await using service = await RunningService.start({ state });
      const hSession = await service.open();
      return nameOf(
        await InventoryNtmsLibrary(hSession, id, NTMS_INVENTORY_FAST),
      );
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  },
};

/** Id of the library that a cartridge is in, in a service that stops again. */
async function idIn(
  state: string,
  libraries: readonly string[],
  barCode: string,
): Promise<string> {
  await using service = await RunningService.start({ state, libraries });
  const cartridge = await calls.cartridgeOf(await service.open(), barCode);
  return cartridge.CurrentLibrary;
}

/** The rows. */
export const OBJECT_ERRORS: readonly Row[] = [
  ...ENUMERATE,
  ...INFORMATION,
  ...POOLS,
  ...INVENTORY,
  ABSENT,
];
