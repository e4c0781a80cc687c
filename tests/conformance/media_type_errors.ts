/**
 * Errors of AddNtmsMediaType, DeleteNtmsMediaType and ChangeNtmsMediaType.
 *
 * @module
 */

import {
  AddNtmsMediaType,
  ChangeNtmsMediaType,
  CloseNtmsSession,
  CreateNtmsMediaPool,
  DeleteNtmsMediaType,
  DisableNtmsObject,
  type HANDLE,
  NTMS_CREATE_NEW,
  NTMS_LIBRARY,
  NTMS_MEDIA_TYPE,
  NTMS_NULLGUID,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { systemPool } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";

const A = "LAB001L6";

/** Id of a media type, by its name. */
async function typeId(hSession: HANDLE, name: string): Promise<string> {
  const types = await calls.infosOf(hSession, NTMS_MEDIA_TYPE);
  return types.find(({ szName }) => szName === name)?.ObjectGuid ?? "";
}

async function library(hSession: HANDLE): Promise<string> {
  return (await calls.libraries(hSession)).online[0] ?? "";
}

async function cartridge(hSession: HANDLE): Promise<string> {
  return (await calls.cartridgeOf(hSession, A)).id;
}

/** Changes the type of the first cartridge to that of a pool. */
async function change(hSession: HANDLE, pool: string): Promise<number> {
  return await ChangeNtmsMediaType(hSession, await cartridge(hSession), pool);
}

/** A pool of media that the library does not handle. */
async function strangePool(hSession: HANDLE): Promise<string> {
  const type = await typeId(hSession, "DDS-4");
  const pool = { value: "" };
  const mode = NTMS_CREATE_NEW;
  await CreateNtmsMediaPool(hSession, "Strange", type, mode, null, pool);
  return pool.value;
}

const ADD = rowsOf("AddNtmsMediaType", [
  [
    "ERROR_SUCCESS",
    "the library did not handle the type",
    async (hSession) =>
      AddNtmsMediaType(
        hSession,
        await typeId(hSession, "DDS-4"),
        await library(hSession),
      ),
  ],
  [
    "ERROR_SUCCESS",
    "the library handles the type already",
    async (hSession) =>
      AddNtmsMediaType(
        hSession,
        await typeId(hSession, "LTO-6"),
        await library(hSession),
      ),
    { lines: ["AddNtmsMediaType.1"] },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no media type has the id",
    async (hSession) =>
      AddNtmsMediaType(hSession, calls.NOBODY, await library(hSession)),
  ],
  [
    "ERROR_INVALID_LIBRARY",
    "no library has the id",
    async (hSession) =>
      AddNtmsMediaType(
        hSession,
        await typeId(hSession, "DDS-4"),
        calls.NOBODY,
      ),
  ],
  [
    "ERROR_LIBRARY_OFFLINE",
    "the library is that of offline media",
    async (hSession) =>
      AddNtmsMediaType(
        hSession,
        await typeId(hSession, "DDS-4"),
        (await calls.libraries(hSession)).offline,
      ),
    { lines: ["AddNtmsMediaType.3"] },
  ],
  [
    "ERROR_LIBRARY_OFFLINE",
    "the library is disabled",
    async (hSession) => {
      const id = await library(hSession);
      await DisableNtmsObject(hSession, NTMS_LIBRARY, id);
      const type = await typeId(hSession, "DDS-4");
      return await AddNtmsMediaType(hSession, type, id);
    },
    { lines: ["AddNtmsMediaType.3"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the media type's id is missing",
    async (hSession) =>
      AddNtmsMediaType(hSession, NTMS_NULLGUID, await library(hSession)),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const id = await library(hSession);
      const type = await typeId(hSession, "DDS-4");
      await CloseNtmsSession(hSession);
      return await AddNtmsMediaType(hSession, type, id);
    },
  ],
]);

const DELETE = rowsOf("DeleteNtmsMediaType", [
  [
    "ERROR_SUCCESS",
    "the library holds none of the type",
    async (hSession) =>
      DeleteNtmsMediaType(
        hSession,
        await typeId(hSession, "LTO-7"),
        await library(hSession),
      ),
  ],
  [
    "ERROR_NOT_EMPTY",
    "the library holds cartridges of the type",
    async (hSession) =>
      DeleteNtmsMediaType(
        hSession,
        await typeId(hSession, "LTO-6"),
        await library(hSession),
      ),
    { lines: ["DeleteNtmsMediaType.1"] },
  ],
  [
    "ERROR_INVALID_LIBRARY",
    "no library has the id",
    async (hSession) =>
      DeleteNtmsMediaType(
        hSession,
        await typeId(hSession, "LTO-7"),
        calls.NOBODY,
      ),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the library's id is missing",
    async (hSession) =>
      DeleteNtmsMediaType(
        hSession,
        await typeId(hSession, "LTO-7"),
        NTMS_NULLGUID,
      ),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "no media type has the id",
    async (hSession) =>
      DeleteNtmsMediaType(hSession, calls.NOBODY, await library(hSession)),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const id = await library(hSession);
      const type = await typeId(hSession, "LTO-7");
      await CloseNtmsSession(hSession);
      return await DeleteNtmsMediaType(hSession, type, id);
    },
  ],
]);

const CHANGE = rowsOf("ChangeNtmsMediaType", [
  [
    "ERROR_SUCCESS",
    "a free cartridge goes to the free pool of another type",
    async (hSession) =>
      change(hSession, await systemPool(hSession, "\\Free\\LTO-7")),
    { lines: ["ChangeNtmsMediaType.1"] },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no cartridge has the id",
    async (hSession) =>
      ChangeNtmsMediaType(
        hSession,
        calls.NOBODY,
        await systemPool(hSession, "\\Free\\LTO-7"),
      ),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "no pool has the id",
    (hSession) => change(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool holds pools",
    async (hSession) => change(hSession, await systemPool(hSession, "\\Free")),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "a side is allocated, and the target is a free pool",
    async (hSession) => {
      await calls.allocated(hSession, A);
      const pool = await systemPool(hSession, "\\Free\\LTO-7");
      return await change(hSession, pool);
    },
    { lines: ["ChangeNtmsMediaType.1"] },
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "media of an unrecognized pool go to an application's",
    async (hSession) => change(hSession, await calls.poolId(hSession)),
    { trustBarCodes: false, lines: ["ChangeNtmsMediaType.1"] },
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the cartridge's library does not handle the pool's type",
    async (hSession) => change(hSession, await strangePool(hSession)),
  ],
  [
    "ERROR_LIBRARY_OFFLINE",
    "the cartridge's library is disabled",
    async (hSession) => {
      const pool = await systemPool(hSession, "\\Free\\LTO-7");
      const id = await library(hSession);
      await DisableNtmsObject(hSession, NTMS_LIBRARY, id);
      return await change(hSession, pool);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the cartridge's id is missing",
    async (hSession) =>
      ChangeNtmsMediaType(
        hSession,
        NTMS_NULLGUID,
        await calls.poolId(hSession),
      ),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await systemPool(hSession, "\\Free\\LTO-7");
      const id = await cartridge(hSession);
      await CloseNtmsSession(hSession);
      return await ChangeNtmsMediaType(hSession, id, pool);
    },
  ],
]);

/** The rows. */
export const MEDIA_TYPE_ERRORS: readonly Row[] = [...ADD, ...DELETE, ...CHANGE];
