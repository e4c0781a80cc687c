import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Caller, type CallKey, NtmsError } from "../../src/model/mod.ts";
import { type Fixture, openFixture } from "./fixture.ts";

const NOBODY = "0123abcd-0000-4000-8000-000000000001";

function keyed(fixture: Fixture): Caller & { callKey: CallKey } {
  const key = crypto.randomUUID();
  const callKey = { key, fingerprint: "f", sessionHash: "s" };
  return { ...fixture.caller(), callKey };
}

/** Makes a call, and wants the answer of a repetition to be that of the call. */
async function once<T>(
  fixture: Fixture,
  call: (caller: Caller) => Promise<T>,
): Promise<T> {
  const caller = keyed(fixture);
  const answer = await call(caller);
  const kept = await fixture.manager.recall(caller.callKey, caller);
  assert(kept !== null);
  const told = answer === undefined ? {} : { request: answer };
  assertEquals(JSON.parse(kept), told);
  // Done by one that was given up, and came through: not done again.
  const error = await assertRejects(() => call(caller), NtmsError);
  assert(error.code !== "ERROR_SUCCESS");
  return answer;
}

Deno.test("every call that manages is done once for its key, and its answer is kept with what it changed", async () => {
  await using fixture = await openFixture();
  const { media, objects, pools } = fixture.manager;
  const pool = await fixture.pool();
  const other = await fixture.pool("other");
  const first = await fixture.allocate(pool);
  const second = await fixture.allocate(pool);
  const { drives: [drive] } = await fixture.map();
  const side = (await fixture.all("side")).find(({ state }) =>
    state === "available"
  );
  assert(drive !== undefined && side !== undefined);
  const { id } = drive;
  const { cartridge } = side;
  await once(fixture, (caller) => media.swap(caller, { first, second }));
  await once(fixture, (caller) => media.complete(caller, first));
  await once(fixture, (caller) => pools.move(caller, { cartridge, pool }));
  await once(fixture, (caller) => media.decommission(caller, side.id));
  await once(fixture, (caller) => pools.delete(caller, other));
  await once(
    fixture,
    (caller) => objects.set(caller, id, { description: "noisy" }),
  );
  await once(
    fixture,
    (caller) => objects.setAttribute(caller, { id, name: "a", data: "AA==" }),
  );
  await once(fixture, (caller) => objects.disable(caller, { id, type: null }));
  await once(fixture, (caller) => objects.enable(caller, { id, type: null }));
});

Deno.test("a call that manages and fails keeps no answer", async () => {
  await using fixture = await openFixture();
  const { media, objects, pools } = fixture.manager;
  const calls: readonly ((caller: Caller) => Promise<unknown>)[] = [
    (caller) => media.complete(caller, NOBODY),
    (caller) => media.delete(caller, NOBODY),
    (caller) => pools.delete(caller, NOBODY),
    (caller) => objects.set(caller, NOBODY, { description: "x" }),
    (caller) => objects.enable(caller, { id: NOBODY, type: null }),
  ];
  for (const call of calls) {
    const caller = keyed(fixture);
    await assertRejects(() => call(caller), NtmsError);
    assertEquals(await fixture.manager.recall(caller.callKey, caller), null);
  }
});
