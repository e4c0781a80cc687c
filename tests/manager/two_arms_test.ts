import { assert, assertEquals } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { decodeCdb } from "../../src/scsi/mod.ts";
import { mountOf, openFixture } from "./fixture.ts";

/** When each move began, in milliseconds, and by which transport. */
async function twoMounts(
  transports: number,
): Promise<{ transport: number; at: number }[]> {
  const moves: { transport: number; at: number }[] = [];
  await using library = await VirtualLibrary.open(
    `virtual:arms?files=no&slots=6&cartridges=4&drives=2&speed=20&transports=${transports}&barcodes=LAB%03dL6`,
    {
      clock: systemClock,
      faults: ({ unit, cdb }) => {
        if (unit !== "changer") return "none";
        const command = decodeCdb(cdb, "changer");
        if (command.command === "moveMedium") {
          const { transport } = command;
          moves.push({ transport, at: systemClock.monotonic() });
        }
        return "none";
      },
    },
  );
  await using fixture = await openFixture({
    open: () => library.openChanger(),
  });
  const pool = await fixture.pool();
  const media = [await fixture.allocate(pool), await fixture.allocate(pool)];
  await Promise.all(
    media.map((medium) =>
      fixture.manager.mount(fixture.caller(), mountOf(medium))
    ),
  );
  return moves;
}

/** A move takes at least two grips of 4 s at 20 times the speed. */
const LEAST_MOVE_MS = 400;

Deno.test("a library with two transports brings two cartridges at the same time", async () => {
  const [one, other] = await twoMounts(2);
  assert(one !== undefined && other !== undefined);
  assertEquals([one.transport, other.transport].toSorted(), [1, 2]);
  assert(other.at - one.at < LEAST_MOVE_MS, `${other.at - one.at} ms`);
});

Deno.test("a library with one transport brings one after the other", async () => {
  const [one, other] = await twoMounts(1);
  assert(one !== undefined && other !== undefined);
  assert(other.at - one.at >= LEAST_MOVE_MS, `${other.at - one.at} ms`);
});
