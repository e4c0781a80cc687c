/**
 * A scripted day of a program, its service and its operator. Each act looks
 * first at how far it came before the crash, and does the rest.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { NtmsError } from "../../src/model/mod.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import { haveDriveCleaned } from "./cleaning_day.ts";
import {
  labelFreeMedium,
  lookAfterDrive,
  shareVault,
  useVault,
} from "./managing_day.ts";
import { askAndDo } from "./operator_day.ts";
import { goAndComeBack, lookThroughDoor } from "./port_day.ts";
import type { World } from "./world.ts";

/** One thing that happens, and happens again after a crash until it is done. */
export interface Act {
  readonly name: string;
  readonly run: (world: World) => Promise<void>;
}

/** Element addresses of the virtual library. */
const TRANSPORT = 1;
const PORT = 10;
const DRIVES = [500, 501];
const SLOTS = Array.from({ length: 8 }, (_, index) => 1000 + index);

function pool(world: World): Promise<string> {
  return ltoPool(world.session, {
    name: "backup",
    drawFromFree: true,
    returnToFree: true,
  });
}

/** The logical medium of that name, where there is one. */
function find(world: World, name: string): string | null {
  for (const [id, one] of world.catalogue().logicalMedia) {
    if (one === name) return id;
  }
  return null;
}

/** The logical medium of that name. */
function idOf(world: World, name: string): string {
  const id = find(world, name);
  assert(id !== null, `${name} is not allocated`);
  return id;
}

function idsOf(world: World, names: readonly string[]): string[] {
  return names.map((name) => idOf(world, name));
}

async function allocate(world: World, ...names: string[]): Promise<void> {
  const from = await pool(world);
  for (const name of names) {
    const there = find(world, name);
    const id = there ??
      (await world.session.allocate({ pool: from, name })).logicalMedium;
    world.ledger.allocated(id);
    const { logicalMedia } = world.catalogue();
    const same = [...logicalMedia.values()].filter((one) => one === name);
    assertEquals(same.length, 1, `${name} was allocated twice`);
  }
}

async function deallocate(world: World, ...names: string[]): Promise<void> {
  for (const name of names) {
    const id = find(world, name);
    if (id === null) continue;
    await world.ledger.during(
      "deallocate",
      [id],
      () => world.session.deallocate(id),
    );
  }
}

function mounted(world: World): Set<string> {
  return new Set(
    world.catalogue().mounts.flatMap(({ logicalMediumId }) =>
      logicalMediumId ?? []
    ),
  );
}

async function mount(world: World, ...names: string[]): Promise<void> {
  const already = mounted(world);
  const ids = idsOf(world, names).filter((id) => !already.has(id));
  if (ids.length === 0) return;
  await world.ledger.during("mount", ids, async () => {
    const { requests } = await world.session.mount(ids);
    world.ledger.requested(requests);
  });
}

async function dismount(
  world: World,
  names: readonly string[],
  options: { deferred?: boolean; wait?: boolean } = {},
): Promise<void> {
  const now = mounted(world);
  const ids = idsOf(world, names).filter((id) => now.has(id));
  if (ids.length === 0) return;
  await world.ledger.during("dismount", ids, async () => {
    const { requests } = await world.session.dismount(ids, options);
    world.ledger.requested(requests);
  });
}

/** What a program opens to use a mounted medium. */
function deviceOf(world: World, name: string): string {
  const id = idOf(world, name);
  const mount = world.catalogue().mounts.find(({ logicalMediumId }) =>
    logicalMediumId === id
  );
  assert(mount !== undefined, `${name} is not mounted`);
  return mount.device;
}

/** Runs a call that has to fail with one of these codes. */
async function refused(
  call: Promise<unknown>,
  ...codes: NtmsError["code"][]
): Promise<void> {
  const error = await call.then(() => null, (error: unknown) => error);
  if (error instanceof NtmsError && codes.includes(error.code)) return;
  if (error !== null) throw error;
  throw new Error(`a call succeeded that had to fail with ${codes.join()}`);
}

/** Looks at the catalogue until something is so, or a call has ended. */
async function until(
  call: Promise<unknown>,
  isSo: () => boolean,
): Promise<void> {
  let ended = false;
  const end = () => ended = true;
  call.then(end, end);
  while (!ended && !isSo()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Where a cartridge is in the stopped library. */
async function whereIs(world: World, barCode: string): Promise<number | null> {
  for (const [elementAddress, one] of await world.device()) {
    if (one === barCode) return elementAddress;
  }
  return null;
}

function barCodeOf(world: World, name: string): string {
  const id = idOf(world, name);
  const { mounts, cartridges } = world.catalogue();
  const mount = mounts.find(({ logicalMediumId }) => logicalMediumId === id);
  const cartridge = cartridges.find((one) => one.id === mount?.cartridgeId);
  assert(cartridge !== undefined, `${name} is not mounted`);
  return cartridge.barCode;
}

async function abortWhile(
  world: World,
  names: readonly string[],
  isSo: () => boolean,
): Promise<void> {
  const stop = new AbortController();
  const ids = idsOf(world, names);
  const call = world.ledger.during(
    "mount",
    ids,
    () => world.session.mount(ids, { signal: stop.signal }),
  );
  await until(call, isSo);
  stop.abort();
  // It may have succeeded just before.
  await call.catch((error: unknown) => {
    const cancelled = error instanceof NtmsError &&
      error.code === "ERROR_CANCELLED";
    if (!cancelled) throw error;
  });
  await world.restingCatalogue();
}

function isInDrive(world: World, barCode: string): boolean {
  return world.catalogue().cartridges.some((one) =>
    one.barCode === barCode && DRIVES.includes(one.elementAddress ?? -1)
  );
}

async function stop(world: World): Promise<void> {
  await world.stop();
}

async function start(world: World): Promise<void> {
  if (!world.running) await world.start();
}

/** Until people reach into the library. */
const MORNING: readonly Act[] = [
  { name: "the service starts", run: start },
  {
    name: "media are allocated",
    run: (world) => allocate(world, "monday", "tuesday", "wednesday"),
  },
  {
    name: "a medium is mounted and written",
    async run(world) {
      await mount(world, "monday");
      await Deno.writeTextFile(deviceOf(world, "monday"), "data of monday");
    },
  },
  {
    name: "it is dismounted, deferred",
    run: (world) => dismount(world, ["monday"], { deferred: true }),
  },
  {
    name: "another one fills the other drive",
    async run(world) {
      await mount(world, "tuesday");
      await dismount(world, ["tuesday"], { deferred: true });
    },
  },
  {
    name: "a third one evicts the first",
    run: (world) => mount(world, "wednesday"),
  },
  {
    name: "it is dismounted at once",
    run: (world) => dismount(world, ["wednesday"], { wait: true }),
  },
  {
    name: "what was written is read again",
    async run(world) {
      await mount(world, "monday");
      assertEquals(
        await Deno.readTextFile(deviceOf(world, "monday")),
        "data of monday",
      );
      await dismount(world, ["monday"], { wait: true });
    },
  },
  {
    name: "two are mounted in one call",
    run: (world) => mount(world, "monday", "tuesday"),
  },
  {
    name: "a mount that waits for a drive is given up",
    async run(world) {
      // The last attempt may have succeeded after all.
      await dismount(world, ["wednesday"], { wait: true });
      await mount(world, "monday", "tuesday");
      await abortWhile(
        world,
        ["wednesday"],
        () =>
          world.catalogue().requests.some(({ state }) => state === "waiting"),
      );
      await dismount(world, ["monday", "tuesday"], { wait: true });
    },
  },
  {
    name: "a mount is given up while the robot works on it",
    async run(world) {
      for (let tries = 0; tries < 5; tries++) {
        await dismount(world, ["monday", "tuesday"], { wait: true });
        await world.restingCatalogue();
        await mount(world, "monday");
        const first = barCodeOf(world, "monday");
        await dismount(world, ["monday"], { wait: true });
        const before = world.catalogue().requests.length;
        await abortWhile(
          world,
          ["monday", "tuesday"],
          () => isInDrive(world, first),
        );
        // Two of the mount, and at least one that takes back.
        if (world.catalogue().requests.length >= before + 3) break;
      }
      await dismount(world, ["monday", "tuesday"], { wait: true });
    },
  },
  {
    name: "the last medium is taken, and one more waits for another",
    async run(world) {
      await allocate(world, "thursday", "friday", "saturday");
      await refused(
        world.session.allocate({ pool: await pool(world), timeoutMs: 30 }),
        "ERROR_TIMEOUT",
      );
      await deallocate(world, "friday", "saturday");
    },
  },
  { name: "one is mounted over night", run: (world) => mount(world, "monday") },
  { name: "the session is renewed", run: (world) => world.renewSession() },
  { name: "a drive is out of use for a while", run: lookAfterDrive },
  { name: "a medium is in a vault for a while", run: useVault },
  { name: "a free medium gets its label", run: labelFreeMedium },
  { name: "a pool is shared for a while", run: shareVault },
  { name: "a cartridge leaves by a port, and comes back", run: goAndComeBack },
  { name: "somebody looks through the door", run: lookThroughDoor },
  { name: "a drive is cleaned", run: haveDriveCleaned },
  { name: "a person is asked for something, and does it", run: askAndDo },
  {
    name: "the catalogue is copied, and the copy set to take its place",
    async run({ session }) {
      await session.exportDatabase();
      await session.importDatabase();
    },
  },
  { name: "the service stops", run: stop },
];

/** Cartridges are where they were not, and one is gone. */
const NOON: readonly Act[] = [
  {
    name:
      "people put what was mounted into a slot, one into the gripper, and take one out",
    async run(world) {
      const inDrive = barCodeOf(world, "monday");
      world.ledger.mayBeDismounted(idOf(world, "monday"));
      const device = await world.device();
      const [free, alsoFree] = SLOTS.filter((slot) => !device.has(slot));
      const [gripped, swapped] = SLOTS.filter((slot) => device.has(slot));
      const source = await whereIs(world, inDrive);
      assert(
        free !== undefined && alsoFree !== undefined && source !== null &&
          gripped !== undefined && swapped !== undefined,
      );
      await world.carry([
        [source, free],
        [gripped, TRANSPORT],
        [swapped, "outside"],
      ]);
    },
  },
  { name: "the service starts again", run: start },
  {
    name: "what is where it was not is found",
    async run(world) {
      await mount(world, "monday");
      await dismount(world, ["monday"], { wait: true });
    },
  },
  { name: "the service stops for the operator", run: stop },
];

/** What was gone is back. */
const EVENING: readonly Act[] = [
  {
    name: "people bring back what is missing",
    async run(world) {
      const device = await world.device();
      const missing = world.catalogue().cartridges.filter(({ barCode }) =>
        ![...device.values()].includes(barCode)
      );
      const [one] = missing;
      assertEquals(missing.length, 1);
      assert(one !== undefined && !device.has(PORT));
      await world.carry([[{ outside: one.barCode }, PORT]]);
    },
  },
  { name: "the service starts once more", run: start },
  {
    name: "an inventory is asked for",
    async run(world) {
      const libraries = await world.session.objects("library");
      const library = libraries.find(({ kind }) => kind === "online");
      assert(library !== undefined);
      const { request } = await world.session.inventory(library.id, {
        wait: true,
      });
      world.ledger.requested([request]);
    },
  },
  {
    name: "all media are used and given back",
    async run(world) {
      for (const name of ["monday", "tuesday", "wednesday", "thursday"]) {
        if (find(world, name) === null) continue;
        await mount(world, name);
        await dismount(world, [name], { wait: true });
        await deallocate(world, name);
      }
    },
  },
  { name: "the service stops for the night", run: stop },
];

/** The day; each part has one service, and the library is still between them. */
export const DAY: readonly (readonly Act[])[] = [MORNING, NOON, EVENING];
