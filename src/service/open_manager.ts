/**
 * The managing half of a real service: its catalogue and its libraries.
 *
 * @module
 */

import { access, constants } from "node:fs/promises";
import { discover, openChanger } from "../changer/mod.ts";
import { Database } from "../database/mod.ts";
import {
  type LibrarySource,
  type Manager,
  openManager,
} from "../manager/mod.ts";
import type { Clock } from "../model/mod.ts";
import { crashFromEnvironment } from "./crash_at.ts";
import type { ManagerOptions } from "./start.ts";

/** Name of the catalogue in the state directory. */
const CATALOGUE_FILE = "rsm.sqlite";

/** Opens the catalogue, and the libraries that are named or found. */
export async function openRealManager(
  options: ManagerOptions,
): Promise<Manager> {
  const { clock, libraries, limits, log, random, state, trustBarCodes } =
    options;
  const devices = libraries.length > 0 ? libraries : await findChangers();
  if (devices.length === 0) {
    log.warn("This computer has no media changer: `rsm doctor` tells more");
  }
  const crash = crashFromEnvironment();
  const database = await Database.open(`${state}/${CATALOGUE_FILE}`);
  return openManager({
    database,
    libraries: devices.map((device) => sourceOf(device, clock)),
    clock,
    random,
    log,
    computer: Deno.hostname(),
    trustBarCodes,
    limits,
    ...crash === null ? {} : { crash },
  });
}

/** Paths of the host's changers: by serial number where there is such a link, by raw SCSI where that is permitted. */
async function findChangers(): Promise<readonly string[]> {
  const found = await discover();
  const paths: string[] = [];
  for (const { kind, byId, sch, sg } of found) {
    if (kind !== "changer") continue;
    const raw = byId ?? sg;
    const path = raw !== null && await mayUse(raw) ? raw : sch ?? raw;
    if (path !== null) paths.push(path);
  }
  return paths;
}

/** Whether a node can be opened for reading and writing, which raw SCSI needs. */
async function mayUse(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function sourceOf(device: string, clock: Clock): LibrarySource {
  return { device, open: (signal) => openChanger(device, { clock, signal }) };
}
