import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { parseGuid } from "../../src/model/ids.ts";
import { type RunningService, runService } from "./running_service.ts";
import type { Ended, TestIo } from "./test_io.ts";

async function stateOf(service: RunningService, id: string): Promise<string> {
  return (await service.json(`operator show ${id}`)).state;
}

Deno.test("rsm operator submit leaves a request that list, show, ack and satisfy work on", async () => {
  await using service = await runService();
  assertEquals(await service.rsm("operator list"), "");
  const id = await service.rsm("operator submit filter");
  assertEquals(parseGuid(id), id);
  assertEquals(await stateOf(service, id), "submitted");
  const json = await service.json("operator list");
  assertEquals(json.operatorRequests.length, 1);
  assertEquals(await stateOf(service, id), "submitted");
  const list = await service.rsm("operator list");
  assertMatch(list, new RegExp(`${id}.*message.*submitted.*rsm.*filter`));
  assertEquals(await stateOf(service, id), "active");
  const shown = await service.rsm(`operator show ${id.slice(0, 8)}`);
  assertMatch(shown, /Message +filter\n/);
  await service.rsm("operator ack filter");
  assertEquals(await stateOf(service, id), "inProgress");
  await service.rsm(`operator satisfy {${id.toUpperCase()}}`);
  assertEquals(await stateOf(service, id), "complete");
  assertEquals(await service.rsm("operator list"), "");
  assertStringIncludes(await service.rsm("operator list --all"), "complete");
  const again = await service.try(`operator refuse ${id}`);
  assertEquals(again.status, 1, again.err);
});

Deno.test("rsm operator submit --wait ends as the request ends", async () => {
  await using service = await runService();
  const settled = async (line: string): Promise<Ended> => {
    const io = service.io();
    const written = io.firstData();
    const waiting = service.try("operator submit Hello --wait 60", io);
    await written;
    await service.rsm(`operator ${line} ${io.outText.trim()}`);
    return await waiting;
  };
  assertEquals((await settled("satisfy")).status, 0);
  assertEquals((await settled("refuse")).status, 1);
  const late = await service.try("operator submit Hello --wait 0.01");
  assertEquals(late.status, 7, late.err);
});

Deno.test("rsm operator submit names pools, cartridges and libraries as people do", async () => {
  await using service = await runService();
  await service.rsm("pool create backup");
  const lines = [
    "--kind new-media --about backup --library VL-demo",
    "--kind move-media --about DEMO01L6 --library VL-demo",
    "--kind cleaner --about VL-demo",
    "--kind device-service --about VL-demo",
  ];
  for (const line of lines) await service.rsm(`operator submit ${line}`);
  const { operatorRequests } = await service.json("operator list");
  const about = operatorRequests.map((each: { argument1: { type: string } }) =>
    each.argument1.type
  );
  assertEquals(about, ["mediaPool", "cartridge", "library", "library"]);
  const wrong = await service.try("operator submit --about backup");
  assertEquals(wrong.status, 2, wrong.err);
});

Deno.test("rsm operator asks for an id where words of a message name several requests", async () => {
  await using service = await runService();
  for (let n = 0; n < 2; n++) await service.rsm("operator submit Hello");
  const several = await service.try("operator satisfy hello");
  assertEquals(several.status, 2);
  assertStringIncludes(several.err, "Several operator requests");
  const none = await service.try("operator show bye");
  assertEquals(none.status, 3, none.err);
});

Deno.test("rsm allocate ends when the operator refuses, and goes through when media come", async () => {
  await using service = await runService("slots=2&drives=1&cartridges=1");
  const medium = await service.rsm("allocate --pool backup --create");
  const asked = async () => {
    for (;;) {
      const { operatorRequests } = await service.json("operator list");
      if (operatorRequests.length > 0) return operatorRequests[0].id;
    }
  };
  const refused = service.try("allocate --pool backup");
  await service.rsm(`operator refuse ${await asked()}`);
  assertEquals((await refused).status, 1, (await refused).err);
  const waiting = service.rsm("allocate --pool backup");
  await asked();
  await service.rsm(`deallocate ${medium}`);
  assertEquals(parseGuid(await waiting), await waiting);
  assertEquals(await service.rsm("operator list"), "");
});

/** Waits until a command that watches has begun, and has written so many lines. */
async function lines(io: TestIo, count: number): Promise<string[]> {
  while (io.outText.split("\n").length <= count) await io.firstData();
  return io.outText.trimEnd().split("\n");
}

async function watching(io: TestIo): Promise<void> {
  while (!io.errText.includes("Watching")) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

Deno.test("rsm watch shows each change as it happens, until Ctrl-C", async () => {
  await using service = await runService();
  const io = service.io();
  const ended = service.try("watch", io);
  await watching(io);
  const id = await service.rsm("pool create archive");
  const [line = ""] = await lines(io, 1);
  assertMatch(
    line,
    new RegExp(`^12:00:00  new      media-pool        ${id}  \\\\archive$`),
  );
  io.stop("SIGINT");
  const { status, err } = await ended;
  assertEquals([status, err], [0, "Watching; Ctrl-C ends\n"]);
  assertEquals(io.handlers, 0);
});

Deno.test("rsm watch --type --json tells one type to programs, a line each", async () => {
  await using service = await runService();
  const io = service.io();
  const ended = service.try("watch --type request --json --count 4", io);
  await watching(io);
  await service.rsm("pool create archive");
  await service.rsm("inventory VL-demo");
  await service.rsm("inventory VL-demo");
  const { status, out } = await ended;
  assertEquals(status, 0);
  const changes = out.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert(changes.every(({ type }) => type === "libraryRequest"));
  assertEquals(changes.map(({ number }) => number), [1, 2, 3, 4]);
  assertEquals(changes[0].operation, "insert");
});

Deno.test("rsm watch refuses types and counts that are none", async () => {
  await using service = await runService();
  for (const line of ["watch --type drove", "watch --count 0"]) {
    assertEquals((await service.try(line)).status, 2);
  }
});

Deno.test("rsm watch ends when nobody reads it any more", async () => {
  await using service = await runService();
  const io = service.io();
  const ended = service.try("watch", io);
  await watching(io);
  io.broken = true;
  await service.rsm("pool create archive");
  assertEquals((await ended).status, 0);
});
