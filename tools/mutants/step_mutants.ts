/**
 * Mutants of a robot step: the intent on disk, the question before it, the
 * question after it.
 *
 * @module
 */

import { LONG_SIMULATION, type Mutant, SIMULATION, test } from "./mutant.ts";

const JOURNAL = "src/manager/journal.ts";

/** See the module. */
export const STEP_MUTANTS: readonly Mutant[] = [
  {
    name: "no-intent-before-send",
    breaks: "the intent of a step is committed as sent before the command",
    file: JOURNAL,
    text: "    await this.#check(attempt);\n    await this.#send(intent);",
    instead: "    await this.#check(attempt);",
    caughtBy: SIMULATION,
  },
  {
    name: "commit-without-fsync",
    breaks: "a commit is on disk before anyone hears of it",
    file: "src/database/sqlite.ts",
    text: "PRAGMA synchronous = FULL;",
    instead: "PRAGMA synchronous = NORMAL;",
    caughtBy: test("tests/database/durability_test.ts", "on disk"),
  },
  {
    name: "intent-not-awaited",
    breaks: "the command waits for the commit of its intent",
    file: JOURNAL,
    text: "    await this.#check(attempt);\n    await this.#send(intent);",
    instead: "    await this.#check(attempt);\n    this.#send(intent);",
    caughtBy: SIMULATION,
  },
  {
    name: "no-check-before-move",
    breaks: "no command goes out before its elements were asked",
    file: JOURNAL,
    text: "    await this.#check(attempt);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "gripper-not-checked-before-move",
    breaks: "no command goes out while a transport holds a cartridge",
    file: JOURNAL,
    text: "if (handsFree && asExpected) return;",
    instead: "if (asExpected) return;",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "swap-source-and-target",
    breaks: "a cartridge goes from its source to its target",
    file: JOURNAL,
    text: "this.#changer.move({ source, target })",
    instead: "this.#changer.move({ source: target, target: source })",
    caughtBy: SIMULATION,
  },
  {
    name: "blind-retry",
    breaks: "no move is sent again before its elements were asked",
    file: JOURNAL,
    text: "() => this.#changer.move({ source, target })",
    instead:
      "() => this.#changer.move({ source, target }).catch(() => this.#changer.move({ source, target }))",
    caughtBy: SIMULATION,
  },
  {
    name: "good-answer-believed",
    breaks: "the elements are asked also after a good answer",
    file: JOURNAL,
    text: "      await this.#verify(attempt, attentions);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "put-away-believed",
    breaks: "the transport is asked after it was to put its cartridge away",
    file: JOURNAL,
    text: "if (now?.full !== false) {",
    instead: "if (false) {",
    caughtBy: SIMULATION,
  },
  {
    name: "two-into-one-slot",
    breaks: "a slot that a cartridge is on its way to is no other one's",
    file: "src/manager/robot.ts",
    text: "      if (slot !== null) this.#slotsTaken.add(slot.id);\n",
    instead: "",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "place-not-written",
    breaks: "a confirmed step writes where the cartridge now is",
    file: JOURNAL,
    text:
      "      await moveCartridge(db, step.cartridgeId, step.source, step.target);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "step-not-written-is-trusted",
    breaks: "a step whose end could not be written down needs an inventory",
    file: JOURNAL,
    text: "if (!(error instanceof NtmsError)) throw error;",
    instead: "throw error;",
    caughtBy: LONG_SIMULATION,
  },
];
