/**
 * SetNtmsObjectInformation in its two character sets.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import { OBJECT_TYPES } from "../model/states.ts";
import {
  invalid,
  readDword,
  readGuid,
  readStructure,
  readText,
} from "./arguments.ts";
import { changeOf, type TextReader } from "./changes_from_structures.ts";
import { nameOfCode } from "./code_names.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import {
  SIZEOF_NTMS_OBJECTINFORMATIONA,
  SIZEOF_NTMS_OBJECTINFORMATIONW,
} from "./structure_sizes.ts";
import type { NTMS_OBJECTINFORMATION } from "./structures.ts";
import type { DWORD, HANDLE } from "./types.ts";
import { readAnsi } from "./windows_1252.ts";

/**
 * Stores the members of an object's structure that can be written; the others
 * are not looked at. Read the structure first: every member that can be
 * written is taken from it, and the last writer wins.
 *
 * These can be written: `szDescription` of every object; `szName` of libraries,
 * media pools, logical media, sides and cartridges; of a computer all its
 * members; of a drive `dwDeferDismountDelay`, of a door `MaxOpenSecs`, of a
 * port `MaxExtendSecs`; of a library `AutoRecovery`, `dwCleanerUsesRemaining`,
 * `dwFlags` and `InventoryMethod`; of a media pool `AllocationPolicy`,
 * `DeallocationPolicy`, `dwMaxAllocates` and `MediaType`, of an application's
 * only.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param lpInfo The structure, as GetNtmsObjectInformation filled it and with
 * what is to change.
 * @returns ERROR_SUCCESS; ERROR_INVALID_PARAMETER for a wrong size, for a type
 * that is not the object's, for a member that is missing or cannot be so, for
 * a name that a sibling has, and for an argument that is missing or malformed;
 * ERROR_ACCESS_DENIED when something else than its description is to change of
 * a pool of the service's own or of the offline library, and without MODIFY on
 * the object (CONTROL on a library); ERROR_INVALID_STATE for another media type
 * of a pool that is not empty; ERROR_OBJECT_NOT_FOUND when no object has the
 * id; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectInformationW,
 *   NTMS_LIBRARY,
 *   type NTMS_OBJECTINFORMATION,
 *   OpenNtmsSession,
 *   type Ref,
 *   SetNtmsObjectInformationW,
 *   SIZEOF_NTMS_OBJECTINFORMATIONW,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const info: Ref<NTMS_OBJECTINFORMATION> = {
 *   value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATIONW, dwType: NTMS_LIBRARY },
 * };
 * const [library = ""] = ids;
 * await GetNtmsObjectInformationW(hSession, library, info);
 * if (info.value.Info !== undefined) {
 *   info.value.szDescription = "In the cellar";
 *   await SetNtmsObjectInformationW(hSession, library, info.value);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsObjectInformationW(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpInfo: NTMS_OBJECTINFORMATION,
): Promise<DWORD> {
  const size = SIZEOF_NTMS_OBJECTINFORMATIONW;
  return setInformation(hSession, lpObjectId, lpInfo, size, readText);
}

/**
 * Stores the members of an object's structure that can be written; the same as
 * {@linkcode SetNtmsObjectInformationW}, whose name most programs do not spell
 * out.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param lpInfo The structure.
 * @returns The codes of {@linkcode SetNtmsObjectInformationW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectInformation,
 *   NTMS_LIBRARY,
 *   type NTMS_OBJECTINFORMATION,
 *   OpenNtmsSession,
 *   type Ref,
 *   SetNtmsObjectInformation,
 *   SIZEOF_NTMS_OBJECTINFORMATION,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const info: Ref<NTMS_OBJECTINFORMATION> = {
 *   value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATION, dwType: NTMS_LIBRARY },
 * };
 * const [library = ""] = ids;
 * await GetNtmsObjectInformation(hSession, library, info);
 * if (info.value.Info !== undefined) {
 *   info.value.szDescription = "In the cellar";
 *   await SetNtmsObjectInformation(hSession, library, info.value);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export const SetNtmsObjectInformation: typeof SetNtmsObjectInformationW =
  SetNtmsObjectInformationW;

/**
 * Stores the members of an object's structure that can be written;
 * {@linkcode SetNtmsObjectInformationW} with text in Windows-1252. A question
 * mark that GetNtmsObjectInformationA put in the place of a character that
 * Windows-1252 lacks is written as a question mark.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param lpInfo The structure.
 * @returns The codes of {@linkcode SetNtmsObjectInformationW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectInformationA,
 *   NTMS_LIBRARY,
 *   type NTMS_OBJECTINFORMATION,
 *   OpenNtmsSession,
 *   type Ref,
 *   SetNtmsObjectInformationA,
 *   SIZEOF_NTMS_OBJECTINFORMATIONA,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const info: Ref<NTMS_OBJECTINFORMATION> = {
 *   value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATIONA, dwType: NTMS_LIBRARY },
 * };
 * const [library = ""] = ids;
 * await GetNtmsObjectInformationA(hSession, library, info);
 * if (info.value.Info !== undefined) {
 *   info.value.szDescription = "In the cellar";
 *   await SetNtmsObjectInformationA(hSession, library, info.value);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsObjectInformationA(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpInfo: NTMS_OBJECTINFORMATION,
): Promise<DWORD> {
  const size = SIZEOF_NTMS_OBJECTINFORMATIONA;
  return setInformation(hSession, lpObjectId, lpInfo, size, readAnsi);
}

function setInformation(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpInfo: NTMS_OBJECTINFORMATION,
  size: number,
  readString: TextReader,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const id = readGuid(lpObjectId, "lpObjectId");
      const given = readStructure(lpInfo, size, "lpInfo");
      const dwType = readDword(given.dwType, "lpInfo.dwType");
      const type = nameOfCode(OBJECT_TYPES, dwType);
      if (type === null) {
        throw invalid(`lpInfo has a dwType that no object has: ${dwType}`);
      }
      const change = changeOf(type, given, readString);

      const record = await session.object(id);
      if (record.type !== type) {
        throw invalid(
          `Object ${id} is of type ${
            OBJECT_TYPES[record.type]
          } (${record.type}), and dwType says ${dwType}`,
        );
      }
      await session.change(id, change);
    })
  );
}
