/**
 * The moments at which a test may end the service: around every commit and
 * every call to a device. Whatever the moment, the next start must find
 * catalogue and library in agreement and everything that was acknowledged.
 *
 * @module
 */

import {
  type Database,
  type Durable,
  FILE_STEPS,
  type FileStep,
  type TakeStep,
  type Writer,
} from "../database/mod.ts";

/** The commits of the manager, and what each makes durable. */
const COMMITS = {
  start: "a start of the service: its epoch, the requests the last one left",
  attach: "a library with its drives, slots and ports",
  absence: "which libraries and drives are not there, or deleted",
  pool: "a pool, made or deleted",
  allocation: "an allocated side",
  mediumWanted: "the operator's request for a medium that a program waits for",
  wantEnded: "the end of such a request that is no longer needed",
  operatorRequest: "a request that a program submits to the operator",
  operatorNoted: "that a person has seen requests, or takes them on",
  operatorSettled: "that a request is done or refused",
  deallocation: "a side given back",
  mediumLife:
    "a side that is complete or retired, a medium with another side, a cartridge that is forgotten or in another pool",
  settings: "what a caller set of an object",
  switched: "an object that is enabled or disabled",
  mountRequest: "the requests of a mount call",
  dismount: "the ended mounts and the requests of a dismount call",
  inventoryRequest: "the request of an inventory",
  requestBegins: "that requests run",
  requestWaits: "what requests wait for",
  requestFails: "how requests failed",
  driveLoaded: "a drive with its new cartridge",
  mount: "the mounts of a mount call, and its end",
  takenBack: "that a mount was given up and its cartridge goes home",
  driveAlerts: "what a drive tells of itself",
  cleanerSlot:
    "a slot that is reserved for the cleaning cartridge, or not any more",
  cleaningRequest: "the request of a cleaning",
  cleaningBegins: "a drive that is about to be cleaned",
  driveCleaned:
    "a drive that has been cleaned, or not, and the use that it took",
  cleaningEnds: "the end of a cleaning, with its cartridge at home",
  cleanerArrives: "a cartridge that is the cleaning cartridge from now on",
  driveUnloaded: "a drive that let go of its cartridge",
  driveEmptied: "a drive without its cartridge",
  putAway: "the end of a dismount",
  inventory: "what an inventory found",
  labelRequest: "the request to read or write the label of a medium",
  labelRead: "what a label says of its medium",
  labelWritten: "a side that has its free label",
  labelDone: "the end of such a request",
  inventoryDone: "the end of an inventory",
  stepPlanned: "the intent of a robot step",
  stepSent: "that a robot step is about to be sent",
  stepConfirmed: "the new place of a cartridge",
  stepEnded: "how a robot step ended that was not simply done",
  stepsResolved: "the robot steps that an inventory settled",
  portRequest:
    "the requests of an ejection, an injection or an access to the door",
  cartridgeLeft: "that a person took a cartridge out of a port",
  portWorkEnds: "the end of an injection or of an access to the door",
  sessionEnded: "that the mounts of a session outlive it",
  importNoted: "that an import of the catalogue is scheduled",
  access: "who may do what to an object, and tokens",
  audit: "what was refused or failed",
  restored: "that an imported catalogue has had its inventory",
} as const;

/**
 * What a power cut may take, because nobody is told of it and nothing is sent
 * after it before a commit that is on disk: the next start finds what it would
 * find had the service ended just before.
 */
const LATER: ReadonlySet<Commit> = new Set<Commit>([
  "requestBegins",
  "stepPlanned",
  "driveLoaded",
  "driveUnloaded",
  "driveEmptied",
]);

/** The calls to devices. */
const DEVICE_CALLS = {
  open: "opening a changer",
  drives: "finding the drives of a changer",
  changerReady: "waiting until a changer is ready",
  readTransports: "looking for what the transports hold",
  readSlots: "looking for a slot for what a transport holds",
  readLibrary: "reading all elements for an inventory",
  readStep: "reading the elements that a robot step is about",
  move: "a move of the robot",
  exchange: "an exchange of two cartridges by the robot",
  unload: "unloading a drive",
  readMedium: "asking a drive what it tells of its medium",
  readLabel: "reading the label of the medium in a drive",
  writeLabel: "writing a free label",
  readPorts: "looking at the ports",
  operatePort: "unlocking, opening or closing a port or a door",
  readAlerts: "asking a drive how it is",
  driveCleaned: "waiting until a drive has cleaned itself",
  driveReady: "waiting until the medium in a drive can be used",
} as const;

/** A commit. */
export type Commit = keyof typeof COMMITS;
/** A call to a device. */
export type DeviceCall = keyof typeof DEVICE_CALLS;

/** A moment at which a test may end the service. */
export type CrashPoint =
  | `commit.${Commit}.${"before" | "after"}`
  | `call.${DeviceCall}.${"before" | "after"}`
  | `file.${FileStep}.${"before" | "after"}`;

/** Told of each crash point as it is passed. */
export type Crash = (point: CrashPoint) => void;

function keysOf<Key extends string>(table: Readonly<Record<Key, string>>) {
  const keys: Key[] = [];
  for (const key in table) keys.push(key);
  return keys;
}

/** All crash points. */
export function allCrashPoints(): readonly CrashPoint[] {
  return [
    ...keysOf(COMMITS).flatMap((name): CrashPoint[] => [
      `commit.${name}.before`,
      `commit.${name}.after`,
    ]),
    ...keysOf(DEVICE_CALLS).flatMap((name): CrashPoint[] => [
      `call.${name}.before`,
      `call.${name}.after`,
    ]),
    ...keysOf(FILE_STEPS).flatMap((name): CrashPoint[] => [
      `file.${name}.before`,
      `file.${name}.after`,
    ]),
  ];
}

/** Takes the steps of work on files, each between two crash points. */
export function stepsBy(crash: Crash): TakeStep {
  return async (name, work) => {
    crash(`file.${name}.before`);
    await work();
    crash(`file.${name}.after`);
  };
}

/** Commits a transaction between two crash points. */
export async function commit<T>(
  { database, crash }: {
    readonly database: Database;
    readonly crash: Crash;
  },
  name: Commit,
  work: (db: Writer) => Promise<T>,
  durable: Durable = LATER.has(name) ? "later" : "now",
): Promise<T> {
  const result = await database.write(async (db) => {
    const result = await work(db);
    // All is written, and nothing committed.
    crash(`commit.${name}.before`);
    return result;
  }, durable);
  crash(`commit.${name}.after`);
  return result;
}

/** Calls a device between two crash points; the second is passed also when the call failed. */
export async function deviceCall<T>(
  { crash }: { readonly crash: Crash },
  name: DeviceCall,
  call: () => Promise<T>,
): Promise<T> {
  crash(`call.${name}.before`);
  try {
    return await call();
  } finally {
    crash(`call.${name}.after`);
  }
}
