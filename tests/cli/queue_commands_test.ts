import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { busy } from "./busy_queue.ts";
import { runService } from "./running_service.ts";

Deno.test("rsm queue shows what waits and on what; cancel ends it, purge forgets what is over", async () => {
  await using service = await runService();
  assertEquals(await service.rsm("queue"), "");
  const { waiting } = await busy(service);
  const [heading = "", row = "", ...rest] = (await service.rsm("queue VL-demo"))
    .split("\n");
  assertMatch(
    heading,
    /^State +Request +Priority +Order +For +Since +Waits for/,
  );
  assertMatch(
    row,
    /^waits +Mount DEMO03L6 +0 +last +rsm .* a drive for DEMO03L6/,
  );
  assertEquals(rest, []);
  await service.rsm("queue order DEMO03L6 next");
  assertMatch(await service.rsm("queue"), /Mount DEMO03L6 +0 +1 /);
  const { requests: [{ id }] } = await service.json("queue");
  await service.rsm(`queue cancel ${id.slice(0, 8)}`);
  assertEquals((await waiting).status, 1);
  assertEquals(await service.rsm("queue"), "");
  const kept = await service.json("queue purge --older 1");
  assertEquals(kept.deleted, []);
  const { deleted } = await service.json("queue purge");
  assertEquals(deleted.includes(id), true);
  const left = await service.json("view request");
  assertEquals(JSON.stringify(left).includes(id), false);
});

Deno.test("rsm queue refuses what names no request, and no place", async () => {
  await using service = await runService();
  const none = await service.try("queue cancel DEMO03L6");
  assertEquals(none.status, 3, none.err);
  for (const line of ["queue order x 0", "queue purge --older x"]) {
    assertEquals((await service.try(line)).status, 2, line);
  }
  const { waiting } = await busy(service);
  await service.rsm("queue cancel mount");
  assertEquals((await waiting).status, 1);
});

Deno.test("rsm media create registers a cartridge that the offline library shows", async () => {
  await using service = await runService();
  await service.rsm("pool create backup");
  const id = await service.rsm(
    "media create VAULT1L6 backup --label ANSI=VAULT1 --as allocated",
  );
  assertMatch(
    await service.rsm("media list backup"),
    /VAULT1L6 +A +allocated .* offline/,
  );
  const all = JSON.stringify(await service.json("view cartridge"));
  assertStringIncludes(all, id);
  const twice = await service.try(
    "media create VAULT1L6 backup --label ANSI=VAULT2",
  );
  assertEquals(twice.status, 3, twice.err);
  const wrong = await service.try("media create VAULT2L6 backup --label VAULT");
  assertEquals(wrong.status, 2, wrong.err);
});
