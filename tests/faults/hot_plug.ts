/** A drive, then the changer, are unplugged and plugged in again while the service runs. */
import { basename } from "node:path";
import { assert, assertEquals } from "@std/assert";
import { assertFails, faultTest, SG } from "./scene.ts";
import { until } from "./waiting.ts";

const [driveSg = ""] = (Deno.env.get("LAB_DRIVES_SG") ?? "").split(" ");

/** Where the kernel has a device, while it has it. */
function sysfsOf(sg: string): Promise<string> {
  return Deno.realPath(`/sys/class/scsi_generic/${basename(sg)}/device`);
}

async function unplug(sg: string): Promise<void> {
  await Deno.writeTextFile(`${await sysfsOf(sg)}/delete`, "1\n");
}

/** Has the kernel look for what is not there. */
async function plugIn(host: string): Promise<void> {
  await Deno.writeTextFile(`/sys/class/scsi_host/${host}/scan`, "- - -\n");
}

faultTest(
  "devices are unplugged and plugged in while the service runs",
  SG,
  async (scene) => {
    const medium = await scene.allocate();
    const host = /\/(host\d+)\//.exec(await sysfsOf(SG))?.[1] ?? "";
    const driveIs = (present: boolean) =>
      until(`the drive is ${present ? "there" : "gone"}`, async () => {
        const [drive] = (await scene.map()).drives;
        return (drive?.operationalState !== "notPresent") === present;
      });

    await unplug(driveSg);
    await driveIs(false);
    const { mounts } = await scene.session.mount(medium, { timeoutMs: 60_000 });
    const [first, second] = (await scene.map()).drives;
    assert(first !== undefined && second !== undefined);
    assertEquals(mounts.map(({ drive }) => drive), [second.id]);
    await scene.dismount(medium);

    await unplug(SG);
    await until("the library is gone", async () => {
      const [map] = await scene.session.map();
      return map?.obstacle !== null;
    });
    await assertFails(
      scene.session.mount(medium, { timeoutMs: 60_000 }),
      "ERROR_DEVICE_NOT_AVAILABLE",
    );

    await plugIn(host);
    await driveIs(true);
    await until("the library is back", async () => {
      const { obstacle } = await scene.map();
      return obstacle === null;
    });
    const again = await scene.session.mount(medium, { drives: [first.id] });
    assertEquals(again.mounts.map(({ drive }) => drive), [first.id]);
  },
);
