/**
 * Mutants of pools, the life of media, changes told, ports and the operator.
 *
 * @module
 */

import { LONG_SIMULATION, type Mutant, SIMULATION, test } from "./mutant.ts";

const NOTIFICATIONS = "src/manager/notifications.ts";

/** See the module. */
export const CONTROL_MUTANTS: readonly Mutant[] = [
  {
    name: "foreign-pool-allocation",
    breaks: "nobody is given a cartridge out of another application's pool",
    file: "src/manager/allocation_choice.ts",
    text: "  if (!open) {\n",
    instead: "  if (open && medium === null) {\n",
    caughtBy: SIMULATION,
  },
  {
    name: "swap-by-halves",
    breaks: "media that are swapped keep a side each",
    file: "src/manager/media_life.ts",
    text:
      "  await updateSide(db, other.side.id, { logicalMediumId: first });\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "retired-side-available",
    breaks: "what was retired stays so",
    file: "src/manager/lifecycle.ts",
    text: '  decommission: { available: "decommissioned" },\n',
    instead: '  decommission: { available: "available" },\n',
    caughtBy: SIMULATION,
  },
  {
    name: "change-skipped",
    breaks: "no change is missing from a channel",
    file: NOTIFICATIONS,
    text: "      channel.next += changes.length;\n",
    instead:
      "      channel.next += changes.length + (changes.length > 2 ? 1 : 0);\n",
    caughtBy: SIMULATION,
  },
  {
    name: "changes-out-of-order",
    breaks: "changes are told in the order of the commits",
    file: NOTIFICATIONS,
    text: "    for (const change of changes) {\n",
    instead: "    for (const change of changes.toReversed()) {\n",
    caughtBy: SIMULATION,
  },
  {
    name: "repeated-wait-forgotten",
    breaks: "a wait for changes that is repeated gets what it took",
    file: NOTIFICATIONS,
    text: "    if (before !== undefined) return before;\n",
    instead: "    if (before !== undefined) channel.takes.delete(take);\n",
    caughtBy: SIMULATION,
  },
  {
    name: "offered-cartridge-mounted",
    breaks: "what is offered to a person in a port is not mounted",
    file: "src/manager/ejection.ts",
    text: "    const release = this.#ports.hold(cartridge.id);\n",
    instead: "    const release = () => {};\n",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "ejected-twice",
    breaks: "a cartridge is ejected by one at a time",
    file: "src/manager/ejection_checks.ts",
    text: "  if (await isBeingEjected(db, id)) {\n",
    instead: "  if (await isBeingEjected(db, `not ${id}`)) {\n",
    // It takes two ejections, a hand and the robot under way at one time.
    caughtBy: test("tests/manager/ports_test.ts", "once more"),
  },
  {
    name: "not-asked-again",
    breaks: "what the operator says is done, and is not, is asked for again",
    file: "src/manager/operator_calls.ts",
    text: "      signals.tell(satisfactionOf(row.argument1Id));\n",
    instead: "      void satisfactionOf(row.argument1Id);\n",
    caughtBy: test("tests/manager/operator_hands_test.ts", "asked again"),
  },
];
