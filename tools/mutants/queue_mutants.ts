/**
 * Mutants of the queue: what may run side by side, and when nothing may run.
 *
 * @module
 */

import { type Mutant, SIMULATION, test } from "./mutant.ts";

const QUEUE = "src/manager/work_queue.ts";

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
    text: "    for (const { id } of drives) this.#busyDrives.add(id);\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "mounted-cartridge-not-locked",
    breaks: "a mounted cartridge is nobody else's",
    file: QUEUE,
    text: "          ...snapshot.mounted.keys(),\n",
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "inventory-not-exclusive",
    breaks: "nothing else runs during an inventory",
    file: QUEUE,
    text: '    this.#exclusive = item.kind === "inventory";\n',
    instead: "",
    caughtBy: SIMULATION,
  },
  {
    name: "inventory-does-not-wait",
    breaks: "an inventory waits for the robot to finish",
    file: "src/manager/schedule.ts",
    text: "return situation.working\n",
    instead: "return situation.working && situation.now < 0\n",
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
];
