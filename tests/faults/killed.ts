/** The service dies in mid-move. */
import { assertEquals } from "@std/assert";
import { openSession } from "../../src/client/mod.ts";
import { setFaults } from "../lab/fault_rules.ts";
import { ServiceProcess } from "../recovery/service_process.ts";
import { untilMet } from "./hands.ts";
import { faultTest, SG } from "./scene.ts";

const RULE = "a5 hold=2";

faultTest(
  "a service killed under a move finds out what came of it",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    await scene.stop();
    const doomed = await ServiceProcess.start(scene.directory, [SG]);
    const session = await openSession({
      socket: doomed.socket,
      application: "faults",
    });
    await setFaults(RULE);
    const outcome = session.mount(medium).then(
      () => "mounted",
      () => "no answer",
    );
    await untilMet(RULE);
    await doomed.kill();
    assertEquals(await outcome, "no answer");
    session.detach();
    await scene.start();
    assertEquals((await scene.whereIs(medium)).mountedBy, "");
  },
);
