import { assertEquals, assertMatch } from "@std/assert";
import type { ScsiCommand, ScsiResult } from "../../src/changer/mod.ts";
import { SmcChanger } from "../../src/changer/smc_changer.ts";
import { decodeCdb } from "../../src/scsi/mod.ts";
import { recordedAnswers, type RecordedLibrary } from "../recorded/recorded.ts";
import { check, good } from "./scripted_device.ts";
import { SkippingClock } from "./skipping_clock.ts";

/** Which recorded answer a command gets; both libraries say more than they are asked for. */
function blockFor({ cdb }: ScsiCommand): string {
  const command = decodeCdb(cdb, "changer");
  switch (command.command) {
    case "inquiry":
      return command.vpdPage === null
        ? "INQUIRY"
        : `INQUIRY VPD ${hex(command.vpdPage)}`;
    case "modeSense6":
      return `MODE SENSE(6) ${hex(command.page)}`;
    case "readElementStatus":
      return command.deviceIds
        ? "READ ELEMENT STATUS drives, DVCID"
        : "READ ELEMENT STATUS all, VOLTAG";
    default:
      return "TEST UNIT READY";
  }
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(2, "0");
}

function openRecorded(library: RecordedLibrary): Promise<SmcChanger> {
  const answers = recordedAnswers(library);
  return SmcChanger.open({
    device: library,
    scsiDevice: {
      execute: (command): Promise<ScsiResult> => {
        const answer = answers.get(blockFor(command));
        return Promise.resolve(
          answer === undefined || answer.status !== 0
            ? check(5, 0x24, 0x00)
            : good(answer.data),
        );
      },
      close: () => Promise.resolve(),
    },
    scsi: { port: 0, bus: 0, target: 0, lun: 0 },
    findDrives: () => Promise.resolve([]),
    clock: new SkippingClock(),
  });
}

for (
  const [library, serials, firstSlot, firstPort, exchange] of [
    ["ibm_03584l32", ["XYZZY_201", "XYZZY_202"], 1024, 768, true],
    ["stk_l700", ["XYZZY_101", "XYZZY_102"], 1000, 10, false],
  ] as const
) {
  Deno.test(`the recorded ${library} is opened and read`, async () => {
    await using changer = await openRecorded(library);
    assertEquals(changer.layout.storage, { first: firstSlot, count: 12 });
    assertEquals(changer.layout.importExport, { first: firstPort, count: 2 });
    assertEquals(changer.abilities.exchange, exchange);
    const elements = await changer.readElements();
    assertEquals(elements.length, 1 + 12 + 2 + 2);
    assertEquals(
      elements.filter(({ type }) => type === "dataTransfer")
        .map(({ driveSerialNumber }) => driveSerialNumber),
      [...serials],
    );
    const slots = elements.filter(({ type }) => type === "storage");
    assertEquals(slots.map(({ full }) => full).indexOf(false), 9);
    assertEquals(slots.map(({ cleaning }) => cleaning).indexOf(true), 8);
    assertEquals(slots[0]?.elementAddress, firstSlot);
    assertMatch(slots[0]?.barCode ?? "", /^V.0001L\d$/);
  });
}
