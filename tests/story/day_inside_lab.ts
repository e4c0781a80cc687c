/** What lab_story_test.ts runs in the kernel lab: a short day (`make lab-day` has a long one). */
import { assert, assertEquals } from "@std/assert";
import { contentsByMtx } from "../lab/agreement.ts";
import { putIn } from "../lab/hands.ts";
import { FIRST_ADDRESS } from "../lab/library.ts";
import { describeDay, mountsOf } from "../lab_day/account.ts";
import { haveDay } from "../lab_day/day.ts";

const sg = Deno.env.get("LAB_CHANGER_SG") ?? "";
const PROGRAMS = 6;
const MOUNTS = 24;

/** Two cartridges for each program. */
async function fillLibrary(): Promise<void> {
  const contents = await contentsByMtx(sg);
  let missing = 2 * PROGRAMS - Object.keys(contents).length;
  for (let slot = 1; missing > 0; slot++) {
    if (contents[`slot ${slot}`] !== undefined) continue;
    await putIn(FIRST_ADDRESS.slot + slot - 1, `DAY${100 + slot}L6`);
    missing--;
  }
}

Deno.test("a day: programs read what they wrote, whatever a person does", async () => {
  await fillLibrary();
  const account = await haveDay({
    mounts: MOUNTS,
    seed: 1,
    programs: PROGRAMS,
  });
  const { held, person, queue, wrong } = account;
  assertEquals(wrong, [], describeDay(account));
  assertEquals([mountsOf(account), held], [MOUNTS, 2 * PROGRAMS]);
  assertEquals(account.readBack, MOUNTS - 2 * PROGRAMS);
  assert(person.ejected > 0 && person.cancelled > 0 && queue.mostWaiting > 0);
  assertEquals(person.injected, person.ejected);
});
