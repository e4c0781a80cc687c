import { assert } from "@std/assert";
import { mountOf, openFixture } from "./fixture.ts";

const BUSY = "virtual:busy?files=no&slots=40&cartridges=30&barcodes=LAB%03dL6";
const PROGRAMS = 8;
/** Far above what other programs do meanwhile, far below for ever. */
const MOST_OTHER_CALLS = 400;

Deno.test("a mount is done while other programs give the catalogue no rest", async () => {
  await using fixture = await openFixture({ url: BUSY });
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  let done = false;
  let calls = 0;
  const program = async (name: string) => {
    for (; !done && calls < MOST_OTHER_CALLS; calls++) {
      const other = await fixture.allocate(pool, name);
      await fixture.manager.deallocate(fixture.caller(name), other);
    }
  };
  const busy = Array.from(
    { length: PROGRAMS },
    (_, number) => program(`program ${number}`),
  );
  await fixture.manager.mount(fixture.caller(), mountOf(medium));
  done = true;
  await Promise.all(busy);
  assert(calls < MOST_OTHER_CALLS, "the mount came only when all was quiet");
});
