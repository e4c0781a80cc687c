/**
 * The managing half of a real service: its catalogue and its libraries.
 *
 * @module
 */

import { access, constants } from "node:fs/promises";
import {
  ChangerError,
  discover,
  findStandAlone,
  openChanger,
} from "../changer/mod.ts";
import { CATALOGUE_FILE } from "../database/mod.ts";
import { type Manager, openCatalogue, openManager } from "../manager/mod.ts";
import type { Clock, Log } from "../model/mod.ts";
import { HostHotPlug, sourceOf } from "./hot_plug.ts";
import { crashFromEnvironment } from "./crash_at.ts";
import { loadLabelLibraries } from "./label_libraries.ts";
import { readSiteMediaTypes } from "./media_types_file.ts";
import type { ManagerOptions } from "./start.ts";
import { readUiSettings } from "./ui_file.ts";
import { makeMessenger } from "./ui_messenger.ts";

/** Opens the catalogue, and the libraries that are named or found. */
export async function openRealManager(
  options: ManagerOptions,
): Promise<Manager> {
  const { clock, libraries, limits, log, random, state, trustBarCodes } =
    options;
  const devices = libraries.length > 0
    ? libraries
    : [...await findChangers(), ...await findDrives(clock, log)];
  if (devices.length === 0) {
    log.warn("This computer has no media changer: `rsm doctor` tells more");
  }
  const mediaTypes = await readSiteMediaTypes(state);
  const messenger = makeMessenger(await readUiSettings(state));
  const crash = crashFromEnvironment() ?? (() => {});
  const path = `${state}/${CATALOGUE_FILE}`;
  const database = await openCatalogue({ path, clock, log, limits, crash });
  await using parts = new AsyncDisposableStack();
  parts.use(database);
  const labelLibraries = await loadLabelLibraries(
    options.mediaLabelLibraries ?? [],
    clock,
  );
  // From here on both are the manager's.
  parts.move();
  return openManager({
    database,
    libraries: devices.map((device) => sourceOf(device, clock)),
    // One that was found before may be switched off: it is waited for.
    sourceOf: (device) =>
      libraries.length === 0 && device.startsWith("/")
        ? sourceOf(device, clock)
        : null,
    hotPlug: new HostHotPlug({
      clock,
      changers: () =>
        libraries.length === 0 ? findChangers() : Promise.resolve([]),
      watches: libraries.length === 0 ||
        libraries.some((device) => device.startsWith("/")),
    }),
    clock,
    random,
    log,
    computer: Deno.hostname(),
    trustBarCodes,
    mediaTypes,
    labelLibraries,
    messenger,
    limits,
    crash,
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

/** Paths of the host's tape drives that stand in no changer, by serial number where there is such a link. */
async function findDrives(clock: Clock, log: Log): Promise<readonly string[]> {
  const open = (device: string) => openChanger(device, { clock });
  try {
    const found = await findStandAlone({ open });
    return found.flatMap(({ byId, nst }) => byId ?? nst ?? []);
  } catch (error) {
    if (!(error instanceof ChangerError)) throw error;
    log.warn(
      "Tape drives that stand alone are left out: one may be in a changer that does not answer",
      {
        error: error.message,
      },
    );
    return [];
  }
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
