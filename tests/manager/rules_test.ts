import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  nextSideState,
  SIDE_TRANSITIONS,
  type SideEvent,
} from "../../src/manager/lifecycle.ts";
import {
  isVerified,
  judgeStep,
  type StepVerdict,
} from "../../src/manager/reconcile.ts";
import { deferred, within } from "../../src/manager/waiting.ts";
import type { Element } from "../../src/changer/mod.ts";
import {
  INFINITE,
  NtmsError,
  SIDE_STATES,
  type SideState,
} from "../../src/model/mod.ts";
import { FakeClock } from "./fake_clock.ts";

Deno.test("a decommissioned side stays so, whatever happens", () => {
  const events: SideEvent[] = ["allocate", "reserve", "release", "deallocate"];
  for (const event of events) {
    const error = assertThrows(
      () => nextSideState("decommissioned", event),
      NtmsError,
    );
    assertEquals(error.code, "ERROR_INVALID_STATE");
  }
});

Deno.test("no sequence of events leads a side to an undocumented state", () => {
  const events: SideEvent[] = [
    "allocate",
    "reserve",
    "release",
    "deallocate",
    "decommission",
  ];
  const states: readonly SideState[] = [
    "unknown",
    "unprepared",
    "incompatible",
    "decommissioned",
    "available",
    "allocated",
    "complete",
    "foreign",
    "import",
    "reserved",
  ];
  fc.assert(fc.property(
    fc.constantFrom(...states),
    fc.array(fc.constantFrom(...events)),
    (start, sequence) => {
      let state = start;
      for (const event of sequence) {
        if (SIDE_TRANSITIONS[event][state] === undefined) continue;
        state = nextSideState(state, event);
        assertEquals(state in SIDE_STATES, true);
      }
    },
  ));
});

function element(full: boolean, barCode: string | null = null): Element {
  return {
    elementAddress: 1,
    type: "storage",
    full,
    accessible: true,
    barCode,
    sourceAddress: null,
    exception: null,
    cleaning: false,
    byOperator: false,
    driveSerialNumber: "",
  };
}

const X = element(true, "X");
const Y = element(true, "Y");
const UNREADABLE = element(true);
const EMPTY = element(false);

/** The reconcile table: source, target, transport, and what it says of X. */
const RECONCILE: readonly (readonly [
  source: Element | undefined,
  target: Element | undefined,
  transport: Element,
  verdict: StepVerdict,
])[] = [
  [X, EMPTY, EMPTY, "never happened"],
  [UNREADABLE, EMPTY, EMPTY, "never happened"],
  [EMPTY, X, EMPTY, "happened"],
  [EMPTY, UNREADABLE, EMPTY, "happened"],
  [EMPTY, EMPTY, X, "in the gripper"],
  [EMPTY, EMPTY, UNREADABLE, "in the gripper"],
  [X, Y, EMPTY, "target taken"],
  [Y, EMPTY, EMPTY, "moved by others"],
  [Y, X, EMPTY, "moved by others"],
  [EMPTY, Y, EMPTY, "moved by others"],
  [EMPTY, EMPTY, EMPTY, "lost"],
  [EMPTY, EMPTY, Y, "lost"],
  [UNREADABLE, EMPTY, X, "moved by others"],
  [UNREADABLE, X, EMPTY, "moved by others"],
  [EMPTY, UNREADABLE, X, "moved by others"],
  [undefined, EMPTY, EMPTY, "not told"],
  [X, undefined, EMPTY, "not told"],
];

for (const [source, target, transport, verdict] of RECONCILE) {
  const label = (one: Element | undefined) =>
    one === undefined ? "-" : one.full ? one.barCode ?? "?" : "empty";
  Deno.test(`reconcile: source ${label(source)}, target ${label(target)}, transport ${label(transport)}: ${verdict}`, () => {
    assertEquals(
      judgeStep({ source, target, transports: [transport] }, "X"),
      verdict,
    );
  });
}

Deno.test("reconcile: without bar codes full and empty decide, and the verdict is not verified", () => {
  const elements = { source: EMPTY, target: UNREADABLE, transports: [EMPTY] };
  assertEquals(judgeStep(elements, ""), "happened");
  assertEquals(isVerified(elements, ""), false);
  assertEquals(isVerified({ ...elements, target: X }, "X"), true);
});

Deno.test("a wait ends with its promise, its time or its signal, whichever is first", async () => {
  const clock = new FakeClock();
  const limits = { clock, timeoutMs: 100, what: "The wait" };
  assertEquals(await within(Promise.resolve(7), limits), 7);
  const late = within(deferred<void>().promise, limits);
  clock.advance(99);
  clock.advance(1);
  assertEquals(
    (await assertRejects(() => late, NtmsError)).code,
    "ERROR_TIMEOUT",
  );
  const stop = new AbortController();
  const stopped = within(deferred<void>().promise, {
    ...limits,
    signal: stop.signal,
  });
  stop.abort();
  const error = await assertRejects(() => stopped, NtmsError);
  assertEquals(error.code, "ERROR_CANCELLED");
});

Deno.test("a wait may be longer than one timer of the runtime, and for ever", async () => {
  const clock = new FakeClock();
  const long = within(deferred<void>().promise, {
    clock,
    timeoutMs: 0xffff_fffe,
    what: "The wait",
  });
  clock.advance(0xffff_fffd);
  let ended = false;
  const end = assertRejects(() => long, NtmsError).then(() => ended = true);
  await Promise.resolve();
  assertEquals(ended, false);
  clock.advance(1);
  await end;
  const forever = deferred<string>();
  const wait = within(forever.promise, {
    clock,
    timeoutMs: INFINITE,
    what: "The wait",
  });
  clock.advance(0xffff_ffff);
  forever.resolve("at last");
  assertEquals(await wait, "at last");
});
