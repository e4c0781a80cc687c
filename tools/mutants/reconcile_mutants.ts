/**
 * Mutants of the reconcile table: each row taken for another one, or not acted
 * upon.
 *
 * @module
 */

import { LONG_SIMULATION, type Mutant, SIMULATION, test } from "./mutant.ts";

const JOURNAL = "src/manager/journal.ts";
const RECONCILE = "src/manager/reconcile.ts";

/** See the module. */
export const RECONCILE_MUTANTS: readonly Mutant[] = [
  {
    name: "row-never-happened",
    breaks: "X, empty, empty: the step never happened and fails",
    file: JOURNAL,
    text: 'if (verdict === "happened" && believed) return;',
    instead:
      'if ((verdict === "happened" || verdict === "never happened") && believed) return;',
    caughtBy: SIMULATION,
  },
  {
    name: "row-never-happened-intent-left-open",
    breaks: "X, empty, empty: the intent is failed",
    file: JOURNAL,
    text: 'if (verdict === "never happened" || verdict === "target taken") {',
    instead: 'if (verdict === "target taken") {',
    caughtBy: SIMULATION,
  },
  {
    name: "row-happened",
    breaks: "empty, X, empty: the step happened and is confirmed",
    file: RECONCILE,
    text: 'return mayHold(target, barCode) ? "happened" : "moved by others";',
    instead: 'return "moved by others";',
    caughtBy: SIMULATION,
  },
  {
    name: "row-happened-by-another-cartridge",
    breaks: "empty, Y, empty: others moved things",
    file: RECONCILE,
    text: 'return mayHold(target, barCode) ? "happened" : "moved by others";',
    instead: 'return "happened";',
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "row-in-the-gripper",
    breaks: "empty, empty, full: it goes on to the target, or back",
    file: JOURNAL,
    text: 'if (judgeStep(elements, barCode) === "in the gripper") {',
    instead: "if (false) {",
    caughtBy: test("tests/manager/recovery_test.ts", "goes on to its drive"),
  },
  {
    name: "row-in-the-gripper-at-start",
    breaks: "an inventory first puts away what a transport holds",
    file: JOURNAL,
    text:
      "        if (transport.full) await this.#putAway(libraryId, transport);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "row-target-taken",
    breaks: "X, Y, empty: the target was taken, and nothing goes there",
    file: RECONCILE,
    text: 'return target.full ? "target taken" : "never happened";',
    instead: 'return "never happened";',
    caughtBy: SIMULATION,
  },
  {
    name: "row-moved-by-others",
    breaks: "Y, any, any: others moved things, and Y is not touched",
    file: RECONCILE,
    text: 'if (!mayHold(source, barCode)) return "moved by others";',
    instead: "",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "row-lost",
    breaks: "empty, empty, empty: X is lost from view",
    file: RECONCILE,
    text: ': "lost";',
    instead: ': "happened";',
    caughtBy: SIMULATION,
  },
  {
    name: "row-lost-without-operator",
    breaks: "an allocated cartridge that is lost has an operator request",
    file: "src/manager/inventory.ts",
    text: "if (sides.some((side) => side.logicalMediumId !== null)) {",
    instead: "if (false) {",
    caughtBy: test("tests/manager/inventory_test.ts", "calls the operator"),
  },
  {
    name: "row-no-bar-codes",
    breaks: "no label: full and empty decide",
    file: RECONCILE,
    text:
      'barCode === "" || element.barCode === null || element.barCode === barCode',
    instead: "element.barCode === barCode",
    caughtBy: test("tests/manager/rules_test.ts", "reconcile: source"),
  },
  {
    name: "row-no-bar-codes-unverified",
    breaks: "no label: the verdict is not verified",
    file: RECONCILE,
    text: 'return barCode !== "" &&',
    instead: "return true ||",
    caughtBy: test("tests/manager/rules_test.ts", "not verified"),
  },
  {
    name: "row-not-told",
    breaks: "an element that is not reported tells nothing",
    file: RECONCILE,
    text:
      'if (source === undefined || target === undefined) return "not told";',
    instead:
      'if (source === undefined || target === undefined) return "happened";',
    caughtBy: SIMULATION,
  },
  {
    name: "row-unreachable",
    breaks: "a library that does not answer leaves the intent open",
    file: JOURNAL,
    text: "    } catch (cause) {\n      throw new StaleCatalogueError(",
    instead:
      '    } catch (cause) {\n      await this.#end(intent, "failed", text);\n      throw notDone(error, text);\n      throw new StaleCatalogueError(',
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "open-intents-not-resolved",
    breaks: "an inventory closes the intents left open",
    file: "src/manager/robot.ts",
    text: "    await resolveIntents(this.#context, this.#libraryId);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
];
