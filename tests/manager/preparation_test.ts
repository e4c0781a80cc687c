/** Free labels: who gets one, and what they never write over. */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { NtmsError } from "../../src/model/mod.ts";
import { mountOf } from "./fixture.ts";
import {
  ansiLabels,
  BLANK,
  type LabelledFixture,
  openLabelled,
} from "./labelled_media.ts";

const FREE = "RSM FREE MEDIUM\n";

async function startOf(
  fixture: LabelledFixture,
  id: string,
): Promise<string> {
  return new TextDecoder("latin1").decode(await fixture.medium(id))
    .slice(0, FREE.length);
}

async function toFree(
  fixture: LabelledFixture,
  barCode: string,
): Promise<string> {
  const { id } = await fixture.cartridge(barCode);
  await fixture.manager.pools.move(fixture.caller(), {
    cartridge: id,
    pool: await fixture.freePool(),
  });
  return id;
}

/** Waits for the label that a move has asked for. */
function prepare(fixture: LabelledFixture, cartridge: string): Promise<string> {
  const input = { cartridge, wait: true };
  return fixture.manager.labels.prepare(fixture.caller(), input);
}

Deno.test("a cartridge that is moved to the free pool gets a free label, is available then, and can be mounted", async () => {
  await using fixture = await openLabelled({ LAB001L6: BLANK });
  const { manager, caller } = fixture;
  await toFree(fixture, "LAB001L6");
  assertEquals((await fixture.side("LAB001L6")).state, "unprepared");
  // The allocation waits until there is a medium.
  const medium = await fixture.allocate(await fixture.pool());
  const { label, state } = await fixture.side("LAB001L6");
  assertEquals([state, label.type], ["allocated", "RSM free medium"]);
  assertEquals(await startOf(fixture, "LAB001L6"), FREE);
  const { mounts } = await manager.mount(caller(), mountOf(medium));
  assertEquals(mounts.length, 1);
});

Deno.test("who moves a medium with a known label to the free pool means it, and it is written over", async () => {
  await using fixture = await openLabelled({ LAB001L6: ansiLabels("VOL001") });
  await fixture.inventory("omid");
  assertEquals((await fixture.side("LAB001L6")).state, "import");
  await prepare(fixture, await toFree(fixture, "LAB001L6"));
  assertEquals((await fixture.side("LAB001L6")).state, "available");
  assertEquals(await startOf(fixture, "LAB001L6"), FREE);
});

Deno.test("a medium that was exchanged after it was moved to the free pool is not written over", async () => {
  await using fixture = await openLabelled({ LAB001L6: ansiLabels("VOL001") });
  await fixture.inventory("omid");
  // A hand is faster than the robot.
  await fixture.write("LAB001L6", ansiLabels("OTHER1"));
  const id = await toFree(fixture, "LAB001L6");
  await assertRejects(() => prepare(fixture, id), NtmsError);
  const { label, state } = await fixture.side("LAB001L6");
  assertEquals([state, label.info], ["import", "Volume OTHER1"]);
  assertEquals(await fixture.medium("LAB001L6"), ansiLabels("OTHER1"));
  const [cartridge] = (await fixture.map()).cartridges;
  assertEquals(cartridge?.poolPath, "\\Import\\LTO-6");
});

Deno.test("where bar codes are trusted, a medium with a known label is not written over on their word", async () => {
  await using fixture = await openLabelled({
    LAB001L6: ansiLabels("VOL001"),
    LAB002L6: BLANK,
  }, { trustBarCodes: true });
  const { id } = await fixture.cartridge("LAB001L6");
  const error = await assertRejects(() => prepare(fixture, id), NtmsError);
  assertEquals(error.code, "ERROR_INVALID_STATE");
  assertStringIncludes(error.message, "Volume VOL001");
  assertEquals(await fixture.medium("LAB001L6"), ansiLabels("VOL001"));
  await prepare(fixture, (await fixture.cartridge("LAB002L6")).id);
  assertEquals(await startOf(fixture, "LAB002L6"), FREE);
  assertEquals((await fixture.side("LAB002L6")).state, "available");
});

Deno.test("a write-protected medium stays unprepared, and is tried again when somebody asks", async () => {
  await using fixture = await openLabelled({ LAB001L6: BLANK });
  await fixture.protect("LAB001L6");
  const id = await toFree(fixture, "LAB001L6");
  const refused = () => assertRejects(() => prepare(fixture, id), NtmsError);
  assertEquals((await refused()).code, "ERROR_WRITE_PROTECT");
  assertEquals((await fixture.side("LAB001L6")).state, "unprepared");
  const tries = async () =>
    (await fixture.all("libraryRequest")).filter(({ operation }) =>
      operation === "writeScratch"
    ).length;
  assertEquals(await tries(), 1);
  // What one inventory has begun, the end of the next one shows.
  for (let count = 0; count < 3; count++) await fixture.inventory("fast");
  assertEquals(await tries(), 1);
  assertEquals((await refused()).code, "ERROR_WRITE_PROTECT");
  const [cartridge] = (await fixture.map()).cartridges;
  assertEquals(cartridge?.locationType, "slot");
});

Deno.test("only media of a free pool are prepared, and no cleaning cartridge", async () => {
  await using fixture = await openLabelled({
    LAB001L6: BLANK,
    CLN001L6: BLANK,
  });
  for (const barCode of ["LAB001L6", "CLN001L6"]) {
    const { id } = await fixture.cartridge(barCode);
    const error = await assertRejects(() => prepare(fixture, id), NtmsError);
    assertEquals(error.code, "ERROR_INVALID_STATE");
    assertEquals(await fixture.medium(barCode), BLANK);
  }
});

Deno.test("a medium with a free label of another service is free, and one that was prepared is known again", async () => {
  await using first = await openLabelled({ LAB001L6: BLANK });
  await prepare(first, await toFree(first, "LAB001L6"));
  const label = await first.medium("LAB001L6");
  await using second = await openLabelled({ LAB005L6: label });
  await second.inventory("omid");
  const side = await second.side("LAB005L6");
  assertEquals([side.state, side.label.type], ["available", "RSM free medium"]);
  assertEquals(side.label.id, (await first.side("LAB001L6")).label.id);
  await second.inventory("omid");
  assertEquals((await second.side("LAB005L6")).state, "available");
});
