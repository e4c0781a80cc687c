import { assertEquals, assertRejects } from "@std/assert";
import { sql } from "kysely";
import { Database, type Durable, type Writer } from "../../src/database/mod.ts";
import { openSqlite } from "../../src/database/sqlite.ts";

/** What SQLite calls FULL: each commit is synced, also in a write-ahead log. */
const FULL = 2;
/** What SQLite calls NORMAL: in a write-ahead log, the next commit of FULL takes it along. */
const NORMAL = 1;

Deno.test("a commit is on disk before it is reported", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm-durable-" });
  try {
    const database = openSqlite(`${directory}/rsm.sqlite`);
    const ask = (name: string) =>
      Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    assertEquals(ask("journal_mode"), "wal");
    assertEquals(ask("synchronous"), FULL);
    database.close();
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a commit is on disk later only where that was asked for", async () => {
  await using database = await Database.open(":memory:");
  const ask = async (db: Writer) => {
    const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`
      .execute(db);
    return rows[0]?.synchronous;
  };
  const durable: Durable[] = ["now", "later", "now", "later", "later", "now"];
  const levels = await Promise.all(
    durable.map((when) => database.write(ask, when)),
  );
  assertEquals(
    levels,
    durable.map((when) => when === "now" ? FULL : NORMAL),
  );
  await assertRejects(
    () => database.write(() => Promise.reject(new RangeError()), "later"),
    RangeError,
  );
  assertEquals(await database.write(ask), FULL);
});
