/**
 * GetNtmsObjectInformation in its two character sets.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import { OBJECT_TYPES } from "../model/states.ts";
import {
  invalid,
  readDword,
  readGuid,
  readRef,
  readStructure,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import { NTMS_UNKNOWN } from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import {
  SIZEOF_NTMS_OBJECTINFORMATIONA,
  SIZEOF_NTMS_OBJECTINFORMATIONW,
} from "./structure_sizes.ts";
import type { NTMS_OBJECTINFORMATION } from "./structures.ts";
import { objectInformation } from "./structures_from_records.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";
import { type Charset, toAnsi } from "./windows_1252.ts";

/**
 * Tells what is known of an object.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param lpInfo Going in, a structure whose `dwSize` is
 * SIZEOF_NTMS_OBJECTINFORMATIONW and whose `dwType` is the object's type, or
 * NTMS_UNKNOWN to have it found; coming out, the structure filled. It is
 * replaced, not changed in place.
 * @returns ERROR_SUCCESS; ERROR_INVALID_PARAMETER for a wrong size, for a type
 * that is not the object's, and for an argument that is missing or malformed;
 * ERROR_OBJECT_NOT_FOUND when no object has the id; ERROR_INVALID_HANDLE when
 * the session is closed or unknown; ERROR_ACCESS_DENIED without USE on the
 * object; ERROR_NOT_ENOUGH_MEMORY when the service is at a limit;
 * ERROR_NOT_READY while the service starts; ERROR_CONNECTION_UNAVAIL when it
 * cannot be reached any more.
 *
 * @example The device of a drive
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectInformationW,
 *   NTMS_DRIVE,
 *   type NTMS_OBJECTINFORMATION,
 *   OpenNtmsSession,
 *   type Ref,
 *   SIZEOF_NTMS_OBJECTINFORMATIONW,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_DRIVE, 0);
 * for (const id of ids) {
 *   const info: Ref<NTMS_OBJECTINFORMATION> = {
 *     value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATIONW, dwType: NTMS_DRIVE },
 *   };
 *   await GetNtmsObjectInformationW(hSession, id, info);
 *   if (info.value.dwType === NTMS_DRIVE && info.value.Info !== undefined) {
 *     console.log(info.value.Info.Drive.szDeviceName); // such as /dev/nst0
 *   }
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsObjectInformationW(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpInfo: Ref<NTMS_OBJECTINFORMATION>,
): Promise<DWORD> {
  return getInformation(
    hSession,
    lpObjectId,
    lpInfo,
    SIZEOF_NTMS_OBJECTINFORMATIONW,
    (text) => text,
  );
}

/**
 * Tells what is known of an object; the same as
 * {@linkcode GetNtmsObjectInformationW}, whose name most programs do not
 * spell out.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param lpInfo The structure, with `dwSize` and `dwType` set.
 * @returns The codes of {@linkcode GetNtmsObjectInformationW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   GetNtmsObjectInformation,
 *   NTMS_NULLGUID,
 *   type NTMS_OBJECTINFORMATION,
 *   NTMS_UNKNOWN,
 *   OpenNtmsSession,
 *   type Ref,
 *   SIZEOF_NTMS_OBJECTINFORMATION,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const info: Ref<NTMS_OBJECTINFORMATION> = {
 *   value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATION, dwType: NTMS_UNKNOWN },
 * };
 * const code = await GetNtmsObjectInformation(hSession, NTMS_NULLGUID, info);
 * console.log(code); // 87, as no object has the GUID of zeros
 * await CloseNtmsSession(hSession);
 * ```
 */
export const GetNtmsObjectInformation: typeof GetNtmsObjectInformationW =
  GetNtmsObjectInformationW;

/**
 * Tells what is known of an object; {@linkcode GetNtmsObjectInformationW} with
 * text limited to Windows-1252: a question mark stands for what it lacks.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param lpInfo The structure, with `dwSize` of
 * SIZEOF_NTMS_OBJECTINFORMATIONA and `dwType` set.
 * @returns The codes of {@linkcode GetNtmsObjectInformationW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectInformationA,
 *   NTMS_LIBRARY,
 *   type NTMS_OBJECTINFORMATION,
 *   NTMS_UNKNOWN,
 *   OpenNtmsSession,
 *   type Ref,
 *   SIZEOF_NTMS_OBJECTINFORMATIONA,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * for (const id of ids) {
 *   const info: Ref<NTMS_OBJECTINFORMATION> = {
 *     value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATIONA, dwType: NTMS_UNKNOWN },
 *   };
 *   const code = await GetNtmsObjectInformationA(hSession, id, info);
 *   if (code === 0 && info.value.Info) console.log(info.value.szName);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsObjectInformationA(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpInfo: Ref<NTMS_OBJECTINFORMATION>,
): Promise<DWORD> {
  return getInformation(
    hSession,
    lpObjectId,
    lpInfo,
    SIZEOF_NTMS_OBJECTINFORMATIONA,
    toAnsi,
  );
}

function getInformation(
  hSession: HANDLE,
  lpObjectId: Guid,
  lpInfo: Ref<NTMS_OBJECTINFORMATION>,
  size: number,
  text: Charset,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const id = readGuid(lpObjectId, "lpObjectId");
      const asked = readStructure(readRef(lpInfo, "lpInfo"), size, "lpInfo");
      const dwType = readDword(asked.dwType, "lpInfo.value.dwType");
      if (
        dwType !== NTMS_UNKNOWN && nameOfCode(OBJECT_TYPES, dwType) === null
      ) {
        throw invalid(`lpInfo has a dwType that no object has: ${dwType}`);
      }

      const record = await session.object(id);
      const information = objectInformation(record, size, text);
      if (dwType !== NTMS_UNKNOWN && dwType !== information.dwType) {
        throw invalid(
          `Object ${id} is of type ${information.dwType} (${record.type}), and dwType says ${dwType}`,
        );
      }
      lpInfo.value = information;
    })
  );
}
