/**
 * Opens a changer by its name.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import type { Changer } from "./changer.ts";
import { openHostChanger } from "./host_changer.ts";
import { VIRTUAL_SCHEME } from "./virtual/url.ts";
import { VirtualLibrary } from "./virtual/virtual_library.ts";

/** What a changer needs from outside. */
export interface ChangerPorts {
  /** By which pauses and time-outs go. */
  readonly clock: Clock;
  /** Gives up a changer that takes its time to become ready. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a changer.
 *
 * @param device A device node (`/dev/sg3`, `/dev/sch0`, a link below
 * `/dev/tape/by-id`) or the URL of a virtual library (`virtual:demo?slots=24`).
 * @throws {ChangerError} When it is no changer or does not answer.
 * @throws {NtmsError} ERROR_INVALID_PARAMETER for a URL that is not right.
 */
export async function openChanger(
  device: string,
  ports: ChangerPorts,
): Promise<Changer> {
  if (device.startsWith(VIRTUAL_SCHEME)) {
    const library = await VirtualLibrary.open(device, ports);
    return await library.openChanger({
      closesLibrary: true,
      signal: ports.signal,
    });
  }
  return await openHostChanger(device, ports.clock, ports.signal);
}
