/** What fails while labels are read and written counts as a mount's does. */
import { assertEquals, assertRejects } from "@std/assert";
import type { FaultPlan, SenseCode } from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { until } from "./port_fixture.ts";
import { BLANK, type LabelledFixture, openLabelled } from "./labelled_media.ts";

const READ = 0x08;
const DRIVES = [500, 501];
const HARDWARE: SenseCode = { key: 4, asc: 0x44, ascq: 0 };
const READ_ERROR: SenseCode = { key: 3, asc: 0x11, ascq: 0 };

/** Drives that read no label. */
function unreading(sense: SenseCode, ...drives: readonly number[]): FaultPlan {
  return ({ cdb, unit }) =>
    cdb[0] === READ && unit !== "changer" && drives.includes(unit)
      ? { sense }
      : "none";
}

/** Has a cartridge moved to the free pool get its free label. */
async function prepare(fixture: LabelledFixture): Promise<void> {
  const { id } = await fixture.cartridge("LAB001L6");
  const pool = await fixture.freePool();
  await fixture.manager.pools.move(fixture.caller(), { cartridge: id, pool });
  const input = { cartridge: id, wait: true };
  await fixture.manager.labels.prepare(fixture.caller(), input);
}

/** Failures in a row of each drive. */
async function failures(fixture: LabelledFixture): Promise<number[]> {
  const drives = await fixture.all("drive");
  return DRIVES.map((address) =>
    drives.find(({ elementAddress }) => elementAddress === address)
      ?.failures?.inARow ?? 0
  );
}

for (
  const [what, sense] of [
    ["that fails", HARDWARE],
    ["that cannot read a medium which another drive can", READ_ERROR],
  ] as const
) {
  Deno.test(`a free label is written in another drive than one ${what}, which has failed`, async () => {
    let broken = 0;
    const plan = (address: number) => unreading(sense, address);
    await using fixture = await openLabelled({ LAB001L6: BLANK }, {
      faults: (command) => {
        // The first that is asked for a label is the one that is broken.
        if (command.unit !== "changer" && command.cdb[0] === READ) {
          broken ||= command.unit;
        }
        return plan(broken)(command);
      },
    });
    await prepare(fixture);
    assertEquals((await fixture.side("LAB001L6")).state, "available");
    const counted = await failures(fixture);
    assertEquals(counted, DRIVES.map((address) => Number(address === broken)));
  });
}

Deno.test("a cartridge that gets no free label in two drives is disabled, and neither drive is blamed", async () => {
  await using fixture = await openLabelled({ LAB001L6: BLANK }, {
    faults: unreading(READ_ERROR, ...DRIVES),
  });
  const error = await assertRejects(() => prepare(fixture), NtmsError);
  assertEquals(error.code, "ERROR_UNABLE_TO_LOAD_MEDIUM");
  assertEquals((await fixture.cartridge("LAB001L6")).enabled, false);
  assertEquals(await failures(fixture), [0, 0]);
  await until(async () => {
    const { locationType } = await fixture.cartridge("LAB001L6");
    return locationType === "slot" || undefined;
  });
});

Deno.test("drives that fail with labels three times in a row are out of service, and the work ends", async () => {
  await using fixture = await openLabelled({
    LAB001L6: BLANK,
    LAB002L6: BLANK,
    LAB003L6: BLANK,
  }, { faults: unreading(HARDWARE, ...DRIVES) });
  await fixture.inventory("omid");
  assertEquals(await failures(fixture), [3, 3]);
  const drives = await fixture.all("drive");
  assertEquals(drives.map(({ enabled }) => enabled), [false, false]);
});

Deno.test("a medium that no drive of its library writes gets no free label, and nobody waits for one", async () => {
  // Its drives are LTO-7, which read LTO-5 and do not write it.
  await using fixture = await openLabelled({ LAB001L5: BLANK });
  const { id } = await fixture.cartridge("LAB001L5");
  const error = await assertRejects(
    () =>
      fixture.manager.labels.prepare(fixture.caller(), {
        cartridge: id,
        wait: true,
      }),
    NtmsError,
    "no drive of its library writes its media type",
  );
  assertEquals(error.code, "ERROR_RESOURCE_NOT_AVAILABLE");
});
