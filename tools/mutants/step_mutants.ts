/**
 * Mutants of a robot step: the intent on disk, the question before it, the
 * question after it.
 *
 * @module
 */

import { LONG_SIMULATION, type Mutant, SIMULATION, test } from "./mutant.ts";

const JOURNAL = "src/manager/journal.ts";
const INTENTS = "src/manager/intents.ts";

/** See the module. */
export const STEP_MUTANTS: readonly Mutant[] = [
  {
    name: "no-intent-before-send",
    breaks: "the intent of a step is committed as sent before the command",
    file: JOURNAL,
    text: "    await this.#intents.send(intent);\n    const { attentions }",
    instead: "    const { attentions }",
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
    text: "    await this.#intents.send(intent);\n    const { attentions }",
    instead: "    this.#intents.send(intent);\n    const { attentions }",
    caughtBy: SIMULATION,
  },
  {
    name: "no-check-before-move",
    breaks: "no command goes out before its elements were asked",
    file: JOURNAL,
    text: "    const before = await this.#check(attempt);\n",
    instead:
      "    const before = await this.#read(step);\n    if (before === null) await this.#check(attempt);\n",
    caughtBy: SIMULATION,
  },
  {
    name: "gripper-not-checked-before-move",
    breaks: "no command goes out while a transport holds a cartridge",
    file: JOURNAL,
    text: "if (handsFree && asExpected) return elements;",
    instead: "if (asExpected) return elements;",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "swap-source-and-target",
    breaks: "a cartridge goes from its source to its target",
    file: JOURNAL,
    text: "this.#changer.move({ transport, source, target })",
    instead:
      "this.#changer.move({ transport, source: target, target: source })",
    caughtBy: SIMULATION,
  },
  {
    name: "blind-retry",
    breaks: "no move is sent again before its elements were asked",
    file: JOURNAL,
    text: "() => this.#changer.move({ transport, source, target })",
    instead:
      "() => this.#changer.move({ transport, source, target }).catch(() => this.#changer.move({ transport, source, target }))",
    caughtBy: SIMULATION,
  },
  {
    name: "good-answer-believed",
    breaks: "the elements are asked also after a good answer",
    file: JOURNAL,
    text: "      after = await this.#verify(attempt, attentions);\n",
    instead:
      "      after = before;\n      if (after === null) await this.#verify(attempt, attentions);\n",
    caughtBy: SIMULATION,
  },
  {
    name: "put-away-believed",
    breaks: "the transport is asked after it was to put its cartridge away",
    file: "src/manager/empty_transports.ts",
    text: "if (now?.full !== false) {",
    instead: "if (false) {",
    caughtBy: SIMULATION,
  },
  {
    name: "two-into-one-slot",
    breaks: "a slot that a cartridge is on its way to is no other one's",
    file: "src/manager/free_slots.ts",
    text: "      if (slot !== null) this.#taken.add(slot.id);\n",
    instead: "",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "place-not-written",
    breaks: "a confirmed step writes where the cartridge now is",
    file: INTENTS,
    text: "      await moveCartridge(db, cartridgeId, source, target);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "overtaken-goes-on",
    breaks: "a service that another one has followed takes no robot step",
    file: "src/database/work.ts",
    text: "  if (row?.value === String(epoch)) return;\n",
    instead: "  if (row !== undefined) return;\n",
    caughtBy: test("tests/manager/stale_epoch_test.ts", "moves nothing more"),
  },
  {
    name: "overtaken-while-it-asks",
    breaks: "the epoch is asked for again before the command",
    file: INTENTS,
    text:
      '    return commit(this.#context, "stepSent", async (db) => {\n      await requireEpoch(db, epoch);\n',
    instead:
      '    return commit(this.#context, "stepSent", async (db) => {\n      if (epoch < 0) await requireEpoch(db, epoch);\n',
    caughtBy: test("tests/manager/stale_epoch_test.ts", "is not sent"),
  },
  {
    name: "step-not-written-is-trusted",
    breaks: "a step whose end could not be written down needs an inventory",
    file: JOURNAL,
    text: "if (!(error instanceof NtmsError)) throw error;",
    instead: "throw error;",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "unsettled-step-passed-over",
    breaks: "nothing is done with an element of which a step is not settled",
    file: JOURNAL,
    text: "    this.#requireSettled(step);\n",
    instead: "",
    caughtBy: test("tests/manager/robot_test.ts", "is not settled"),
  },
];
