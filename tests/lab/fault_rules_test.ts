import { assertEquals, assertThrows } from "@std/assert";
import { FaultPlan, parseFaultRules } from "./fault_rules.ts";

const MOVE = 0xa5;
const CHANGER_LUN = 1;

function plan(...rules: string[]): FaultPlan {
  const made = new FaultPlan();
  made.update(rules.join("\n"), 1);
  return made;
}

/** Which of `count` moves in a row meet a rule. */
function met(of: FaultPlan, count: number): (string | undefined)[] {
  return Array.from(
    { length: count },
    () => of.take(MOVE, CHANGER_LUN)?.text,
  );
}

Deno.test("a fault rule spoils one command, and no other opcode or unit", () => {
  const rules = plan("a5 lun=1 sense=4/15/01");
  assertEquals(rules.take(0xb8, CHANGER_LUN), undefined);
  assertEquals(rules.take(MOVE, 2), undefined);
  assertEquals(rules.take(MOVE, CHANGER_LUN)?.sense, [0x4, 0x15, 0x01]);
  assertEquals(rules.take(MOVE, CHANGER_LUN), undefined);
});

Deno.test("a fault rule lets skip commands pass, then spoils count of them", () => {
  const rule = "a5 skip=2 count=2 status=08";
  assertEquals(met(plan(rule), 6), [
    ...[undefined, undefined, rule, rule],
    ...[undefined, undefined],
  ]);
});

Deno.test("a fault rule with count=0 spoils every command", () => {
  const rule = "any count=0 lose";
  assertEquals(met(plan(rule), 3), [rule, rule, rule]);
});

Deno.test("the second fault rule counts only what the first one left", () => {
  assertEquals(met(plan("a5 cut=before", "a5 cut=after"), 3), [
    ...["a5 cut=before", "a5 cut=after", undefined],
  ]);
});

Deno.test("adding a fault rule keeps the counts, rewriting one restarts them", () => {
  const rules = plan("a5 lose");
  assertEquals(met(rules, 1), ["a5 lose"]);
  rules.update("a5 lose\na5 delay=1", 2);
  assertEquals(met(rules, 2), ["a5 delay=1", undefined]);
  rules.update("a5 lose\na5 delay=1", 3);
  assertEquals(met(rules, 2), ["a5 lose", "a5 delay=1"]);
});

Deno.test("parseFaultRules() passes over comments and empty lines", () => {
  assertEquals(parseFaultRules("# none\n\n   \n"), []);
});

Deno.test("parseFaultRules() refuses a rule it cannot read, quoting it", () => {
  const wrong = [
    ...["move sense=4/15/01", "a5 sens=4/15/01", "a5 sense=4/15"],
    ...["a5 count=-1", "a5 cut=later", "a5 status=100"],
  ];
  for (const rule of wrong) {
    assertThrows(() => parseFaultRules(rule), RangeError, `"${rule}"`);
  }
});
