/**
 * Mutants of labels, drives and what cleans them.
 *
 * @module
 */

import { LONG_SIMULATION, type Mutant, test } from "./mutant.ts";

/** See the module. */
export const CARE_MUTANTS: readonly Mutant[] = [
  {
    name: "label-not-compared",
    breaks: "no medium is handed out for another one whose label is known",
    file: "src/manager/labels_at_mount.ts",
    text: '  if (verdict === "same" || verdict === "keep") return;\n',
    instead: '  if (verdict !== "doubt") return;\n',
    caughtBy: test("tests/manager/labels_at_mount_test.ts", "is not handed"),
  },
  {
    name: "free-label-written-unseen",
    breaks: "what is on a medium is looked at before a free label is written",
    file: "src/manager/preparation.ts",
    text: "await requireExpected(context, medium, driveId, found);",
    instead: "false;",
    caughtBy: test(
      "tests/manager/preparation_test.ts",
      "exchanged after it was moved",
    ),
  },
  {
    name: "uses-go-up",
    breaks: "a cleaning takes a use of the cleaning cartridge",
    file: "src/manager/cleaners.ts",
    text: "const uses = cleanerUsesRemaining - 1;",
    instead: "const uses = cleanerUsesRemaining + 1;",
    caughtBy: test("tests/manager/cleaning_test.ts", "takes one use"),
  },
  {
    name: "failed-drive-untold",
    breaks: "a person is asked to see to what is taken out of service",
    file: "src/manager/device_failures.ts",
    text: "  await askOperatorOnce(db, context, {",
    instead: "  await (async () => {})(db, context, {",
    caughtBy: LONG_SIMULATION,
  },
  {
    name: "end-told-again",
    breaks: "the end of a request is told once",
    file: "src/database/ends.ts",
    text: '  ` AND NEW."state" NOT IN (${list(UNFINISHED)})`;',
    instead: '  "";',
    caughtBy: test("tests/manager/notifications_test.ts", "the end of work"),
  },
];
