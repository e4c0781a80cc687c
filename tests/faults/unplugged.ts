/** The device nodes vanish, and others come. This is for the end: SG is another one then. */
import { assertEquals } from "@std/assert";
import { discover } from "../../src/changer/mod.ts";
import { run } from "../lab/agreement.ts";
import { assertFails, faultTest, SG } from "./scene.ts";
import { until } from "./waiting.ts";

faultTest(
  "after a logout the service says that its device is gone, and finds it again when it is started anew",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const before = await scene.whereIs(medium);
    await run("iscsiadm", "-m", "session", "-u");
    await assertFails(
      scene.session.mount(medium),
      "ERROR_DEVICE_NOT_AVAILABLE",
    );
    assertEquals(await scene.whereIs(medium), before);
    await run("iscsiadm", "-m", "node", "--login");
    let device = "";
    await until("the nodes are back", async () => {
      const found = await discover();
      device = found.find(({ kind }) => kind === "changer")?.sg ?? "";
      // With both drives.
      return device !== "" && found.filter(({ nst }) => nst).length === 2;
    });
    await scene.restart(device);
  },
);
