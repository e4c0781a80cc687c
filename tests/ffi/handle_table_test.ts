import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import {
  acquireHandle,
  closeHandle,
  ErrnoError,
  loadNativeLibrary,
  LONGEST_PAYLOAD,
  openHandle,
  releaseHandle,
} from "../../ffi/mod.ts";
import { inWorkers, runDeno } from "./_build.ts";

loadNativeLibrary();

const KIND = 9;

/** What a call gives, or the code of the error that it throws. */
function outcome<T>(call: () => T): T | string {
  try {
    return call();
  } catch (error) {
    if (error instanceof ErrnoError) return error.code;
    throw error;
  }
}

/** The table as it should behave. */
interface ModelHandle {
  readonly handle: bigint;
  readonly kind: number;
  readonly payload: Uint8Array;
  open: boolean;
  references: number;
}

const kinds = fc.integer({ min: 1, max: 63 });
const steps = fc.array(
  fc.oneof(
    fc.record({
      step: fc.constant("open" as const),
      kind: kinds,
      payload: fc.uint8Array({ maxLength: 64 }),
    }),
    fc.record({
      step: fc.constantFrom("acquire", "release", "close"),
      which: fc.nat(),
      otherKind: fc.option(kinds, { freq: 4 }),
    }),
  ),
  { maxLength: 200 },
);

function expected(step: string, model: ModelHandle, kind: number): unknown {
  const alive = model.kind === kind && (model.open || model.references > 0);
  if (!alive) return "EBADF";
  switch (step) {
    case "acquire":
      if (!model.open) return "EBADF";
      model.references++;
      return model.payload;
    case "release":
      if (model.references === 0) return "EBADF";
      model.references--;
      return undefined;
    default:
      if (!model.open) return "EBADF";
      model.open = false;
      return model.references;
  }
}

Deno.test("the handle table does what its model does, whatever the order", () => {
  const calls: Record<string, (handle: bigint, kind: number) => unknown> = {
    acquire: acquireHandle,
    release: releaseHandle,
    close: closeHandle,
  };
  fc.assert(fc.property(steps, (sequence) => {
    const models: ModelHandle[] = [];
    for (const item of sequence) {
      if (item.step === "open") {
        const { kind, payload } = item;
        const handle = openHandle(kind, payload);
        assert(!models.some((model) => model.handle === handle));
        models.push({ handle, kind, payload, open: true, references: 0 });
        continue;
      }
      const model = "which" in item && models[item.which % models.length];
      if (!model) continue;
      const kind = item.otherKind ?? model.kind;
      assertEquals(
        outcome(() => calls[item.step]?.(model.handle, kind)),
        expected(item.step, model, kind),
      );
    }
    for (const model of models) {
      if (model.open) closeHandle(model.handle, model.kind);
      while (model.references-- > 0) releaseHandle(model.handle, model.kind);
    }
  }));
});

Deno.test("openHandle() copies the payload and takes up to 4096 bytes", () => {
  const payload = crypto.getRandomValues(new Uint8Array(LONGEST_PAYLOAD));
  const copy = payload.slice();
  const handle = openHandle(KIND, payload);
  payload.fill(0);
  const first = acquireHandle(handle, KIND);
  first.fill(1);
  assertEquals(acquireHandle(handle, KIND), copy);
  releaseHandle(handle, KIND);
  releaseHandle(handle, KIND);
  closeHandle(handle, KIND);
  assertThrows(
    () => openHandle(KIND, new Uint8Array(LONGEST_PAYLOAD + 1)),
    RangeError,
    "4096",
  );
  for (const kind of [0, 64, -1, 1.5, NaN]) {
    assertThrows(() => openHandle(kind, new Uint8Array(1)), RangeError, "kind");
  }
});

Deno.test("a number that was never given is EBADF, also beyond 64 bits", () => {
  const handle = openHandle(KIND, new Uint8Array([1]));
  const wrong = [
    0n,
    -1n,
    -handle,
    handle + (1n << 64n),
    handle - (1n << 64n),
    handle ^ 1n,
    handle + (1n << 17n),
    1n << 63n,
    (1n << 63n) - 1n,
  ];
  for (const number of wrong) {
    assertEquals(outcome(() => acquireHandle(number, KIND)), "EBADF");
    assertEquals(outcome(() => releaseHandle(number, KIND)), "EBADF");
    assertEquals(outcome(() => closeHandle(number, KIND)), "EBADF");
  }
  assertEquals(outcome(() => acquireHandle(handle, KIND + 256)), "EBADF");
  assertEquals(closeHandle(handle, KIND), 0);
});

Deno.test("a stale number never reaches a newer handle", () => {
  const stale = openHandle(KIND, new Uint8Array([1]));
  closeHandle(stale, KIND);
  for (let round = 0; round < 10_000; round++) {
    const handle = openHandle(KIND, new Uint8Array([2]));
    assertNotEquals(handle, stale);
    assertEquals(outcome(() => acquireHandle(stale, KIND)), "EBADF");
    closeHandle(handle, KIND);
  }
});

Deno.test("the table holds 65,536 handles at once", () => {
  const handles = Array.from(
    { length: 65_536 },
    (_, i) => openHandle(KIND, new Uint8Array([i & 255, i >> 8])),
  );
  assertEquals(new Set(handles).size, 65_536);
  assertEquals([...acquireHandle(handles[54_321] ?? 0n, KIND)], [49, 212]);
  releaseHandle(handles[54_321] ?? 0n, KIND);
  for (const handle of handles) closeHandle(handle, KIND);
});

/** What `_handle_worker.ts` counts. */
interface Tally {
  readonly right: number;
  readonly wrong: number;
  readonly refused: number;
}

function useMany(handle: bigint, expectedByte: number, calls: number): Tally {
  const tally = { right: 0, wrong: 0, refused: 0 };
  for (let i = 0; i < calls; i++) {
    const bytes = outcome(() => acquireHandle(handle, KIND));
    if (typeof bytes === "string") {
      tally.refused++;
      continue;
    }
    if (bytes.every((byte) => byte === expectedByte)) tally.right++;
    else tally.wrong++;
    releaseHandle(handle, KIND);
  }
  return tally;
}

Deno.test("one handle serves the main thread and 8 Workers at once", async () => {
  const handle = openHandle(KIND, new Uint8Array(100).fill(7));
  const message = { handle, kind: KIND, expectedByte: 7, calls: 10_000 };
  const workers = inWorkers<Tally>(
    "./_handle_worker.ts",
    Array.from({ length: 8 }, () => message),
  );
  const own = useMany(handle, 7, 10_000);
  for (const tally of [own, ...await workers]) {
    assertEquals(tally, { right: 10_000, wrong: 0, refused: 0 });
  }
  // Every Worker gave back what it took, so nothing is out.
  assertEquals(closeHandle(handle, KIND), 0);
});

Deno.test("closed in one Worker while others call, each call ends right or EBADF", async () => {
  const handle = openHandle(KIND, new Uint8Array(100).fill(5));
  const use = { handle, kind: KIND, expectedByte: 5, untilRefused: true };
  const tallies = await inWorkers<Tally>("./_handle_worker.ts", [
    ...Array.from({ length: 7 }, () => use),
    { handle, kind: KIND, expectedByte: 5, calls: 5_000, close: true },
  ]);
  for (const tally of tallies) assertEquals(tally.wrong, 0);
  assertEquals(tallies.slice(0, 7).map(({ refused }) => refused), [
    ...new Array<number>(7).fill(1),
  ]);
  assertEquals(outcome(() => acquireHandle(handle, KIND)), "EBADF");
});

Deno.test("a handle outlives the Worker that opened it", async () => {
  const [handle] = await inWorkers<bigint>("./_handle_worker.ts", [
    { open: new Uint8Array([3, 1, 4]), kind: KIND },
  ]);
  assertEquals([...acquireHandle(handle ?? 0n, KIND)], [3, 1, 4]);
  releaseHandle(handle ?? 0n, KIND);
  closeHandle(handle ?? 0n, KIND);
});

Deno.test("a number of another process is EBADF", async () => {
  const handle = openHandle(KIND, new Uint8Array([1]));
  // The first number of the other process has the same index and kind.
  const answer = await runDeno("./_handle_child.ts", [
    String(handle),
    String(KIND),
  ]);
  const theirs = BigInt(answer.split(" ")[1] ?? "0");
  assertEquals(answer.split(" ")[0], "EBADF");
  assert(theirs > 0n);
  assertEquals(outcome(() => acquireHandle(theirs, KIND)), "EBADF");
  closeHandle(handle, KIND);
});
