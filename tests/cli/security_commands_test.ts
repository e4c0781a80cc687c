import {
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { granted, readEntry, revoked } from "../../src/cli/access_entries.ts";
import { readMoment } from "../../src/cli/audit.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import type { AccessEntry } from "../../src/model/mod.ts";
import { runService } from "./running_service.ts";

Deno.test("rsm acl grants, denies, revokes and sets, and shows what came of it", async () => {
  await using service = await runService();
  await service.rsm("pool create backup");
  const entries = async () => {
    const { access } = await service.json("acl show backup");
    return access.entries.map((entry: AccessEntry) =>
      `${entry.allow ? "" : "!"}${entry.who}=${entry.rights.join(",")}`
    );
  };
  await service.rsm(
    "acl set backup --entry user:4711=use --entry !user:4712=use",
  );
  assertEquals(await entries(), ["!user:4712=use", "user:4711=use"]);
  await service.rsm("acl grant backup user:4711 control,modify");
  await service.rsm("acl grant backup everyone modify --deny");
  assertEquals(await entries(), [
    "!user:4712=use",
    "!everyone=modify",
    "user:4711=use,control,modify",
  ]);
  await service.rsm("acl revoke backup user:4711 modify");
  await service.rsm("acl revoke backup user:4712");
  assertEquals(await entries(), ["!everyone=modify", "user:4711=use,control"]);
  await service.rsm("acl set backup --owner user:4711");
  const text = await service.rsm("acl show backup");
  assertStringIncludes(text, "Owner  user:4711");
  assertEquals(/deny +everyone +modify/.test(text), true, text);
  const { libraries } = await service.json("status");
  const library = `library:${libraries[0].library.id}`;
  for (const object of ["computer", "root", "Free/LTO-6", library]) {
    assertStringIncludes(await service.rsm(`acl show ${object}`), "everyone");
  }
});

Deno.test("rsm acl tells what it cannot read", async () => {
  await using service = await runService();
  await service.rsm("pool create backup");
  for (
    const [line, status] of [
      ["acl grant backup user:4711 us", 2],
      ["acl set backup", 2],
      ["acl set backup --entry user:4711", 2],
      ["acl grant nothing user:4711 use", 3],
      ["acl grant backup alice use", 2],
    ] as const
  ) {
    const ended = await service.try(line);
    assertEquals(ended.status, status, `${line}: ${ended.err}`);
  }
});

Deno.test("rsm audit tells who did what, by what is asked", async () => {
  await using service = await runService();
  await service.rsm("pool create backup");
  await service.try("pool delete nothing");
  await service.rsm("pool set backup --description new");
  const operations = async (options: string) => {
    const { records } = await service.json(`audit${options}`);
    return records.map(({ operation }: { operation: string }) => operation);
  };
  assertEquals(await operations(""), [
    "SetNtmsObjectInformation",
    "CreateNtmsMediaPool",
  ]);
  assertEquals(await operations(" --limit 1"), ["SetNtmsObjectInformation"]);
  assertEquals(
    await operations(" --operation CreateNtmsMediaPool --since 1h"),
    ["CreateNtmsMediaPool"],
  );
  assertEquals(await operations(" --object backup"), [
    "SetNtmsObjectInformation",
    "CreateNtmsMediaPool",
  ]);
  assertEquals(await operations(" --who nobody"), []);
  const text = await service.rsm("audit");
  assertStringIncludes(text, "ERROR_SUCCESS");
  assertStringIncludes(text, "administrator");
  assertEquals((await service.try("audit --since yesterday")).status, 2);
  assertEquals((await service.try("audit --limit 0")).status, 2);
});

Deno.test("rsm token shows a token once, or writes it to a file for its owner alone", async () => {
  await using service = await runService();
  const shown = await service.rsm("token create --name shown");
  assertEquals(/^[0-9a-f]{64}$/.test(shown), true);
  const file = `${service.directory}/nightly.token`;
  assertEquals(
    await service.rsm(`token create --name nightly --user 4711 --file ${file}`),
    "",
  );
  assertEquals(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
  const secret = (await Deno.readTextFile(file)).trim();
  assertEquals(/^[0-9a-f]{64}$/.test(secret), true);
  const list = await service.rsm("token list");
  assertEquals(list.includes(secret) || list.includes(shown), false);
  assertEquals(/nightly +4711 +S-1-22-3-2/.test(list), true, list);
  // No token is made in vain, and no file is left of one that was not made.
  const again = await service.try(`token create --name other --file ${file}`);
  assertEquals(again.status, 2, again.err);
  const taken = await service.try(
    `token create --name nightly --file ${file}.2`,
  );
  assertEquals(taken.status === 0, false);
  await assertRejects(() => Deno.stat(`${file}.2`), Deno.errors.NotFound);
  await service.rsm("token revoke shown");
  const { tokens } = await service.json("token list");
  assertEquals(tokens.map(({ name }: { name: string }) => name), ["nightly"]);
});

Deno.test("granted() and revoked() leave inherited entries and those of others alone", () => {
  const inherited = {
    who: "user:a",
    rights: ["use"],
    inherited: true,
  } as const;
  const other = { who: "user:b", rights: ["use", "modify"] } as const;
  assertEquals(granted([inherited, other], "user:b", ["control"], true), [
    { ...other, rights: ["use", "modify", "control"] },
    inherited,
  ]);
  assertEquals(granted([inherited], "user:a", ["modify"], true), [
    { who: "user:a", rights: ["modify"], allow: true },
    inherited,
  ]);
  assertEquals(granted([other], "user:b", ["use"], false), [
    { who: "user:b", rights: ["use"], allow: false },
    { ...other, rights: ["modify"] },
  ]);
  assertEquals(revoked([inherited, other], "user:b"), [inherited]);
});

Deno.test("readEntry() and readMoment() read what is written, and nothing else", () => {
  assertEquals(readEntry("user:a=use,modify"), {
    who: "user:a",
    rights: ["use", "modify"],
    allow: true,
  });
  assertEquals(readEntry("!everyone=all").allow, false);
  assertEquals(readMoment("90s", 100_000), 10_000);
  assertEquals(readMoment("2h", 7_200_000), 0);
  assertEquals(readMoment("2026-11-22T17:00Z", 0), Date.UTC(2026, 10, 22, 17));
  for (const text of ["", "1", "h", "-1h", "1w", "soon", "2026-99"]) {
    assertThrows(() => readMoment(text, 0), UsageError);
  }
  for (const text of ["", "user:a", "=use", "user:a=", "user:a=us"]) {
    assertThrows(() => readEntry(text), UsageError);
  }
});
