/**
 * Calls on ports and doors, and the person at the virtual library.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { openSession } from "../../mod.ts";
import {
  EjectNtmsMedia,
  type HANDLE,
  InjectNtmsMedia,
  NTMS_EJECT_START,
  NTMS_IEPORT,
  NTMS_INJECT_START,
  NTMS_LIBREQUEST,
  type NtmsEjectOperation,
  type NtmsInjectOperation,
} from "../../src/ntms/ntmsapi.ts";
import { REQUEST_STATES } from "../../src/model/mod.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import type { RunningService } from "./running_service.ts";

/** A service whose ports are looked at often. */
export const QUICK = { limits: { portAskedMs: 2 } } as const;

/** The library with a device. */
export async function library(hSession: HANDLE): Promise<string> {
  const { online: [id = ""] } = await calls.libraries(hSession);
  return id;
}

/** EjectNtmsMedia(): the name of its code, and the operation. */
export async function eject(
  hSession: HANDLE,
  id: string | null,
  action: NtmsEjectOperation = NTMS_EJECT_START,
  operation = "",
): Promise<{ code: string; operation: string }> {
  const ref = { value: operation };
  const code = await EjectNtmsMedia(hSession, id, ref, action);
  return { code: nameOf(code), operation: ref.value };
}

/** InjectNtmsMedia(): the name of its code, and the operation. */
export async function inject(
  hSession: HANDLE,
  id: string,
  action: NtmsInjectOperation = NTMS_INJECT_START,
  operation = "",
): Promise<{ code: string; operation: string }> {
  const ref = { value: operation };
  const code = await InjectNtmsMedia(hSession, id, ref, action);
  return { code: nameOf(code), operation: ref.value };
}

/** What the person at the library does. */
export async function hands(
  service: RunningService,
  act:
    | { action: "insert"; place: string | null; barCode: string }
    | { action: "remove"; place: string }
    | { action: "openDoor" | "closeDoor" },
): Promise<string | null> {
  await using session = await openSession({ socket: service.socket });
  const libraries = await session.objects("library");
  const online = libraries.find(({ kind }) => kind === "online");
  const { barCode } = await session.ports.useHands({
    library: online?.id ?? "",
    ...act,
  });
  return barCode;
}

/** Ids of the ports, by number. */
export async function ports(hSession: HANDLE): Promise<string[]> {
  return await calls.idsOf(hSession, NTMS_IEPORT, await library(hSession));
}

/** The port that a cartridge is in, as soon as it is there. */
export async function portOf(
  hSession: HANDLE,
  barCode: string,
): Promise<string> {
  const all = await ports(hSession);
  let place = "";
  await calls.until(async () => {
    place = (await calls.cartridgeOf(hSession, barCode)).Location;
    return all.includes(place);
  });
  return place;
}

/** The state that a library request comes to in the end. */
export async function endOf(hSession: HANDLE, id: string): Promise<string> {
  const names = new Map<number, string>(
    Object.entries(REQUEST_STATES).map(([name, code]) => [code, name]),
  );
  let state = "";
  await calls.until(async () => {
    const info = await calls.infoOf(hSession, id);
    assert(info.dwType === NTMS_LIBREQUEST);
    state = names.get(info.Info.LibRequest.State) ?? "";
    return !["queued", "inProcess", "waiting", "deferred"].includes(state);
  });
  return state;
}

/** The library requests of one kind. */
export async function requestsOf(hSession: HANDLE, operation: number) {
  const all = await calls.infosOf(hSession, NTMS_LIBREQUEST);
  return all.filter(({ Info }) => Info.LibRequest.OperationCode === operation);
}

/** Wants a call to have succeeded. */
export function succeeded({ code }: { readonly code: string }): void {
  assertEquals(code, "ERROR_SUCCESS");
}
