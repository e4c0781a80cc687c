/**
 * Errors of SetNtmsObjectInformation, EnableNtmsObject and DisableNtmsObject,
 * and those of other functions that want what is disabled.
 *
 * @module
 */

import {
  CloseNtmsSession,
  DisableNtmsObject,
  EnableNtmsObject,
  type HANDLE,
  InventoryNtmsLibrary,
  NTMS_DRIVE,
  NTMS_INVENTORY_FAST,
  NTMS_LIBRARY,
  NTMS_MOUNT_SPECIFIC_DRIVE,
  NTMS_NULLGUID,
  NTMS_PHYSICAL_MEDIA,
  NTMS_STORAGESLOT,
  SetNtmsObjectInformation,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { change, inRun, systemPool } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";
import {
  OTHER_LIBRARY,
  RunningService,
  SMALL_LIBRARY,
} from "./running_service.ts";

const A = "LAB001L6";
async function setInformation(
  hSession: HANDLE,
  id: string,
  of: string,
): Promise<string> {
  const info = await calls.infoOf(hSession, of);
  return nameOf(await SetNtmsObjectInformation(hSession, id, info));
}

const SET = rowsOf("SetNtmsObjectInformation", [
  [
    "ERROR_SUCCESS",
    "a description is written to the structure that was read",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return await change(hSession, drive, (info) => {
        info.szDescription = "In the cellar";
      });
    },
  ],
  [
    "ERROR_ACCESS_DENIED",
    "nothing but its description can be written of the free pool",
    async (hSession) =>
      change(hSession, await systemPool(hSession, "\\Free"), (info) => {
        info.szName = "Mine";
      }),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the type is not the object's",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      const { online: [library = ""] } = await calls.libraries(hSession);
      return await setInformation(hSession, library, drive);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the name has a backslash",
    async (hSession) =>
      change(hSession, await calls.poolId(hSession), (info) => {
        info.szName = "a\\b";
      }),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the object's id is missing",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return await setInformation(hSession, NTMS_NULLGUID, drive);
    },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return await setInformation(hSession, calls.NOBODY, drive);
    },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      const info = await calls.infoOf(hSession, drive);
      await CloseNtmsSession(hSession);
      return await SetNtmsObjectInformation(hSession, drive, info);
    },
  ],
]);

/** What both functions refuse alike. */
function switchingErrors(
  name: string,
  call: typeof EnableNtmsObject,
): readonly Row[] {
  return rowsOf(name, [
    [
      "ERROR_INVALID_PARAMETER",
      "slots are neither enabled nor disabled",
      async (hSession) => {
        const [slot = ""] = await calls.idsOf(hSession, NTMS_STORAGESLOT);
        return await call(hSession, NTMS_STORAGESLOT, slot);
      },
    ],
    [
      "ERROR_LIBRARY_OFFLINE",
      "it is the offline library",
      async (hSession) => {
        const { offline } = await calls.libraries(hSession);
        return await call(hSession, NTMS_LIBRARY, offline);
      },
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "no object has the id",
      (hSession) => call(hSession, NTMS_DRIVE, calls.NOBODY),
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "the object is of another type",
      async (hSession) => {
        const [drive = ""] = await calls.driveIds(hSession);
        return await call(hSession, NTMS_PHYSICAL_MEDIA, drive);
      },
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      async (hSession) => {
        const [drive = ""] = await calls.driveIds(hSession);
        await CloseNtmsSession(hSession);
        return await call(hSession, NTMS_DRIVE, drive);
      },
    ],
  ]);
}

const ENABLE = rowsOf("EnableNtmsObject", [
  [
    "ERROR_SUCCESS",
    "the drive is disabled",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      await DisableNtmsObject(hSession, NTMS_DRIVE, drive);
      return await EnableNtmsObject(hSession, NTMS_DRIVE, drive);
    },
  ],
  [
    "ERROR_INVALID_STATE",
    "the drive is enabled",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return await EnableNtmsObject(hSession, NTMS_DRIVE, drive);
    },
  ],
]);

const DISABLE = rowsOf("DisableNtmsObject", [
  [
    "ERROR_SUCCESS",
    "the library is enabled",
    async (hSession) => {
      const { online: [library = ""] } = await calls.libraries(hSession);
      return await DisableNtmsObject(hSession, NTMS_LIBRARY, library);
    },
  ],
  [
    "ERROR_INVALID_STATE",
    "the cartridge is disabled",
    async (hSession) => {
      const { id } = await calls.cartridgeOf(hSession, A);
      await DisableNtmsObject(hSession, NTMS_PHYSICAL_MEDIA, id);
      return await DisableNtmsObject(hSession, NTMS_PHYSICAL_MEDIA, id);
    },
  ],
]);

const INVENTORY = rowsOf("InventoryNtmsLibrary", [
  [
    "ERROR_RESOURCE_DISABLED",
    "the library is disabled",
    async (hSession) => {
      const { online: [library = ""] } = await calls.libraries(hSession);
      await DisableNtmsObject(hSession, NTMS_LIBRARY, library);
      return await InventoryNtmsLibrary(hSession, library, NTMS_INVENTORY_FAST);
    },
  ],
]);

const MOUNT = rowsOf("MountNtmsMedia", [
  [
    "ERROR_RESOURCE_DISABLED",
    "the library is disabled",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      const { online: [library = ""] } = await calls.libraries(hSession);
      await DisableNtmsObject(hSession, NTMS_LIBRARY, library);
      return await calls.mount(hSession, [medium]);
    },
  ],
  [
    "ERROR_RESOURCE_DISABLED",
    "the cartridge is disabled",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      const { id } = await calls.cartridgeOf(hSession, A);
      await DisableNtmsObject(hSession, NTMS_PHYSICAL_MEDIA, id);
      return await calls.mount(hSession, [medium]);
    },
    { lines: ["DisableNtmsObject.2"] },
  ],
  [
    "ERROR_RESOURCE_DISABLED",
    "the drive asked for is disabled",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      const [drive = ""] = await calls.driveIds(hSession);
      await DisableNtmsObject(hSession, NTMS_DRIVE, drive);
      const options = NTMS_MOUNT_SPECIFIC_DRIVE;
      return await calls.mount(hSession, [medium], {
        options,
        drives: [drive],
      });
    },
  ],
  [
    "ERROR_RESOURCE_DISABLED",
    "the cartridge is disabled while the call waits for a drive",
    async (hSession) => {
      const [a, b, c] = await calls.allocatedAll(hSession, [
        A,
        "LAB002L6",
        "LAB003L6",
      ]);
      await calls.mount(hSession, [a, b]);
      const waiting = calls.mount(hSession, [c]);
      await calls.untilWaitingRequest(hSession);
      const { id } = await calls.cartridgeOf(hSession, "LAB003L6");
      await DisableNtmsObject(hSession, NTMS_PHYSICAL_MEDIA, id);
      return await waiting;
    },
    { lines: ["DisableNtmsObject.3"] },
  ],
]);

/** A library that was there when the medium was mounted, and is not now. */
const DISMOUNT: Row = {
  name: "DismountNtmsMedia",
  code: "ERROR_DEVICE_NOT_AVAILABLE",
  cause: "the library of the mounted medium is not connected",
  async produce() {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      const medium = await inRun(
        { state, libraries: [SMALL_LIBRARY, OTHER_LIBRARY] },
        async (hSession) => {
          const allocated = await calls.allocated(hSession, "OTH001L6");
          await calls.mount(hSession, [allocated]);
          return allocated;
        },
      );
      await using service = await RunningService.start({ state });
      return await calls.dismount(await service.open(), [medium]);
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  },
};

/** The rows. */
export const SETTINGS_ERRORS: readonly Row[] = [
  ...SET,
  ...ENABLE,
  ...switchingErrors("EnableNtmsObject", EnableNtmsObject),
  ...DISABLE,
  ...switchingErrors("DisableNtmsObject", DisableNtmsObject),
  ...INVENTORY,
  ...MOUNT,
  DISMOUNT,
];
