/**
 * Errors of DeleteNtmsMediaPool, GetNtmsMediaPoolName and
 * MoveToNtmsMediaPool.
 *
 * @module
 */

import {
  CloseNtmsSession,
  CreateNtmsMediaPool,
  DeleteNtmsMediaPool,
  GetNtmsMediaPoolName,
  type HANDLE,
  MoveToNtmsMediaPool,
  NTMS_CREATE_NEW,
  NTMS_MEDIA_TYPE,
  NTMS_NULLGUID,
  NTMS_OPEN_EXISTING,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { pathOf, systemPool } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";

const A = "LAB001L6";

/** Id of a pool that holds pools. */
async function folder(hSession: HANDLE, path: string): Promise<string> {
  await calls.createPool(hSession, path, NTMS_CREATE_NEW);
  const pool = { value: "" };
  await CreateNtmsMediaPool(
    hSession,
    path,
    null,
    NTMS_OPEN_EXISTING,
    null,
    pool,
  );
  return pool.value;
}

async function move(
  hSession: HANDLE,
  pool: string,
  cartridge?: string,
): Promise<string> {
  const id = cartridge ?? (await calls.cartridgeOf(hSession, A)).id;
  return nameOf(await MoveToNtmsMediaPool(hSession, id, pool));
}

const DELETE = rowsOf("DeleteNtmsMediaPool", [
  [
    "ERROR_SUCCESS",
    "the pool is an application's and empty",
    async (hSession) =>
      DeleteNtmsMediaPool(hSession, await calls.poolId(hSession)),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "no pool has the id",
    (hSession) => DeleteNtmsMediaPool(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool is the service's own",
    async (hSession) =>
      DeleteNtmsMediaPool(hSession, await systemPool(hSession, "\\Free")),
    { lines: ["DeleteNtmsMediaPool.1"] },
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool lies under one of the service's own",
    async (hSession) =>
      DeleteNtmsMediaPool(
        hSession,
        await systemPool(hSession, "\\Import\\LTO-6"),
      ),
  ],
  [
    "ERROR_NOT_EMPTY",
    "the pool holds a cartridge",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await calls.allocated(hSession, A, pool);
      return await DeleteNtmsMediaPool(hSession, pool);
    },
    { lines: ["DeleteNtmsMediaPool.1"] },
  ],
  [
    "ERROR_NOT_EMPTY",
    "the pool holds a pool",
    async (hSession) => {
      const pool = await folder(hSession, "App");
      await folder(hSession, "App\\Daily");
      return await DeleteNtmsMediaPool(hSession, pool);
    },
    { lines: ["DeleteNtmsMediaPool.1"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the pool's id is missing",
    (hSession) => DeleteNtmsMediaPool(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await CloseNtmsSession(hSession);
      return await DeleteNtmsMediaPool(hSession, pool);
    },
  ],
]);

const NAME = rowsOf("GetNtmsMediaPoolName", [
  [
    "ERROR_SUCCESS",
    "there is room for the path and its end",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const size = { value: "\\Pool".length + 1 };
      return await GetNtmsMediaPoolName(hSession, pool, { value: "" }, size);
    },
  ],
  [
    "ERROR_INSUFFICIENT_BUFFER",
    "there is room for the path, and not for its end",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      return await pathOf(hSession, pool, "\\Pool".length);
    },
    { lines: ["GetNtmsMediaPoolName.2"] },
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "no pool has the id",
    (hSession) => pathOf(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool's id is missing",
    (hSession) => pathOf(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the size is no DWORD",
    async (hSession) => pathOf(hSession, await calls.poolId(hSession), -1),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await CloseNtmsSession(hSession);
      return await pathOf(hSession, pool);
    },
  ],
]);

const MOVE = rowsOf("MoveToNtmsMediaPool", [
  [
    "ERROR_SUCCESS",
    "a free cartridge goes to an application's pool",
    async (hSession) => move(hSession, await calls.poolId(hSession)),
  ],
  [
    "ERROR_BUSY",
    "a side is allocated, and the target is the free pool",
    async (hSession) => {
      await calls.allocated(hSession, A);
      return await move(hSession, await systemPool(hSession, "\\Free\\LTO-6"));
    },
    { lines: ["MoveToNtmsMediaPool.3"] },
  ],
  [
    "ERROR_BUSY",
    "a side is mounted",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await calls.mount(hSession, [medium]);
      return await move(hSession, await calls.poolId(hSession, "Other"));
    },
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "no pool has the id",
    (hSession) => move(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool holds pools",
    async (hSession) => move(hSession, await folder(hSession, "App")),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "media of the unrecognized pool go to an application's",
    async (hSession) => move(hSession, await calls.poolId(hSession)),
    { trustBarCodes: false, lines: ["MoveToNtmsMediaPool.2"] },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no cartridge has the id",
    async (hSession) =>
      move(hSession, await calls.poolId(hSession), calls.NOBODY),
  ],
  [
    "ERROR_MEDIA_INCOMPATIBLE",
    "the pool holds another media type",
    async (hSession) => {
      const own = await calls.mediaTypeId(hSession);
      const types = await calls.idsOf(hSession, NTMS_MEDIA_TYPE);
      const other = types.find((id) => id !== own) ?? "";
      const pool = { value: "" };
      const mode = NTMS_CREATE_NEW;
      await CreateNtmsMediaPool(hSession, "Old", other, mode, null, pool);
      return await move(hSession, pool.value);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the cartridge's id is missing",
    async (hSession) =>
      move(hSession, await calls.poolId(hSession), NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const { id } = await calls.cartridgeOf(hSession, A);
      const pool = await calls.poolId(hSession);
      await CloseNtmsSession(hSession);
      return await move(hSession, pool, id);
    },
  ],
]);

/** The rows. */
export const POOL_ERRORS: readonly Row[] = [...DELETE, ...NAME, ...MOVE];
