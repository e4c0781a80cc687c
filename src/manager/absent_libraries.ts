/**
 * How the catalogue shows libraries that are not at work: as not present, with
 * a request to the operator where one was given and cannot be opened. One that
 * was never open gets a stand-in, which is known by its device alone.
 *
 * @module
 */

import {
  allLibraries,
  completeOperatorRequests,
  deleteObject,
  devicesOf,
  insertLibrary,
  updateObject,
  type Writer,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { askOperatorOnce } from "./operators.ts";

/** What no device says of itself: those that do have a vendor before the first bar. */
const STAND_IN = "?|";

/** Whether an identity is that of a stand-in. */
export function isStandIn(identity: string): boolean {
  return identity.startsWith(STAND_IN);
}

/** NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE. */
const RECOGNIZE_CLEANER = 0x10;

/** The row of a library that has nothing yet but its device. */
export function newLibraryRow(identity: string, device: string) {
  return {
    kind: "online",
    identity,
    device,
    cleanerSlotId: null,
    cleanerSlotDefaultId: null,
    supportsDriveCleaning: 1,
    barCodeReader: 0,
    trustBarCodes: 0,
    inventoryMethod: "fast",
    cleanerUsesRemaining: 0,
    autoRecovery: 1,
    flags: RECOGNIZE_CLEANER,
  } as const;
}

/**
 * Notes that a library was given and cannot be opened.
 *
 * @param atWork Ids of the libraries that are.
 * @param isWaitedFor Whether it is not there still, and not deleted either.
 * @param found Hears its id before anybody hears of the commit.
 */
export function noteUnopened(
  context: Context,
  { device, reason }: { readonly device: string; readonly reason: string },
  atWork: ReadonlySet<string>,
  isWaitedFor: () => boolean,
  found: (id: string) => void,
): Promise<void> {
  return commit(context, "absence", async (db) => {
    if (!isWaitedFor()) return;
    const now = context.clock.now();
    const known = (await allLibraries(db)).find((library) =>
      library.device === device && library.kind !== "offline" &&
      !atWork.has(library.id)
    );
    const id = known?.id ?? context.random.guid();
    const name = known?.name ?? device.slice(0, 64);
    if (known === undefined) {
      await insertLibrary(
        db,
        { id, type: "library", name },
        newLibraryRow(STAND_IN + device, device),
        now,
      );
    }
    await setAbsent(db, id, now);
    await askOperatorOnce(db, context, {
      command: "deviceService",
      message: `Library ${name} cannot be opened: ${reason}`,
      about: { type: "library", id },
    });
    found(id);
  });
}

/** Notes at the end of a start which libraries it was not given; `given`: ids of all others. Forgets stand-ins for what is no longer given. */
export function noteNotGiven(
  context: Context,
  given: ReadonlySet<string>,
): Promise<void> {
  return commit(context, "absence", async (db) => {
    const now = context.clock.now();
    for (const { id, identity, kind } of await allLibraries(db)) {
      if (kind === "offline" || given.has(id)) continue;
      if (isStandIn(identity)) await forget(db, id, now);
      else await setAbsent(db, id, now);
    }
  });
}

/** Nothing of a library is present; its drives and changers come back with it. */
async function setAbsent(db: Writer, id: string, now: number): Promise<void> {
  for (const each of [id, ...await devicesOf(db, id)]) {
    await updateObject(db, each, { operationalState: "notPresent" }, now);
  }
}

/** A library is there now: it takes the place of its stand-in. */
export function removeStandIn(context: Context, id: string): Promise<void> {
  return commit(
    context,
    "absence",
    (db) => forget(db, id, context.clock.now()),
  );
}

async function forget(db: Writer, id: string, now: number): Promise<void> {
  await completeOperatorRequests(db, "deviceService", [id], now);
  await deleteObject(db, id);
}
