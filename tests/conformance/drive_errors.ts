/**
 * Errors of DismountNtmsDrive.
 *
 * @module
 */

import {
  CloseNtmsSession,
  DisableNtmsObject,
  DismountNtmsDrive,
  type HANDLE,
  NTMS_DISMOUNT_DEFERRED,
  NTMS_DRIVE,
  NTMS_LIBRARY,
  NTMS_NULLGUID,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { inRun } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";
import { OTHER_LIBRARY, SMALL_LIBRARY } from "./running_service.ts";

const A = "LAB001L6";

/** Mounts a medium; its drive. */
async function mounted(hSession: HANDLE): Promise<string> {
  await calls.mount(hSession, [await calls.allocated(hSession, A)]);
  return (await calls.cartridgeOf(hSession, A)).Location;
}

/** A drive of a library that an earlier run had. */
const ABSENT: Row = {
  name: "DismountNtmsDrive",
  code: "ERROR_LIBRARY_OFFLINE",
  cause: "the drive's library is not connected",
  async produce() {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      const drive = await inRun(
        { state, libraries: [SMALL_LIBRARY] },
        async (hSession) => (await calls.driveIds(hSession))[0] ?? "",
      );
      return await inRun(
        { state, libraries: [OTHER_LIBRARY] },
        async (hSession) => nameOf(await DismountNtmsDrive(hSession, drive)),
      );
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  },
};

/** All rows. */
export const DRIVE_ERRORS: readonly Row[] = [
  ...rowsOf("DismountNtmsDrive", [
    [
      "ERROR_SUCCESS",
      "the application has the medium in the drive mounted",
      async (hSession) =>
        await DismountNtmsDrive(hSession, await mounted(hSession)),
    ],
    [
      "ERROR_INVALID_STATE",
      "the drive is empty",
      async (hSession) => {
        const [drive = ""] = await calls.driveIds(hSession);
        return await DismountNtmsDrive(hSession, drive);
      },
    ],
    [
      "ERROR_INVALID_STATE",
      "another application has its medium open",
      async (hSession, service) => {
        const drive = await mounted(await service.open("Other"));
        return await DismountNtmsDrive(hSession, drive);
      },
    ],
    [
      "ERROR_INVALID_DRIVE",
      "no drive has the id",
      (hSession) => DismountNtmsDrive(hSession, calls.NOBODY),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the drive is missing",
      (hSession) => DismountNtmsDrive(hSession, NTMS_NULLGUID),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      async (hSession) => {
        await CloseNtmsSession(hSession);
        return await DismountNtmsDrive(hSession, calls.NOBODY);
      },
    ],
    [
      "ERROR_RESOURCE_DISABLED",
      "the library is disabled",
      async (hSession) => {
        const drive = await mounted(hSession);
        const { online: [library = ""] } = await calls.libraries(hSession);
        await DisableNtmsObject(hSession, NTMS_LIBRARY, library);
        return await DismountNtmsDrive(hSession, drive);
      },
    ],
    [
      "ERROR_DEVICE_NOT_AVAILABLE",
      "the drive is disabled",
      async (hSession) => {
        const medium = await calls.allocated(hSession, A);
        await calls.mount(hSession, [medium]);
        const { Location } = await calls.cartridgeOf(hSession, A);
        await calls.dismount(hSession, [medium], NTMS_DISMOUNT_DEFERRED);
        await DisableNtmsObject(hSession, NTMS_DRIVE, Location);
        return await DismountNtmsDrive(hSession, Location);
      },
    ],
  ]),
  ABSENT,
];
