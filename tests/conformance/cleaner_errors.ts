/**
 * Errors of ReserveNtmsCleanerSlot, ReleaseNtmsCleanerSlot, InjectNtmsCleaner,
 * EjectNtmsCleaner and CleanNtmsDrive.
 *
 * @module
 */

import {
  DisableNtmsObject,
  type HANDLE,
  NTMS_DRIVE,
  NTMS_EJECT_STOP,
  NTMS_INJECT_STOP,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import {
  BY_DOOR,
  clean,
  eject,
  inject,
  release,
  reserve,
  slots,
  WITH_CLEANER,
} from "./cleaner_calls.ts";
import { inRun } from "./managing_calls.ts";
import { library } from "./port_calls.ts";
import { absent, closed, disabled } from "./port_errors.ts";
import { type Act, type Row, type RowOptions, rowsOf } from "./rows.ts";
import { SMALL_LIBRARY } from "./running_service.ts";

const HAS_CLEANER: RowOptions = { libraries: [WITH_CLEANER] };
const FIRST_CARTRIDGE = "OTH001L6";

async function otherLibrary(hSession: HANDLE): Promise<string> {
  return (await calls.cartridgeOf(hSession, FIRST_CARTRIDGE)).CurrentLibrary;
}

/** An act on the offline library. */
function offline(act: (hSession: HANDLE, id: string) => Promise<string>): Act {
  return async (hSession) =>
    await act(hSession, (await calls.libraries(hSession)).offline);
}

const ofLibrary = {
  ReserveNtmsCleanerSlot: async (hSession: HANDLE, id: string) =>
    reserve(hSession, (await slots(hSession)).at(-1) ?? calls.NOBODY, id),
  ReleaseNtmsCleanerSlot: release,
  InjectNtmsCleaner: async (hSession: HANDLE, id: string) =>
    (await inject(hSession, undefined, "", id)).code,
  EjectNtmsCleaner: async (hSession: HANDLE, id: string) =>
    (await eject(hSession, undefined, "", id)).code,
} as const;

const COMMON = Object.entries(ofLibrary).flatMap(([name, act]) => [
  ...rowsOf(name, [
    [
      "ERROR_INVALID_LIBRARY",
      "no library has the id",
      (hSession) => act(hSession, calls.NOBODY),
    ],
    [
      "ERROR_LIBRARY_OFFLINE",
      "the library is the offline library",
      offline(act),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the library is missing",
      (hSession) => act(hSession, ""),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) =>
        name === "ReserveNtmsCleanerSlot"
          ? reserve(hSession, calls.NOBODY, calls.NOBODY)
          : act(hSession, calls.NOBODY)
      ),
    ],
  ]),
  // Not every function is documented with every one of these.
  ...name === "ReserveNtmsCleanerSlot" ? [] : rowsOf(name, [[
    "ERROR_RESOURCE_DISABLED",
    "the library is disabled",
    disabled(act),
  ]]),
  ...name === "EjectNtmsCleaner" ? [] : [
    absent(
      name,
      otherLibrary,
      (hSession, id) =>
        name === "ReserveNtmsCleanerSlot"
          ? reserve(hSession, calls.NOBODY, id)
          : act(hSession, id),
    ),
  ],
]);

const SLOTS = [
  ...rowsOf("ReserveNtmsCleanerSlot", [
    ["ERROR_SUCCESS", "the slot is empty", (hSession) => reserve(hSession)],
    [
      "ERROR_CLEANER_SLOT_SET",
      "a slot is reserved already",
      async (hSession) => {
        await reserve(hSession);
        const [, , , , , slot] = await slots(hSession);
        return await reserve(hSession, slot);
      },
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "no slot has the id",
      (hSession) => reserve(hSession, calls.NOBODY),
    ],
    [
      "ERROR_RESOURCE_NOT_AVAILABLE",
      "a medium is in the slot",
      async (hSession) => reserve(hSession, (await slots(hSession))[0]),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the slot is missing",
      (hSession) => reserve(hSession, ""),
    ],
  ]),
  ...rowsOf("ReleaseNtmsCleanerSlot", [
    [
      "ERROR_SUCCESS",
      "the slot is empty",
      async (hSession) => {
        await reserve(hSession);
        return await release(hSession);
      },
    ],
    [
      "ERROR_CLEANER_SLOT_NOT_SET",
      "no slot is reserved",
      (hSession) => release(hSession),
    ],
    [
      "ERROR_RESOURCE_NOT_AVAILABLE",
      "the cleaning cartridge is in it",
      (hSession) => release(hSession),
      HAS_CLEANER,
    ],
  ]),
];

const PORTS = [
  ...rowsOf("InjectNtmsCleaner", [
    [
      "ERROR_SUCCESS",
      "it is queued",
      async (hSession) => {
        await reserve(hSession);
        return (await inject(hSession)).code;
      },
      { lines: ["InjectNtmsCleaner.1"] },
    ],
    [
      "ERROR_CLEANER_SLOT_NOT_SET",
      "no slot is reserved",
      async (hSession) => (await inject(hSession)).code,
    ],
    [
      "ERROR_RESOURCE_NOT_AVAILABLE",
      "there is a cleaning cartridge already",
      async (hSession) => (await inject(hSession)).code,
      HAS_CLEANER,
    ],
    [
      "ERROR_NOT_SUPPORTED",
      "it is to stop in a library without ports",
      async (hSession) =>
        (await inject(hSession, NTMS_INJECT_STOP, calls.NOBODY)).code,
      { libraries: [BY_DOOR] },
    ],
  ]),
  ...rowsOf("EjectNtmsCleaner", [
    [
      "ERROR_SUCCESS",
      "it is queued",
      async (hSession) => (await eject(hSession)).code,
      { ...HAS_CLEANER, lines: ["EjectNtmsCleaner.1"] },
    ],
    [
      "ERROR_CLEANER_SLOT_NOT_SET",
      "no slot is reserved",
      async (hSession) => (await eject(hSession)).code,
    ],
    [
      "ERROR_EMPTY",
      "there is no cleaning cartridge",
      async (hSession) => {
        await reserve(hSession);
        return (await eject(hSession)).code;
      },
    ],
    [
      "ERROR_INVALID_OPERATION",
      "no such ejection is under way",
      async (hSession) =>
        (await eject(hSession, NTMS_EJECT_STOP, calls.NOBODY)).code,
    ],
  ]),
];

const CLEAN = [
  ...rowsOf("CleanNtmsDrive", [
    ["ERROR_SUCCESS", "it is queued", (hSession) => clean(hSession)],
    [
      "ERROR_INVALID_DRIVE",
      "no drive has the id",
      (hSession) => clean(hSession, calls.NOBODY),
    ],
    [
      "ERROR_RESOURCE_DISABLED",
      "the drive is disabled",
      async (hSession) => {
        const [id = ""] = await calls.driveIds(hSession);
        await DisableNtmsObject(hSession, NTMS_DRIVE, id);
        return await clean(hSession, id);
      },
    ],
    [
      "ERROR_RESOURCE_DISABLED",
      "the library is disabled",
      disabled((hSession) => clean(hSession)),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the drive is missing",
      (hSession) => clean(hSession, ""),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) => clean(hSession, calls.NOBODY)),
    ],
  ]),
  absent(
    "CleanNtmsDrive",
    async (hSession) => {
      const id = await otherLibrary(hSession);
      const [drive = ""] = await calls.idsOf(hSession, NTMS_DRIVE, id);
      return drive;
    },
    clean,
    "ERROR_RESOURCE_NOT_PRESENT",
  ),
];

const NOT_THERE: Row = {
  name: "CleanNtmsDrive",
  code: "ERROR_DEVICE_NOT_AVAILABLE",
  cause: "the library does not have the drive any more",
  async produce() {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    const fewer = SMALL_LIBRARY.replace("drives=2", "drives=1");
    try {
      const id = await inRun(
        { state },
        async (hSession) => (await calls.driveIds(hSession)).at(-1) ?? "",
      );
      return await inRun(
        { state, libraries: [fewer] },
        (hSession) => clean(hSession, id),
      );
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  },
};

/** The library has no such slot any more: a magazine is gone. */
function withoutSlot(
  name: string,
  act: (hSession: HANDLE) => Promise<string>,
): Row {
  return {
    name,
    code: "ERROR_RESOURCE_NOT_PRESENT",
    cause: "the reserved slot is not installed any more",
    async produce() {
      const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
      const fewer = SMALL_LIBRARY.replace("slots=8", "slots=6");
      try {
        await inRun({ state }, (hSession) => reserve(hSession));
        return await inRun({ state, libraries: [fewer] }, act);
      } finally {
        await Deno.remove(state, { recursive: true });
      }
    },
  };
}

/** The service stops between two calls. */
function stopped(
  name: string,
  act: (hSession: HANDLE, slot: string, id: string) => Promise<string>,
): readonly Row[] {
  return rowsOf(name, [[
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    async (hSession, { service }) => {
      const id = await library(hSession);
      const slot = (await slots(hSession)).at(-1) ?? calls.NOBODY;
      await service.close();
      return await act(hSession, slot, id);
    },
  ]]);
}

/** All rows. */
export const CLEANER_ERRORS: readonly Row[] = [
  ...stopped("ReserveNtmsCleanerSlot", reserve),
  ...stopped(
    "ReleaseNtmsCleanerSlot",
    (hSession, _, id) => release(hSession, id),
  ),
  ...stopped(
    "EjectNtmsCleaner",
    async (hSession, _, id) => (await eject(hSession, undefined, "", id)).code,
  ),
  ...COMMON,
  ...SLOTS,
  ...PORTS,
  ...CLEAN,
  NOT_THERE,
  withoutSlot("ReleaseNtmsCleanerSlot", release),
  withoutSlot(
    "InjectNtmsCleaner",
    async (hSession) => (await inject(hSession)).code,
  ),
  withoutSlot(
    "EjectNtmsCleaner",
    async (hSession) => (await eject(hSession)).code,
  ),
];
