import { assert, assertEquals } from "@std/assert";
import { openSession } from "../../mod.ts";
import { RunningService } from "../conformance/running_service.ts";

Deno.test("a cartridge that is registered again with the same key is the same one, dates and all", async () => {
  await using service = await RunningService.start();
  await using session = await openSession({ socket: service.socket });
  const pools = await session.objects("mediaPool");
  const top = pools.find(({ kind }) => kind === "import");
  const imports = await session.objects("mediaPool", {
    container: top?.id ?? null,
  });
  const pool = imports.find(({ name }) => name === "LTO-6")?.id ?? "";
  const medium = {
    pool,
    barCode: "VAULT1L6",
    sides: [{ label: { type: "ANSI", id: "01", info: "" } }],
    idempotencyKey: crypto.randomUUID(),
  };
  const first = await session.createMedium(medium);
  assert(first.cartridge.created instanceof Date);
  assertEquals(first.sides.map(({ state }) => state), ["import"]);
  assertEquals(await session.createMedium(medium), first);
  assertEquals(await session.object(first.cartridge.id), first.cartridge);
});
