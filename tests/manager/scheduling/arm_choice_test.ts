import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  chooseSteps,
  type ReadyStep,
} from "../../../src/manager/scheduling/mod.ts";

const NOW = 1_000_000;

function step(id: string, more: Partial<ReadyStep> = {}): ReadyStep {
  return { id, kind: "mount", priority: 0, readySince: NOW, from: 0, ...more };
}

function first(steps: readonly ReadyStep[], position = 0): string | undefined {
  return chooseSteps([{ id: "arm", position }], steps, NOW)[0]?.stepId;
}

Deno.test("an arm takes steps for dismounts first, then by priority, then the nearest", () => {
  const near = step("near", { from: 1 });
  const far = step("far", { from: 9 });
  assertEquals(first([far, near]), "near");
  assertEquals(first([far, near], 8), "far");
  const urgent = step("urgent", { from: 99, priority: 1 });
  assertEquals(first([near, urgent]), "urgent");
  const dismount = step("dismount", { from: 999, kind: "dismount" });
  assertEquals(first([near, urgent, dismount]), "dismount");
});

Deno.test("a step that was ready for a minute is overtaken by none that is nearer", () => {
  const old = step("old", { from: 99, readySince: NOW - 60_000 });
  const older = step("older", { from: 999, readySince: NOW - 60_001 });
  assertEquals(first([step("near"), old]), "old");
  assertEquals(first([step("near"), old, older]), "older");
  const young = step("young", { from: 99, readySince: NOW - 59_999 });
  assertEquals(first([step("near"), young]), "near");
});

Deno.test("each free arm gets a step of its own, as many as there are, the same for the same steps", () => {
  const anyStep = fc.record({
    kind: fc.constantFrom("dismount" as const, "mount" as const),
    priority: fc.integer({ min: -1, max: 1 }),
    readySince: fc.integer({ min: NOW - 100_000, max: NOW }),
    from: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(fc.property(
    fc.array(anyStep, { maxLength: 6 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
    (parts, positions) => {
      const steps = parts.map((part, index) => step(String(index), part));
      const arms = positions.map((position, index) => ({
        id: `arm ${index}`,
        position,
      }));
      const choices = chooseSteps(arms, steps, NOW);
      assertEquals(choices.length, Math.min(arms.length, steps.length));
      for (const key of ["armId", "stepId"] as const) {
        const ids = choices.map((choice) => choice[key]);
        assertEquals(new Set(ids).size, ids.length);
      }
      const left = steps.filter(({ id }) =>
        choices.every(({ stepId }) => stepId !== id)
      );
      for (const { stepId } of choices) {
        const taken = steps.find(({ id }) => id === stepId);
        assert(
          left.every((other) =>
            other.kind === "mount" || taken?.kind === "dismount"
          ),
        );
      }
      assertEquals(chooseSteps(arms, steps, NOW), choices);
    },
  ));
});
