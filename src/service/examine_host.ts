/**
 * Looks at this computer for `rsm doctor`: what a service could manage, and
 * what stands in the way.
 *
 * @module
 */

import { loadNativeLibrary } from "../../ffi/mod.ts";
import { discover } from "../changer/mod.ts";
import type { FoundDevice } from "../changer/changer.ts";
import { CATALOGUE_FILE, copiesOf } from "../database/mod.ts";
import { systemClock } from "../model/system.ts";
import { defaultSocketPath, defaultStateDirectory } from "../protocol/mod.ts";
import { hostAccounts } from "./accounts.ts";
import { ADMITTED_GROUP } from "./admission.ts";
import { findIdentityObstacle } from "./peers.ts";
import { readSurroundings } from "./surroundings.ts";

/** A changer or tape drive of this computer. */
export type HostDevice = FoundDevice;

/** A driver of the kernel. */
export interface KernelModule {
  /** Such as "sg". */
  readonly name: string;
  /** Whether it is there, built in or loaded. */
  readonly loaded: boolean;
  /** What needs it. */
  readonly purpose: string;
}

/** The catalogue of a service. */
export interface HostCatalogue {
  /** Its file. */
  readonly path: string;
  /** The newest copy of it, and when it was written, in ms since 1970 UTC; null where there is none. */
  readonly newestCopy:
    | { readonly path: string; readonly written: number }
    | null;
}

/** What a look at this computer found. */
export interface HostReport {
  /** The user that a service started now would run as. */
  readonly user: string;
  /** The directory where it would keep its state. */
  readonly state: string;
  /** The catalogue that is there; null for none, or none that may be read. */
  readonly catalogue: HostCatalogue | null;
  /** The socket where it would listen. */
  readonly socket: string;
  /** Changers and tape drives, each with what is in the way of using it. */
  readonly devices: readonly HostDevice[];
  /** The drivers that matter. */
  readonly modules: readonly KernelModule[];
  /** What else is in the way, each with what helps; empty when nothing is. */
  readonly obstacles: readonly string[];
}

const MODULES: readonly { readonly name: string; readonly purpose: string }[] =
  [
    { name: "sg", purpose: "SCSI commands to changers and drives" },
    { name: "ch", purpose: "changers, where raw SCSI is not permitted" },
    { name: "st", purpose: "reading and writing tapes" },
  ];

/** Looks at this computer. Changes nothing. */
export async function examineHost(): Promise<HostReport> {
  const surroundings = readSurroundings();
  const accounts = hostAccounts(() => systemClock.monotonic());
  const { uid } = surroundings.own;
  const obstacles: string[] = [];
  const native = nativeObstacle();
  const identity = native === null ? await findIdentityObstacle() : null;
  if (native !== null) obstacles.push(native);
  if (identity !== null) {
    obstacles.push(
      `A service could not tell who connects, and would let in its own user alone: ${identity}`,
    );
  }
  if (await accounts.groupId(ADMITTED_GROUP) === null) {
    obstacles.push(
      `There is no group ${ADMITTED_GROUP}: only root and the service's own user can use the service; for others run \`sudo groupadd --system ${ADMITTED_GROUP}\` and add them`,
    );
  }
  const state = defaultStateDirectory(surroundings);
  return {
    user: await accounts.userName(uid),
    state,
    catalogue: await findCatalogue(`${state}/${CATALOGUE_FILE}`),
    socket: defaultSocketPath(surroundings),
    devices: await discover(),
    modules: await Promise.all(MODULES.map(examineModule)),
    obstacles,
  };
}

function nativeObstacle(): string | null {
  try {
    loadNativeLibrary();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function examineModule(
  module: { readonly name: string; readonly purpose: string },
): Promise<KernelModule> {
  return { ...module, loaded: await exists(`/sys/module/${module.name}`) };
}

async function findCatalogue(path: string): Promise<HostCatalogue | null> {
  try {
    await Deno.stat(path);
    const [newest] = copiesOf(path);
    return {
      path,
      newestCopy: newest === undefined
        ? null
        : { path: newest.path, written: newest.written },
    };
  } catch (error) {
    const hidden = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied ||
      error instanceof Error && "code" in error && error.code === "EACCES";
    if (hidden) return null;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
