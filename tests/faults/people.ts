/** Cartridges that people take out, put in and swap. */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { OperatorRequestRecord } from "../../src/model/mod.ts";
import { putIn, takeOut } from "../lab/hands.ts";
import { assertFails, faultTest, type Scene, SG } from "./scene.ts";
import { until } from "./waiting.ts";

async function operatorRequest(
  scene: Scene,
  barCode: string,
): Promise<OperatorRequestRecord | undefined> {
  const requests = await scene.session.objects("operatorRequest");
  return requests.find(({ message }) => message.includes(barCode));
}

faultTest(
  "an allocated cartridge that was taken out is offline and asked for",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const { barCode, elementAddress } = await scene.whereIs(medium);
    await takeOut(elementAddress);
    assertEquals((await scene.inventory()).missing, [barCode]);
    const request = await operatorRequest(scene, barCode);
    assertEquals([request?.command, request?.state], [
      "moveMedia",
      "submitted",
    ]);
    await assertFails(
      scene.session.mount(medium, { errorIfOffline: true }),
      "ERROR_MEDIA_OFFLINE",
    );

    const other = await scene.emptySlot();
    await putIn(other.elementAddress, barCode);
    assertEquals((await scene.inventory()).moved, [
      `${barCode} to slot ${other.number}`,
    ]);
    assertEquals((await operatorRequest(scene, barCode))?.state, "complete");
  },
);

faultTest(
  "a mount of a cartridge that was taken out unseen waits until it is back",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const { barCode, elementAddress } = await scene.whereIs(medium);
    await takeOut(elementAddress);
    const mounted = scene.mount(medium);
    await until(
      "the operator is asked",
      async () => await operatorRequest(scene, barCode) !== undefined,
    );
    await putIn((await scene.emptySlot()).elementAddress, barCode);
    await scene.inventory();
    await mounted;
  },
);

faultTest(
  "of two cartridges that were swapped, the right one is mounted",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const { barCode, elementAddress } = await scene.whereIs(medium);
    const { cartridges, slots } = await scene.map();
    const other = cartridges.find((one) => one.barCode !== barCode);
    const slot = slots.find(({ id }) => id === other?.location);
    assert(other !== undefined && slot !== undefined);
    await takeOut(elementAddress);
    await takeOut(slot.elementAddress);
    await putIn(elementAddress, other.barCode);
    await putIn(slot.elementAddress, barCode);
    const { mounts } = await scene.session.mount(medium);
    assertEquals(mounts.map((mount) => mount.barCode), [barCode]);
  },
);

faultTest(
  "a cartridge that was put in by hand is entered, and missed without a call",
  SG,
  async (scene) => {
    const { elementAddress } = await scene.emptySlot();
    await putIn(elementAddress, "NEW001L6");
    assertEquals((await scene.inventory()).added, ["NEW001L6"]);
    await takeOut(elementAddress);
    assertEquals((await scene.inventory()).missing, ["NEW001L6"]);
    assertEquals(await operatorRequest(scene, "NEW001L6"), undefined);
    await scene.allocate();
  },
);

faultTest(
  "a cartridge whose slot was filled by hand goes to another one",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const { elementAddress, slot } = await scene.whereIs(medium);
    await scene.mount(medium);
    await putIn(elementAddress, "ADD002L6");
    await scene.dismount(medium);
    assertNotEquals((await scene.whereIs(medium)).slot, slot);
    await takeOut(elementAddress);
    await scene.inventory();
  },
);
