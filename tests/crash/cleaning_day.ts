/**
 * The cleaning cartridge and the cleaning of a drive in the scripted day.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { Session } from "../../src/client/mod.ts";
import type { LibraryRecord } from "../../src/model/mod.ts";
import type { World } from "./world.ts";

/** The cleaning cartridge; in the library for a while only. */
export const CLEANER = "CLN001L6";
/** A TapeAlert flag that only tells something: the medium is write-protected. */
const HARMLESS = 9;

async function onlineLibrary(session: Session): Promise<LibraryRecord> {
  const libraries = await session.objects("library");
  const library = libraries.find(({ kind }) => kind === "online");
  assert(library !== undefined);
  return library;
}

/** The type of the place where the cleaning cartridge is; null where it is nowhere. */
async function placeOfCleaner(session: Session) {
  const [cleaner] = await session.objects("cartridge", { barCode: CLEANER });
  return cleaner === undefined ? null : cleaner.locationType;
}

/** A cleaning cartridge comes, a drive is cleaned, and the cartridge leaves. */
export async function haveDriveCleaned(world: World): Promise<void> {
  await bringCleaner(world);
  await cleanDrive(world);
  await takeCleaner(world);
}

/** A person brings a cleaning cartridge, for which a slot is reserved. */
async function bringCleaner({ session }: World): Promise<void> {
  const { cleanerSlot, id } = await onlineLibrary(session);
  // What hands did before a crash is known then.
  await session.inventory(id, { wait: true });
  if (cleanerSlot === null) {
    const slots = await session.objects("slot", { container: id });
    const slot = slots.findLast(({ state }) => state === "empty");
    assert(slot !== undefined);
    await session.cleaners.reserve(id, slot.id);
  }
  const place = await placeOfCleaner(session);
  if (place === "slot" || place === "drive") return;
  const { requests } = await session.cleaners.inject(id);
  if (place === null) {
    await session.ports.useHands({
      library: id,
      action: "insert",
      place: null,
      barCode: CLEANER,
    });
  }
  await session.ports.ended(requests);
}

/** A drive is cleaned, and has something to tell when the next medium leaves it. */
async function cleanDrive({ session }: World): Promise<void> {
  const { id } = await onlineLibrary(session);
  const drives = await session.objects("drive", { container: id });
  for (const drive of drives) {
    await session.ports.useHands({
      library: id,
      action: "alert",
      place: drive.id,
      flag: HARMLESS,
    });
  }
  // In the other one a medium is mounted over night.
  const drive = drives.find(({ state }) =>
    state !== "mounted" && state !== "loaded"
  );
  assert(drive !== undefined);
  const { request } = await session.cleaners.clean(drive.id);
  await session.ports.ended([request]);
}

/** The cleaning cartridge leaves, and its slot is for data again. */
async function takeCleaner({ session }: World): Promise<void> {
  const { cleanerSlot, id } = await onlineLibrary(session);
  if (cleanerSlot === null) return;
  await session.inventory(id, { wait: true });
  if (await placeOfCleaner(session) !== null) {
    const { requests } = await session.cleaners.eject(id);
    const ended = session.ports.ended(requests);
    // It fails with the service, which the caller of this notices by itself.
    ended.catch(() => {});
    const ports = await session.objects("port", { container: id });
    for (let taken: string | null = null; taken === null;) {
      for (const { id: place } of ports) {
        const hand = { library: id, action: "remove", place } as const;
        taken ??= (await session.ports.useHands(hand)).barCode;
      }
    }
    await ended;
  }
  await session.cleaners.release(id);
}
