/**
 * The documented functions that manage pools, media and objects, with the
 * arguments that most tests give.
 *
 * @module
 */

import {
  type FilledObjectInformation,
  GetNtmsMediaPoolName,
  GetNtmsObjectAttribute,
  type HANDLE,
  NTMS_MEDIA_POOL,
  SetNtmsObjectAttribute,
  SetNtmsObjectInformation,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { RunningService, SMALL_LIBRARY } from "./running_service.ts";

/** The last cartridge of SMALL_LIBRARY. */
export const LAST = "LAB004L6";

/** The id of a pool of the service's own, by its path. */
export async function systemPool(
  hSession: HANDLE,
  path: string,
): Promise<string> {
  const [, top = "", inner] = path.split("\\");
  const pools = await calls.infosOf(hSession, NTMS_MEDIA_POOL);
  const parent = pools.find(({ szName }) => szName === top)?.ObjectGuid ?? "";
  if (inner === undefined) return parent;
  const children = await calls.infosOf(hSession, NTMS_MEDIA_POOL, parent);
  return children.find(({ szName }) => szName === inner)?.ObjectGuid ?? "";
}

/** Tells the path of a pool; the name of the code, or the path. */
export async function pathOf(
  hSession: HANDLE,
  pool: string,
  room = 512,
): Promise<string> {
  const path = { value: "" };
  const size = { value: room };
  const code = nameOf(await GetNtmsMediaPoolName(hSession, pool, path, size));
  return code === "ERROR_SUCCESS" ? path.value : code;
}

/** Changes some of an object's structure and writes it back; the name of the code. */
export async function change(
  hSession: HANDLE,
  id: string,
  edit: (info: FilledObjectInformation) => void,
): Promise<string> {
  const info = await calls.infoOf(hSession, id);
  edit(info);
  return nameOf(await SetNtmsObjectInformation(hSession, id, info));
}

/** Keeps bytes with a pool; the name of the code. */
export async function setAttribute(
  hSession: HANDLE,
  id: string,
  name: string,
  data: Uint8Array,
): Promise<string> {
  const type = NTMS_MEDIA_POOL;
  return nameOf(
    await SetNtmsObjectAttribute(hSession, id, type, name, data, data.length),
  );
}

/** Reads bytes that are kept with a pool; the name of the code, or the bytes. */
export async function attribute(
  hSession: HANDLE,
  id: string,
  name: string,
  room = 64,
): Promise<string | Uint8Array> {
  const data = new Uint8Array(room);
  const size = { value: room };
  const type = NTMS_MEDIA_POOL;
  const code = nameOf(
    await GetNtmsObjectAttribute(hSession, id, type, name, data, size),
  );
  return code === "ERROR_SUCCESS" ? data.subarray(0, size.value) : code;
}

/** Prepares something in a service, takes the last cartridge out of the library while the service is down, and acts. */
export async function withoutLast(
  before: (hSession: HANDLE) => Promise<string>,
  act: (hSession: HANDLE, given: string) => Promise<string>,
): Promise<string> {
  const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  const fewer = SMALL_LIBRARY.replace("cartridges=4", "cartridges=3");
  try {
    const given = await inRun({ state }, before);
    return await inRun(
      { state, libraries: [fewer] },
      (hSession) => act(hSession, given),
    );
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

/** Acts in a service that stops again. */
export async function inRun(
  options: { readonly state: string; readonly libraries?: readonly string[] },
  act: (hSession: HANDLE) => Promise<string>,
): Promise<string> {
  await using service = await RunningService.start(options);
  return await act(await service.open());
}
