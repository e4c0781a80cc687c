/**
 * Mutants of what is kept over crashes, and of whose things are.
 *
 * @module
 */

import { type Mutant, SIMULATION, test } from "./mutant.ts";

/** See the module. */
export const MANAGEMENT_MUTANTS: readonly Mutant[] = [
  {
    name: "epoch-not-counted",
    breaks: "each start of the service has an epoch of its own",
    file: "src/manager/system_objects.ts",
    text: "    return epoch;",
    instead: "    return 1;",
    caughtBy: SIMULATION,
  },
  {
    name: "requests-outlive-the-service",
    breaks: "requests of a service that died are ended at the next start",
    file: "src/manager/system_objects.ts",
    text: "await updateRequests(db, await unfinishedRequests(db, null), {",
    instead: "await updateRequests(db, [], {",
    caughtBy: SIMULATION,
  },
  {
    name: "answer-kept-outside-the-transaction",
    breaks: "an answer is kept in the transaction of what it tells",
    file: "src/manager/kept_answers.ts",
    text: "export async function keepAnswer(",
    instead: `export async function keepAnswer(_db, context, caller, answer) {
  void context.database.write((db) => keepIn(db, context, caller, answer));
}
async function keepIn(`,
    caughtBy: test("tests/manager/idempotency_test.ts", "or neither"),
  },
  {
    name: "no-grace-time",
    breaks: "mounts of a vanished session are kept for the grace time",
    file: "src/manager/lost_sessions.ts",
    text: "this.#graceSeconds * 1_000",
    instead: "this.#graceSeconds",
    caughtBy: SIMULATION,
  },
  {
    name: "deallocation-of-mounted-media",
    breaks: "a mounted medium is not given back",
    file: "src/manager/deallocation.ts",
    text: "if (await findMount(db, side.id) !== null) {",
    instead: "if (false) {",
    caughtBy: test("tests/manager/allocation_test.ts", "is not deallocated"),
  },
  {
    name: "short-status-believed",
    breaks: "what an element status leaves out is where it was",
    file: "src/manager/stocktaking.ts",
    text: '      !this.#untold.has(cartridge.placeId ?? "")\n',
    instead: "      true\n",
    caughtBy: test("tests/manager/stocktaking_test.ts", "leaves out"),
  },
];
