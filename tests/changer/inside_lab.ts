/** What lab_changer_test.ts runs in the kernel lab: the rules, on `sg` and `ch`. */
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  type Changer,
  ChangerError,
  discover,
  openChanger,
} from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { conformance } from "./conformance.ts";

const sg = Deno.env.get("LAB_CHANGER_SG") ?? "";
const ch = Deno.env.get("LAB_CHANGER_CH") ?? "";
const drives = (Deno.env.get("LAB_DRIVES") ?? "").split(" ");
const faults = Deno.env.get("LAB_FAULTS") ?? "";
const barCodes = ["LAB001L6", "LAB002L6", "LAB003L6"];
const ports = { clock: systemClock };

conformance({
  name: "the sg changer",
  open: () => openChanger(sg, ports),
  barCodes,
  refusedMove: "failed",
  canLockDoor: true,
});

conformance({
  name: "the ch changer",
  open: () => openChanger(ch, ports),
  barCodes,
  refusedMove: "unknown",
  canLockDoor: false,
});

Deno.test("discover() finds the changer and its drives, ready for use", async () => {
  const found = await discover();
  const changer = found.find(({ kind }) => kind === "changer");
  assertEquals([changer?.sg, changer?.sch], [sg, ch]);
  assertEquals(changer?.identity.serialNumber, "LAB0000001");
  assertEquals(
    found.flatMap(({ kind, nst }) => kind === "tape" ? [nst] : []).sort(),
    [...drives].sort(),
  );
  assertEquals(found.flatMap(({ obstacles }) => obstacles), []);
});

Deno.test("sg and ch report the same library with the same addresses", async () => {
  await using one = await openChanger(sg, ports);
  await using other = await openChanger(ch, ports);
  assertEquals(other.layout, one.layout);
  assertEquals(other.identity, one.identity);
  assertEquals(await other.readElements(), await one.readElements());
});

Deno.test("drives are matched to the devices of their elements", async () => {
  for (const device of [sg, ch]) {
    await using changer = await openChanger(device, ports);
    const matched = await changer.drives();
    assertEquals(matched.map(({ device }) => device), drives);
  }
});

Deno.test("a cartridge that was moved into a drive is written and read back", async () => {
  await using changer = await openChanger(sg, ports);
  const [drive] = await changer.drives();
  assert(drive !== undefined);
  const slot = changer.layout.storage.first;
  await changer.move({ source: slot, target: drive.elementAddress });
  await drive.waitReady(60_000);
  const block = new TextEncoder().encode("hello, tape".padEnd(1024, "."));
  await Deno.writeFile(drive.device, block, { create: false });
  await run("mt", "-f", drive.device, "rewind");
  using tape = await Deno.open(drive.device);
  const back = new Uint8Array(1024);
  assertEquals(await tape.read(back), 1024);
  tape.close();
  assertEquals(back, block);
  const facts = await drive.mediumTeller?.prepare();
  assertEquals([facts?.writeProtected, facts?.mediumTypeCode], [false, 0]);
  await drive.unload(60_000);
  await changer.move({ source: drive.elementAddress, target: slot });
});

/** Sets the lab's fault rules, runs, and lifts them again. */
async function withFaults(
  rules: string,
  run: (changer: Changer) => Promise<void>,
): Promise<void> {
  await using changer = await openChanger(sg, ports);
  await Deno.writeTextFile(faults, `${rules}\n`);
  try {
    await run(changer);
  } finally {
    await Deno.writeTextFile(faults, "");
  }
}

Deno.test("a jammed move leaves open what was done", () =>
  withFaults("a5 sense=4/15/01", async (changer) => {
    const { first } = changer.layout.storage;
    const error = await assertRejects(
      () => changer.move({ source: first, target: first + 5 }),
      ChangerError,
    );
    assertEquals([error.outcome, error.advice], ["unknown", "hardware"]);
    assertStringIncludes(
      error.message,
      "Cannot move from element 1000 to element 1005: hardware error, 15/01",
    );
  }));

Deno.test("a unit attention is absorbed when reading, and counted", async () => {
  await using changer = await openChanger(sg, ports);
  await run("sg_reset", "--device", sg);
  const elements = await changer.readElements();
  assertEquals(elements.filter(({ full }) => full).length, 3);
  assertEquals(changer.attentions, 1);
});

Deno.test("a unit attention in place of a move is told and the move not repeated", () =>
  withFaults("a5 sense=6/28/00", async (changer) => {
    const { first } = changer.layout.storage;
    const error = await assertRejects(
      () => changer.move({ source: first, target: first + 5 }),
      ChangerError,
    );
    assertEquals([error.outcome, error.advice], ["failed", "retry"]);
    assertEquals(changer.attentions, 1);
    const [target] = await changer.readElements({ first: first + 5, count: 1 });
    assertEquals(target?.full, false);
  }));

Deno.test("a move whose answer is lost may have been done", () =>
  withFaults("a5 cut=after", async (changer) => {
    const { first } = changer.layout.storage;
    const error = await assertRejects(
      () => changer.move({ source: first, target: first + 5 }),
      ChangerError,
    );
    assertEquals(error.outcome, "unknown");
    await changer.waitReady(60_000);
    const [target] = await changer.readElements({ first: first + 5, count: 1 });
    assertEquals(target?.barCode, "LAB001L6");
    await changer.move({ source: first + 5, target: first });
  }));

async function run(command: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command(command, { args }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
}
