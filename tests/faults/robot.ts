/** Moves that fail, and answers about them that cannot be trusted. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { setFaults } from "../lab/fault_rules.ts";
import { run } from "../lab/agreement.ts";
import { putIn, takeOut } from "../lab/hands.ts";
import { untilMet } from "./hands.ts";
import { assertFails, CH, faultTest, SG } from "./scene.ts";

faultTest(
  "a move that was not done is taken once more after an inventory",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    await setFaults("a5 sense=4/15/01");
    await scene.mount(medium);
    scene.assertSecondStep();
    await assertFails(
      scene.dismount(medium, "a5 sense=4/15/01"),
      "ERROR_DEVICE_NOT_AVAILABLE",
    );
    assertEquals((await scene.whereIs(medium)).slot, null);
  },
);

faultTest(
  "a move that was not done twice fails, and the cartridge is where it was",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const before = await scene.whereIs(medium);
    const [drive] = (await scene.map()).drives;
    assert(drive !== undefined);
    await setFaults("a5 count=2 sense=4/15/01");
    const error = await assertFails(
      scene.session.mount(medium, { drives: [drive.id] }),
      "ERROR_DEVICE_NOT_AVAILABLE",
    );
    assertStringIncludes(error.message, "hardware error, 15/01");
    assertEquals(await scene.whereIs(medium), before);
    assertEquals(scene.steps().map(({ state }) => state), ["failed", "failed"]);
  },
);

for (const device of [SG, CH]) {
  faultTest(
    "a move that was done is believed, whatever its answer says",
    device,
    async (scene) => {
      const medium = await scene.allocate();
      await setFaults("a5 after-sense=4/40/80");
      await scene.mount(medium);
      scene.assertOneStep();
      await scene.dismount(medium, "a5 after-sense=4/40/80");
    },
  );
}

faultTest(
  "a move whose answer is lost is settled by asking",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const rule = "a5 lose";
    await setFaults(rule);
    const mounted = scene.mount(medium);
    await untilMet(rule);
    // Nobody answers; without a reset the wait for it would last half an hour.
    await run("sg_reset", "--device", SG);
    await mounted;
    scene.assertOneStep();
  },
);

faultTest(
  "a connection cut before a move: not done, found out, and taken again",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    await setFaults("a5 cut=before");
    await scene.mount(medium);
    scene.assertSecondStep();
  },
);

faultTest(
  "a connection cut before a move: the kernel sends it again",
  CH,
  async (scene) => {
    const medium = await scene.allocate();
    await setFaults("a5 cut=before");
    await scene.mount(medium);
    scene.assertOneStep();
  },
);

for (const device of [SG, CH]) {
  faultTest(
    "a connection cut after a move: the cartridge is in its drive",
    device,
    async (scene) => {
      const medium = await scene.allocate();
      await setFaults("a5 cut=after");
      await scene.mount(medium);
      scene.assertOneStep();
    },
  );
}

for (const device of [SG, CH]) {
  faultTest(
    "a unit attention in place of a move: inventory, and it goes on",
    device,
    async (scene) => {
      const medium = await scene.allocate();
      await setFaults("a5 sense=6/28/01");
      await scene.mount(medium);
      await scene.dismount(medium, "a5 sense=6/29/00");
    },
  );
}

faultTest(
  "a unit attention after an inventory is no obstacle, and costs another one",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const { elementAddress } = await scene.emptySlot();
    await putIn(elementAddress, "ADD001L6");
    await setFaults("b8 sense=6/28/01");
    await scene.mount(medium);
    await scene.dismount(medium, "b8 sense=6/29/00");
    const { cartridges } = await scene.map();
    const codes = cartridges.map(({ barCode }) => barCode);
    assert(codes.includes("ADD001L6"), `the catalogue has ${codes}`);
    await takeOut(elementAddress);
    await scene.inventory();
  },
);

faultTest(
  "an element with an exception keeps its cartridge",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const { elementAddress } = await scene.whereIs(medium);
    await setFaults(`b8 count=0 element=${elementAddress} asc=83/00`);
    const report = await scene.inventory();
    assertEquals([report.added, report.missing, report.moved], [[], [], []]);
    await scene.mount(medium);
  },
);

faultTest(
  "another bar code than expected is looked at again before anything moves",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const { elementAddress } = await scene.whereIs(medium);
    // Misread once: by the check before the move.
    await setFaults(`b8 element=${elementAddress} tag=OTHER1L6`);
    await scene.mount(medium);
  },
);
