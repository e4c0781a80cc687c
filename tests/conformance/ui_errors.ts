/**
 * Errors of GetNtmsUIOptions and SetNtmsUIOptions.
 *
 * @module
 */

import {
  CloseNtmsSession,
  type DWORD,
  GetNtmsUIOptions,
  GetNtmsUIOptionsA,
  type HANDLE,
  NTMS_COMPUTER,
  NTMS_DRIVE,
  NTMS_UIDEST_ADD,
  NTMS_UIDEST_DELETE,
  NTMS_UIDEST_DELETEALL,
  NTMS_UITYPE_ERR,
  NTMS_UITYPE_INFO,
  NTMS_UITYPE_INVALID,
  NTMS_UITYPE_MAX,
  NTMS_UITYPE_REQ,
  type NtmsUIOperations,
  type NtmsUITypes,
  SetNtmsUIOptions,
  SetNtmsUIOptionsA,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { type Row, rowsOf } from "./rows.ts";

/** Id of the computer. */
export async function computerOf(hSession: HANDLE): Promise<string> {
  const [id = ""] = await calls.idsOf(hSession, NTMS_COMPUTER);
  return id;
}

/** Changes a list of destinations. */
export function set(
  hSession: HANDLE,
  object: string | null,
  destination: string,
  operation: NtmsUIOperations = NTMS_UIDEST_ADD,
  type: NtmsUITypes = NTMS_UITYPE_REQ,
): Promise<DWORD> {
  return SetNtmsUIOptions(hSession, object, type, operation, destination);
}

/** A list of destinations, which has to be given. */
export async function listed(
  hSession: HANDLE,
  object: string | null,
  type: NtmsUITypes = NTMS_UITYPE_REQ,
): Promise<string[]> {
  const list = { value: "" };
  const size = { value: 10_000 };
  const code = await GetNtmsUIOptions(hSession, object, type, list, size);
  if (code !== 0) throw new TypeError(`The list ended with code ${code}`);
  return list.value.split("\0").filter((name) => name !== "");
}

function get(
  hSession: HANDLE,
  object: string | null,
  type: NtmsUITypes = NTMS_UITYPE_REQ,
  room = 1_000,
): Promise<DWORD> {
  const size = { value: room };
  return GetNtmsUIOptions(hSession, object, type, { value: "" }, size);
}

async function driveOf(hSession: HANDLE): Promise<string> {
  const [id = ""] = await calls.idsOf(hSession, NTMS_DRIVE);
  return id;
}

async function closed(hSession: HANDLE): Promise<HANDLE> {
  await CloseNtmsSession(hSession);
  return hSession;
}

const GET = rowsOf("GetNtmsUIOptions", [
  [
    "ERROR_SUCCESS",
    "a list is told",
    async (hSession) => {
      await set(hSession, null, "desk");
      return await get(hSession, null);
    },
  ],
  [
    "ERROR_SUCCESS",
    "the list of a library is told in an A call",
    async (hSession) => {
      const { online: [library = ""] } = await calls.libraries(hSession);
      await set(hSession, library, "desk");
      const size = { value: 6 };
      const list = { value: "" };
      const type = NTMS_UITYPE_REQ;
      const code = await GetNtmsUIOptionsA(hSession, library, type, list, size);
      return list.value === "desk\0\0" && size.value === 6 ? code : list.value;
    },
  ],
  [
    "ERROR_INSUFFICIENT_BUFFER",
    "there is no room for the last null",
    async (hSession) => {
      await set(hSession, null, "desk");
      const list = { value: "kept" };
      const size = { value: 5 };
      const type = NTMS_UITYPE_REQ;
      const code = await GetNtmsUIOptions(hSession, null, type, list, size);
      return size.value === 6 && list.value === "kept" ? code : list.value;
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the buffer is missing",
    (hSession) => {
      const size = { value: 9 };
      const none = JSON.parse("null");
      return GetNtmsUIOptions(hSession, null, NTMS_UITYPE_REQ, none, size);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the size is missing",
    (hSession) => {
      const none = JSON.parse("null");
      const list = { value: "" };
      return GetNtmsUIOptions(hSession, null, NTMS_UITYPE_REQ, list, none);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the object is a drive",
    async (hSession) => get(hSession, await driveOf(hSession)),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the kind of messages is none",
    (hSession) => get(hSession, null, NTMS_UITYPE_INVALID),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    (hSession) => get(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => get(await closed(hSession), null),
  ],
]);

const SET = rowsOf("SetNtmsUIOptions", [
  [
    "ERROR_SUCCESS",
    "a destination is added for the application",
    (hSession) => set(hSession, null, "desk", NTMS_UIDEST_ADD, NTMS_UITYPE_ERR),
  ],
  [
    "ERROR_SUCCESS",
    "a destination is added for the computer in an A call",
    async (hSession) => {
      const computer = await computerOf(hSession);
      const code = await SetNtmsUIOptionsA(
        hSession,
        computer,
        NTMS_UITYPE_REQ,
        NTMS_UIDEST_ADD,
        Uint8Array.of(0x42, 0xfc, 0x72, 0x6f, 0),
      );
      const [name] = await listed(hSession, computer);
      return name === "Büro" ? code : name ?? "none";
    },
  ],
  [
    "ERROR_SUCCESS",
    "a destination is taken out",
    async (hSession) => {
      await set(hSession, null, "desk");
      return await set(hSession, null, "desk", NTMS_UIDEST_DELETE);
    },
  ],
  [
    "ERROR_SUCCESS",
    "all of none are taken out",
    (hSession) => set(hSession, null, "", NTMS_UIDEST_DELETEALL),
  ],
  [
    "ERROR_ALREADY_EXISTS",
    "the destination is on the list",
    async (hSession) => {
      const { online: [library = ""] } = await calls.libraries(hSession);
      await set(hSession, library, "desk");
      return await set(hSession, library, "desk");
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the destination is missing",
    (hSession) => set(hSession, null, JSON.parse("null")),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the object is a drive",
    async (hSession) => set(hSession, await driveOf(hSession), "desk"),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the kind of messages is none",
    (hSession) => set(hSession, null, "a", NTMS_UIDEST_ADD, NTMS_UITYPE_MAX),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the operation is none",
    (hSession) => set(hSession, null, "a", 4),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "it is an address that the administrator has not configured",
    (hSession) => set(hSession, null, "ops@example.org"),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    (hSession) => set(hSession, calls.NOBODY, "desk"),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "the destination to be taken out is not on the list",
    (hSession) => set(hSession, null, "desk", NTMS_UIDEST_DELETE),
  ],
  [
    "ERROR_NOT_ENOUGH_MEMORY",
    "the list is full",
    async (hSession) => {
      await set(hSession, null, "desk");
      return await set(hSession, null, "hall");
    },
    { limits: { uiDestinations: 1 } },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) =>
      set(await closed(hSession), null, "a", NTMS_UIDEST_ADD, NTMS_UITYPE_INFO),
  ],
]);

/** The rows. */
export const UI_ERRORS: readonly Row[] = [...GET, ...SET];
