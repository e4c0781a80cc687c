import { assert, assertEquals, assertThrows } from "@std/assert";
import { TOP } from "../../tools/imports.ts";
import { type Mutant, mutate, SIMULATION } from "../../tools/mutants/mutant.ts";
import { failureIn, failureLine } from "../../tools/mutants/outcome_lines.ts";
import { MUTANTS } from "../../tools/mutants/table.ts";

const MUTANT: Mutant = {
  name: "no-lock",
  breaks: "a drive is locked",
  file: "src/x.ts",
  text: "lock();",
  instead: "",
  caughtBy: SIMULATION,
};

for (const mutant of MUTANTS) {
  Deno.test(`the code that mutant ${mutant.name} breaks is there exactly once`, async () => {
    const source = await Deno.readTextFile(new URL(mutant.file, TOP));
    assert(mutate(source, mutant) !== source);
  });
}

Deno.test("mutants have names of their own, and tests that exist", async () => {
  const names = MUTANTS.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  for (const { caughtBy } of MUTANTS) {
    if (caughtBy.by !== "test") continue;
    const source = await Deno.readTextFile(new URL(caughtBy.file, TOP));
    assert(
      source.includes(caughtBy.test),
      `${caughtBy.file}: ${caughtBy.test}`,
    );
  }
});

Deno.test("a change goes in where its text is, and is refused where that is not there once", () => {
  assertEquals(mutate("open(); lock(); read();", MUTANT), "open();  read();");
  for (const source of ["open();", "lock(); lock();"]) {
    assertThrows(() => mutate(source, MUTANT), TypeError, MUTANT.name);
  }
});

Deno.test("the failure of a seed is found among other lines", () => {
  const failure = { seed: 7, steps: 12, violation: "I2: two\nin one" };
  assertEquals(failureIn(`noise\n${failureLine(failure)}\nmore`), failure);
  assertEquals(failureIn("noise"), null);
});
