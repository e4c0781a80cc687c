/**
 * Errors of EjectNtmsMedia, InjectNtmsMedia and AccessNtmsLibraryDoor.
 *
 * @module
 */

import {
  AccessNtmsLibraryDoor,
  CloseNtmsSession,
  DisableNtmsObject,
  type HANDLE,
  NTMS_EJECT_QUEUE,
  NTMS_EJECT_STOP,
  NTMS_INJECT_STOP,
  NTMS_INVENTORY_DEFAULT,
  NTMS_INVENTORY_STOP,
  NTMS_LIBRARY,
  NTMS_PHYSICAL_MEDIA,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { inRun, LAST, withoutLast } from "./managing_calls.ts";
import { eject, inject, library } from "./port_calls.ts";
import { type Act, type Row, rowsOf } from "./rows.ts";
import { OTHER_LIBRARY, SMALL_LIBRARY } from "./running_service.ts";

const FIRST = "LAB001L6";
const FULL = SMALL_LIBRARY.replace("slots=8", "slots=4");

async function cartridge(hSession: HANDLE, barCode = FIRST): Promise<string> {
  return (await calls.cartridgeOf(hSession, barCode)).id;
}

async function door(hSession: HANDLE, id: string): Promise<string> {
  return nameOf(
    await AccessNtmsLibraryDoor(hSession, id, NTMS_INVENTORY_DEFAULT),
  );
}

/** The same act where the library is disabled. */
export function disabled(
  act: (hSession: HANDLE, id: string) => Promise<string>,
): Act {
  return async (hSession) => {
    const id = await library(hSession);
    await DisableNtmsObject(hSession, NTMS_LIBRARY, id);
    return await act(hSession, id);
  };
}

/** The same act in a session that is closed. */
export function closed(act: Act): Act {
  return async (hSession, service) => {
    await CloseNtmsSession(hSession);
    return await act(hSession, service);
  };
}

/** An act on something of a library that an earlier run had, and this one has not. */
export function absent(
  name: string,
  find: (hSession: HANDLE) => Promise<string>,
  act: (hSession: HANDLE, id: string) => Promise<string>,
  code = "ERROR_DEVICE_NOT_AVAILABLE",
): Row {
  return {
    name,
    code,
    cause: "the library is not connected",
    async produce() {
      const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
      const libraries = [SMALL_LIBRARY, OTHER_LIBRARY];
      try {
        const id = await inRun({ state, libraries }, find);
        return await inRun({ state }, (hSession) => act(hSession, id));
      } finally {
        await Deno.remove(state, { recursive: true });
      }
    },
  };
}

const ejected = async (hSession: HANDLE, id: string | null) =>
  (await eject(hSession, id)).code;
const injected = async (hSession: HANDLE, id: string) =>
  (await inject(hSession, id)).code;

const EJECT = rowsOf("EjectNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "it is queued",
    async (hSession) => ejected(hSession, await cartridge(hSession)),
    { lines: ["EjectNtmsMedia.1"] },
  ],
  [
    "ERROR_BUSY",
    "the cartridge is mounted",
    async (hSession) => {
      const [medium] = await calls.allocatedAll(hSession, [FIRST]);
      await calls.mount(hSession, [medium]);
      return await ejected(hSession, await cartridge(hSession));
    },
  ],
  [
    "ERROR_BUSY",
    "more are queued than the ports have places",
    async (hSession) => {
      for (const barCode of [FIRST, "LAB002L6"]) {
        const id = await cartridge(hSession, barCode);
        await eject(hSession, id, NTMS_EJECT_QUEUE);
      }
      const third = await cartridge(hSession, "LAB003L6");
      return (await eject(hSession, third, NTMS_EJECT_QUEUE)).code;
    },
  ],
  [
    "ERROR_RESOURCE_DISABLED",
    "the library is disabled",
    disabled(async (hSession) => ejected(hSession, await cartridge(hSession))),
  ],
  [
    "ERROR_MEDIA_NOT_AVAILABLE",
    "the cartridge is disabled",
    async (hSession) => {
      const id = await cartridge(hSession);
      await DisableNtmsObject(hSession, NTMS_PHYSICAL_MEDIA, id);
      return await ejected(hSession, id);
    },
  ],
  [
    "ERROR_INVALID_OPERATION",
    "no ejection with the id is under way",
    async (hSession) =>
      (await eject(hSession, null, NTMS_EJECT_STOP, calls.NOBODY)).code,
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "nothing is queued that could start",
    (hSession) => ejected(hSession, null),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    closed((hSession) => ejected(hSession, calls.NOBODY)),
  ],
]);

const OFFLINE: Row = {
  name: "EjectNtmsMedia",
  code: "ERROR_LIBRARY_OFFLINE",
  cause: "the cartridge is in no library",
  lines: ["EjectNtmsMedia.6"],
  produce: () => withoutLast((hSession) => cartridge(hSession, LAST), ejected),
};

const INJECT = rowsOf("InjectNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "it is queued",
    async (hSession) => injected(hSession, await library(hSession)),
    { lines: ["InjectNtmsMedia.1"] },
  ],
  [
    "ERROR_LIBRARY_FULL",
    "no slot is free",
    async (hSession) => injected(hSession, await library(hSession)),
    { libraries: [FULL] },
  ],
  [
    "ERROR_LIBRARY_OFFLINE",
    "the library is the offline library",
    async (hSession) => {
      const { offline } = await calls.libraries(hSession);
      return await injected(hSession, offline);
    },
  ],
  [
    "ERROR_INVALID_OPERATION",
    "no injection with the id is under way",
    async (hSession) => {
      const id = await library(hSession);
      return (await inject(hSession, id, NTMS_INJECT_STOP, calls.NOBODY)).code;
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the library is missing",
    (hSession) => injected(hSession, ""),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    closed((hSession) => injected(hSession, calls.NOBODY)),
  ],
]);

const DOOR = rowsOf("AccessNtmsLibraryDoor", [
  [
    "ERROR_SUCCESS",
    "the library is busy",
    async (hSession) => {
      const [medium] = await calls.allocatedAll(hSession, [FIRST]);
      const mounting = calls.mount(hSession, [medium]);
      const code = await door(hSession, await library(hSession));
      await mounting;
      return code;
    },
    { lines: ["AccessNtmsLibraryDoor.1"] },
  ],
  [
    "ERROR_RESOURCE_DISABLED",
    "the library is disabled",
    disabled(door),
  ],
  [
    "ERROR_LIBRARY_OFFLINE",
    "the library is the offline library",
    async (hSession) =>
      await door(hSession, (await calls.libraries(hSession)).offline),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the action is none of the four",
    async (hSession) =>
      nameOf(
        await AccessNtmsLibraryDoor(
          hSession,
          await library(hSession),
          NTMS_INVENTORY_STOP,
        ),
      ),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    closed((hSession) => door(hSession, calls.NOBODY)),
  ],
]);

/** All rows. */
export const PORT_ERRORS: readonly Row[] = [
  ...EJECT,
  OFFLINE,
  absent(
    "EjectNtmsMedia",
    (hSession) => cartridge(hSession, "OTH001L6"),
    ejected,
  ),
  ...INJECT,
  absent(
    "InjectNtmsMedia",
    async (hSession) =>
      (await calls.cartridgeOf(hSession, "OTH001L6")).CurrentLibrary,
    injected,
  ),
  ...DOOR,
];
