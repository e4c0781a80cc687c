/**
 * EjectNtmsMedia, InjectNtmsMedia and AccessNtmsLibraryDoor.
 *
 * @module
 */

import {
  type DoorInventory,
  EJECT_ACTIONS,
  INJECT_ACTIONS,
} from "../model/control_calls.ts";
import type { CartridgeId, Guid, LibraryId } from "../model/ids.ts";
import { INVENTORY_METHODS } from "../model/states.ts";
import { invalid, readGuid, readOptionalGuid, readRef } from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import type { NtmsInventoryMethod } from "./library_constants.ts";
import { reachingService } from "./not_connected.ts";
import { outcomeOf } from "./outcome.ts";
import type {
  NtmsEjectOperation,
  NtmsInjectOperation,
} from "./library_constants.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";

/**
 * Offers a cartridge in a port of its library. It returns when the work is
 * queued; the cartridge is offered until a person takes it, the port's
 * dwMaxExtendSecs are over, or it is stopped, which both bring it back to its
 * slot. What a person took is in the offline library then, or forgotten: media
 * of import and unrecognized pools and incompatible ones, unless
 * NTMS_POOLPOLICY_KEEPOFFLINEIMPORT keeps those of import pools; and free ones
 * with NTMS_POOLPOLICY_PURGEOFFLINESCRATCH.
 *
 * @param hSession The session.
 * @param lpMediaId The cartridge; `null` with NTMS_EJECT_START offers what was
 * queued.
 * @param lpEjectOperation Receives the id of the operation when it starts, and
 * names the one to stop.
 * @param dwAction NTMS_EJECT_START; NTMS_EJECT_FORCE, which also ends mounts of
 * the cartridge; NTMS_EJECT_QUEUE, which gathers cartridges of one library
 * until one of them is started; NTMS_EJECT_STOP.
 * @returns ERROR_SUCCESS when it is queued, gathered or stopped; ERROR_BUSY
 * when the cartridge is mounted, or as many are gathered as the ports have
 * places; ERROR_INVALID_OPERATION when no such ejection is under way;
 * ERROR_LIBRARY_OFFLINE when it is in no library; ERROR_MEDIA_NOT_AVAILABLE
 * when it is disabled; ERROR_RESOURCE_DISABLED when the library is;
 * ERROR_DEVICE_NOT_AVAILABLE when the library is not connected;
 * ERROR_INVALID_MEDIA when no cartridge has the id; ERROR_NOT_SUPPORTED for a
 * library without ports, whose door is the way; ERROR_INVALID_PARAMETER for an
 * argument that is missing or malformed; ERROR_INVALID_HANDLE when the session
 * is closed or unknown; ERROR_ACCESS_DENIED without CONTROL on the library;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   EjectNtmsMedia,
 *   NTMS_EJECT_START,
 *   NTMS_EJECT_STOP,
 *   NTMS_PHYSICAL_MEDIA,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(
 *   hSession,
 *   null,
 *   ids,
 *   { value: 99 },
 *   NTMS_PHYSICAL_MEDIA,
 *   0,
 * );
 * const [medium = null] = ids;
 * const operation = { value: "" };
 * await EjectNtmsMedia(hSession, medium, operation, NTMS_EJECT_START);
 * console.log("Take it out of its port, please");
 * await EjectNtmsMedia(hSession, null, operation, NTMS_EJECT_STOP);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function EjectNtmsMedia(
  hSession: HANDLE,
  lpMediaId: CartridgeId | null,
  lpEjectOperation: Ref<Guid>,
  dwAction: NtmsEjectOperation,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const action = nameOfCode(EJECT_ACTIONS, dwAction);
      if (action === null) {
        throw invalid(
          "dwAction is none of NTMS_EJECT_START, NTMS_EJECT_STOP, NTMS_EJECT_QUEUE and NTMS_EJECT_FORCE",
        );
      }
      const cartridge = readOptionalGuid(lpMediaId, "lpMediaId");
      if (action === "queue") {
        const queued = readGuid(lpMediaId, "lpMediaId");
        await reachingService(() =>
          session.ports.eject(queued, { queue: true })
        );
        return;
      }
      const named = readRef(lpEjectOperation, "lpEjectOperation");
      if (action === "stop") {
        const operation = readGuid(named, "lpEjectOperation");
        return await reachingService(() =>
          session.ports.stopEjection(operation)
        );
      }
      const { operation } = await reachingService(() =>
        session.ports.eject(cartridge, { force: action === "force" })
      );
      lpEjectOperation.value = operation;
    })
  );
}

/**
 * Opens the ports of a library, and brings what a person puts into them to
 * free slots. It returns when the work is queued. Known cartridges come back
 * from the offline library; unknown ones are entered as after an inventory.
 * What finds no slot stays in its port, and a person is asked to take it out.
 *
 * @param hSession The session.
 * @param lpLibraryId The library.
 * @param lpInjectOperation Receives the id of the operation when it starts, and
 * names the one to stop or to retract.
 * @param dwAction NTMS_INJECT_START, which ends with the first cartridges that
 * came, or when the longest dwMaxExtendSecs of the ports are over;
 * NTMS_INJECT_STARTMANY, which goes on until it is stopped or nothing has come
 * for that time; NTMS_INJECT_RETRACT, which takes in at once what is in the
 * ports; NTMS_INJECT_STOP.
 * @returns ERROR_SUCCESS when it is queued, retracted or stopped;
 * ERROR_LIBRARY_FULL when no slot is free; ERROR_BUSY when cartridges are being
 * taken in already; ERROR_INVALID_OPERATION when no such injection is under
 * way, and for a retraction of one that did not start with
 * NTMS_INJECT_STARTMANY; ERROR_LIBRARY_OFFLINE for the offline library;
 * ERROR_RESOURCE_DISABLED when the library is disabled;
 * ERROR_DEVICE_NOT_AVAILABLE when it is not connected; ERROR_INVALID_LIBRARY
 * when no library has the id; ERROR_NOT_SUPPORTED for a library without ports,
 * whose door is the way; ERROR_INVALID_PARAMETER for an argument that is
 * missing or malformed; ERROR_INVALID_HANDLE when the session is closed or
 * unknown; ERROR_ACCESS_DENIED without CONTROL on the library;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   InjectNtmsMedia,
 *   NTMS_INJECT_START,
 *   NTMS_INJECT_STOP,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const library = ids.at(-1) ?? "";
 * const operation = { value: "" };
 * await InjectNtmsMedia(hSession, library, operation, NTMS_INJECT_START);
 * console.log("Put a cartridge into a port, please");
 * await InjectNtmsMedia(hSession, library, operation, NTMS_INJECT_STOP);
 * await CloseNtmsSession(hSession);
 * ```
 */
export function InjectNtmsMedia(
  hSession: HANDLE,
  lpLibraryId: LibraryId,
  lpInjectOperation: Ref<Guid>,
  dwAction: NtmsInjectOperation,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ ports }) => {
      const library = readGuid(lpLibraryId, "lpLibraryId");
      const named = readRef(lpInjectOperation, "lpInjectOperation");
      const action = nameOfCode(INJECT_ACTIONS, dwAction);
      if (action === null) {
        throw invalid(
          "dwAction is none of NTMS_INJECT_START, NTMS_INJECT_STOP, NTMS_INJECT_RETRACT and NTMS_INJECT_STARTMANY",
        );
      }
      if (action === "stop" || action === "retract") {
        const operation = readGuid(named, "lpInjectOperation");
        return await reachingService(() =>
          action === "stop"
            ? ports.stopInjection(library, operation)
            : ports.retract(library, operation)
        );
      }
      const { operation } = await reachingService(() =>
        ports.inject(library, { many: action === "startMany" })
      );
      lpInjectOperation.value = operation;
    })
  );
}

/**
 * Leaves a library to a person at its door: what runs comes to its end, the
 * door is unlocked, and nothing moves until it is closed again. It returns
 * when the work is queued, also where the library is busy.
 *
 * @param hSession The session.
 * @param lpLibraryId The library.
 * @param dwAction What is looked at once the door is closed:
 * NTMS_INVENTORY_NONE nothing, NTMS_INVENTORY_FAST the bar codes,
 * NTMS_INVENTORY_OMID the labels, NTMS_INVENTORY_DEFAULT what the library is
 * set to. After the dwMaxOpenSecs of the door the operator is called, who may
 * say that it is closed.
 * @returns ERROR_SUCCESS when it is queued; ERROR_RESOURCE_NOT_PRESENT when the
 * library has no door; ERROR_LIBRARY_OFFLINE for the offline library;
 * ERROR_RESOURCE_DISABLED when it is disabled; ERROR_DEVICE_NOT_AVAILABLE when
 * it is not connected; ERROR_INVALID_LIBRARY when no library has the id;
 * ERROR_INVALID_PARAMETER for another action, and for an argument that is
 * missing or malformed; ERROR_INVALID_HANDLE when the session is closed or
 * unknown; ERROR_ACCESS_DENIED without CONTROL on the library;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_CONNECTED when the service cannot be reached any more;
 * ERROR_NOT_READY while it starts.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   EnumerateNtmsObject,
 *   AccessNtmsLibraryDoor,
 *   ERROR_SUCCESS,
 *   NTMS_INVENTORY_FAST,
 *   NTMS_LIBRARY,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const ids: string[] = [];
 * await EnumerateNtmsObject(hSession, null, ids, { value: 99 }, NTMS_LIBRARY, 0);
 * const [library = ""] = ids; // the offline library, which has no door
 * const code = await AccessNtmsLibraryDoor(hSession, library, NTMS_INVENTORY_FAST);
 * if (code === ERROR_SUCCESS) console.log("Open the door, and close it again");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function AccessNtmsLibraryDoor(
  hSession: HANDLE,
  lpLibraryId: LibraryId,
  dwAction: NtmsInventoryMethod,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async ({ ports }) => {
      const library = readGuid(lpLibraryId, "lpLibraryId");
      const inventory = nameOfCode(INVENTORY_METHODS, dwAction);
      if (inventory === null || !isDoorInventory(inventory)) {
        throw invalid(
          "dwAction is none of NTMS_INVENTORY_NONE, NTMS_INVENTORY_FAST, NTMS_INVENTORY_OMID and NTMS_INVENTORY_DEFAULT",
        );
      }
      await reachingService(() => ports.openDoor(library, { inventory }));
    })
  );
}

function isDoorInventory(method: string): method is DoorInventory {
  return ["none", "fast", "omid", "default"].includes(method);
}
