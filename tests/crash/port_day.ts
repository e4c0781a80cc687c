/**
 * What goes through the ports and the door in the scripted day.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { Session } from "../../src/client/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import type { World } from "./world.ts";

/** A free cartridge leaves by a port, and comes back by one. */
export async function goAndComeBack({ session }: World): Promise<void> {
  const library = await onlineLibrary(session);
  // What hands did before a crash is known then.
  await session.inventory(library, { wait: true });
  const barCode = await outside(session) ?? await leave(session, library);
  const { requests } = await session.ports.inject(library);
  await session.ports.useHands({
    library,
    action: "insert",
    place: null,
    barCode,
  });
  await session.ports.ended(requests);
}

/** Somebody looks through the door, and changes nothing. */
export async function lookThroughDoor({ session }: World): Promise<void> {
  const library = await onlineLibrary(session);
  const use = (action: "openDoor" | "closeDoor") =>
    session.ports.useHands({ library, action });
  const { requests } = await session.ports.openDoor(library);
  await use("openDoor");
  await use("closeDoor");
  await session.ports.ended(requests);
}

async function onlineLibrary(session: Session): Promise<string> {
  const libraries = await session.objects("library");
  const library = libraries.find(({ kind }) => kind === "online");
  assert(library !== undefined);
  return library.id;
}

/** The cartridge that is in no library; null where all are in one. */
async function outside(session: Session): Promise<string | null> {
  const libraries = await session.objects("library");
  const offline = libraries.find(({ kind }) => kind === "offline");
  const all = await session.objects("cartridge");
  const one = all.find(({ library }) => library === offline?.id);
  return one?.barCode ?? null;
}

/** Has a cartridge that is nobody's ejected, and takes it; its bar code. */
async function leave(session: Session, library: string): Promise<string> {
  const sides = await session.objects("side");
  const free = sides.find(({ state }) => state === "available");
  assert(free !== undefined, "no cartridge is free");
  const id = free.cartridge;
  const { requests } = await session.ports.eject(id);
  const ended = session.ports.ended(requests);
  // It fails with the service, which the caller of this notices by itself.
  ended.catch(() => {});
  // One that a crash left in a port goes to another port first.
  for (let taken: string | null = null; taken === null;) {
    const place = await portWith(session, library, id);
    const hand = { library, action: "remove", place } as const;
    taken = (await session.ports.useHands(hand)).barCode;
  }
  await ended;
  const cartridge = await session.object(id);
  assert(cartridge.type === "cartridge");
  return cartridge.barCode;
}

/** The port that a cartridge is in, as soon as it is there. */
async function portWith(
  session: Session,
  library: string,
  id: string,
): Promise<string> {
  for (let tries = 0; tries < 1_000; tries++) {
    const cartridge = await session.object(id);
    assert(cartridge.type === "cartridge");
    const ports = await session.objects("port", { container: library });
    const port = ports.find((one) => one.id === cartridge.location);
    if (port !== undefined) return port.id;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new NtmsError("ERROR_TIMEOUT", `${id} does not come to a port`);
}
