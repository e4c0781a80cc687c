import { assertEquals } from "@std/assert";
import { type AuditNote, LIMITS, type Limits } from "../../src/model/mod.ts";
import { type Fixture, openFixture } from "./fixture.ts";

const NOTE: AuditNote = {
  user: "ann",
  uid: 1000,
  pid: 7,
  token: null,
  application: "App",
  computer: "host",
  operation: "DeleteNtmsMediaPool",
  object: null,
  detail: "{}",
  reason: "it is not there",
};

async function note({ manager }: Fixture, ...reasons: string[]): Promise<void> {
  for (const reason of reasons) {
    await manager.audit.note({ ...NOTE, reason }, "ERROR_INVALID_MEDIA_POOL");
  }
}

async function reasons({ manager }: Fixture): Promise<string[]> {
  return (await manager.audit.read({})).map(({ reason }) => reason);
}

/** What a later service with other limits leaves of three records, and one more. */
async function leftOf(limits: Partial<Limits>): Promise<string[]> {
  const path = await Deno.makeTempFile({ prefix: "rsm_audit_" });
  try {
    {
      await using before = await openFixture({ path });
      await note(before, "one", "two", "three");
      assertEquals(await reasons(before), ["three", "two", "one"]);
    }
    await using after = await openFixture({ path, limits });
    await note(after, "four");
    return await reasons(after);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("the audit keeps no more records than the limit says", async () => {
  assertEquals(await leftOf({ auditRecords: 2 }), ["four", "three"]);
});

Deno.test("the audit keeps no record longer than the limit says", async () => {
  assertEquals(await leftOf({ auditKeptMs: 0 }), ["four"]);
  assertEquals(await leftOf({}), ["four", "three", "two", "one"]);
});

Deno.test("what is long is cut off in a record", async () => {
  await using fixture = await openFixture();
  await note(fixture, "x".repeat(LIMITS.auditTextLength + 1));
  await note(fixture, "y".repeat(LIMITS.auditTextLength));
  const [whole = "", short = ""] = await reasons(fixture);
  assertEquals(whole, "y".repeat(LIMITS.auditTextLength));
  assertEquals(short, `${"x".repeat(LIMITS.auditTextLength - 1)}…`);
});

Deno.test("what a call says of itself is noted with what it changes, or not at all", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const caller = { ...fixture.caller(), audit: { ...NOTE, reason: "granted" } };
  const input = {
    name: "Pool",
    mediaType: null,
    parent: null,
    mode: "new",
  } as const;
  const { pool } = await manager.createPool(caller, input);
  await manager.createPool(caller, input).catch(() => {});
  const before = await manager.audit.read({});
  assertEquals(
    before.map(({ object, outcome, reason }) => [object, outcome, reason]),
    [[pool, "ERROR_SUCCESS", "granted"]],
  );
  // The service itself makes no records.
  await manager.pools.delete(fixture.caller(), pool);
  assertEquals((await manager.audit.read({})).length, 1);
});
