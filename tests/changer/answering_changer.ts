/**
 * A medium changer that answers as a plain one does, or as a test says.
 *
 * @module
 */
import type { ScsiCommand, ScsiResult } from "../../src/changer/mod.ts";
import { SmcChanger } from "../../src/changer/smc_changer.ts";
import {
  type Command,
  decodeCdb,
  type ElementStatus,
  encodeElementAddressAssignment,
  encodeElementStatus,
  encodeInquiry,
  encodeModeSense6,
  encodeSupportedVpdPages,
  encodeUnitSerialNumber,
  type ModePage,
} from "../../src/scsi/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { check, good, ScriptedDevice } from "./scripted_device.ts";

/** Where the elements of the plain changer are. */
export const LAYOUT = {
  transport: { first: 0, count: 1 },
  storage: { first: 100, count: 2500 },
  importExport: { first: 0, count: 0 },
  dataTransfer: { first: 20, count: 2 },
};

/** INVALID FIELD IN CDB. */
export const REFUSED = check(5, 0x24, 0x00);
/** INVALID COMMAND OPERATION CODE. */
export const UNKNOWN = check(5, 0x20, 0x00);

type Answer = (command: Command) => ScsiResult | null;

/** INQUIRY data of a device of this type. */
export function inquiryOf(deviceType: number): Uint8Array {
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

/** The mode pages of the plain changer. */
export const PAGES: readonly ModePage[] = [
  encodeElementAddressAssignment(LAYOUT),
];

/** What MODE SENSE gives, with these pages. */
export function modeAnswer(pages: readonly ModePage[]) {
  return {
    mediumType: 0,
    deviceSpecific: 0,
    blockDescriptors: new Uint8Array(8),
    pages,
  };
}

/** What a plain changer answers; its element status covers what is asked for. */
export function plain(command: Command): ScsiResult {
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

/** The element status that a plain changer gives to this command. */
export function elementsFor(
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
export async function changerThat(answer: Answer = () => null) {
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
export function reads(commands: readonly Command[]) {
  return commands.flatMap((command) =>
    command.command === "readElementStatus" ? [command] : []
  );
}
