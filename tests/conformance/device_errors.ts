/**
 * Errors of DeleteNtmsLibrary, DeleteNtmsDrive and the change detections.
 *
 * @module
 */

import {
  BeginNtmsDeviceChangeDetection,
  CloseNtmsSession,
  DisableNtmsObject,
  EndNtmsDeviceChangeDetection,
  type HANDLE,
  NTMS_DRIVE,
  NTMS_LIBRARY,
  NTMS_MEDIA_TYPE,
  NTMS_PHYSICAL_MEDIA,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import {
  begin,
  deleteDrive,
  deleteLibrary,
  pullDrive,
  unplugged,
  watch,
} from "./device_calls.ts";
import { library } from "./port_calls.ts";
import { type Act, type Row, rowsOf } from "./rows.ts";

function closed(act: (hSession: HANDLE) => Promise<string | number>): Act {
  return async (hSession) => {
    await CloseNtmsSession(hSession);
    return await act(hSession);
  };
}

async function disable(hSession: HANDLE, id: string): Promise<void> {
  await DisableNtmsObject(hSession, NTMS_LIBRARY, id);
}

async function drive(hSession: HANDLE): Promise<string> {
  return (await calls.driveIds(hSession))[0] ?? "";
}

const DETECTION_CLOSED = "the detection has ended";

/** All rows. */
export const DEVICE_ERRORS: readonly Row[] = [
  ...rowsOf("DeleteNtmsLibrary", [
    [
      "ERROR_SUCCESS",
      "the library is not present",
      async (hSession, service) =>
        deleteLibrary(hSession, await unplugged(service)),
    ],
    [
      "ERROR_INVALID_STATE",
      "the library is connected",
      async (hSession) => deleteLibrary(hSession, await library(hSession)),
      { lines: ["DeleteNtmsLibrary.2"] },
    ],
    [
      "ERROR_INVALID_STATE",
      "the library is disabled",
      async (hSession, service) => {
        const id = await unplugged(service);
        await disable(hSession, id);
        return await deleteLibrary(hSession, id);
      },
      { lines: ["DeleteNtmsLibrary.2"] },
    ],
    [
      "ERROR_INVALID_STATE",
      "it is the offline library",
      async (hSession) =>
        deleteLibrary(hSession, (await calls.libraries(hSession)).offline),
    ],
    [
      "ERROR_INVALID_LIBRARY",
      "no library has the id",
      (hSession) => deleteLibrary(hSession, calls.NOBODY),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the id is missing",
      (hSession) => deleteLibrary(hSession, ""),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) => deleteLibrary(hSession, calls.NOBODY)),
    ],
  ]),
  ...rowsOf("DeleteNtmsDrive", [
    [
      "ERROR_SUCCESS",
      "the drive is not present",
      async (hSession, service) =>
        deleteDrive(hSession, await pullDrive(service, hSession)),
      { lines: ["DeleteNtmsDrive.1"] },
    ],
    [
      "ERROR_INVALID_STATE",
      "the drive is connected",
      async (hSession) => deleteDrive(hSession, await drive(hSession)),
      { lines: ["DeleteNtmsDrive.1"] },
    ],
    [
      "ERROR_INVALID_STATE",
      "the library is disabled",
      async (hSession, service) => {
        const id = await pullDrive(service, hSession);
        await disable(hSession, await library(hSession));
        return await deleteDrive(hSession, id);
      },
    ],
    [
      "ERROR_INVALID_DRIVE",
      "no drive has the id",
      async (hSession) => deleteDrive(hSession, await library(hSession)),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the id is missing",
      (hSession) => deleteDrive(hSession, ""),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) => deleteDrive(hSession, calls.NOBODY)),
    ],
  ]),
  ...rowsOf("BeginNtmsDeviceChangeDetection", [
    [
      "ERROR_SUCCESS",
      "the session is open",
      (hSession) => BeginNtmsDeviceChangeDetection(hSession, { value: 0n }),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "there is no place for the handle",
      (hSession) =>
        BeginNtmsDeviceChangeDetection(hSession, Object.freeze({ value: 0n })),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) =>
        BeginNtmsDeviceChangeDetection(hSession, { value: 0n })
      ),
    ],
  ]),
  ...rowsOf("SetNtmsDeviceChangeDetection", [
    [
      "ERROR_SUCCESS",
      "the libraries are watched from then on",
      async (hSession) =>
        watch(hSession, await begin(hSession), [await library(hSession)]),
    ],
    [
      "ERROR_SUCCESS",
      "they are looked at once, without a handle",
      async (hSession) => watch(hSession, null, [await library(hSession)]),
    ],
    [
      "ERROR_INVALID_LIBRARY",
      "no library has an id",
      (hSession) => watch(hSession, null, [calls.NOBODY]),
    ],
    [
      "ERROR_INVALID_MEDIA",
      "no medium has an id",
      (hSession) => watch(hSession, null, [calls.NOBODY], NTMS_PHYSICAL_MEDIA),
    ],
    [
      "ERROR_INVALID_MEDIA",
      "no media type has an id",
      (hSession) => watch(hSession, null, [calls.NOBODY], NTMS_MEDIA_TYPE),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the type is none of the three",
      async (hSession) =>
        watch(hSession, null, [await drive(hSession)], NTMS_DRIVE),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the ids are of several types",
      async (hSession) =>
        watch(hSession, null, [await library(hSession), await drive(hSession)]),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) => watch(hSession, null, [])),
    ],
    [
      "ERROR_INVALID_HANDLE",
      DETECTION_CLOSED,
      async (hSession) => {
        const detection = await begin(hSession);
        await EndNtmsDeviceChangeDetection(hSession, detection);
        return await watch(hSession, detection, [await library(hSession)]);
      },
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the detection is of another session",
      async (hSession, service) => {
        const detection = await begin(await service.open());
        return await watch(hSession, detection, [await library(hSession)]);
      },
    ],
  ]),
  ...rowsOf("EndNtmsDeviceChangeDetection", [
    [
      "ERROR_SUCCESS",
      "the detection has begun",
      async (hSession) =>
        EndNtmsDeviceChangeDetection(hSession, await begin(hSession)),
    ],
    [
      "ERROR_INVALID_HANDLE",
      DETECTION_CLOSED,
      async (hSession) => {
        const detection = await begin(hSession);
        await EndNtmsDeviceChangeDetection(hSession, detection);
        return await EndNtmsDeviceChangeDetection(hSession, detection);
      },
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      async (hSession) => {
        const detection = await begin(hSession);
        await CloseNtmsSession(hSession);
        return await EndNtmsDeviceChangeDetection(hSession, detection);
      },
    ],
  ]),
];
