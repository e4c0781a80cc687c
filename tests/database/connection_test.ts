import { assertEquals, assertRejects } from "@std/assert";
import { CompiledQuery } from "kysely";
import {
  Database,
  getSetting,
  setSetting,
  type Writer,
} from "../../src/database/mod.ts";

Deno.test("transactions run one after the other, and queries outside wait for the end of those before them", async () => {
  await using database = await Database.open(":memory:");
  const written: string[] = [];
  const read: (string | null)[] = [];
  const write = (value: string) =>
    database.write(async (db) => {
      written.push(`${value} begins`);
      await setSetting(db, "color", value);
      await getSetting(db, "color");
      written.push(`${value} ends`);
    });
  const look = async () => {
    read.push(await database.read((db) => getSetting(db, "color")));
  };
  await Promise.all([look(), write("red"), look(), write("blue"), look()]);
  assertEquals(read, [null, "red", "blue"]);
  assertEquals(written, ["red begins", "red ends", "blue begins", "blue ends"]);
});

Deno.test("a query of a transaction that has ended is refused", async () => {
  await using database = await Database.open(":memory:");
  let kept: Writer | null = null;
  await database.write(async (db) => {
    kept = db;
    await setSetting(db, "color", "red");
  });
  const late = (db: Writer | null) =>
    db === null ? Promise.resolve() : setSetting(db, "color", "blue");
  await assertRejects(() => late(kept), TypeError, "has ended");
  assertEquals(await database.read((db) => getSetting(db, "color")), "red");
});

Deno.test("a transaction that fails is undone, and the next one runs", async () => {
  await using database = await Database.open(":memory:");
  const failed = database.write(async (db) => {
    await setSetting(db, "color", "red");
    throw new RangeError("changed my mind");
  });
  const next = database.write((db) => setSetting(db, "shape", "round"));
  await assertRejects(() => failed, RangeError);
  await next;
  const settings = await database.read((db) =>
    Promise.all([getSetting(db, "color"), getSetting(db, "shape")])
  );
  assertEquals(settings, [null, "round"]);
});

Deno.test("transactions that are not begun with Database.write are refused", async () => {
  await using database = await Database.open(":memory:");
  await assertRejects(
    () =>
      database.read((db) =>
        db.transaction().execute((trx) => setSetting(trx, "color", "red"))
      ),
    TypeError,
    "Database.write",
  );
});

Deno.test("a limit is part of the statement, with which SQLite has nothing to compile again", async () => {
  await using database = await Database.open(":memory:");
  const compiled = await database.read((db) =>
    Promise.resolve(
      db.selectFrom("setting").select("name").limit(3).compile(),
    )
  );
  assertEquals(compiled.sql, 'select "name" from "setting" limit 3');
  assertEquals(compiled.parameters, []);
});

Deno.test("what SQLite cannot store is refused before it is tried", async () => {
  await using database = await Database.open(":memory:");
  await assertRejects(
    () =>
      database.write((db) =>
        db.executeQuery(CompiledQuery.raw("select ?", [new Date(0)]))
      ),
    TypeError,
    "Cannot store a value of type object",
  );
});
