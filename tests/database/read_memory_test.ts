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
  updateObject,
  type Writer,
} from "../../src/database/mod.ts";
import { effectOf } from "../../src/database/write_counts.ts";

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

Deno.test("what depends on a column is asked again when that column or the rows of its table change", async () => {
  await using database = await Database.open(":memory:");
  const type = (id: string) => ({ id, type: "mediaType" as const, name: id });
  const row = {
    code: 1,
    sideCount: 1,
    writability: "rewritable",
    deviceClass: "tape",
  } as const;
  const ask = () => database.read((db) => allMediaTypes(db));
  await database.write((db) => insertMediaType(db, type("a"), row, NOW));
  const before = await ask();
  await database.write((db) =>
    updateObject(db, "a", { operationalState: "notPresent" }, NOW)
  );
  assert(await ask() === before);
  await database.write((db) => updateObject(db, "a", { name: "b" }, NOW));
  assertEquals((await ask()).map(({ name }) => name), ["b"]);
  await database.write((db) => insertMediaType(db, type("c"), row, NOW));
  assertEquals((await ask()).map(({ name }) => name), ["b", "c"]);
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
    effectOf(sql, (table) => {
      if (table === "object") {
        return [
          { table: "attribute", column: "objectId" },
          { table: "cartridge", column: "placeId" },
        ];
      }
      const isReferenced = table === "cartridge" || table === "operatorRequest";
      return isReferenced ? [{ table: "x", column: `${table}Id` }] : [];
    });
  const everything = { kind: "may write everything" };
  const cases = [
    ['select * from "drive"', { kind: "nothing" }],
    ["begin", { kind: "begins" }],
    ["commit", { kind: "commits" }],
    ["rollback", { kind: "rolls back" }],
    ['insert into "drive" ("id") values (?)', {
      kind: "writes",
      table: "drive",
      columns: null,
    }],
    ['insert into "object" ("id") values (?)', { kind: "nothing" }],
    ['update "object" set "name" = ?', {
      kind: "writes",
      table: "object",
      columns: ["name"],
    }],
    ['update "side" set "state" = ?, "poolId" = ? where "id" = ?', {
      kind: "writes",
      table: "side",
      columns: ["state", "poolId"],
    }],
    ['update "drive" set "mountCount" = "mountCount" + ? where "id" = ?', {
      kind: "writes",
      table: "drive",
      columns: null,
    }],
    ['delete from "mount" where 1', {
      kind: "writes",
      table: "mount",
      columns: null,
    }],
    ['delete from "cartridge" where 1', everything],
    ['delete from "object" where "id" = ?', everything],
    [`delete from "object" where "id" = ? and "type" = 'side'`, everything],
    [`delete from "object" where "id" = ? and "type" = 'operatorRequest'`, {
      kind: "deletes",
      tables: ["operatorRequest", "x", "attribute"],
    }],
    [`delete from "object" where "id" = ? and "type" = 'logicalMedium'`, {
      kind: "deletes",
      tables: ["logicalMedium", "attribute"],
    }],
    ['create table "a" ("b" text)', everything],
    ['with "a" as (select 1) delete from "b"', everything],
    ['insert or replace into "drive" ("id") values (?)', everything],
    ["rollback to savepoint a", everything],
  ] as const;
  for (const [sql, expected] of cases) assertEquals(effect(sql), expected, sql);
});
