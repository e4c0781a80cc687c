import { assert, assertEquals } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { startStopUnit } from "../../src/scsi/mod.ts";
import { mountOf, openFixture } from "./fixture.ts";

const EJECT = startStopUnit({ start: false, loadEject: true });
const URL = "virtual:jukebox?media=mo&slots=4&cartridges=3&drives=1";

/** A manager with an optical library, and the commands of 1Bh to its drive. */
async function openJukebox(barCodes: string) {
  const moves: Uint8Array[] = [];
  const fixture = await openFixture({
    url: `${URL}&barcodes=${barCodes}`,
    mediaTypes: [
      { name: "MO 3.5 inch", barCodeSuffixes: ["MO"], facts: null },
    ],
    open: async (device) => {
      const library = await VirtualLibrary.open(device, {
        clock: systemClock,
        faults: ({ cdb, unit }) => {
          if (unit !== "changer" && cdb[0] === 0x1b) moves.push(cdb);
          return "none";
        },
      });
      return await library.openChanger({ closesLibrary: true });
    },
  });
  return { fixture, moves };
}

Deno.test("a medium of an optical library is mounted, ejected from its drive and put away", async () => {
  const { fixture, moves } = await openJukebox("DISC%03dMO");
  await using _ = fixture;
  const { manager } = fixture;
  const [type] = await fixture.all("driveType");
  assertEquals(
    [type?.product, type?.deviceClass],
    ["VIRTUAL MO", "disk"],
  );
  const mediaType = (await fixture.all("mediaType"))
    .find(({ name }) => name === "MO 3.5 inch");
  assert(mediaType);
  const { pool } = await manager.createPool(fixture.caller(), {
    name: "Discs",
    parent: null,
    mediaType: mediaType.id,
    mode: "always",
    drawFromFree: true,
  });
  const medium = await fixture.allocate(pool);
  for (let time = 0; time < 2; time++) {
    const { mounts } = await manager.mount(fixture.caller(), mountOf(medium));
    assertEquals(mounts.length, 1);
    await manager.dismount(fixture.caller(), { media: [medium], wait: true });
  }
  const { cartridges, drives } = await fixture.map();
  assertEquals(drives.map(({ state }) => state), ["dismounted"]);
  assert(cartridges.every((one) => one.locationType === "slot"));
  assertEquals(moves, [EJECT, EJECT]);
});

Deno.test("a cartridge of an optical library whose bar code tells nothing is taken for a disk", async () => {
  const { fixture, moves } = await openJukebox("PLAIN%03d");
  await using _ = fixture;
  const types = new Map(
    (await fixture.all("mediaType")).map(({ id, name }) => [id, name]),
  );
  const cartridges = await fixture.all("cartridge");
  assertEquals(
    cartridges.map(({ mediaType }) => types.get(mediaType)),
    ["Disk", "Disk", "Disk"],
  );
  assertEquals(moves, []);
});
