/**
 * The documented functions with the arguments that most tests give, the names
 * of codes for answers.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  AllocateNtmsMedia,
  CreateNtmsMediaPool,
  DismountNtmsMedia,
  type DWORD,
  EnumerateNtmsObject,
  type FilledObjectInformation,
  GetNtmsObjectInformation,
  type HANDLE,
  INFINITE,
  MountNtmsMedia,
  NTMS_DRIVE,
  NTMS_LIBRARY,
  NTMS_LIBRARYTYPE_OFFLINE,
  NTMS_LIBREQUEST,
  NTMS_LM_WAITING,
  NTMS_MEDIASTATE_IDLE,
  type NTMS_OBJECTINFORMATION,
  NTMS_OPEN_ALWAYS,
  NTMS_OPREQUEST,
  NTMS_PARTITION,
  type NTMS_PARTITIONINFORMATION,
  NTMS_PHYSICAL_MEDIA,
  type NTMS_PMIDINFORMATION,
  NTMS_UNKNOWN,
  type NtmsCreateOptions,
  type Ref,
  SIZEOF_NTMS_OBJECTINFORMATION,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";

/** A GUID that names nothing. */
export const NOBODY = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

/** Ids of the objects of a type. */
export async function idsOf(
  hSession: HANDLE,
  dwType: DWORD,
  container: string | null = null,
): Promise<string[]> {
  const list: string[] = [];
  const size = { value: 1000 };
  const code = await EnumerateNtmsObject(
    hSession,
    container,
    list,
    size,
    dwType,
    0,
  );
  assertEquals(nameOf(code), "ERROR_SUCCESS");
  return list.slice(0, size.value);
}

/** The structure of an object. */
export async function infoOf(
  hSession: HANDLE,
  id: string,
): Promise<FilledObjectInformation> {
  const info: Ref<NTMS_OBJECTINFORMATION> = {
    value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATION, dwType: NTMS_UNKNOWN },
  };
  const code = await GetNtmsObjectInformation(hSession, id, info);
  assertEquals(nameOf(code), "ERROR_SUCCESS");
  if (info.value.Info === undefined) throw new Error("not filled");
  return info.value;
}

/** The structures of the objects of a type, by the member that the type selects. */
export async function infosOf<Type extends FilledObjectInformation["dwType"]>(
  hSession: HANDLE,
  dwType: Type,
  container: string | null = null,
): Promise<Extract<FilledObjectInformation, { dwType: Type }>[]> {
  const isOfType = (
    info: FilledObjectInformation,
  ): info is Extract<FilledObjectInformation, { dwType: Type }> =>
    info.dwType === dwType;
  const infos = [];
  for (const id of await idsOf(hSession, dwType, container)) {
    infos.push(await infoOf(hSession, id));
  }
  return infos.filter(isOfType);
}

/** Ids of the libraries with a device, and of the offline library. */
export async function libraries(
  hSession: HANDLE,
): Promise<{ online: string[]; offline: string }> {
  const infos = await infosOf(hSession, NTMS_LIBRARY);
  const isOffline = (it: (typeof infos)[number]) =>
    it.Info.Library.LibraryType === NTMS_LIBRARYTYPE_OFFLINE;
  return {
    online: infos.filter((it) => !isOffline(it)).map((it) => it.ObjectGuid),
    offline: infos.find(isOffline)?.ObjectGuid ?? "",
  };
}

/** Id of the first library's drives, in their order. */
export async function driveIds(hSession: HANDLE): Promise<string[]> {
  const { online: [library] } = await libraries(hSession);
  return await idsOf(hSession, NTMS_DRIVE, library);
}

/** Id of the media type that the cartridges have. */
export async function mediaTypeId(hSession: HANDLE): Promise<string> {
  const [cartridge] = await infosOf(hSession, NTMS_PHYSICAL_MEDIA);
  return cartridge?.Info.PhysicalMedia.MediaType ?? "";
}

/** A pool of the application, which holds the cartridges' media type. */
export async function poolId(
  hSession: HANDLE,
  name = "Pool",
): Promise<string> {
  const pool = { value: "" };
  const code = await CreateNtmsMediaPool(
    hSession,
    name,
    await mediaTypeId(hSession),
    NTMS_OPEN_ALWAYS,
    null,
    pool,
  );
  assertEquals(nameOf(code), "ERROR_SUCCESS");
  return pool.value;
}

/** The cartridge with a bar code, and its id. */
export async function cartridgeOf(
  hSession: HANDLE,
  barCode: string,
): Promise<NTMS_PMIDINFORMATION & { id: string }> {
  for (const it of await infosOf(hSession, NTMS_PHYSICAL_MEDIA)) {
    const { PhysicalMedia } = it.Info;
    if (PhysicalMedia.szBarCode === barCode) {
      return { ...PhysicalMedia, id: it.ObjectGuid };
    }
  }
  throw new Error(`no cartridge ${barCode}`);
}

/** The side of the cartridge with a bar code. */
export async function sideOf(
  hSession: HANDLE,
  barCode: string,
): Promise<string> {
  const { id } = await cartridgeOf(hSession, barCode);
  const sides = await idsOf(hSession, NTMS_PARTITION, id);
  return sides[0] ?? "";
}

/** The structure of that side. */
export async function sideInfoOf(
  hSession: HANDLE,
  barCode: string,
): Promise<NTMS_PARTITIONINFORMATION> {
  const info = await infoOf(hSession, await sideOf(hSession, barCode));
  assert(info.dwType === NTMS_PARTITION);
  return info.Info.Partition;
}

/** Allocates the side of the cartridge with a bar code; its logical medium. */
export async function allocated(
  hSession: HANDLE,
  barCode: string,
  pool?: string,
): Promise<string> {
  const medium = { value: "" };
  const code = await AllocateNtmsMedia(
    hSession,
    pool ?? await poolId(hSession),
    await sideOf(hSession, barCode),
    medium,
    0,
    0,
    null,
  );
  assertEquals(nameOf(code), "ERROR_SUCCESS");
  return medium.value;
}

/** Allocates the sides of several cartridges; their logical media. */
export async function allocatedAll<const BarCodes extends readonly string[]>(
  hSession: HANDLE,
  barCodes: BarCodes,
): Promise<{ [Index in keyof BarCodes]: string }>;
export async function allocatedAll(
  hSession: HANDLE,
  barCodes: readonly string[],
): Promise<readonly string[]> {
  const media = [];
  for (const barCode of barCodes) {
    media.push(await allocated(hSession, barCode));
  }
  return media;
}

/** A drive of another library than the one a cartridge is in. */
export async function driveElsewhere(
  hSession: HANDLE,
  barCode: string,
): Promise<string> {
  const { CurrentLibrary } = await cartridgeOf(hSession, barCode);
  const drives = await infosOf(hSession, NTMS_DRIVE);
  const elsewhere = drives.find(({ Info }) =>
    Info.Drive.Library !== CurrentLibrary
  );
  return elsewhere?.ObjectGuid ?? "";
}

/** A signal and what aborts it. */
export function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** Lists objects of a type into an array with room for some; the name of the code. */
export async function enumerate(
  hSession: HANDLE,
  dwType: DWORD,
  container: string | null = null,
  room = 1000,
): Promise<string> {
  const size = { value: room };
  return nameOf(
    await EnumerateNtmsObject(hSession, container, [], size, dwType, 0),
  );
}

/** Asks for the structure of an object; the name of the code. */
export async function getInformation(
  hSession: HANDLE,
  id: string,
  dwType: DWORD,
): Promise<string> {
  const dwSize = SIZEOF_NTMS_OBJECTINFORMATION;
  return nameOf(
    await GetNtmsObjectInformation(hSession, id, { value: { dwSize, dwType } }),
  );
}

/** Creates or opens a pool; the name of the code. */
export async function createPool(
  hSession: HANDLE,
  path: string,
  action: NtmsCreateOptions,
  mediaType: string | null = null,
): Promise<string> {
  const pool = { value: "" };
  return nameOf(
    await CreateNtmsMediaPool(hSession, path, mediaType, action, null, pool),
  );
}

/** Allocates; the name of the code. */
export async function allocate(
  hSession: HANDLE,
  pool: string,
  how: {
    side?: string;
    medium?: Ref<string>;
    options?: DWORD;
    timeout?: DWORD;
    signal?: AbortSignal;
  } = {},
): Promise<string> {
  return nameOf(
    await AllocateNtmsMedia(
      hSession,
      pool,
      how.side ?? null,
      how.medium ?? { value: "" },
      how.options ?? 0,
      how.timeout ?? INFINITE,
      null,
      how.signal === undefined ? {} : { signal: how.signal },
    ),
  );
}

/** Mounts one medium, or more; the name of the code. */
export async function mount(
  hSession: HANDLE,
  media: readonly string[],
  how: {
    options?: DWORD;
    timeout?: DWORD;
    drives?: string[];
    signal?: AbortSignal;
  } = {},
): Promise<string> {
  return nameOf(
    await MountNtmsMedia(
      hSession,
      media,
      how.drives ?? [],
      media.length,
      how.options ?? 0,
      0,
      how.timeout ?? INFINITE,
      null,
      how.signal === undefined ? {} : { signal: how.signal },
    ),
  );
}

/** Dismounts media; the name of the code. */
export async function dismount(
  hSession: HANDLE,
  media: readonly string[],
  options: DWORD = 0,
): Promise<string> {
  const count = media.length;
  return nameOf(await DismountNtmsMedia(hSession, media, count, options));
}

/** Resolves when a condition holds; asks again after each look, as the documents tell callers to poll. */
export async function until(
  condition: () => Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error("It never came about");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits until the cartridge with a bar code is put away. */
export function untilIdle(hSession: HANDLE, barCode: string): Promise<void> {
  return until(async () => {
    const { MediaState } = await cartridgeOf(hSession, barCode);
    return MediaState === NTMS_MEDIASTATE_IDLE;
  });
}

/** Waits until the operator is asked for something. */
export function untilOperatorRequest(hSession: HANDLE): Promise<void> {
  return until(async () => (await idsOf(hSession, NTMS_OPREQUEST)).length > 0);
}

/** Waits until a library request waits for what it needs. */
export function untilWaitingRequest(hSession: HANDLE): Promise<void> {
  return until(async () => {
    const requests = await infosOf(hSession, NTMS_LIBREQUEST);
    return requests.some(({ Info }) =>
      Info.LibRequest.State === NTMS_LM_WAITING
    );
  });
}
