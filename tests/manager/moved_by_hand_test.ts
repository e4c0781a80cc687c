import { assert, assertEquals, assertRejects } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { mountOf, openFixture } from "./fixture.ts";

const MOVE_MEDIUM = 0xa5;

Deno.test("a robot that answers good and was given another cartridge by a hand does not mount that one", async () => {
  const hands: Promise<unknown>[] = [];
  await using library = await VirtualLibrary.open(
    "virtual:hands?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6",
    {
      clock: systemClock,
      faults: ({ cdb, unit }) => {
        const moves = unit === "changer" && cdb[0] === MOVE_MEDIUM;
        if (moves && hands.length === 0) {
          const source = new DataView(cdb.buffer, cdb.byteOffset).getUint16(4);
          hands.push(library.remove(source));
          hands.push(library.insert(source, "OTHER1L6"));
        }
        return "none";
      },
    },
  );
  await using fixture = await openFixture({
    open: () => library.openChanger(),
  });
  const { caller, manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  await assertRejects(
    () => manager.mount(caller(), { ...mountOf(medium), timeoutMs: 500 }),
    NtmsError,
  );
  await Promise.all(hands);
  assertEquals(hands.length, 2);
  const { cartridges } = await fixture.map();
  assertEquals(cartridges.filter(({ mountedBy }) => mountedBy !== ""), []);
  assert(cartridges.some(({ barCode }) => barCode === "OTHER1L6"));
});
