/**
 * What GetNtmsObjectSecurity and SetNtmsObjectSecurity end with, and why.
 * Those who lack a right are in access_denied_test.ts.
 *
 * @module
 */

import {
  CloseNtmsSession,
  DACL_SECURITY_INFORMATION,
  GetNtmsObjectSecurity,
  NTMS_MEDIA_POOL,
  NTMS_NULLGUID,
  NTMS_UNKNOWN,
  OWNER_SECURITY_INFORMATION,
  SACL_SECURITY_INFORMATION,
  SetNtmsObjectSecurity,
} from "../../src/ntms/ntmsapi.ts";
import { ALL_RIGHTS, userSid } from "../../src/model/mod.ts";
import * as calls from "./calls.ts";
import { rowsOf } from "./rows.ts";
import { allowing, getSecurity, setSecurity } from "./security_calls.ts";

const MINE = { entries: [allowing(userSid(4711), ...ALL_RIGHTS)] };

const GET = rowsOf("GetNtmsObjectSecurity", [
  [
    "ERROR_SUCCESS",
    "a pool's list is asked for",
    async (hSession) => getSecurity(hSession, await calls.poolId(hSession)),
  ],
  [
    "ERROR_INSUFFICIENT_BUFFER",
    "there is room for one byte less than it has",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const needed = { value: 0 };
      await getSecurity(hSession, pool, { needed });
      return getSecurity(hSession, pool, { room: needed.value - 1 });
    },
  ],
  [
    "ERROR_NO_SECURITY_ON_OBJECT",
    "the object is a drive",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return getSecurity(hSession, drive);
    },
    { lines: ["GetNtmsObjectSecurity.2"] },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    (hSession) => getSecurity(hSession, calls.NOBODY),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "the object is of another type",
    async (hSession) => {
      const { online: [library = ""] } = await calls.libraries(hSession);
      return getSecurity(hSession, library, { type: NTMS_MEDIA_POOL });
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the id is missing",
    (hSession) => getSecurity(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the buffer is shorter than its length",
    async (hSession) =>
      GetNtmsObjectSecurity(
        hSession,
        await calls.poolId(hSession),
        NTMS_UNKNOWN,
        DACL_SECURITY_INFORMATION,
        new Uint8Array(8),
        9,
        { value: 0 },
      ),
  ],
  [
    "ERROR_ACCESS_DENIED",
    "the list of audits is asked for",
    async (hSession) =>
      getSecurity(hSession, await calls.poolId(hSession), {
        asked: SACL_SECURITY_INFORMATION,
      }),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await CloseNtmsSession(hSession);
      return getSecurity(hSession, pool);
    },
  ],
]);

const SET = rowsOf("SetNtmsObjectSecurity", [
  [
    "ERROR_SUCCESS",
    "a pool's list is set",
    async (hSession) =>
      setSecurity(hSession, await calls.poolId(hSession), MINE),
  ],
  [
    "ERROR_NO_SECURITY_ON_OBJECT",
    "the object is a drive",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return setSecurity(hSession, drive, MINE);
    },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    (hSession) => setSecurity(hSession, calls.NOBODY, MINE),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the bytes are no descriptor",
    async (hSession) =>
      SetNtmsObjectSecurity(
        hSession,
        await calls.poolId(hSession),
        NTMS_MEDIA_POOL,
        DACL_SECURITY_INFORMATION,
        new Uint8Array(20),
      ),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the descriptor has no owner, which is to be set",
    async (hSession) =>
      setSecurity(
        hSession,
        await calls.poolId(hSession),
        MINE,
        OWNER_SECURITY_INFORMATION,
      ),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "nothing is to be set",
    async (hSession) =>
      setSecurity(hSession, await calls.poolId(hSession), MINE, 0),
  ],
  [
    "ERROR_ACCESS_DENIED",
    "the list of audits is to be set",
    async (hSession) =>
      setSecurity(
        hSession,
        await calls.poolId(hSession),
        MINE,
        SACL_SECURITY_INFORMATION,
      ),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await CloseNtmsSession(hSession);
      return setSecurity(hSession, pool, MINE);
    },
  ],
]);

/** The rows. */
export const SECURITY_ERRORS = [...GET, ...SET];
