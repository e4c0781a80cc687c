/**
 * The RSM service: manages the media changers of this computer for the
 * programs on it.
 *
 * @module
 */

import { openRealManager } from "./open_manager.ts";
import {
  type Service,
  type ServiceOptions,
  startServiceWith,
} from "./service.ts";

export {
  examineHost,
  type HostCatalogue,
  type HostDevice,
  type HostReport,
  type KernelModule,
} from "./examine_host.ts";
export type { LoopbackAddress } from "./listener.ts";
export type { Service, ServiceOptions, ServiceStatus } from "./service.ts";

/**
 * Starts a service. It listens when the promise resolves, and accepts sessions
 * when `ready` does: by then the catalogue is open, and every library had its
 * first inventory.
 *
 * @param options What to manage, where to keep what is known, where to listen.
 * @returns The running service; dispose of it, or close it.
 * @throws {NtmsError} ERROR_SHARING_VIOLATION when another service has the
 * state directory or the socket; ERROR_INVALID_PARAMETER when an address is
 * none that it may listen at.
 *
 * @example
 * ```ts
 * import { startService } from "@ntms/rsm/service";
 *
 * const state = await Deno.makeTempDir();
 * await using service = await startService({
 *   libraries: ["virtual:demo?slots=24&drives=2&cartridges=18"],
 *   state,
 *   socket: `${state}/rsm.sock`,
 * });
 * await service.ready;
 * ```
 */
export function startService(options: ServiceOptions = {}): Promise<Service> {
  return startServiceWith(options, openRealManager);
}
