import { assertEquals } from "@std/assert";
import { openSqlite } from "../../src/database/sqlite.ts";

/** What SQLite calls FULL: each commit is synced, also in a write-ahead log. */
const FULL = 2;

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
