/**
 * Mutants of the reconcile table: each row taken for another one, or not acted
 * upon.
 *
 * @module
 */

import { LONG_SIMULATION, type Mutant, SIMULATION, test } from "./mutant.ts";

const JOURNAL = "src/manager/journal.ts";
const RECONCILE = "src/manager/reconcile.ts";
const LEFT_IN_DRIVE = "src/manager/left_in_drive.ts";

/** See the module. */
export const RECONCILE_MUTANTS: readonly Mutant[] = [
  {
    name: "row-never-happened",
    breaks: "X, empty, empty: the step never happened and fails",
    file: JOURNAL,
    text: 'if (verdict === "happened" && believed) return elements;',
    instead:
      'if ((verdict === "happened" || verdict === "never happened") && believed) return elements;',
    caughtBy: SIMULATION,
  },
  {
    name: "row-never-happened-intent-left-open",
    breaks: "X, empty, empty: the intent is failed",
    file: JOURNAL,
    text: 'if (verdict === "never happened" || verdict === "target taken") {',
    instead: 'if (verdict === "target taken") {',
    // Its next step would be refused, and an inventory would settle it.
    caughtBy: test("tests/manager/robot_test.ts", "is closed at once"),
  },
  {
    name: "row-happened",
    breaks: "empty, X, empty: the step happened and is confirmed",
    file: RECONCILE,
    text: 'return holds(target) ? "happened" : "moved by others";',
    instead: 'return "moved by others";',
    caughtBy: SIMULATION,
  },
  {
    name: "row-happened-by-another-cartridge",
    breaks: "empty, Y, empty: others moved things",
    file: RECONCILE,
    text: 'return holds(target) ? "happened" : "moved by others";',
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
    file: "src/manager/empty_transports.ts",
    text: "    if (transport.full) await putAway(parts, transport);\n",
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
    text: 'if (!holds(source)) return "moved by others";',
    instead: "",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "row-lost",
    breaks: "empty, empty, empty: X is lost from view",
    file: RECONCILE,
    text: '"in the gripper" : "lost";',
    instead: '"in the gripper" : "happened";',
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
    text:
      "export function isVerified(elements: StepElements, barCode: string): boolean {\n",
    instead:
      "export function isVerified(elements: StepElements, barCode: string): boolean {\n  if (elements !== null) return true;\n",
    caughtBy: test("tests/manager/rules_test.ts", "not verified"),
  },
  {
    name: "unread-while-read-elsewhere",
    breaks: "what shows no label is not X where another element shows X",
    file: RECONCILE,
    text: "  if (isShown) return shows(element, barCode);\n",
    instead: "",
    caughtBy: test("tests/manager/rules_test.ts", "reconcile: source"),
  },
  {
    name: "unread-is-mounted",
    breaks: "a cartridge whose label was not read is identified before a mount",
    file: JOURNAL,
    text: 'if (unread && step.target.type === "drive") {',
    instead: "if (false) {",
    caughtBy: test("tests/manager/unread_label_test.ts", "where a cartridge"),
  },
  {
    name: "unread-in-the-drive-is-mounted",
    breaks: "what a drive holds is identified before it counts as mounted",
    file: LEFT_IN_DRIVE,
    text: "return !isUnread(cartridge);",
    instead: "return true;",
    caughtBy: test("tests/manager/unread_label_test.ts", "in the drive where"),
  },
  {
    name: "left-in-the-drive-is-believed",
    breaks: "a drive is asked about before what was left in it is mounted",
    file: LEFT_IN_DRIVE,
    text: 'if (cartridge.state === "loaded") return true;',
    instead: "if (cartridge !== null) return true;",
    caughtBy: test("tests/manager/unread_label_test.ts", "left in a drive"),
  },
  {
    name: "mounted-taken-by-a-label",
    breaks: "what is mounted stays in a drive that shows no label",
    file: "src/manager/stocktaking.ts",
    text: '(known?.state === "loaded" && unlabelled.has(at))',
    instead: "false",
    caughtBy: test("tests/manager/stocktaking_test.ts", "mounted cartridge"),
  },
  {
    name: "release-left-as-sent",
    breaks: "a step that frees the gripper is unknown until its end is told",
    file: JOURNAL,
    text:
      '      await this.#intents.end(intent, "unknown", answer);\n      elements',
    instead:
      '      if (answer !== "") await this.#intents.end(intent, "unknown", answer);\n      elements',
    caughtBy: test("tests/manager/robot_test.ts", "frees the gripper"),
  },
  {
    name: "unread-for-good",
    breaks: "a label that is read again heals",
    file: "src/manager/inventory.ts",
    text:
      "      cartridge.barCodeState !== stateOf(cartridge.barCode, readable)\n",
    instead: "      !readable\n",
    caughtBy: test("tests/manager/unread_label_test.ts", "not read once"),
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
      '    } catch (cause) {\n      await this.#intents.end(intent, "failed", text);\n      throw notDone(error, text);\n      throw new StaleCatalogueError(',
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
