/**
 * The rules that every changer keeps, whatever is behind it. Each case opens a
 * changer and leaves the library as it found it: cartridges in the first slots,
 * an empty slot at the end, empty drives and ports.
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Changer,
  ChangerError,
  type Element,
  type ElementType,
} from "../../src/changer/mod.ts";

/** One kind of changer to hold to the rules. */
export interface Subject {
  readonly name: string;
  readonly open: () => Promise<Changer>;
  /** Labels of the first slots. */
  readonly barCodes: readonly string[];
  /** What a full target and an empty source prove: nothing where the kernel repeats moves. */
  readonly refusedMove: ChangerError["outcome"];
  readonly canLockDoor: boolean;
}

type Case = (changer: Changer, subject: Subject) => Promise<void>;

const TYPES: readonly ElementType[] = [
  "transport",
  "storage",
  "importExport",
  "dataTransfer",
];

const CASES: Readonly<Record<string, Case>> = {
  "tells what it is and is ready": async (changer) => {
    await changer.waitReady(10_000);
    assert(changer.identity.vendor !== "");
    assert(changer.identity.product !== "");
    assertEquals(changer.layout.transport.count, 1);
  },

  "reports every element once, by type and address": async (changer) => {
    const elements = await changer.readElements();
    const expected = TYPES.flatMap((type) => {
      const { first, count } = changer.layout[type];
      return Array.from({ length: count }, (_, i) => `${type} ${first + i}`);
    });
    assertEquals(
      elements.map(({ elementAddress, type }) => `${type} ${elementAddress}`),
      expected,
    );
  },

  "reports labels, and none for what is empty": async (changer, subject) => {
    const slots = await changer.readElements({ types: ["storage"] });
    const { count } = changer.layout.storage;
    assertEquals(
      slots.map(({ barCode }) => barCode),
      Array.from({ length: count }, (_, i) => subject.barCodes[i] ?? null),
    );
    assertEquals(
      slots.map(({ full }) => full),
      Array.from({ length: count }, (_, i) => i < subject.barCodes.length),
    );
  },

  "reports a range of a type and no more": async (changer) => {
    const { first } = changer.layout.storage;
    const found = await changer.readElements({ first: first + 1, count: 2 });
    assertEquals(found.map(({ elementAddress }) => elementAddress), [
      first + 1,
      first + 2,
    ]);
    assertEquals(
      await changer.readElements({ types: ["dataTransfer"], first, count: 1 }),
      [],
    );
  },

  "moves a cartridge, and the status follows": async (changer, subject) => {
    const { slot, empty } = places(changer);
    await changer.move({ source: slot, target: empty });
    const moved = await at(changer, empty);
    assertEquals(moved.barCode, subject.barCodes[0]);
    assertEquals((await at(changer, slot)).full, false);
    await changer.move({ source: empty, target: slot });
    const back = await at(changer, slot);
    assertEquals(back.barCode, subject.barCodes[0]);
    assertEquals((await at(changer, empty)).barCode, null);
  },

  "refuses to move from an empty element": async (changer, subject) => {
    const { drive, empty } = places(changer);
    const error = await refused(
      changer.move({ source: empty, target: drive }),
    );
    assertEquals(error.outcome, subject.refusedMove);
    assertEquals((await at(changer, drive)).full, false);
  },

  "refuses to move to a full element": async (changer, subject) => {
    const { slot } = places(changer);
    const error = await refused(
      changer.move({ source: slot, target: slot + 1 }),
    );
    assertEquals(error.outcome, subject.refusedMove);
    assertEquals((await at(changer, slot)).barCode, subject.barCodes[0]);
  },

  "refuses addresses that no element has": async (changer) => {
    const { slot } = places(changer);
    const error = await refused(
      changer.move({ source: slot, target: 64_999 }),
    );
    assertEquals([error.outcome, error.advice], ["failed", "programming"]);
  },

  "exchanges two cartridges": async (changer, subject) => {
    const { slot } = places(changer);
    assert(changer.abilities.exchange);
    const swap = {
      source: slot,
      firstTarget: slot + 1,
      secondTarget: slot,
    };
    await changer.exchange(swap);
    assertEquals((await at(changer, slot)).barCode, subject.barCodes[1]);
    assertEquals((await at(changer, slot + 1)).barCode, subject.barCodes[0]);
    await changer.exchange(swap);
    assertEquals((await at(changer, slot)).barCode, subject.barCodes[0]);
  },

  "loads a drive and unloads it": async (changer, subject) => {
    const { drive, slot } = places(changer);
    const drives = await changer.drives();
    const { count } = changer.layout.dataTransfer;
    assertEquals(drives.length, count);
    assertEquals(new Set(drives.map(({ device }) => device)).size, count);
    await changer.move({ source: slot, target: drive });
    const loaded = await at(changer, drive);
    assertEquals(loaded.barCode, subject.barCodes[0]);
    assertEquals(loaded.sourceAddress, slot);
    const unit = drives.find(({ elementAddress }) => elementAddress === drive);
    assertEquals(unit?.identity.serialNumber, loaded.driveSerialNumber);
    await unit?.waitReady(30_000);
    await unit?.unload(30_000);
    await changer.move({ source: drive, target: slot });
    assertEquals((await at(changer, drive)).full, false);
    assertEquals((await at(changer, slot)).barCode, subject.barCodes[0]);
  },

  "unloads an empty drive without complaint": async (changer) => {
    const [drive] = await changer.drives();
    assert(drive !== undefined);
    await drive.unload(1_000);
  },

  "runs calls in the order made": async (changer, subject) => {
    const { empty, slot } = places(changer);
    const results = await Promise.all([
      changer.move({ source: slot, target: empty }),
      at(changer, empty),
      changer.move({ source: empty, target: slot }),
      at(changer, empty),
    ]);
    assertEquals(results[1].barCode, subject.barCodes[0]);
    assertEquals(results[3].full, false);
  },

  "positions the transport and looks at its elements": async (changer) => {
    await changer.position(places(changer).slot);
    await changer.initialize();
    await changer.initialize({ first: places(changer).slot, count: 2 });
  },

  "locks and unlocks its doors where it can": async (changer, subject) => {
    if (subject.canLockDoor) {
      await changer.lockDoor(true);
      await changer.lockDoor(false);
    } else {
      assertEquals(changer.abilities.lockDoor, false);
      await refused(changer.lockDoor(true));
    }
  },

  "refuses everything once it is closed": async (changer) => {
    await changer.close();
    await refused(changer.readElements());
    await changer.close();
  },
};

/** Declares a test for each rule. */
export function conformance(subject: Subject): void {
  for (const [rule, run] of Object.entries(CASES)) {
    Deno.test(`${subject.name}: ${rule}`, async () => {
      await using changer = await subject.open();
      await run(changer, subject);
    });
  }
}

/** The first slot, the last one, which is empty, and the first drive. */
function places(changer: Changer) {
  const { dataTransfer, storage } = changer.layout;
  return {
    slot: storage.first,
    empty: storage.first + storage.count - 1,
    drive: dataTransfer.first,
  };
}

async function at(changer: Changer, address: number): Promise<Element> {
  const [element] = await changer.readElements({ first: address, count: 1 });
  assert(element !== undefined, `no element at ${address}`);
  return element;
}

function refused(call: Promise<unknown>): Promise<ChangerError> {
  return assertRejects(() => call, ChangerError);
}
