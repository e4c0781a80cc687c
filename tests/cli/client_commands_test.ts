import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { parseGuid } from "../../src/model/ids.ts";
import { VIEW_TYPES } from "../../src/cli/view_types.ts";
import { runService } from "./running_service.ts";

Deno.test("rsm status shows the map of the library", async () => {
  await using service = await runService();
  const text = await service.rsm("status");
  assertStringIncludes(text, "demo");
  assertStringIncludes(text, "2 drives, 24 slots (18 full), 1 port");
  assertStringIncludes(text, "DEMO01L6");
  assertStringIncludes(text, ". 19-24 empty");
  const { libraries } = await service.json("status VL-demo");
  assertEquals(libraries.length, 1);
  assertEquals(libraries[0].slots.length, 24);
});

Deno.test("rsm allocates, mounts, dismounts and deallocates, with nothing but the answer in the data", async () => {
  await using service = await runService();
  const medium = await service.rsm("allocate --pool backup --create");
  assertEquals(parseGuid(medium), medium);
  const device = await service.rsm(`mount ${medium} --write`);
  assert((await Deno.lstat(device)).isFile !== undefined);
  await Deno.writeTextFile(device, "kept");
  const busy = await service.rsm("status");
  assertStringIncludes(busy, "loaded");
  assertStringIncludes(busy, "\\backup");
  assertEquals(await service.rsm(`dismount ${medium} --wait`), "");
  const again = await service.rsm(`mount ${medium} --read`);
  assertEquals(await Deno.readTextFile(again), "kept");
  await service.rsm(`dismount ${medium} --wait`);
  assertEquals(await service.rsm(`deallocate ${medium}`), "");
  const gone = await service.try(`mount ${medium}`);
  assertEquals(gone.status, 3, gone.err);
});

Deno.test("rsm allocate needs --create for a pool that is missing, and takes it once", async () => {
  await using service = await runService();
  const missing = await service.try("allocate --pool backup");
  assertEquals([missing.status, missing.out], [3, ""]);
  assertStringIncludes(missing.err, "--create");
  const first = await service.rsm("allocate --pool backup --create");
  const second = await service.rsm("allocate --pool backup --type lto6");
  assert(first !== second);
  const wrong = await service.try("allocate --pool backup --type LTO-7");
  assertEquals(wrong.status, 1, wrong.err);
});

Deno.test("rsm mount finds a medium by its name and by its bar code, and takes the drive it is told", async () => {
  await using service = await runService();
  await service.rsm("allocate --pool backup --create --name monday");
  const drives = (await service.json("view drive")).objects;
  const first = await service.rsm(`mount monday --drive ${drives[1].number}`);
  assertEquals(first, drives[1].device);
  const [medium] = (await service.json("view logical-medium")).objects;
  assertEquals(medium.name, "monday");
  const cartridges = (await service.json("view cartridge")).objects;
  const cartridge = cartridges.find((each: { location: string }) =>
    each.location === drives[1].id
  );
  await service.rsm(`dismount ${cartridge.barCode} --wait`);
  const second = await service.rsm(`mount ${cartridge.barCode}`);
  assert(drives.some((each: { device: string }) => each.device === second));
  await service.rsm("dismount monday --wait");
});

Deno.test("rsm dismount --wait ends when the medium is away, and without it before", async () => {
  await using service = await runService(
    "slots=4&drives=1&cartridges=4&speed=100",
  );
  await service.rsm("allocate --pool backup --create --name monday");
  const driveState = async () =>
    (await service.json("view drive")).objects[0].state;
  for (const [line, away] of [["", false], [" --wait", true]] as const) {
    await service.rsm("mount monday");
    assertEquals(await driveState(), "loaded");
    await service.rsm(`dismount monday${line}`);
    assertEquals(await driveState() === "dismounted", away);
  }
});

Deno.test("rsm mount --wait 0 fails at once when all drives are busy", async () => {
  await using service = await runService("slots=4&drives=1&cartridges=4");
  const one = await service.rsm("allocate --pool backup --create");
  const two = await service.rsm("allocate --pool backup");
  await service.rsm(`mount ${one}`);
  const { status, out, err } = await service.try(`mount ${two} --wait 0`);
  assertEquals([status, out], [4, ""], err);
  const late = await service.try(`mount ${two} --wait 0.05`);
  assertEquals([late.status, late.out], [7, ""], late.err);
});

Deno.test("rsm allocate --wait 0 fails at once when nothing is available", async () => {
  await using service = await runService("slots=2&drives=1&cartridges=1");
  await service.rsm("allocate --pool backup --create");
  const { status, out, err } = await service.try(
    "allocate --pool backup --wait 0",
  );
  assertEquals([status, out], [6, ""], err);
});

Deno.test("Ctrl-C ends a call that waits, and the service forgets the call", async () => {
  await using service = await runService("slots=2&drives=1&cartridges=1");
  const medium = await service.rsm("allocate --pool backup --create");
  const io = service.io();
  const waiting = service.try("allocate --pool backup", io);
  for (;;) {
    const { objects } = await service.json("view operator-request");
    if (objects.length > 0) break;
  }
  io.stop("SIGINT");
  const { status, out, err } = await waiting;
  assertEquals([status, out, err], [130, "", "rsm: Interrupted\n"]);
  await service.rsm(`deallocate ${medium}`);
  await service.rsm("allocate --pool backup --wait 0");
});

Deno.test("rsm inventory reports that nothing differs", async () => {
  await using service = await runService();
  const text = await service.rsm("inventory --method fast");
  assertEquals(
    text,
    "NTMS VIRTUAL LIBRARY VL-demo: 18 cartridges in 28 elements\n  No differences",
  );
  const { inventories } = await service.json("inventory VL-demo");
  assertEquals(inventories.length, 1);
  assertEquals(inventories[0].report.cartridges, 18);
  const queued = await service.rsm("inventory VL-demo --queue");
  assertEquals(queued, "NTMS VIRTUAL LIBRARY VL-demo: queued");
  const none = await service.rsm("inventory --method none");
  assertEquals(none, "NTMS VIRTUAL LIBRARY VL-demo: left alone");
});

Deno.test("rsm pool create makes pools that rsm pool list shows, and refuses to make one twice", async () => {
  await using service = await runService();
  const id = await service.rsm(
    "pool create archive --type LTO-6 --draw --return",
  );
  assertEquals(parseGuid(id), id);
  const again = await service.try("pool create archive");
  assertEquals(again.status, 1, again.err);
  assertEquals(await service.rsm("pool create archive --if-missing"), id);
  const { mediaPools } = await service.json("pool list");
  const made = mediaPools.find((each: { id: string }) => each.id === id);
  assertEquals([made.path, made.drawFromFree, made.returnToFree], [
    "\\archive",
    true,
    true,
  ]);
  const list = await service.rsm("pool list");
  assertMatch(list, /\\archive +application +0 +0 +draw return/);
});

Deno.test("rsm view lists every type, as a table and in full", async () => {
  await using service = await runService();
  for (const { word, type } of VIEW_TYPES) {
    const { status, err } = await service.try(`view ${word}`);
    assertEquals(status, 0, `${word}: ${err}`);
    const answer = await service.json(`view ${word}`);
    assertEquals(answer.type, type);
    assert(
      answer.objects.every((each: { type: string }) => each.type === type),
    );
  }
  const slots = await service.rsm("view slot VL-demo");
  assertEquals(slots.split("\n").length, 25);
  const free = await service.json("view cartridge Free/LTO-6");
  assertEquals(free.objects.length, 18);
  const sides = await service.json("view side DEMO01L6");
  assertEquals(sides.objects.length, 1);
});

Deno.test("rsm tells of a service that is gone with exit status 75 or 10, and how to start it", async () => {
  await using service = await runService();
  await service.stop();
  const { status, err } = await service.try("status");
  assert(status === 75 || status === 10, `${status}`);
  assertStringIncludes(err, "rsm serve");
});

Deno.test("rsm acts as the application it is told to be", async () => {
  await using service = await runService();
  const medium = await service.rsm("allocate --pool p --create");
  await service.rsm(`mount ${medium} --application nightly`);
  const [library] = (await service.json("status")).libraries;
  const mounted = library.cartridges.filter((each: { mountedBy: string }) =>
    each.mountedBy !== ""
  );
  assertEquals(mounted.length, 1);
  assertStringIncludes(mounted[0].mountedBy, "nightly");
});
