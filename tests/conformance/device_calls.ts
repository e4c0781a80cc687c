/**
 * Devices that hands plug in and out, and calls on change detections.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { openSession } from "../../mod.ts";
import {
  BeginNtmsDeviceChangeDetection,
  DeleteNtmsDrive,
  DeleteNtmsLibrary,
  type DWORD,
  type HANDLE,
  NTMS_LIBRARY,
  SetNtmsDeviceChangeDetection,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { OTHER_LIBRARY, type RunningService } from "./running_service.ts";

/** A service that asks libraries that are watched all the time. */
export const WATCHING = { limits: { watchedLibraryAskedMs: 5 } } as const;

/** Plugs one more library in. */
export async function plugIn(
  { socket }: RunningService,
  url = OTHER_LIBRARY,
): Promise<string> {
  await using session = await openSession({ socket });
  return await session.devices.plugIn(url);
}

/** Plugs one more library in, and out again. */
export async function unplugged(
  service: RunningService,
  url = OTHER_LIBRARY,
): Promise<string> {
  const library = await plugIn(service, url);
  await unplug(service, library);
  return library;
}

/** Plugs a library out. */
export async function unplug(
  { socket }: RunningService,
  library: string,
): Promise<void> {
  await using session = await openSession({ socket });
  await session.ports.useHands({ library, action: "unplug" });
}

/** Pulls the first drive, or puts it back, and has the library looked at. */
export async function pullDrive(
  { socket }: RunningService,
  hSession: HANDLE,
  back = false,
): Promise<string> {
  const [drive = ""] = await calls.driveIds(hSession);
  const { online: [library = ""] } = await calls.libraries(hSession);
  await using session = await openSession({ socket });
  await session.ports.useHands(
    back
      ? { library, action: "insertDrive", drive, serialNumber: null }
      : { library, action: "removeDrive", drive },
  );
  await session.inventory(library, { wait: true });
  return drive;
}

/** DeleteNtmsLibrary(): the name of its code. */
export async function deleteLibrary(
  hSession: HANDLE,
  id: string,
): Promise<string> {
  return nameOf(await DeleteNtmsLibrary(hSession, id));
}

/** DeleteNtmsDrive(): the name of its code. */
export async function deleteDrive(
  hSession: HANDLE,
  id: string,
): Promise<string> {
  return nameOf(await DeleteNtmsDrive(hSession, id));
}

/** A detection that watches nothing yet. */
export async function begin(hSession: HANDLE): Promise<HANDLE> {
  const detection = { value: 0n };
  assertEquals(await BeginNtmsDeviceChangeDetection(hSession, detection), 0);
  return detection.value;
}

/** SetNtmsDeviceChangeDetection(): the name of its code. */
export async function watch(
  hSession: HANDLE,
  detection: HANDLE | null,
  objects: readonly string[],
  type: DWORD = NTMS_LIBRARY,
): Promise<string> {
  const count = objects.length;
  return nameOf(
    await SetNtmsDeviceChangeDetection(
      hSession,
      detection,
      objects,
      type,
      count,
    ),
  );
}
