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

/** Steps that end when they are told to; how many are under way, and by which transports. */
function twoArms() {
  const arms = new ArmQueue(systemClock, new Map(), [1, 2]);
  const taken: [transport: number, from: number][] = [];
  const ends = new Map<number, () => void>();
  const place = (elementAddress: number) => ({ elementAddress });
  const step = (from: number, target: number, drive?: number) =>
    arms.step(
      {
        source: place(from),
        target: place(target),
        requestId: null,
        ...(drive === undefined ? {} : { drive: place(drive) }),
      },
      (transport) => {
        taken.push([transport, from]);
        return new Promise<void>((resolve) => ends.set(from, resolve));
      },
    );
  return { arms, taken, ends, step };
}

Deno.test("two arms take two steps at once, and the third when one is free", async () => {
  const { ends, step, taken } = twoArms();
  const steps = [step(10, 500), step(20, 501), step(30, 502)];
  assertEquals(taken, [[1, 10], [2, 20]]);
  ends.get(20)?.();
  await steps[1];
  await Promise.resolve();
  assertEquals(taken, [[1, 10], [2, 20], [2, 30]]);
  for (const end of ends.values()) end();
  await Promise.all(steps);
});

Deno.test("two arms are never at one element, also not at the drive of an exchange", async () => {
  const { ends, step, taken } = twoArms();
  const steps = [step(10, 11, 500), step(500, 40), step(11, 501), step(50, 60)];
  assertEquals(taken.map(([, from]) => from), [10, 50]);
  for (const from of [10, 50]) ends.get(from)?.();
  await Promise.all([steps[0], steps[3]]);
  await Promise.resolve();
  assertEquals(taken.map(([, from]) => from).slice(2).toSorted(), [11, 500]);
  for (const end of ends.values()) end();
  await Promise.all(steps);
});

Deno.test("what wants all arms waits for both, and keeps both", async () => {
  const { arms, ends, step, taken } = twoArms();
  const first = step(10, 500);
  let end = () => {};
  let began = false;
  const all = arms.first(() => {
    began = true;
    return new Promise<void>((resolve) => end = resolve);
  });
  const later = step(20, 501);
  assertEquals([began, taken.length], [false, 1]);
  ends.get(10)?.();
  await first;
  await Promise.resolve();
  assertEquals([began, taken.length], [true, 1]);
  end();
  await all;
  await Promise.resolve();
  assertEquals(taken.length, 2);
  ends.get(20)?.();
  await later;
});
