import { assert, assertEquals, assertRejects } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import type { ScsiCommand, ScsiResult } from "../../src/changer/mod.ts";
import { SmcChanger } from "../../src/changer/smc_changer.ts";
import {
  type Command,
  decodeCdb,
  type ElementStatus,
  encodeDeviceCapabilities,
  encodeElementAddressAssignment,
  encodeElementStatus,
  encodeInquiry,
  encodeModeSense10,
  encodeModeSense6,
  encodeSupportedVpdPages,
  encodeUnitSerialNumber,
  type ModePage,
} from "../../src/scsi/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { check, good, ScriptedDevice } from "./scripted_device.ts";

const LAYOUT = {
  transport: { first: 0, count: 1 },
  storage: { first: 100, count: 2500 },
  importExport: { first: 0, count: 0 },
  dataTransfer: { first: 20, count: 2 },
};

const REFUSED = check(5, 0x24, 0x00);
const UNKNOWN = check(5, 0x20, 0x00);

type Answer = (command: Command) => ScsiResult | null;

function inquiryOf(deviceType: number): Uint8Array {
  return encodeInquiry({
    qualifier: 0,
    deviceType,
    removable: true,
    version: 5,
    attachedChanger: false,
    vendor: "ACME",
    product: "JUKE-9000",
    revision: "0042",
    barcodeReader: false,
    versionDescriptors: [],
  });
}

function statusOf(type: "storage", address: number): ElementStatus;
function statusOf(type: "dataTransfer", address: number): ElementStatus;
function statusOf(
  type: "storage" | "dataTransfer",
  elementAddress: number,
): ElementStatus {
  const common = {
    elementAddress,
    full: true,
    accessible: true,
    except: false,
    asc: 0,
    ascq: 0,
    disabled: false,
    mediumType: 1,
    sourceElementAddress: null,
    inverted: false,
    volumeTag: `V${elementAddress}`,
    alternateVolumeTag: null,
  };
  if (type === "storage") return { ...common, type };
  return {
    ...common,
    type,
    notOnBus: true,
    busAddress: null,
    logicalUnit: null,
    deviceIdentifier: {
      codeSet: 2,
      type: 1,
      text: `ACME    SPINNER         S${elementAddress}`,
    },
  };
}

const PAGES: readonly ModePage[] = [
  encodeElementAddressAssignment(LAYOUT),
];

function modeAnswer(pages: readonly ModePage[]) {
  return {
    mediumType: 0,
    deviceSpecific: 0,
    blockDescriptors: new Uint8Array(8),
    pages,
  };
}

/** What a plain changer answers; its element status covers what is asked for. */
function plain(command: Command): ScsiResult {
  switch (command.command) {
    case "inquiry":
      switch (command.vpdPage) {
        case null:
          return good(inquiryOf(8));
        case 0x00:
          return good(encodeSupportedVpdPages([0, 0x80], { deviceType: 8 }));
        case 0x80:
          return good(encodeUnitSerialNumber("  J1 ", { deviceType: 8 }));
        default:
          return REFUSED;
      }
    case "modeSense6": {
      const pages = PAGES.filter(({ page }) => page === command.page);
      return pages.length === 0
        ? REFUSED
        : good(encodeModeSense6(modeAnswer(pages)));
    }
    case "modeSense10":
      return UNKNOWN;
    case "readElementStatus":
      return good(elementsFor(command));
    default:
      return good();
  }
}

function elementsFor(
  command: Extract<Command, { command: "readElementStatus" }>,
): Uint8Array {
  const { allocationLength, count, deviceIds, start, type, volumeTags } =
    command;
  if (type !== "storage" && type !== "dataTransfer") {
    return encodeElementStatus([]);
  }
  const range = LAYOUT[type];
  const elements: ElementStatus[] = [];
  const end = Math.min(range.first + range.count, start + count);
  for (let at = Math.max(start, range.first); at < end; at++) {
    elements.push(
      type === "storage"
        ? statusOf("storage", at)
        : statusOf("dataTransfer", at),
    );
  }
  return encodeElementStatus(elements, {
    volumeTags,
    deviceIds,
    allocationLength,
  });
}

/** A changer that differs from a plain one where `answer` says so. */
async function changerThat(answer: Answer = () => null) {
  const device = new ScriptedDevice(({ cdb }: ScsiCommand) => {
    const command = decodeCdb(cdb, "changer");
    return answer(command) ?? plain(command);
  });
  const changer = await SmcChanger.open({
    device: "/dev/sg9",
    scsiDevice: device,
    scsi: { port: 0, bus: 0, target: 0, lun: 0 },
    findDrives: () => Promise.resolve([]),
    clock: new SkippingClock(),
  });
  const commands = (): readonly Command[] =>
    device.commands.map(({ cdb }) => decodeCdb(cdb, "changer"));
  return { changer, commands, device };
}

/** The reads among the commands. */
function reads(commands: readonly Command[]) {
  return commands.flatMap((command) =>
    command.command === "readElementStatus" ? [command] : []
  );
}

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

Deno.test("at most 1,000 elements are asked for at a time, and none is missed", async () => {
  const { changer, commands } = await changerThat();
  const slots = await changer.readElements({ types: ["storage"] });
  assertEquals(slots.length, 2500);
  assertEquals(slots.at(-1)?.barCode, "V2599");
  const asked = reads(commands());
  assert(asked.every(({ count }) => count <= 1_000));
  assert(asked.every(({ allocationLength }) => allocationLength <= 0xffff));
});

Deno.test("volume tags and device identifiers are never asked for together", async () => {
  const { changer, commands } = await changerThat();
  const drives = await changer.readElements({ types: ["dataTransfer"] });
  assertEquals(drives.map(({ driveSerialNumber }) => driveSerialNumber), [
    "S20",
    "S21",
  ]);
  const asked = reads(commands());
  assertEquals(
    asked.map(({ deviceIds, volumeTags }) => [deviceIds, volumeTags]),
    [[true, false], [false, true]],
  );
});

Deno.test("a changer that refuses volume tags is read without them, and asked once", async () => {
  const { changer, commands } = await changerThat((command) =>
    command.command === "readElementStatus" && command.volumeTags
      ? REFUSED
      : null
  );
  const range = { first: 100, count: 3 };
  for (let time = 0; time < 2; time++) {
    const slots = await changer.readElements(range);
    assertEquals(slots.map(({ barCode, full }) => [barCode, full]), [
      [null, true],
      [null, true],
      [null, true],
    ]);
  }
  assertEquals(changer.abilities.barCodeReader, false);
  assertEquals(
    reads(commands()).map(({ volumeTags }) => volumeTags),
    [true, false, false],
  );
});

Deno.test("a failure of the device is not taken for a refusal of volume tags", async () => {
  const { changer } = await changerThat((command) =>
    command.command === "readElementStatus" ? check(4, 0x44, 0x00) : null
  );
  await assertRejects(
    () => changer.readElements({ first: 100, count: 1 }),
    ChangerError,
    "44/00",
  );
  assertEquals(changer.abilities.barCodeReader, true);
});

Deno.test("a changer that refuses device identifiers is asked once", async () => {
  const { changer, commands } = await changerThat((command) =>
    command.command === "readElementStatus" && command.deviceIds
      ? REFUSED
      : null
  );
  assertEquals(changer.abilities.driveIdentifiers, true);
  for (let time = 0; time < 2; time++) {
    const drives = await changer.readElements({ types: ["dataTransfer"] });
    assertEquals(drives.length, 2);
    assertEquals(drives[0]?.driveSerialNumber, "");
  }
  assertEquals(changer.abilities.driveIdentifiers, false);
  assertEquals(reads(commands()).filter((read) => read.deviceIds).length, 1);
});

Deno.test("a changer that takes only exact allocation lengths is asked for its size first", async () => {
  const { changer, commands } = await changerThat((command) => {
    if (command.command !== "readElementStatus") return null;
    const size = command.allocationLength;
    const exact = elementsFor({ ...command, allocationLength: 0xffffff });
    return size === 8 || size === exact.length ? null : check(5, 0x24, 0x00, {
      fieldPointer: { inCdb: true, byte: 7, bit: null },
    });
  });
  const slots = await changer.readElements({ first: 100, count: 5 });
  assertEquals(slots.length, 5);
  await changer.readElements({ first: 100, count: 5 });
  // Once refused: size, then all. From then on no other way is tried.
  const sizes = reads(commands()).map((read) => read.allocationLength);
  assertEquals(sizes.length, 5);
  assertEquals([sizes[1], sizes[3]], [8, 8]);
});

Deno.test("addresses without elements behind them end the reading", async () => {
  for (
    const ending of [
      good(encodeElementStatus([])),
      REFUSED,
      check(5, 0x21, 0x01),
    ]
  ) {
    const { changer } = await changerThat((command) => {
      if (command.command !== "readElementStatus") return null;
      if (command.type !== "storage") return null;
      if (command.start >= 110) return ending;
      const count = Math.min(command.count, 110 - command.start);
      return good(elementsFor({ ...command, count }));
    });
    const slots = await changer.readElements({ types: ["storage"] });
    assertEquals(slots.map(({ elementAddress }) => elementAddress), [
      100,
      101,
      102,
      103,
      104,
      105,
      106,
      107,
      108,
      109,
    ]);
  }
});

Deno.test("elements that nobody asked for are left out", async () => {
  const { changer } = await changerThat((command) =>
    command.command === "readElementStatus"
      ? good(elementsFor({ ...command, count: 50 }))
      : null
  );
  const slots = await changer.readElements({ first: 110, count: 2 });
  assertEquals(slots.map(({ barCode }) => barCode), ["V110", "V111"]);
});

Deno.test("a malformed answer is an error of the device", async () => {
  const { changer } = await changerThat((command) =>
    command.command === "readElementStatus"
      ? good(Uint8Array.of(0, 1, 0, 1, 0, 0, 0, 20, 9, 0, 0, 12, 0, 0, 0, 12))
      : null
  );
  const error = await assertRejects(
    () => changer.readElements({ first: 100, count: 1 }),
    ChangerError,
    "the answer is malformed",
  );
  assertEquals([error.outcome, error.advice], ["failed", "hardware"]);
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
