/**
 * Media with labels, for tests of the documented face.
 *
 * @module
 */

import {
  GetNtmsDeviceName,
  type HANDLE,
  NTMS_OMID_TYPE_RAW_LABEL,
  NTMS_PHYSICAL_MEDIA,
  NTMS_STORAGESLOT,
  UpdateNtmsOmidInfo,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";

/** Two drives and four LTO-6 cartridges that can be written. */
export const WRITABLE_LIBRARY =
  "virtual:small?slots=8&drives=2&cartridges=4&barcodes=LAB%03dL6&speed=none";

/** The labels of an ANSI tape of one volume. */
export function ansiLabels(volume: string): Uint8Array {
  const vol1 = `VOL1${volume.padEnd(6)}`.padEnd(79) + "3";
  const hdr1 = `HDR1${"DATA".padEnd(17)}${volume.padEnd(6)}00010001`.padEnd(80);
  return new TextEncoder().encode(vol1 + hdr1);
}

/** The slots of the libraries, by number. */
export async function slots(hSession: HANDLE): Promise<string[]> {
  const infos = await calls.infosOf(hSession, NTMS_STORAGESLOT);
  return infos.toSorted((a, b) =>
    a.Info.StorageSlot.Number - b.Info.StorageSlot.Number
  ).map(({ ObjectGuid }) => ObjectGuid);
}

/** Notes a label for a logical medium; the name of the code. */
export async function told(
  hSession: HANDLE,
  medium: string,
  label: Uint8Array,
): Promise<string> {
  return nameOf(
    await UpdateNtmsOmidInfo(
      hSession,
      medium,
      NTMS_OMID_TYPE_RAW_LABEL,
      label.length,
      label,
    ),
  );
}

/** Mounts a medium, writes to it, and dismounts it. */
export async function written(
  hSession: HANDLE,
  medium: string,
  bytes: Uint8Array,
): Promise<void> {
  const drives: string[] = [];
  await calls.mount(hSession, [medium], { drives });
  const name = { value: "" };
  await GetNtmsDeviceName(hSession, drives[0] ?? "", name, { value: 64 });
  await Deno.writeFile(name.value, bytes);
  await calls.dismount(hSession, [medium]);
  const infos = () => calls.infosOf(hSession, NTMS_PHYSICAL_MEDIA);
  await calls.until(async () =>
    (await infos()).every(({ Info }) =>
      Info.PhysicalMedia.LocationType === NTMS_STORAGESLOT
    )
  );
}
