import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Receiver } from "../service/receiver.ts";
import { runService } from "./running_service.ts";

Deno.test("rsm ui add, list, remove and clear work on the lists of computer and library", async () => {
  await using service = await runService();
  assertEquals(await service.rsm("ui list"), "");
  await service.rsm("ui add desk");
  await service.rsm("ui add hall --type info --library VL-demo");
  const rows = (await service.rsm("ui list")).split("\n").slice(1);
  assertEquals(rows.length, 3);
  assertMatch(rows[0] ?? "", /^desk +computer +request .* looks by itself$/);
  assertMatch(rows[1] ?? "", /^desk +computer +error /);
  assertMatch(rows[2] ?? "", /^hall +computer +info .*VL-demo/);
  await service.rsm("ui remove desk --type error");
  const { destinations } = await service.json("ui list");
  assertEquals(
    destinations.map((each: { type: string }) => each.type),
    ["request", "info"],
  );
  await service.rsm("ui clear --library VL-demo --type info");
  await service.rsm("ui clear");
  assertEquals(await service.rsm("ui list"), "");
});

Deno.test("rsm ui add refuses what is twice, and what the administrator has not configured", async () => {
  await using service = await runService();
  await service.rsm("ui add desk --type info");
  const twice = await service.try("ui add desk --type info");
  assertEquals(twice.status, 1, twice.err);
  const strange = await service.try("ui add ops@example.org");
  assertEquals(strange.status, 2, strange.err);
  assertStringIncludes(strange.err, "ui_destinations.json");
  assertEquals((await service.try("ui add desk --type news")).status, 2);
});

Deno.test("rsm ui test tells whether a message arrives, and rsm doctor what does not", async () => {
  await using receiver = new Receiver();
  const { url } = receiver;
  await using service = await runService(undefined, {
    "ui_destinations.json": JSON.stringify({ webhooks: [url] }),
  });
  const sent = await service.try(`ui test ${url}`);
  assertEquals([sent.status, receiver.tries], [0, 1]);
  receiver.status = 500;
  const failed = await service.try(`ui test ${url}`);
  assertEquals(failed.status, 1);
  assertStringIncludes(failed.err, "HTTP status 500");
  await service.rsm(`ui add ${url}`);
  assertStringIncludes(
    await service.rsm("ui list"),
    "failed: It answered with HTTP status 500",
  );
  const doctor = await service.try("doctor --json");
  assertStringIncludes(
    JSON.parse(doctor.out).service.obstacles.join(),
    `Messages do not arrive at ${url}`,
  );
});
