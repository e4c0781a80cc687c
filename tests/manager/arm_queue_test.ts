import { assertEquals, assertRejects } from "@std/assert";
import { ArmQueue, type Urgency } from "../../src/manager/arm_queue.ts";
import { systemClock } from "../../src/model/system.ts";

/** Has an arm do steps while it is kept busy by a first one; the order it took them in. */
async function orderOf(
  steps: readonly { from: number; requestId: string | null }[],
  urgencies: ReadonlyMap<string, Urgency> = new Map(),
  beforeAll = false,
): Promise<number[]> {
  const arm = new ArmQueue(systemClock, urgencies);
  const order: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const place = (elementAddress: number) => ({ elementAddress });
  const target = place(100);
  const busy = arm.step(
    { source: place(0), target, requestId: null },
    () => promise,
  );
  const works = steps.map(({ from, requestId }) =>
    arm.step({ source: place(from), target, requestId }, () => {
      order.push(from);
      return Promise.resolve();
    })
  );
  if (beforeAll) {
    works.push(arm.first(() => {
      order.push(-1);
      return Promise.resolve();
    }));
  }
  resolve();
  await busy;
  await Promise.all(works);
  return order;
}

Deno.test("of the steps that wait for the arm the nearest is taken first", async () => {
  const steps = [300, 110, 90, 500].map((from) => ({ from, requestId: null }));
  assertEquals(await orderOf(steps), [110, 90, 300, 500]);
});

Deno.test("a step is taken as its request is urgent", async () => {
  const urgencies = new Map<string, Urgency>([
    ["high", { kind: "mount", priority: 5 }],
    ["dismount", { kind: "dismount", priority: 0 }],
  ]);
  const steps = [
    { from: 101, requestId: null },
    { from: 500, requestId: "high" },
    { from: 900, requestId: "dismount" },
  ];
  assertEquals(await orderOf(steps, urgencies), [900, 500, 101]);
});

Deno.test("what has the arm before all others does not wait for steps that wait", async () => {
  const steps = [{ from: 101, requestId: null }];
  assertEquals(await orderOf(steps, new Map(), true), [-1, 101]);
});

Deno.test("a step that fails gives the arm to the next one", async () => {
  const arm = new ArmQueue(systemClock, new Map());
  const place = { elementAddress: 1 };
  const step = { source: place, target: place, requestId: null };
  const failed = arm.step(step, () => Promise.reject(new Error("dropped")));
  const next = arm.step(step, () => Promise.resolve("taken"));
  await assertRejects(() => failed, Error, "dropped");
  assertEquals(await next, "taken");
});
