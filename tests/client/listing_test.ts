import { assertEquals } from "@std/assert";
import { startTestService } from "../service/test_service.ts";

const LARGE =
  "virtual:large?files=no&slots=2100&cartridges=3&barcodes=LAB%03dL6";

Deno.test("a list that takes several answers is whole, and its parts go on from one another", async () => {
  await using test = await startTestService({ libraries: [LARGE] });
  await using session = await test.session();
  const slots = await session.objects("slot");
  const numbers = Array.from({ length: 2_100 }, (_, index) => index + 1);
  assertEquals(slots.map(({ number }) => number), numbers);
  const ids = slots.map(({ id }) => id);
  assertEquals(await session.enumerate("slot"), ids);
  const first = await session.part("slot", { limit: 7 });
  const then = await session.part("slot", { limit: 5, after: first.next });
  const joined = [...first.items, ...then.items].map(({ id }) => id);
  assertEquals(joined, ids.slice(0, 12));
  const labelled = await session.objects("cartridge", { barCode: "LAB002L6" });
  assertEquals(labelled.map(({ name }) => name), ["LAB002L6"]);
  assertEquals((await session.part("cartridge")).next, null);
});
