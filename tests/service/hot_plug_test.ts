import { assert, assertEquals } from "@std/assert";
import { HostHotPlug, nodeOf, sourceOf } from "../../src/service/hot_plug.ts";
import { systemClock } from "../../src/model/system.ts";
import { FakeClock } from "../manager/fake_clock.ts";

/** The kernel's list of devices as files, and how often it told of changes. */
async function withHost(
  use: (
    parts: {
      devices: string;
      /** Lets time pass, and what was begun by it come to its end. */
      pass: (ms: number) => Promise<void>;
      told: () => number;
    },
  ) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm_host_" });
  const devices = `${directory}/bus/scsi/devices`;
  await Deno.mkdir(devices, { recursive: true });
  const clock = new FakeClock();
  let times = 0;
  const hotPlug = new HostHotPlug({
    clock,
    changers: () => Promise.resolve([]),
    watches: true,
    sysfs: directory,
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const end = hotPlug.watch(() => times++);
  try {
    await pass(0);
    await use({ devices, pass, told: () => times });
  } finally {
    end();
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("devices that come and go are told of once they have settled", () =>
  withHost(async ({ devices, pass, told }) => {
    await pass(2_000);
    await pass(2_000);
    assertEquals(told(), 0);
    await Deno.mkdir(`${devices}/7:0:0:0`);
    await pass(2_000);
    await pass(1_999);
    assertEquals(told(), 0);
    await pass(1);
    assertEquals(told(), 1);
    await Deno.remove(`${devices}/7:0:0:0`);
    await pass(2_000);
    await pass(2_000);
    assertEquals(told(), 2);
  }));

Deno.test("a device that went and came back under its name is told of", () =>
  withHost(async ({ devices, pass, told }) => {
    await Deno.mkdir(`${devices}/7:0:0:0`);
    await pass(2_000);
    await pass(2_000);
    assertEquals(told(), 1);
    await Deno.mkdir(`${devices}/other`);
    await Deno.remove(`${devices}/7:0:0:0`);
    await Deno.rename(`${devices}/other`, `${devices}/7:0:0:0`);
    await pass(2_000);
    await pass(2_000);
    assertEquals(told(), 2);
  }));

Deno.test("a device that was replaced under its name is not the one that was opened", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_host_" });
  try {
    const node = `${directory}/sg0`;
    assertEquals(await nodeOf(node), null);
    await Deno.writeTextFile(node, "");
    const before = await nodeOf(node);
    assertEquals(await nodeOf(node), before);
    await Deno.remove(node);
    await Deno.writeTextFile(node, "");
    assert(before !== null && await nodeOf(node) !== before);
    // It was never opened.
    assertEquals(await sourceOf(node, systemClock).isThere?.(), false);
    assertEquals(sourceOf("virtual:demo", systemClock).isThere, undefined);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
