import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  BUILT_IN_LIBRARIES,
  type LabelReadPlan,
  labelReadPlan,
  type MediaLabelLibrary,
} from "../../src/labels/mod.ts";
import { ask } from "./ask.ts";
import { ascii } from "./made_labels.ts";

function library(
  maxMediaLabel: () => number,
  reach?: MediaLabelLibrary["reach"],
): MediaLabelLibrary {
  return {
    name: "Site",
    maxMediaLabel,
    claimMediaLabel: () => ({ status: "ERROR_BAD_FORMAT" }),
    ...reach && { reach },
  };
}

Deno.test("the plan has the most that any library asks for", () => {
  const plan: LabelReadPlan = labelReadPlan([
    library(() => 512),
    library(() => 80, { records: 3, fileMarks: 2 }),
  ]);
  assertEquals(plan, {
    records: 3,
    fileMarks: 2,
    recordBytes: 512,
    bufferBytes: 1_048_576,
  });
});

Deno.test("the plan reaches the labels of every built-in library", () => {
  const { records, fileMarks, recordBytes } = labelReadPlan(BUILT_IN_LIBRARIES);
  assertEquals([records, fileMarks, recordBytes], [10, 1, 1_048_576]);
});

Deno.test("a library with impossible wishes gets nothing for them, and is reported", async () => {
  const throwing = () => {
    throw new Error("not today");
  };
  const wrong: readonly (readonly [MediaLabelLibrary, string])[] = [
    [library(throwing), "not today"],
    [library(() => 0), '"maxMediaLabel" gives 0'],
    [library(() => NaN), '"maxMediaLabel" gives NaN'],
    [library(() => 1.5), '"maxMediaLabel" gives 1.5'],
    [library(() => 1_048_577), '"maxMediaLabel" gives 1048577'],
    [library(() => 1, { records: 17 }), '"reach.records" gives 17'],
    [library(() => 1, { records: 0 }), '"reach.records" gives 0'],
    [library(() => 1, { fileMarks: -1 }), '"reach.fileMarks" gives -1'],
  ];
  const modest = labelReadPlan([]);
  for (const [site, message] of wrong) {
    assertEquals(labelReadPlan([site]), modest);
    const { faults } = await ask(ascii("x"), site);
    assertStringIncludes(faults[0]?.message ?? "", message);
  }
});
