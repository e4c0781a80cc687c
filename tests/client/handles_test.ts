import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  acquireSessionHandle,
  closeSessionHandle,
  openSessionHandle,
} from "../../src/client/mod.ts";
import { closeHandle, ErrnoError, openHandle } from "../../ffi/mod.ts";
import { LIMITS, NtmsError } from "../../src/model/mod.ts";

const TOKEN = {
  address: "unix:/run/rsm/rsm.sock",
  id: "0123abcd-0000-4000-8000-000000000001",
  secret: "f".repeat(64),
  application: "Backup",
  server: "localhost",
  leaseSeconds: 60,
};

function code(act: () => unknown): string {
  return assertThrows(act, NtmsError).code;
}

Deno.test("a handle gives back the token it was made of", () => {
  const token = fc.record({
    address: fc.string(),
    id: fc.uuid(),
    secret: fc.string(),
    application: fc.string({ maxLength: 64 }),
    server: fc.string(),
    leaseSeconds: fc.integer(),
  }, { noNullPrototype: true });
  fc.assert(
    fc.property(token, (given) => {
      const handle = openSessionHandle(given);
      using held = acquireSessionHandle(handle);
      assertEquals(held.token, given);
      assertEquals(closeSessionHandle(handle), given);
    }),
    { numRuns: 30 },
  );
});

Deno.test("a closed handle is invalid, also while somebody holds it", () => {
  const handle = openSessionHandle(TOKEN);
  using held = acquireSessionHandle(handle);
  assertEquals(closeSessionHandle(handle), TOKEN);
  assertEquals(
    code(() => acquireSessionHandle(handle)),
    "ERROR_INVALID_HANDLE",
  );
  assertEquals(code(() => closeSessionHandle(handle)), "ERROR_INVALID_HANDLE");
  assertEquals(held.token, TOKEN);
  assertEquals(openSessionHandle(TOKEN) === handle, false);
});

Deno.test("a number that is no handle of a session is invalid", () => {
  const other = openHandle(2, new Uint8Array([1]));
  for (const handle of [0n, -1n, 1n, 2n ** 63n, 2n ** 64n + 1n, other]) {
    assertEquals(
      code(() => acquireSessionHandle(handle)),
      "ERROR_INVALID_HANDLE",
    );
  }
});

Deno.test("a token that is too long for the table is the programmer's mistake", () => {
  assertThrows(
    () => openSessionHandle({ ...TOKEN, address: "x".repeat(5_000) }),
    RangeError,
  );
});

Deno.test("one process has no more handles than the limit says", () => {
  const handles: bigint[] = [];
  const open = () => handles.push(openHandle(2, new Uint8Array(1)));
  // Other tests of this process have opened some already.
  assertThrows(() => {
    while (handles.length <= LIMITS.handles) open();
  }, ErrnoError);
  assert(handles.length > LIMITS.handles - 1_000);
  assertEquals(
    code(() => openSessionHandle(TOKEN)),
    "ERROR_NOT_ENOUGH_MEMORY",
  );
  closeHandle(handles.pop() ?? 0n, 2);
  closeSessionHandle(openSessionHandle(TOKEN));
  for (const handle of handles) closeHandle(handle, 2);
});
