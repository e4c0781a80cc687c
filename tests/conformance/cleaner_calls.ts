/**
 * Calls on cleaning cartridges and the cleaning of drives.
 *
 * @module
 */

import { assert } from "@std/assert";
import {
  CleanNtmsDrive,
  EjectNtmsCleaner,
  type HANDLE,
  InjectNtmsCleaner,
  NTMS_DRIVE,
  NTMS_EJECT_START,
  NTMS_INJECT_START,
  NTMS_LIBRARY,
  NTMS_STORAGESLOT,
  type NtmsEjectOperation,
  type NtmsInjectOperation,
  ReleaseNtmsCleanerSlot,
  ReserveNtmsCleanerSlot,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { library } from "./port_calls.ts";

/** Two data media, and a cleaning cartridge in the third slot that its bar code tells of. */
export const WITH_CLEANER =
  "virtual:cleaner?slots=6&drives=2&ports=2&barcodes=LAB001L6,LAB002L6,CLN001L6&files=no";

/** The same without ports. */
export const BY_DOOR = WITH_CLEANER.replace("ports=2", "ports=0");

/** The cleaning cartridge. */
export const CLEANER = "CLN001L6";

/** Ids of the slots, by number. */
export async function slots(hSession: HANDLE): Promise<string[]> {
  return await calls.idsOf(hSession, NTMS_STORAGESLOT, await library(hSession));
}

/** The library as it is shown. */
export async function shown(hSession: HANDLE) {
  const info = await calls.infoOf(hSession, await library(hSession));
  assert(info.dwType === NTMS_LIBRARY);
  return info.Info.Library;
}

/** A drive as it is shown. */
export async function drive(hSession: HANDLE, id: string) {
  const info = await calls.infoOf(hSession, id);
  assert(info.dwType === NTMS_DRIVE);
  return info.Info.Drive;
}

/** ReserveNtmsCleanerSlot(), by default of the last slot. */
export async function reserve(
  hSession: HANDLE,
  slot?: string,
  id?: string,
): Promise<string> {
  return nameOf(
    await ReserveNtmsCleanerSlot(
      hSession,
      id ?? await library(hSession),
      slot ?? (await slots(hSession)).at(-1) ?? "",
    ),
  );
}

/** ReleaseNtmsCleanerSlot(). */
export async function release(
  hSession: HANDLE,
  id?: string,
): Promise<string> {
  return nameOf(
    await ReleaseNtmsCleanerSlot(hSession, id ?? await library(hSession)),
  );
}

/** InjectNtmsCleaner(): the name of its code, and the operation. */
export async function inject(
  hSession: HANDLE,
  action: NtmsInjectOperation = NTMS_INJECT_START,
  operation = "",
  id?: string,
): Promise<{ code: string; operation: string }> {
  const ref = { value: operation };
  const code = await InjectNtmsCleaner(
    hSession,
    id ?? await library(hSession),
    ref,
    7,
    action,
  );
  return { code: nameOf(code), operation: ref.value };
}

/** EjectNtmsCleaner(): the name of its code, and the operation. */
export async function eject(
  hSession: HANDLE,
  action: NtmsEjectOperation = NTMS_EJECT_START,
  operation = "",
  id?: string,
): Promise<{ code: string; operation: string }> {
  const ref = { value: operation };
  const code = await EjectNtmsCleaner(
    hSession,
    id ?? await library(hSession),
    ref,
    action,
  );
  return { code: nameOf(code), operation: ref.value };
}

/** CleanNtmsDrive(), by default of the first drive. */
export async function clean(hSession: HANDLE, id?: string): Promise<string> {
  const drive = id ?? (await calls.driveIds(hSession))[0] ?? "";
  return nameOf(await CleanNtmsDrive(hSession, drive));
}
