import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  allMediaTypes,
  Database,
  findMount,
  findPool,
  getSetting,
  insertMediaType,
  insertPool,
  setSetting,
  type Writer,
} from "../../src/database/mod.ts";
import { effectOf } from "../../src/database/read_memory.ts";

const NOW = 1_000;

function enterPool(db: Writer, id: string): Promise<void> {
  return insertPool(db, { id, type: "mediaPool", name: id }, {
    parentId: null,
    path: id,
    kind: "application",
    mediaTypeId: null,
    drawFromFree: 1,
    returnToFree: 1,
    maxAllocates: 0,
  }, NOW);
}

Deno.test("a query is answered from memory until one of its tables is written to", async () => {
  await using database = await Database.open(":memory:");
  const ask = () => database.read((db) => findPool(db, "p"));
  assertEquals(await ask(), null);
  await database.write((db) => enterPool(db, "p"));
  const found = await ask();
  assertEquals(found?.path, "p");
  await database.write((db) => setSetting(db, "color", "red"));
  assert(await ask() === found);
});

Deno.test("what a transaction has changed is seen in it, and by nobody else before its commit", async () => {
  await using database = await Database.open(":memory:");
  const ask = () => database.read((db) => findPool(db, "p"));
  await ask();
  let outside: Promise<unknown> = Promise.resolve();
  const undone = database.write(async (db) => {
    await enterPool(db, "p");
    assertEquals((await findPool(db, "p"))?.path, "p");
    outside = ask();
    throw new RangeError("changed my mind");
  });
  await assertRejects(() => undone, RangeError);
  assertEquals([await outside, await ask()], [null, null]);
});

Deno.test("what a delete takes along is not remembered", async () => {
  await using database = await Database.open(":memory:");
  await database.write((db) => enterPool(db, "p"));
  assertEquals((await database.read((db) => findPool(db, "p")))?.id, "p");
  await database.write(async (db) => {
    await db.deleteFrom("object").where("id", "=", "p").execute();
  });
  assertEquals(await database.read((db) => findPool(db, "p")), null);
});

Deno.test("what is remembered cannot be changed by who asked", async () => {
  await using database = await Database.open(":memory:");
  await database.write((db) =>
    insertMediaType(db, { id: "t", type: "mediaType", name: "T" }, {
      code: 1,
      sideCount: 1,
      writability: "rewritable",
      deviceClass: "tape",
    }, NOW)
  );
  const types = await database.read((db) => allMediaTypes(db));
  assertEquals(types.map(Object.isFrozen), [true]);
  assertEquals(Object.isFrozen(types), true);
  assertEquals(await database.read((db) => findMount(db, "none")), null);
  assertEquals(await database.read((db) => getSetting(db, "none")), null);
});

Deno.test("what a statement may change is told by its text, and more rather than less", () => {
  const effect = (sql: string) =>
    effectOf(sql, (table) => table === "cartridge");
  const everything = { kind: "may write everything" };
  const cases = [
    ['select * from "drive"', { kind: "nothing" }],
    ["begin", { kind: "begins" }],
    ["commit", { kind: "commits" }],
    ["rollback", { kind: "rolls back" }],
    ['insert into "drive" ("id") values (?)', {
      kind: "writes",
      table: "drive",
    }],
    ['insert into "object" ("id") values (?)', { kind: "nothing" }],
    ['update "object" set "name" = ?', { kind: "writes", table: "object" }],
    ['delete from "mount" where 1', { kind: "writes", table: "mount" }],
    ['delete from "cartridge" where 1', everything],
    ['create table "a" ("b" text)', everything],
    ['with "a" as (select 1) delete from "b"', everything],
    ['insert or replace into "drive" ("id") values (?)', everything],
    ["rollback to savepoint a", everything],
  ] as const;
  for (const [sql, expected] of cases) assertEquals(effect(sql), expected, sql);
});
