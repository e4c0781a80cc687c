/**
 * Mutants of the queue: what may run side by side, and when nothing may run.
 *
 * @module
 */

import { type Mutant, SIMULATION, test } from "./mutant.ts";

const QUEUE = "src/manager/work_queue.ts";
const SCHEDULING = "src/manager/scheduling";
const PROPERTIES = "tests/manager/scheduling/properties_test.ts";

/** See the module. */
export const QUEUE_MUTANTS: readonly Mutant[] = [
  {
    name: "no-cartridge-lock",
    breaks: "one piece of work at a time has hold of a cartridge",
    file: QUEUE,
    text:
      "    for (const id of busyCartridges) this.#busyCartridges.add(id);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "no-drive-lock",
    breaks: "one piece of work at a time has hold of a drive",
    file: QUEUE,
    text:
      "    for (const { id } of drives) this.#busyDrives.set(id, holding);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "mounted-cartridge-not-locked",
    breaks: "a mounted cartridge is nobody else's",
    file: QUEUE,
    text: "        ...snapshot.mounted.keys(),\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "inventory-not-exclusive",
    breaks: "nothing else runs during an inventory",
    file: QUEUE,
    text:
      '    this.#exclusive = item.kind === "inventory" || item.kind === "door";\n',
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "inventory-does-not-wait",
    breaks: "an inventory waits for the robot to finish",
    file: "src/manager/scheduling/decide.ts",
    text: "      return working\n",
    instead: "      return working && drives.length < 0\n",
    caughtBy: SIMULATION,
  },
  {
    name: "not-frozen",
    breaks:
      "nothing but an inventory starts in a library that is not understood",
    file: QUEUE,
    text: "    this.#frozen = reason;\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "stale-dismount",
    breaks: "a late dismount leaves alone what is in the drive by then",
    file: "src/manager/robot.ts",
    text: "    if (cartridge?.id !== cartridgeId) return;\n",
    instead: "    if (cartridge === null) return;\n",
    // A dismount goes before mounts, so that this is a second line of defence.
    caughtBy: test("tests/manager/robot_test.ts", "leaves alone"),
  },
  {
    name: "dismount-of-anybody",
    breaks: "a mount is ended by its own application only",
    file: "src/manager/dismounting.ts",
    text: "    if (!own) {",
    instead: "    if (false) {",
    caughtBy: SIMULATION,
  },
  {
    name: "priority-upside-down",
    breaks: "higher priorities go first",
    file: `${SCHEDULING}/order.ts`,
    text: "b.priority - a.priority",
    instead: "a.priority - b.priority",
    caughtBy: test(PROPERTIES, "no mount gets a drive that one of higher"),
  },
  {
    name: "several-keep-nothing",
    breaks: "a mount of several does not wait for ever behind mounts of one",
    file: `${SCHEDULING}/drive_choice.ts`,
    text: "  if (work.media.length < 2) return null;\n",
    instead: "  if (work.media.length > 0) return null;\n",
    caughtBy: test(PROPERTIES, "a mount of several comes about although"),
  },
  {
    name: "kept-from-who-holds-on",
    breaks: "what is kept for a mount locks nobody who holds a drive",
    file: `${SCHEDULING}/room.ts`,
    text: "    return holder !== null && this.#waiting.has(holder) &&\n",
    instead: '    return holder === "" && this.#waiting.has(holder) &&\n',
    caughtBy: test(PROPERTIES, "whatever is asked for comes about in the end"),
  },
  {
    name: "never-due",
    breaks: "no request is overtaken for longer than the limit says",
    file: `${SCHEDULING}/order.ts`,
    text: "  return ageingLimitMs / 2;\n",
    instead: "  return ageingLimitMs * 99;\n",
    caughtBy: test(PROPERTIES, "no request is overtaken for longer than"),
  },
  {
    name: "dismounted-cartridge-free",
    breaks: "what a dismount is about is nobody else's, wherever it is",
    file: "src/manager/scheduling/room.ts",
    text:
      '    case "transfer":\n    case "clean":\n    case "dismount":\n      return [',
    instead:
      '    case "dismount":\n      return [];\n    case "transfer":\n    case "clean":\n      return [',
    caughtBy: test(
      "tests/manager/scheduling/decide_test.ts",
      "what a dismount is about",
    ),
  },
];
