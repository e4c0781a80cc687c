/** The library, or the way to it, goes and comes back. */
import { basename } from "node:path";
import { assert, assertEquals } from "@std/assert";
import { run } from "../lab/agreement.ts";
import { setFaults } from "../lab/fault_rules.ts";
import { CHANGER_LUN, DRIVE_LUN, target, untilMet } from "./hands.ts";
import { assertFails, faultTest, SG } from "./scene.ts";
import { pause, until } from "./waiting.ts";

/** How long the kernel holds commands back while the connection is lost. */
async function setRecoverySeconds(seconds: number): Promise<void> {
  const sessions = "/sys/class/iscsi_session";
  for await (const { name } of Deno.readDir(sessions)) {
    await Deno.writeTextFile(`${sessions}/${name}/recovery_tmo`, `${seconds}`);
  }
}

const DEATHS = [["before", "a5 hold=9"], ["after", "a5 delay=9"]] as const;

for (const [when, rule] of DEATHS) {
  faultTest(
    `a library that dies ${when} it has done a move is asked, and the move taken again`,
    SG,
    async (scene) => {
      const medium = await scene.allocate();
      await setFaults(rule);
      const mounted = scene.mount(medium);
      await untilMet(rule);
      await target("kill");
      // tgtd keeps no inventory: everything is in its slot again.
      await target("start");
      await mounted;
      scene.assertSecondStep();
    },
  );
}

faultTest("a library that pauses is waited for", SG, async (scene) => {
  const medium = await scene.allocate();
  await target("pause");
  const mounted = scene.mount(medium);
  await pause(1_000);
  await target("resume");
  await mounted;
});

faultTest(
  "a device reset costs an inventory and no more",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    await run("sg_reset", "--device", SG);
    await scene.mount(medium);
  },
);

faultTest(
  "a changer that takes no commands fails the mount, and is used again",
  SG,
  async (scene) => {
    const state = `/sys/class/scsi_generic/${basename(SG)}/device/state`;
    const medium = await scene.allocate();
    await Deno.writeTextFile(state, "offline\n");
    await assertFails(
      scene.session.mount(medium),
      "ERROR_DEVICE_NOT_AVAILABLE",
    );
    await Deno.writeTextFile(state, "running\n");
    // Or else the next look at it, five seconds later, finds that.
    await scene.inventory();
  },
);

faultTest("a changer without its unit fails the mount", SG, async (scene) => {
  const medium = await scene.allocate();
  await target("remove", CHANGER_LUN);
  await assertFails(
    scene.session.mount(medium),
    "ERROR_DEVICE_NOT_AVAILABLE",
  ).finally(() => target("return", CHANGER_LUN));
});

faultTest("a drive without its unit fails the mount", SG, async (scene) => {
  const medium = await scene.allocate();
  const [drive] = (await scene.map()).drives;
  assert(drive !== undefined);
  await target("remove", DRIVE_LUN);
  // The inventory after the failed move sees that it was taken away.
  await assertFails(
    scene.session.mount(medium, { drives: [drive.id] }),
    "ERROR_RESOURCE_DISABLED",
  ).finally(() => target("return", DRIVE_LUN));
});

faultTest(
  "a library that is gone for longer than the kernel waits is waited for, and the operator called",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    await setRecoverySeconds(1);
    const rule = "a5 hold=8";
    await setFaults(rule);
    const mounted = scene.mount(medium);
    await untilMet(rule);
    await target("kill");
    const call = async () => {
      const requests = await scene.session.objects("operatorRequest");
      return requests.find(({ command }) => command === "deviceService")?.state;
    };
    await until(
      "the operator is called",
      async () => await call() === "submitted",
    );
    await target("start");
    await mounted.finally(() => setRecoverySeconds(10));
    assertEquals(await call(), "complete");
  },
);
