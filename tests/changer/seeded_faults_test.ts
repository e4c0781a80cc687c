import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  ChangerError,
  openChanger,
  type PlannedCommand,
} from "../../src/changer/mod.ts";
import {
  FAULT_RATES,
  type FaultKind,
  seededFaults,
} from "../../src/changer/virtual/seeded_faults.ts";
import {
  decodeElementStatus,
  type ElementStatus,
  encodeElementStatus,
  loadUnload,
  moveMedium,
  readElementStatus,
  testUnitReady,
} from "../../src/scsi/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";

const DRIVE = 500;
const READ = readElementStatus({
  type: "storage",
  start: 1000,
  count: 4,
  volumeTags: true,
  allocationLength: 4096,
});

/** How many commands of each kind are sent. */
const TIMES = 20_000;

/** One of each kind of command, and in so many of each the faults that each kind has. */
const COMMANDS: readonly PlannedCommand[] = [
  { unit: "changer", cdb: moveMedium({ source: 1000, target: DRIVE }) },
  { unit: "changer", cdb: READ },
  { unit: DRIVE, cdb: testUnitReady() },
  { unit: DRIVE, cdb: loadUnload({ load: false }) },
];

function faultsOf(seed: number): Map<FaultKind, number> {
  const counts = new Map<FaultKind, number>();
  const clock = new SkippingClock();
  const note = (kind: FaultKind) =>
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const plan = seededFaults({ seed, clock, note });
  for (let time = 0; time < TIMES; time++) {
    for (const command of COMMANDS) plan(command);
  }
  return counts;
}

Deno.test("each kind of fault strikes about as often as its rate says", () => {
  const counts = faultsOf(1);
  for (const [kind, rate] of Object.entries(FAULT_RATES)) {
    const count = new Map<string, number>(counts).get(kind) ?? 0;
    // Some strike at several of the commands, none at more than all of them.
    const most = rate * TIMES * COMMANDS.length;
    assert(count > rate * TIMES / 3 && count < 2 * most, `${kind}: ${count}`);
  }
});

Deno.test("a seed gives its faults every time, another one others", () => {
  assertEquals(faultsOf(1), faultsOf(1));
  assertNotEquals(faultsOf(1), faultsOf(2));
});

Deno.test("where a label is not read, the answer lacks that one and nothing else", () => {
  const slot = (elementAddress: number): ElementStatus => ({
    type: "storage",
    elementAddress,
    full: true,
    except: false,
    asc: 0,
    ascq: 0,
    disabled: false,
    accessible: true,
    mediumType: 1,
    sourceElementAddress: null,
    inverted: false,
    volumeTag: `LAB${elementAddress}L6`,
    alternateVolumeTag: null,
  });
  const whole = encodeElementStatus([slot(1000), slot(1001), slot(1002)], {
    volumeTags: true,
  });
  let struck: FaultKind | null = null;
  const plan = seededFaults({
    seed: 1,
    clock: new SkippingClock(),
    note: (kind) => struck = kind,
  });
  for (let time = 0; time < TIMES; time++) {
    const fault = plan({ unit: "changer", cdb: READ });
    if (struck !== "label not read") continue;
    assert(fault !== "none" && "answer" in fault);
    const before = decodeElementStatus(whole).elements;
    const after = decodeElementStatus(fault.answer(whole)).elements;
    const lacking = after.flatMap(({ volumeTag }, index) =>
      volumeTag === null ? [index] : []
    );
    assertEquals(lacking.length, 1);
    assertEquals(
      after,
      before.map((element, index) =>
        lacking.includes(index) ? { ...element, volumeTag: null } : element
      ),
    );
    return;
  }
  throw new Error("every label was read");
});

Deno.test("a virtual library whose URL names a seed has its faults, and writes them down", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_faults_test_" });
  try {
    let refused = 0;
    for (let seed = 0; refused === 0; seed++) {
      const url = `virtual:faulty?slots=4&faults=${seed}&dir=${directory}`;
      try {
        await using changer = await openChanger(url, {
          clock: new SkippingClock(),
        });
        for (let move = 0; move < 20; move++) {
          await changer.move({ source: 1000 + move % 2, target: 1000 });
        }
      } catch (error) {
        if (!(error instanceof ChangerError)) throw error;
        refused++;
      }
    }
    const noted = await Deno.readTextFile(`${directory}/faults.log`);
    const kinds = noted.trimEnd().split("\n");
    assert(kinds.every((kind) => Object.hasOwn(FAULT_RATES, kind)), noted);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
