/** Drives that are not ready, or do not let go. */
import { assert, assertEquals } from "@std/assert";
import { setFaults } from "../lab/fault_rules.ts";
import { run } from "../lab/agreement.ts";
import { DRIVE_LUN, setOffline } from "./hands.ts";
import { assertFails, faultTest, type Scene, SG } from "./scene.ts";

const [firstDrive = ""] = (Deno.env.get("LAB_DRIVES") ?? "").split(" ");

/** Allocates a medium, and begins to mount it in the first drive. */
async function mountInFirst(scene: Scene) {
  const medium = await scene.allocate();
  const [drive] = (await scene.map()).drives;
  assert(drive !== undefined);
  return {
    medium,
    mounted: scene.session.mount(medium, {
      drives: [drive.id],
      timeoutMs: 60_000,
    }),
  };
}

faultTest("a drive that becomes ready is waited for", SG, async (scene) => {
  await setFaults(`00 lun=${DRIVE_LUN} count=3 sense=2/04/01`);
  await (await mountInFirst(scene)).mounted;
});

faultTest(
  "a drive that fails to load gives the cartridge back",
  SG,
  async (scene) => {
    await setFaults(`00 lun=${DRIVE_LUN} sense=4/53/09`);
    const { medium, mounted } = await mountInFirst(scene);
    await assertFails(mounted, "ERROR_DEVICE_NOT_AVAILABLE");
    assertEquals((await scene.whereIs(medium)).mountedBy, "");
  },
);

faultTest(
  "a drive that is not ready lets go of its cartridge",
  SG,
  async (scene) => {
    const { medium, mounted } = await mountInFirst(scene);
    await mounted;
    await setOffline();
    await scene.dismount(medium);
  },
);

faultTest(
  "a drive that was locked lets go of its cartridge",
  SG,
  async (scene) => {
    const { medium, mounted } = await mountInFirst(scene);
    await mounted;
    await run("mt", "-f", firstDrive, "lock");
    await scene.dismount(medium);
  },
);
