import { assert, assertEquals, assertRejects } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import { SmcChanger } from "../../src/changer/smc_changer.ts";
import {
  type Command,
  decodeCdb,
  encodeDeviceCapabilities,
  encodeElementAddressAssignment,
  encodeModeSense10,
  encodeModeSense6,
} from "../../src/scsi/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { check, good, ScriptedDevice } from "./scripted_device.ts";
import {
  changerThat,
  inquiryOf,
  LAYOUT,
  modeAnswer,
  PAGES,
  plain,
  REFUSED,
  UNKNOWN,
} from "./answering_changer.ts";

Deno.test("identity is trimmed, and element addresses may begin at 0", async () => {
  const { changer } = await changerThat();
  assertEquals(changer.identity, {
    vendor: "ACME",
    product: "JUKE-9000",
    revision: "0042",
    serialNumber: "J1",
  });
  assertEquals(changer.layout, LAYOUT);
});

Deno.test("a changer that refuses DBD, or knows only MODE SENSE(10), is understood", async () => {
  const refusesDbd = await changerThat((command) =>
    command.command === "modeSense6" && command.disableBlockDescriptors
      ? REFUSED
      : null
  );
  assertEquals(refusesDbd.changer.layout, LAYOUT);
  const onlyLong = await changerThat((command) => {
    if (command.command === "modeSense6") return UNKNOWN;
    if (command.command !== "modeSense10" || command.page !== 0x1d) return null;
    return good(encodeModeSense10(modeAnswer(PAGES)));
  });
  assertEquals(onlyLong.changer.layout, LAYOUT);
});

Deno.test("what is no changer, or tells no addresses, is refused and closed", async () => {
  for (
    const answer of [
      (command: Command) =>
        command.command === "inquiry" && command.vpdPage === null
          ? good(inquiryOf(1))
          : null,
      (command: Command) => command.command === "modeSense6" ? REFUSED : null,
    ]
  ) {
    const device = new ScriptedDevice(({ cdb }) => {
      const command = decodeCdb(cdb, "changer");
      return answer(command) ?? plain(command);
    });
    await assertRejects(
      () =>
        SmcChanger.open({
          device: "/dev/sg9",
          scsiDevice: device,
          scsi: { port: 0, bus: 0, target: 0, lun: 0 },
          findDrives: () => Promise.resolve([]),
          clock: new SkippingClock(),
        }),
      ChangerError,
      "Cannot use /dev/sg9",
    );
    assert(device.closed);
  }
});

Deno.test("unit attentions met while opening do not count", async () => {
  let told = false;
  const { changer } = await changerThat((command) => {
    if (command.command !== "modeSense6" || told) return null;
    told = true;
    return check(6, 0x29, 0x00);
  });
  assert(told);
  assertEquals(changer.attentions, 0);
});

Deno.test("commands that the changer does not know are no longer promised", async () => {
  const page = encodeDeviceCapabilities({
    stores: flags(true),
    reportsBarcodeReader: true,
    barcodeReader: false,
    autoClean: false,
    move: matrix(true),
    exchange: matrix(true),
  });
  const { changer } = await changerThat((command) => {
    switch (command.command) {
      case "exchangeMedium":
      case "positionToElement":
      case "preventAllowMediumRemoval":
        return UNKNOWN;
      case "modeSense6":
        return command.page === 0x1f
          ? good(encodeModeSense6(modeAnswer([page])))
          : null;
      default:
        return null;
    }
  });
  assertEquals(changer.abilities.barCodeReader, false);
  assertEquals(changer.abilities.exchange, true);
  const swap = { source: 100, firstTarget: 101, secondTarget: 100 };
  await assertRejects(() => changer.exchange(swap), ChangerError, "20/00");
  await assertRejects(() => changer.position(100), ChangerError, "20/00");
  await assertRejects(() => changer.lockDoor(true), ChangerError, "20/00");
  const { exchange, lockDoor, position } = changer.abilities;
  assertEquals([exchange, position, lockDoor], [false, false, false]);
});

Deno.test("a range is initialized in the form that the changer knows", async () => {
  const known = new Set<Command["command"]>();
  const { changer, commands } = await changerThat((command) =>
    command.command.startsWith("initialize") && !known.has(command.command)
      ? UNKNOWN
      : null
  );
  const last = () => commands().at(-1)?.command;
  known.add("initializeElementStatus");
  await changer.initialize({ first: 100, count: 2 });
  assertEquals(last(), "initializeElementStatus");
  known.add("initializeElementStatusWithRangeVendor");
  await changer.initialize({ first: 100, count: 2 });
  assertEquals(last(), "initializeElementStatusWithRangeVendor");
  known.add("initializeElementStatusWithRange");
  await changer.initialize({ first: 100, count: 2 });
  assertEquals(last(), "initializeElementStatusWithRange");
});

Deno.test("waitReady() initializes a changer that asks for it, and waits for an operator", async () => {
  const said = [
    check(6, 0x28, 0x00),
    check(2, 0x04, 0x02),
    check(2, 0x04, 0x18), // a door is open
    check(2, 0x04, 0x01),
  ];
  const { changer, commands } = await changerThat((command) =>
    command.command === "testUnitReady" ? said.shift() ?? null : null
  );
  await changer.waitReady(60_000);
  assertEquals(
    commands().filter((sent) => sent.command === "initializeElementStatus")
      .length,
    1,
  );
});

Deno.test("waitReady() gives up with what the changer said last, or when told to", async () => {
  const { changer } = await changerThat((command) =>
    command.command === "testUnitReady" ? check(2, 0x04, 0x18) : null
  );
  const error = await assertRejects(
    () => changer.waitReady(10_000),
    ChangerError,
    "a door is open",
  );
  assertEquals(error.advice, "operator");
  const controller = new AbortController();
  const waiting = changer.waitReady(1e9, controller.signal);
  controller.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
});

Deno.test("a lone transport is named, and one of several is chosen by the changer", async () => {
  const { changer, commands } = await changerThat();
  await changer.move({ source: 100, target: 20 });
  const lone = commands().at(-1);
  assert(lone?.command === "moveMedium");
  assertEquals(lone.transport, 0); // its address here
  const several = await changerThat((command) =>
    command.command === "modeSense6" && command.page === 0x1d
      ? good(encodeModeSense6(modeAnswer([
        encodeElementAddressAssignment({
          ...LAYOUT,
          transport: { first: 5, count: 2 },
        }),
      ])))
      : null
  );
  await several.changer.move({ source: 100, target: 20 });
  await several.changer.move({ source: 100, target: 20, transport: 6 });
  assertEquals(
    several.commands().flatMap((sent) =>
      sent.command === "moveMedium" ? [sent.transport] : []
    ),
    [0, 6],
  );
});

Deno.test("only one command is out at a time, in the order of the calls", async () => {
  let out = 0;
  const { changer, device } = await changerThat();
  const execute = device.execute.bind(device);
  device.execute = async (command) => {
    assertEquals(out++, 0);
    const result = await execute(command);
    await Promise.resolve();
    out--;
    return result;
  };
  const before = device.commands.length;
  await Promise.all([
    changer.move({ source: 100, target: 20 }),
    changer.position(100),
    changer.lockDoor(true),
    changer.initialize(),
  ]);
  assertEquals(device.operations.slice(before), [0xa5, 0x2b, 0x1e, 0x07]);
});

function flags(value: boolean) {
  return {
    transport: value,
    storage: value,
    importExport: value,
    dataTransfer: value,
  };
}

function matrix(value: boolean) {
  return {
    transport: flags(value),
    storage: flags(value),
    importExport: flags(value),
    dataTransfer: flags(value),
  };
}

Deno.test("an address of more than 16 bits is the caller's mistake, and nothing is sent", async () => {
  const { changer, device } = await changerThat();
  const before = device.commands.length;
  await assertRejects(
    () => changer.move({ source: 65_536, target: 20 }),
    RangeError,
  );
  assertEquals(device.commands.length, before);
});
