/**
 * The services that run in this process, so that a client beside one reaches
 * it without a socket, and neither room has to import the other.
 *
 * @module
 */

import type { Door } from "./door.ts";

/** A service of this process. */
export interface InProcessService {
  /** Tells it apart from others of this process. */
  readonly key: string;
  /** Where else it can be reached, from another Worker too; null for nowhere. */
  readonly address: string | null;
  /** A way in for one more client. */
  open(): Door;
}

const services = new Map<string, InProcessService>();

/** Makes a service known to the clients of this process. */
export function registerService(service: InProcessService): void {
  services.set(service.key, service);
}

/** Forgets a service that is closing. */
export function unregisterService(service: InProcessService): void {
  services.delete(service.key);
}

/** The service with this key, or the one that was started last; null where there is none. */
export function findService(key?: string): InProcessService | null {
  if (key !== undefined) return services.get(key) ?? null;
  return [...services.values()].at(-1) ?? null;
}
