import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import {
  type AuditRecord,
  LIMITS,
  NtmsError,
  tokenSid,
} from "../../src/model/mod.ts";
import { startTestService, type TestService } from "./test_service.ts";

const TCP = { listen: "127.0.0.1:0" } as const;

/** Opens a session over TCP that shows a token. */
async function over(
  { service }: TestService,
  token: string | null,
): Promise<Session> {
  const { hostname, port } = service.listen ?? { hostname: "", port: 0 };
  const before = Deno.env.get("RSM_TOKEN");
  Deno.env.set("RSM_TOKEN", token ?? "");
  try {
    return await openSession({ server: `${hostname}:${port}` });
  } finally {
    if (before === undefined) Deno.env.delete("RSM_TOKEN");
    else Deno.env.set("RSM_TOKEN", before);
  }
}

async function refusal(act: () => Promise<unknown>): Promise<NtmsError> {
  return await assertRejects(act, NtmsError);
}

function shown({ operation, outcome, token, user }: AuditRecord): string {
  return [operation, outcome, user, token].join(" ");
}

Deno.test("a token lets in over TCP, with the rights that entries give it and no others, until it is revoked", async () => {
  await using test = await startTestService(TCP);
  await using own = await test.session();
  const { secret, sid } = await own.tokens.create("nightly");
  assertEquals([secret.length, sid], [64, tokenSid(1)]);
  const session = await over(test, secret);
  const pool = await own.createPool({ name: "Nightly" });
  const denied = await refusal(() => session.poolPath(pool));
  assertEquals(denied.code, "ERROR_ACCESS_DENIED");
  assertEquals(denied.data["right"], "use");
  assertEquals(denied.data["object"], pool);
  const entries = (await own.access(pool)).entries;
  const mine = { who: "token:nightly", rights: ["use"] } as const;
  await own.setAccess(pool, [...entries, mine]);
  assertEquals(await session.poolPath(pool), "\\Nightly");
  assertEquals(
    (await refusal(() => session.deletePool(pool))).data["right"],
    "modify",
  );
  await own.tokens.revoke("nightly");
  assertEquals(
    (await refusal(() => session.poolPath(pool))).code,
    "ERROR_INVALID_HANDLE",
  );
  session.detach();
  assertEquals(
    (await refusal(() => over(test, secret))).code,
    "ERROR_ACCESS_DENIED",
  );
  const { entries: left } = await own.access(pool);
  assertEquals(left.at(-1)?.who, `sid:${sid}`);
});

Deno.test("a token of a user has the user's rights beside its own; one of an administrator's, all", async () => {
  await using test = await startTestService(TCP);
  await using own = await test.session();
  const pool = await own.createPool({ name: "Daemons" });
  await own.setAccess(pool, [{ who: "user:4711", rights: ["use"] }]);
  const named = await own.tokens.create("daemon", { user: "4711" });
  {
    await using session = await over(test, named.secret);
    assertEquals(await session.poolPath(pool), "\\Daemons");
    assertEquals(
      (await refusal(() => session.tokens.list())).code,
      "ERROR_ACCESS_DENIED",
    );
  }
  const root = await own.tokens.create("root", { user: String(Deno.uid()) });
  await using session = await over(test, root.secret);
  assertEquals(
    (await session.tokens.list()).map(({ name, user }) => [name, user]),
    [["daemon", "4711"], ["root", String(Deno.uid())]],
  );
});

Deno.test("a token has a name of its own, and a user that there is", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const code = async (act: () => Promise<unknown>) => (await refusal(act)).code;
  await session.tokens.create("a.b-c_9");
  for (
    const [name, expected] of [
      ["a.b-c_9", "ERROR_ALREADY_EXISTS"],
      ["", "ERROR_INVALID_NAME"],
      ["a b", "ERROR_INVALID_NAME"],
      ["-a", "ERROR_INVALID_NAME"],
      ["a\n", "ERROR_INVALID_NAME"],
      ["a".repeat(65), "ERROR_INVALID_PARAMETER"],
    ] as const
  ) {
    assertEquals(await code(() => session.tokens.create(name)), expected, name);
  }
  const user = "nobody of this name";
  assertEquals(
    await code(() => session.tokens.create("b", { user })),
    "ERROR_INVALID_PARAMETER",
  );
  assertEquals(
    await code(() => session.tokens.revoke("b")),
    "ERROR_OBJECT_NOT_FOUND",
  );
});

Deno.test("the secret of a token is neither in the catalogue, nor in the log, nor in the audit", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const { secret } = await session.tokens.create("nightly");
  const records = JSON.stringify(await session.audit());
  assertEquals(records.includes(secret), false);
  assertEquals(records.includes("hash"), false);
  assertEquals(test.log.lines.join("\n").includes(secret), false);
  const text = new TextDecoder("latin1");
  for (const name of ["rsm.sqlite", "rsm.sqlite-wal"]) {
    const bytes = await Deno.readFile(`${test.directory}/state/${name}`);
    assertEquals(text.decode(bytes).includes(secret), false, name);
  }
});

Deno.test("the audit has what was done, what failed and what was refused, once each, and no reading", async () => {
  await using test = await startTestService(TCP);
  await using own = await test.session({ application: "Nightly" });
  const pool = await own.createPool({ name: "Nightly" });
  const key = crypto.randomUUID();
  const options = { idempotencyKey: key };
  await own.change(pool, { description: "new" }, options);
  // A repetition is not done again, and is no act of its own.
  await own.change(pool, { description: "new" }, options);
  await own.objects("mediaPool");
  await own.exportDatabase();
  await refusal(() => own.createPool({ name: "Nightly", mode: "new" }));
  const { secret } = await own.tokens.create("weak");
  await using weak = await over(test, secret);
  await refusal(() => weak.poolPath(pool));
  await refusal(() => weak.deletePool(pool));
  const records = await own.audit();
  const user = records.at(-1)?.user ?? "";
  assertEquals(records.map(shown).toReversed(), [
    `CreateNtmsMediaPool ERROR_SUCCESS ${user} `,
    `SetNtmsObjectInformation ERROR_SUCCESS ${user} `,
    `ExportNtmsDatabase ERROR_SUCCESS ${user} `,
    `CreateNtmsMediaPool ERROR_ALREADY_EXISTS ${user} `,
    `CreateNtmsToken ERROR_SUCCESS ${user} `,
    "GetNtmsMediaPoolName ERROR_ACCESS_DENIED token:weak weak",
    "DeleteNtmsMediaPool ERROR_ACCESS_DENIED token:weak weak",
  ]);
  const change = records.find(({ operation }) =>
    operation === "SetNtmsObjectInformation"
  );
  assertEquals(change?.object, pool);
  assertEquals(change?.application, "Nightly");
  assertEquals(change?.uid, Deno.uid());
  assertEquals(change?.reason, "administrator");
  assertEquals(JSON.parse(change?.detail ?? ""), {
    id: pool,
    change: { description: "new" },
  });
  assertStringIncludes(records[0]?.reason ?? "", "MODIFY");
  assertEquals(
    (await own.audit({ who: "weak", limit: 1 })).map(({ operation }) =>
      operation
    ),
    ["DeleteNtmsMediaPool"],
  );
});

Deno.test("a record is on disk when the call that it tells of is answered", async () => {
  const test = await startTestService();
  const state = `${test.directory}/state`;
  await using copy = new AsyncDisposableStack();
  copy.defer(() => test[Symbol.asyncDispose]());
  await using session = await test.session();
  await refusal(() => session.deletePool(crypto.randomUUID()));
  const { DatabaseSync } = await import("node:sqlite");
  using sqlite = new DatabaseSync(`${state}/rsm.sqlite`, { readOnly: true });
  const rows = sqlite.prepare('select "outcome" from "audit"').all();
  assertEquals(rows.map(({ outcome }) => outcome), [
    "ERROR_INVALID_MEDIA_POOL",
  ]);
});

Deno.test("many calls that fail at once are all in the audit, in few commits", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const count = 50;
  await Promise.all(
    Array.from(
      { length: count },
      () => refusal(() => session.deletePool(crypto.randomUUID())),
    ),
  );
  const records = await session.audit({ limit: 100 });
  assertEquals(records.length, count);
  assertEquals(
    records.map(({ number }) => number),
    Array.from({ length: count }, (_, index) => count - index),
  );
});

Deno.test("entries are told by names, and set by names, numbers or security identifiers", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const pool = await session.createPool({ name: "Pool" });
  const rights = ["use"] as const;
  const who = ["user:root", "user:4711", "group:0", "everyone", "system"];
  const others = ["administrators", "sid:S-1-5-21-1-2-3-4", "sid:S-1-22-1-0"];
  await session.setAccess(
    pool,
    [...who, ...others].map((each) => ({ who: each, rights })),
  );
  const { entries, isDefault } = await session.access(pool);
  assertEquals(isDefault, false);
  assertEquals(entries.map(({ sid, who }) => [who, sid]), [
    ["user:root", "S-1-22-1-0"],
    ["user:4711", "S-1-22-1-4711"],
    ["group:root", "S-1-22-2-0"],
    ["everyone", "S-1-1-0"],
    ["system", "S-1-5-18"],
    ["administrators", "S-1-5-32-544"],
    ["sid:S-1-5-21-1-2-3-4", "S-1-5-21-1-2-3-4"],
    ["user:root", "S-1-22-1-0"],
  ]);
  // What was told can be set.
  await session.setAccess(pool, entries);
  assertEquals((await session.access(pool)).entries, entries);
  const code = async (name: string) =>
    (await refusal(() => session.setAccess(pool, [{ who: name, rights }])))
      .code;
  for (
    const name of [
      "root",
      "user:no such user",
      "user:",
      "user:4294967295",
      "group:no such group",
      "token:none",
      "sid:S-1",
      "world:everyone",
      "x".repeat(201),
    ]
  ) assertEquals(await code(name), "ERROR_INVALID_PARAMETER", name);
  const many = Array.from({ length: 257 }, (_, uid) => ({
    who: `user:${uid}`,
    rights,
  }));
  assertEquals(
    (await refusal(() => session.setAccess(pool, many))).code,
    "ERROR_INVALID_PARAMETER",
  );
});

Deno.test("a new pool has the entries of the pool above, or those that its creator says", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const outer = await session.createPool({
    name: "Outer",
    access: [{ who: "user:4711", rights: ["use", "control"] }],
  });
  const whoIn = async (pool: string) =>
    (await session.access(pool)).entries.map(({ inherited, who }) =>
      inherited ? `(${who})` : who
    );
  const top = await whoIn(outer);
  assertEquals(top.slice(1), ["system", "user:4711"]);
  const inner = await session.createPool({ name: "Inner", parent: outer });
  assertEquals(await whoIn(inner), [
    ...top.slice(0, 2),
    ...top.map((who) => `(${who})`),
  ]);
});

Deno.test("there are no more tokens than the limit says", async () => {
  await using test = await startTestService({}, undefined, undefined, {
    tokens: 1,
  });
  await using session = await test.session();
  await session.tokens.create("one");
  const error = await refusal(() => session.tokens.create("two"));
  assertEquals(error.code, "ERROR_NOT_ENOUGH_MEMORY");
  await session.tokens.revoke("one");
  await session.tokens.create("two");
});

Deno.test("no answer has more records of the audit than the limit says", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const limit = LIMITS.auditRecordsInOneAnswer;
  assertEquals(await session.audit({ limit }), []);
  const error = await refusal(() => session.audit({ limit: limit + 1 }));
  assertEquals(error.code, "ERROR_INVALID_PARAMETER");
});
