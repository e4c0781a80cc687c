import { assertEquals } from "@std/assert";
import { isForgotten } from "../../src/manager/departure.ts";
import type { PoolKind, SideState } from "../../src/model/mod.ts";

const PURGE_OFFLINE_SCRATCH = 1;
const KEEP_OFFLINE_IMPORT = 2;

/** Pool, state of its side, the computer's policy, and whether it is forgotten. */
const ROWS: readonly (readonly [PoolKind, SideState, number, boolean])[] = [
  ["unrecognized", "foreign", 0, true],
  ["unrecognized", "foreign", KEEP_OFFLINE_IMPORT, true],
  ["import", "import", 0, true],
  ["import", "import", PURGE_OFFLINE_SCRATCH, true],
  ["import", "import", KEEP_OFFLINE_IMPORT, false],
  ["free", "available", 0, false],
  ["free", "available", KEEP_OFFLINE_IMPORT, false],
  ["free", "available", PURGE_OFFLINE_SCRATCH, true],
  ["application", "available", PURGE_OFFLINE_SCRATCH, false],
  ["application", "incompatible", 0, true],
  ["import", "allocated", 0, false],
  ["unrecognized", "complete", PURGE_OFFLINE_SCRATCH, false],
  ["free", "reserved", PURGE_OFFLINE_SCRATCH, false],
];

for (const [pool, state, policy, forgotten] of ROWS) {
  Deno.test(
    `an ejected cartridge of a pool of kind ${pool} with a side that is ${state} is ${
      forgotten ? "forgotten" : "kept"
    } under policy ${policy}`,
    () => {
      assertEquals(isForgotten(pool, [state], policy), forgotten);
    },
  );
}
