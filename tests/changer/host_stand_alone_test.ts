import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  type Changer,
  ChangerError,
  openChanger,
} from "../../src/changer/mod.ts";
import { openHostChanger } from "../../src/changer/host_changer.ts";
import { findStandAlone } from "../../src/changer/host_stand_alone.ts";
import { systemClock as clock } from "../../src/model/system.ts";
import { type FakeHost, fakeHost } from "./fake_host.ts";

const CHANGER = {
  address: "2:0:0:1",
  type: 8,
  nodes: ["scsi_generic/sg1", "scsi_changer/sch0"],
};
const tape = (number: number) => ({
  address: `2:0:${number + 1}:0`,
  type: 1,
  serialNumber: `DRV000000${number}`,
  nodes: [
    `scsi_generic/sg${number + 10}`,
    `scsi_tape/st${number}`,
    `scsi_tape/nst${number}`,
  ],
});

/** A changer that says that these nodes are its drives. */
async function changerWith(...nodes: readonly string[]): Promise<Changer> {
  const changer = await openChanger("virtual:any?files=no&drives=1", { clock });
  const [drive] = await changer.drives();
  if (drive === undefined) throw new Error("no drive");
  const drives = nodes.map((device) => ({
    ...drive,
    device,
    waitReady: () => Promise.resolve(),
    unload: () => Promise.resolve(),
  }));
  return Object.assign(changer, { drives: () => Promise.resolve(drives) });
}

/** Opens a node of a host as {@linkcode openHostChanger} does; the message of its failure. */
async function refusal(host: FakeHost, node: string): Promise<string> {
  const { message } = await assertRejects(
    () => openHostChanger(`${host.dev}/${node}`, clock, undefined, host),
    ChangerError,
  );
  return message;
}

Deno.test("a tape drive that no changer claims, and that programs can open, stands alone", async () => {
  await using host = await fakeHost([
    CHANGER,
    tape(0),
    tape(1),
    { ...tape(2), nodes: ["scsi_generic/sg12"] },
    { address: "2:0:9:0", type: 7, removable: true, nodes: ["block/sda"] },
  ]);
  const asked: string[] = [];
  const open = (device: string) => {
    asked.push(device);
    return changerWith(`${host.dev}/nst0`);
  };
  const found = await findStandAlone({ ...host, open });
  assertEquals(found.map(({ nst }) => nst), [`${host.dev}/nst1`]);
  assertEquals(asked, [`${host.dev}/sg1`]);
});

Deno.test("no drive stands alone while a changer does not say which are its own", async () => {
  await using host = await fakeHost([CHANGER, tape(0)]);
  const open = () =>
    Promise.reject(
      new ChangerError("It is silent", { outcome: "failed", advice: "wait" }),
    );
  await assertRejects(
    () => findStandAlone({ ...host, open }),
    ChangerError,
    "It is silent",
  );
  // The nodes of this host are files.
  assertStringIncludes(await refusal(host, "nst0"), `${host.dev}/sg1`);
});

Deno.test("a drive that stands alone is opened by any of its nodes, through its sg node", async () => {
  await using host = await fakeHost([tape(0), tape(1)]);
  for (const node of ["nst1", "st1", "sg11"]) {
    assertStringIncludes(await refusal(host, node), `${host.dev}/sg11`);
  }
  await using mute = await fakeHost([{
    ...tape(0),
    nodes: ["scsi_tape/nst0"],
  }]);
  assertStringIncludes(
    await refusal(mute, "nst0"),
    "it has no sg node; run `sudo modprobe sg`",
  );
});

Deno.test("a tape drive without a node for programs is no changer", async () => {
  await using host = await fakeHost([{
    ...tape(0),
    nodes: ["scsi_generic/sg10"],
  }]);
  assertStringIncludes(
    await refusal(host, "sg10"),
    "load the st driver where it stands alone",
  );
});
