/**
 * The RSM service, for programs that run one themselves instead of `rsm
 * serve`. A program that starts a service reaches it with `openSession()` in
 * its own process, without a socket.
 *
 * It needs permission to read and write its state directory and the directory
 * of its socket, `--allow-net` for what it listens at, `--allow-sys`,
 * `--allow-env`, `--allow-read=/dev,/sys,/proc,/etc` and `--allow-ffi`.
 *
 * @example
 * ```ts
 * import { openSession } from "@ntms/rsm";
 * import { startService } from "@ntms/rsm/service";
 *
 * const state = await Deno.makeTempDir();
 * await using service = await startService({
 *   libraries: ["virtual:demo?slots=24&drives=2&cartridges=18"],
 *   state,
 *   socket: null,
 * });
 * await using session = await openSession({ wait: 10_000 });
 * const [library] = await session.map();
 * console.log(library?.cartridges.length, "cartridges");
 * ```
 *
 * @module
 */

export {
  examineHost,
  type HostCatalogue,
  type HostDevice,
  type HostReport,
  type KernelModule,
  type LoopbackAddress,
  type Service,
  type ServiceOptions,
  type ServiceStatus,
  startService,
} from "./src/service/mod.ts";
export * from "./src/model/errors.ts";
export type { Log, LogData } from "./src/model/ports.ts";
