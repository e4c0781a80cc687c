import { assertEquals, assertMatch } from "@std/assert";
import { discover } from "../../src/changer/mod.ts";
import { findHostDrives } from "../../src/changer/host_drives.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { fakeHost } from "./fake_host.ts";

const CHANGER = {
  address: "2:0:0:1",
  type: 8,
  serialNumber: "LIB0000001",
  nodes: ["scsi_generic/sg1", "scsi_changer/sch0"],
};
const tape = (lun: number, serialNumber: string, number: number) => ({
  address: `2:0:0:${lun}`,
  type: 1,
  serialNumber,
  nodes: [
    `scsi_generic/sg${number + 10}`,
    `scsi_tape/st${number}`,
    `scsi_tape/nst${number}`,
    `scsi_tape/nst${number}a`,
  ],
});

Deno.test("discover() gives an empty list where there is no sysfs", async () => {
  assertEquals(await discover({ sysfs: "/nowhere", dev: "/nowhere" }), []);
});

Deno.test("discover() tells each device's identity, nodes and address", async () => {
  await using host = await fakeHost([
    tape(3, "DRV2", 0),
    CHANGER,
    { address: "0:0:0:0", type: 0, nodes: ["scsi_generic/sg0"] },
  ]);
  await Deno.symlink(
    "../../sg1",
    `${host.dev}/tape/by-id/scsi-1LIB0000001-changer`,
  );
  await Deno.symlink("../../sg1", `${host.dev}/tape/by-id/scsi-1LIB0000001`);
  await Deno.symlink("../../nst0", `${host.dev}/tape/by-id/scsi-1DRV2-nst`);
  const found = await discover(host);
  assertEquals(found.map(({ kind }) => kind), ["changer", "tape"]);
  assertEquals(found[0], {
    kind: "changer",
    identity: {
      vendor: "ACME",
      product: "JUKE-9000",
      revision: "0042",
      serialNumber: "LIB0000001",
    },
    sg: `${host.dev}/sg1`,
    sch: `${host.dev}/sch0`,
    nst: null,
    byId: `${host.dev}/tape/by-id/scsi-1LIB0000001-changer`,
    scsi: { port: 2, bus: 0, target: 0, lun: 1 },
    obstacles: [],
  });
  assertEquals(found[1]?.nst, `${host.dev}/nst0`);
  assertEquals(found[1]?.byId, `${host.dev}/tape/by-id/scsi-1DRV2-nst`);
});

Deno.test("discover() orders by SCSI address and not by text", async () => {
  await using host = await fakeHost([
    { ...CHANGER, address: "10:0:0:0" },
    { ...CHANGER, address: "9:0:0:0" },
    { ...CHANGER, address: "9:0:0:10" },
    { ...CHANGER, address: "9:0:0:2" },
  ]);
  const found = await discover(host);
  assertEquals(found.map(({ scsi }) => `${scsi.port}:${scsi.lun}`), [
    "9:0",
    "9:2",
    "9:10",
    "10:0",
  ]);
});

Deno.test("discover() names what stands in the way, and what helps", async () => {
  await using host = await fakeHost([
    { address: "1:0:0:0", type: 8 },
    {
      address: "1:0:0:1",
      type: 1,
      nodes: ["scsi_generic/sg2", "scsi_tape/st0"],
    },
    { ...CHANGER, state: "offline" },
    { address: "3:0:0:0", type: 8, missingNodes: ["scsi_generic/sg7"] },
  ]);
  const found = await discover(host);
  const [noSg, noNst, offline, noNode] = found.map(({ obstacles }) =>
    obstacles
  );
  assertEquals(noSg, ["There is no sg node: run `sudo modprobe sg`"]);
  assertEquals(noNst, ["There is no nst node: run `sudo modprobe st`"]);
  assertEquals(offline?.length, 1);
  assertMatch(offline?.[0] ?? "", /"offline": run `echo running \| sudo tee/);
  assertEquals(noNode?.length, 1);
  assertMatch(noNode?.[0] ?? "", /sg7 is missing although the kernel has/);
});

Deno.test("discover() shows the good entries beside broken ones", async () => {
  await using host = await fakeHost([CHANGER, tape(2, "DRV1", 0)]);
  const devices = `${host.sysfs}/bus/scsi/devices`;
  await Deno.mkdir(`${devices}/5:0:0:0`);
  await Deno.mkdir(`${devices}/host5`);
  await Deno.mkdir(`${devices}/6:0:0:0`);
  await Deno.mkdir(`${devices}/6:0:0:0/type`);
  await Deno.symlink("/nowhere", `${devices}/7:0:0:0`);
  await Deno.writeFile(`${devices}/2:0:0:2/vpd_pg80`, Uint8Array.of(1, 2));
  await Deno.symlink("/nowhere", `${host.dev}/tape/by-id/broken`);
  const found = await discover(host);
  assertEquals(found.map(({ identity }) => identity.serialNumber), [
    "LIB0000001",
    "",
  ]);
});

const LAYOUT = {
  transport: { first: 1, count: 1 },
  storage: { first: 1000, count: 5 },
  importExport: { first: 10, count: 0 },
  dataTransfer: { first: 500, count: 2 },
};
const SCSI = { port: 2, bus: 0, target: 0, lun: 1 };
const search = {
  layout: LAYOUT,
  identifiers: new Map(),
  accessible: () => Promise.resolve(),
};
const clock = new SkippingClock();

Deno.test("findHostDrives() matches by serial number and not by node number", async () => {
  await using host = await fakeHost([
    CHANGER,
    tape(2, "DRV0000002", 0),
    tape(3, "DRV0000001", 1),
  ]);
  const identifiers = new Map([
    [500, { codeSet: 2, type: 1, text: "ACME    JUKE-9000       DRV0000001" }],
    [501, { codeSet: 2, type: 1, text: "ACME    JUKE-9000       DRV0000002" }],
  ]);
  const drives = await findHostDrives(
    { ...search, identifiers },
    SCSI,
    clock,
    host,
  );
  assertEquals(
    drives.map(({ device, elementAddress }) => [elementAddress, device]),
    [[500, `${host.dev}/nst1`], [501, `${host.dev}/nst0`]],
  );
});

Deno.test("findHostDrives() goes by bus addresses where no names are told", async () => {
  await using host = await fakeHost([tape(2, "A", 0), tape(3, "B", 1)]);
  const busAddresses = new Map([[501, { id: 0, lun: 2 }]]);
  const drives = await findHostDrives(
    { ...search, busAddresses },
    SCSI,
    clock,
    host,
  );
  assertEquals(
    drives.map(({ device, elementAddress }) => [elementAddress, device]),
    [[501, `${host.dev}/nst0`]],
  );
});

Deno.test("findHostDrives() guesses only where there is one drive and one device", async () => {
  const lone = {
    ...search,
    layout: { ...LAYOUT, dataTransfer: { first: 500, count: 1 } },
  };
  await using one = await fakeHost([
    tape(2, "A", 0),
    { ...tape(2, "C", 2), address: "3:0:0:2" },
  ]);
  const drives = await findHostDrives(lone, SCSI, clock, one);
  assertEquals(drives.map(({ device }) => device), [`${one.dev}/nst0`]);
  assertEquals(await findHostDrives(search, SCSI, clock, one), []);
  assertEquals(await findHostDrives(lone, null, clock, one), []);
  await using two = await fakeHost([tape(2, "A", 0), tape(3, "B", 1)]);
  assertEquals(await findHostDrives(lone, SCSI, clock, two), []);
});

Deno.test("findHostDrives() finds optical and disk drives by serial number, and no disk that stays in", async () => {
  const disk = (
    lun: number,
    type: number,
    node: string,
    removable: boolean,
  ) => ({
    address: `2:0:0:${lun}`,
    type,
    serialNumber: `DISK00000${lun}`,
    nodes: [`scsi_generic/sg${lun}`, `block/${node}`],
    removable,
  });
  await using host = await fakeHost([
    CHANGER,
    disk(2, 7, "sda", true),
    disk(3, 5, "sr0", true),
    disk(4, 0, "sdb", false),
    disk(5, 0, "sdc", true),
  ]);
  const identifiers = new Map(
    [2, 3, 4, 5].map((lun) => [
      500 + lun,
      { codeSet: 2, type: 1, text: `ACME    JUKE-9000       DISK00000${lun}` },
    ]),
  );
  const drives = await findHostDrives(
    { ...search, identifiers },
    SCSI,
    clock,
    host,
  );
  assertEquals(
    drives.map(({ device, deviceClass, elementAddress }) => [
      elementAddress,
      deviceClass,
      device,
    ]),
    [
      [502, "disk", `${host.dev}/sda`],
      [503, "cdRom", `${host.dev}/sr0`],
      [505, "disk", `${host.dev}/sdc`],
    ],
  );
  const lone = {
    ...search,
    layout: { ...LAYOUT, dataTransfer: { first: 500, count: 1 } },
  };
  assertEquals(await findHostDrives(lone, SCSI, clock, host), [], "no guess");
  assertEquals((await discover(host)).map(({ kind }) => kind), ["changer"]);
});
