/**
 * The arguments that most tests of CreateNtmsMedia give.
 *
 * @module
 */

import {
  type CreateNtmsMediaCartridge,
  type CreateNtmsMediaEntry,
  type CreateNtmsMediaHead,
  CreateNtmsMediaPool,
  type CreateNtmsMediaSide,
  CreateNtmsMediaW,
  type DWORD,
  type HANDLE,
  NTMS_MEDIA_TYPE,
  NTMS_NULLGUID,
  NTMS_OPEN_ALWAYS,
  NTMS_PARTITION,
  NTMS_PARTSTATE_IMPORT,
  NTMS_PHYSICAL_MEDIA,
  SIZEOF_NTMS_OBJECTINFORMATION,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";

/** The bar code of a cartridge that SMALL_LIBRARY has, and one of three cartridges lacks. */
export const BAR_CODE = "LAB004L6";

const HEAD: CreateNtmsMediaHead = {
  dwSize: SIZEOF_NTMS_OBJECTINFORMATION,
  ObjectGuid: NTMS_NULLGUID,
  Enabled: true,
  szName: "",
  szDescription: "",
};

/** A media type of two sides. */
export const TWO_SIDED = "MO 5.25 inch";

/** A cartridge to register. */
export function cartridge(
  pool: string,
  info: Partial<CreateNtmsMediaCartridge["Info"]["PhysicalMedia"]> = {},
  head: Partial<CreateNtmsMediaHead> = {},
): CreateNtmsMediaCartridge {
  return {
    ...HEAD,
    ...head,
    dwType: NTMS_PHYSICAL_MEDIA,
    Info: {
      PhysicalMedia: {
        CurrentLibrary: NTMS_NULLGUID,
        MediaPool: pool,
        szBarCode: "NEW001L6",
        dwNumberOfPartitions: 1,
        dwMediaTypeCode: 0,
        dwDensityCode: 0,
        ...info,
      },
    },
  };
}

/** A side to register. */
export function side(
  info: Partial<CreateNtmsMediaSide["Info"]["Partition"]> = {},
  head: Partial<CreateNtmsMediaHead> = {},
): CreateNtmsMediaSide {
  return {
    ...HEAD,
    ...head,
    dwType: NTMS_PARTITION,
    Info: {
      Partition: {
        LogicalMedia: NTMS_NULLGUID,
        State: NTMS_PARTSTATE_IMPORT,
        dwOmidLabelIdLength: 3,
        OmidLabelId: Uint8Array.of(1, 2, 3),
        szOmidLabelType: "ANSI",
        szOmidLabelInfo: "Volume 123",
        dwMountCount: 0,
        dwAllocateCount: 0,
        Capacity: 0n,
        ...info,
      },
    },
  };
}

/** Registers a cartridge; the name of the code. */
export async function create(
  hSession: HANDLE,
  medium: CreateNtmsMediaEntry,
  sides: CreateNtmsMediaEntry[] = [side()],
  options: DWORD = 0,
): Promise<string> {
  const code = await CreateNtmsMediaW(
    hSession,
    { value: medium },
    sides,
    options,
  );
  return nameOf(code);
}

/** A pool of the application that holds media of a type. */
export async function poolOfType(
  hSession: HANDLE,
  type: string,
): Promise<string> {
  const types = await calls.infosOf(hSession, NTMS_MEDIA_TYPE);
  const pool = { value: "" };
  const code = await CreateNtmsMediaPool(
    hSession,
    `of ${type}`,
    types.find(({ szName }) => szName === type)?.ObjectGuid ?? null,
    NTMS_OPEN_ALWAYS,
    null,
    pool,
  );
  if (code !== 0) throw new TypeError(nameOf(code));
  return pool.value;
}
