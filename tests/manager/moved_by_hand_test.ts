import { assert, assertEquals, assertRejects } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { mountOf, openFixture } from "./fixture.ts";

const MOVE_MEDIUM = 0xa5;
/** As the virtual library is told of a label that cannot be read. */
const NO_LABEL = "?";

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

const LABEL = "LAB001L6";

/** A hand puts an unlabelled cartridge where the labelled one was, and that one elsewhere, all at once. */
async function passOff(library: VirtualLibrary, source: number): Promise<void> {
  const { count, first } = library.layout.storage;
  await Promise.all([
    library.remove(source),
    library.insert(source, NO_LABEL),
    library.insert(first + count - 1, LABEL),
  ]);
}

/** Mounts the only cartridge that has a label; the one that is in the drive then. */
async function mountLabelled(
  library: VirtualLibrary,
  before: (elementAddress: number) => Promise<void>,
): Promise<string | null> {
  await using fixture = await openFixture({
    open: () => library.openChanger(),
  });
  const { caller, manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  await before(library.layout.storage.first);
  const { mounts } = await manager.mount(caller(), mountOf(medium));
  assertEquals(mounts.map(({ barCode }) => barCode), [LABEL]);
  return await library.remove(library.layout.dataTransfer.first);
}

const ONE_LABELLED =
  "virtual:hands?files=no&slots=4&cartridges=1&drives=1&barcodes=LAB%03dL6";

Deno.test("what has no label is not taken for the cartridge that was there before the library told of a hand", async () => {
  await using library = await VirtualLibrary.open(ONE_LABELLED, {
    clock: systemClock,
  });
  const mounted = await mountLabelled(
    library,
    (source) => passOff(library, source),
  );
  assertEquals(mounted, LABEL);
});

Deno.test("a hand that changes a cartridge for one without label in mid-move is found out", async () => {
  const hands: Promise<void>[] = [];
  await using library = await VirtualLibrary.open(ONE_LABELLED, {
    clock: systemClock,
    faults: ({ cdb, unit }) => {
      const moves = unit === "changer" && cdb[0] === MOVE_MEDIUM;
      if (moves && hands.length === 0) {
        hands.push(passOff(library, library.layout.storage.first));
      }
      return "none";
    },
  });
  const mounted = await mountLabelled(library, () => Promise.resolve());
  await Promise.all(hands);
  assertEquals(hands.length, 1);
  assertEquals(mounted, LABEL);
});
