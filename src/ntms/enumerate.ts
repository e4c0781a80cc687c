/**
 * EnumerateNtmsObject.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import type { Guid } from "../model/ids.ts";
import { OBJECT_TYPES, type ObjectType } from "../model/states.ts";
import {
  checkFillable,
  invalid,
  isNull,
  readBits,
  readDword,
  readOptionalGuid,
  readRef,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import { NTMS_ENUM_ROOTPOOL } from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";

/**
 * Lists the ids of the objects of one type, in the whole system or in one
 * container. Parts of a library come by their number, other objects in the
 * order they were made.
 *
 * | objects | containers |
 * | --- | --- |
 * | changers, drives, doors, ports, slots, library requests, media types | null, library |
 * | cartridges | null, media pool, library |
 * | sides | null, cartridge, logical medium, media pool |
 * | logical media | null, media pool, side |
 * | media pools | null (the top level), media pool |
 * | libraries, computer, changer and drive types, operator requests | null |
 *
 * @param hSession The session.
 * @param lpContainerId The container; `null` or NTMS_NULLGUID for the whole
 * system.
 * @param lpList Array whose first elements receive the ids; `null` to learn
 * only how many there are.
 * @param lpdwListSize Going in, how many ids there is room for; coming out,
 * how many there are. Without `lpList` there is room for none.
 * @param dwType NTMS_CHANGER to NTMS_OPREQUEST.
 * @param dwOptions NTMS_ENUM_DEFAULT, or NTMS_ENUM_ROOTPOOL with
 * NTMS_MEDIA_POOL and no container.
 * @returns ERROR_SUCCESS, also for no objects;
 * ERROR_INSUFFICIENT_BUFFER when there are more than there is room for: the
 * list is cut and `lpdwListSize` tells how many are needed;
 * ERROR_INVALID_PARAMETER for a container that cannot hold that type, and for
 * an argument that is missing or malformed; ERROR_OBJECT_NOT_FOUND when the
 * container is unknown; ERROR_INVALID_HANDLE when the session is closed or
 * unknown; ERROR_ACCESS_DENIED without USE on the container;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be
 * reached any more.
 *
 * @example The libraries of this computer
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const list: string[] = [];
 * const size = { value: 64 };
 * const code = await EnumerateNtmsObject(
 *   hSession,
 *   null,
 *   list,
 *   size,
 *   NTMS_LIBRARY,
 *   0,
 * );
 * if (code === 0) console.log(list.slice(0, size.value));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function EnumerateNtmsObject(
  hSession: HANDLE,
  lpContainerId: Guid | null,
  lpList: Guid[] | null,
  lpdwListSize: Ref<DWORD>,
  dwType: DWORD,
  dwOptions: DWORD,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const type = readObjectType(dwType);
      const container = readOptionalGuid(lpContainerId, "lpContainerId");
      const size = readDword(
        readRef(lpdwListSize, "lpdwListSize"),
        "lpdwListSize.value",
      );
      if (!isNull(lpList)) checkFillable(lpList, "lpList");
      const bits = readBits(dwOptions, NTMS_ENUM_ROOTPOOL, "dwOptions");

      const ids = await session.enumerate(type, {
        container,
        rootPool: bits === NTMS_ENUM_ROOTPOOL,
      });
      const room = isNull(lpList) ? 0 : size;
      for (const [index, id] of ids.slice(0, room).entries()) {
        if (!isNull(lpList)) lpList[index] = id;
      }
      lpdwListSize.value = ids.length;
      if (ids.length <= room) return;
      throw new NtmsError(
        "ERROR_INSUFFICIENT_BUFFER",
        `Cannot list all ${ids.length} objects: there is room for ${room}, call again with more`,
      );
    })
  );
}

function readObjectType(dwType: unknown): ObjectType {
  const type = nameOfCode(OBJECT_TYPES, dwType);
  if (type !== null) return type;
  throw invalid(
    `dwType is not the type of an object: give NTMS_CHANGER to NTMS_OPREQUEST, not ${
      String(dwType)
    }`,
  );
}
