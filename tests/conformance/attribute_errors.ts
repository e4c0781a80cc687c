/**
 * Errors of GetNtmsObjectAttribute and SetNtmsObjectAttribute.
 *
 * @module
 */

import {
  CloseNtmsSession,
  type HANDLE,
  NTMS_MAXATTR_LENGTH,
  NTMS_NULLGUID,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { attribute, setAttribute } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";

const BYTES = Uint8Array.of(0, 1, 255);
/** As docs/limits.md says. */
const MOST_ATTRIBUTES = 256;

/** A pool with an attribute. */
async function owned(hSession: HANDLE): Promise<string> {
  const pool = await calls.poolId(hSession);
  await setAttribute(hSession, pool, "Owner", BYTES);
  return pool;
}

async function read(
  hSession: HANDLE,
  id: string,
  name = "Owner",
  room?: number,
): Promise<string> {
  const found = await attribute(hSession, id, name, room);
  return typeof found === "string" ? found : "ERROR_SUCCESS";
}

const GET_ATTRIBUTE = rowsOf("GetNtmsObjectAttribute", [
  [
    "ERROR_SUCCESS",
    "there is room for the bytes",
    async (hSession) =>
      read(hSession, await owned(hSession), "Owner", BYTES.length),
  ],
  [
    "ERROR_INSUFFICIENT_BUFFER",
    "there is room for all bytes but one",
    async (hSession) =>
      read(hSession, await owned(hSession), "Owner", BYTES.length - 1),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "the object has no attribute of the name",
    async (hSession) => read(hSession, await owned(hSession), "owner"),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the object's id is missing",
    (hSession) => read(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    async (hSession, { service }) => {
      const pool = await owned(hSession);
      await service.close();
      return await read(hSession, pool);
    },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await owned(hSession);
      await CloseNtmsSession(hSession);
      return await read(hSession, pool);
    },
  ],
]);

const SET_ATTRIBUTE = rowsOf("SetNtmsObjectAttribute", [
  [
    "ERROR_SUCCESS",
    "there is such an object, and not too many bytes",
    async (hSession) => {
      const data = new Uint8Array(NTMS_MAXATTR_LENGTH - 1);
      const pool = await calls.poolId(hSession);
      return await setAttribute(hSession, pool, "a", data);
    },
  ],
  ...["", "a\u0007", "a".repeat(32)].map((name) =>
    [
      "ERROR_INVALID_NAME",
      `the name is ${JSON.stringify(name)}`,
      async (hSession: HANDLE) =>
        setAttribute(hSession, await calls.poolId(hSession), name, BYTES),
    ] as const
  ),
  [
    "ERROR_NO_DATA",
    "there are 65,536 bytes",
    async (hSession) => {
      const data = new Uint8Array(NTMS_MAXATTR_LENGTH);
      const pool = await calls.poolId(hSession);
      return await setAttribute(hSession, pool, "a", data);
    },
  ],
  [
    "ERROR_NOT_ENOUGH_MEMORY",
    "the object has as many attributes as one may have",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      for (let count = 0; count < MOST_ATTRIBUTES; count++) {
        await setAttribute(hSession, pool, `a${count}`, BYTES);
      }
      return await setAttribute(hSession, pool, "more", BYTES);
    },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    (hSession) => setAttribute(hSession, calls.NOBODY, "a", BYTES),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the object's id is missing",
    (hSession) => setAttribute(hSession, NTMS_NULLGUID, "a", BYTES),
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    async (hSession, { service }) => {
      const pool = await calls.poolId(hSession);
      await service.close();
      return await setAttribute(hSession, pool, "a", BYTES);
    },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await CloseNtmsSession(hSession);
      return await setAttribute(hSession, pool, "a", BYTES);
    },
  ],
]);

/** The rows. */
export const ATTRIBUTE_ERRORS: readonly Row[] = [
  ...GET_ATTRIBUTE,
  ...SET_ATTRIBUTE,
];
