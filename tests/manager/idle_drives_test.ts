import { assertEquals } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { decodeCdb } from "../../src/scsi/mod.ts";
import { FakeClock } from "./fake_clock.ts";
import { mountOf, openFixture } from "./fixture.ts";

Deno.test("while nothing is to be done a medium that was left is unloaded, and comes back when it is wanted", async () => {
  const clock = new FakeClock();
  const drive: string[] = [];
  await using library = await VirtualLibrary.open(
    "virtual:idle?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6",
    {
      clock,
      faults: ({ unit, cdb }) => {
        const command = decodeCdb(cdb, unit === "changer" ? unit : "drive");
        if (command.command === "loadUnload") {
          drive.push(command.load ? "load" : "unload");
        }
        if (command.command === "moveMedium") drive.push("move");
        return "none";
      },
    },
  );
  await using fixture = await openFixture({
    clock,
    open: () => library.openChanger(),
  });
  const { caller, manager } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  const stateIs = async (state: string): Promise<void> => {
    for (let turn = 0; turn < 1_000; turn++) {
      const [found] = await fixture.all("drive");
      if (found?.state === state) return;
    }
    throw new Error(`The drive is not ${state}`);
  };
  /** Has something come to its end, while time passes. */
  const during = async (work: Promise<unknown>): Promise<void> => {
    let ended = false;
    const end = work.finally(() => ended = true);
    while (!ended) {
      await new Promise((resolve) => setTimeout(resolve));
      clock.advance(100);
    }
    await end;
  };
  await during(manager.mount(caller(), mountOf(medium)));
  await manager.dismount(caller(), { media: [medium], deferred: true });
  const [{ deferDismountSeconds = 0 } = {}] = await fixture.all("drive");
  await stateIs("dismountable");
  clock.advance(deferDismountSeconds * 1_000 + 119_000);
  await stateIs("dismountable");
  assertEquals(drive, ["move"]);
  clock.advance(2_000);
  await stateIs("unloaded");
  assertEquals(drive, ["move", "unload"]);
  await during(manager.mount(caller(), mountOf(medium)));
  await stateIs("loaded");
  assertEquals(drive, ["move", "unload", "load"], "no arm had to move");
});
