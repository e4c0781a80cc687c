import { assertEquals, assertRejects } from "@std/assert";
import { CALLS_IN_FLIGHT, throughGate } from "../../ffi/gate.ts";

/** Calls that end when they are told to. */
class Calls {
  readonly started: number[] = [];
  readonly ends: PromiseWithResolvers<void>[] = [];

  make(number: number, signal?: AbortSignal): Promise<number> {
    const end = Promise.withResolvers<void>();
    this.ends[number] = end;
    return throughGate(async () => {
      this.started.push(number);
      await end.promise;
      return number;
    }, signal);
  }

  end(number: number): void {
    this.ends[number]?.resolve();
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

Deno.test("throughGate() lets 24 calls out and the others in order", async () => {
  const calls = new Calls();
  const all = numbers(30).map((number) => calls.make(number));
  await settle();
  assertEquals(calls.started, numbers(CALLS_IN_FLIGHT));
  calls.end(5);
  assertEquals(await all[5], 5);
  await settle();
  assertEquals(calls.started, numbers(25));
  calls.end(24);
  calls.end(3);
  await settle();
  assertEquals(calls.started, numbers(27));
  for (const number of numbers(30)) calls.end(number);
  assertEquals(await Promise.all(all), numbers(30));
  assertEquals(calls.started, numbers(30));
});

Deno.test("throughGate() gives the place of a call that fails to the next", async () => {
  const failures = numbers(60).map((number) =>
    throughGate(() => Promise.reject(new Error(`call ${number}`)))
  );
  const outcomes = await Promise.allSettled(failures);
  assertEquals(outcomes.every(({ status }) => status === "rejected"), true);
  assertEquals(await throughGate(() => Promise.resolve("room")), "room");
});

Deno.test("throughGate() lets an aborted call leave the line, but not one that is out", async () => {
  const calls = new Calls();
  const out = new AbortController(), waiting = new AbortController();
  const all = numbers(CALLS_IN_FLIGHT)
    .map((number) => calls.make(number, out.signal));
  const leaver = calls.make(24, waiting.signal);
  const stayer = calls.make(25);
  waiting.abort(new RangeError("given up"));
  out.abort();
  await assertRejects(() => leaver, RangeError, "given up");
  for (const number of numbers(CALLS_IN_FLIGHT)) calls.end(number);
  assertEquals(await Promise.all(all), numbers(CALLS_IN_FLIGHT));
  calls.end(25);
  assertEquals(await stayer, 25);
  assertEquals(calls.started, [...numbers(CALLS_IN_FLIGHT), 25]);
  await assertRejects(
    () => calls.make(26, AbortSignal.abort(new RangeError("too late"))),
    RangeError,
    "too late",
  );
});
