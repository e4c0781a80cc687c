import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Database, getSetting, setSetting } from "../../src/database/mod.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { NtmsError } from "../../src/model/mod.ts";

async function inDirectory(
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-database-" });
  try {
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("what was written is there after the file is opened again", () =>
  inDirectory(async (directory) => {
    const path = `${directory}/rsm.sqlite`;
    {
      await using database = await Database.open(path);
      await database.write((db) => setSetting(db, "color", "green"));
    }
    await using database = await Database.open(path);
    assertEquals(await database.read((db) => getSetting(db, "color")), "green");
  }));

Deno.test("a transaction that throws leaves nothing behind", async () => {
  await using database = await Database.open(":memory:");
  await assertRejects(
    () =>
      database.write(async (db) => {
        await setSetting(db, "color", "red");
        throw new RangeError("changed my mind");
      }),
    RangeError,
  );
  assertEquals(await database.read((db) => getSetting(db, "color")), null);
});

Deno.test("listeners hear of a commit to their tables, and of nothing else", async () => {
  await using database = await Database.open(":memory:");
  let heard = 0;
  let heardElsewhere = 0;
  const stop = database.onCommit(["setting"], () => heard++);
  database.onCommit(["mount", "drive"], () => heardElsewhere++);
  await database.write((db) => setSetting(db, "a", "1"));
  await database.read((db) => getSetting(db, "a"));
  await database.write(() => Promise.reject(new RangeError())).catch(() => {});
  await database.write(async (db) => {
    await setSetting(db, "a", "3");
    throw new RangeError();
  }).catch(() => {});
  assertEquals([heard, heardElsewhere], [1, 0]);
  stop();
  await database.write((db) => setSetting(db, "a", "2"));
  assertEquals(heard, 1);
});

Deno.test("every commit is on disk before it is reported, and references hold", () =>
  inDirectory(async (directory) => {
    const path = `${directory}/rsm.sqlite`;
    await using database = await Database.open(path);
    const error = await assertRejects(
      () =>
        database.write((db) =>
          db.insertInto("logicalMedium").values({
            id: "x",
            position: 1,
            poolId: "y",
          })
            .execute()
        ),
      NtmsError,
    );
    assertEquals(error.code, "ERROR_DATABASE_FAILURE");
    assertStringIncludes(error.message, "FOREIGN KEY");
    using reader = new DatabaseSync(path, { readOnly: true });
    assertEquals(
      reader.prepare("PRAGMA journal_mode").get()?.["journal_mode"],
      "wal",
    );
  }));

Deno.test("a damaged file is refused by name", () =>
  inDirectory(async (directory) => {
    const path = `${directory}/rsm.sqlite`;
    await Deno.writeTextFile(path, "this is no catalogue".repeat(1_000));
    const error = await assertRejects(() => Database.open(path), NtmsError);
    assertEquals(error.code, "ERROR_DATABASE_FAILURE");
    assertStringIncludes(error.message, path);
  }));

Deno.test("a catalogue of a newer version is refused, and stays as it is", () =>
  inDirectory(async (directory) => {
    const path = `${directory}/rsm.sqlite`;
    {
      await using _ = await Database.open(path);
    }
    {
      using newer = new DatabaseSync(path);
      newer.exec(
        "INSERT INTO kysely_migration (name, timestamp) VALUES ('9999_future', '2099')",
      );
    }
    const error = await assertRejects(() => Database.open(path), NtmsError);
    assertEquals(error.code, "ERROR_DATABASE_FAILURE");
    assertStringIncludes(error.message, "newer version");
  }));

Deno.test("a first start that ends halfway leaves nothing of the schema", () =>
  inDirectory(async (directory) => {
    const path = `${directory}/rsm.sqlite`;
    await assertRejects(() =>
      Database.open(path, (path) => {
        const sqlite = openSqlite(path);
        const prepare = sqlite.prepare.bind(sqlite);
        sqlite.prepare = (statement) => {
          if (statement.startsWith(`create table "logicalMedium"`)) {
            throw new Error("The service is killed");
          }
          return prepare(statement);
        };
        return sqlite;
      })
    );
    await using _ = await Database.open(path);
  }));

Deno.test("a directory that does not exist is an error of the catalogue", async () => {
  const error = await assertRejects(
    () => Database.open("/nonexistent/rsm.sqlite"),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_DATABASE_FAILURE");
});

Deno.test("a full disk is ERROR_DATABASE_FULL, and the catalogue is whole again when there is room", async () => {
  // A limit on pages is what SQLite makes of a full disk, without one.
  await inDirectory(async (directory) => {
    const path = `${directory}/rsm.sqlite`;
    await using database = await Database.open(path);
    await limitPages(database, "PRAGMA max_page_count = 200");
    const fill = () =>
      database.write(async (db) => {
        for (let n = 0; n < 200; n++) {
          await setSetting(db, `${n}`, "x".repeat(20_000));
        }
      });
    const error = await assertRejects(fill, NtmsError);
    assertEquals(error.code, "ERROR_DATABASE_FULL");
    await database.write((db) => setSetting(db, "after", "works"));
    assertEquals(await database.read((db) => getSetting(db, "0")), null);
  });
});

async function limitPages(database: Database, pragma: string): Promise<void> {
  const { sql } = await import("kysely");
  await database.read((db) => sql.raw(pragma).execute(db));
}

Deno.test("a closed catalogue answers that the service stops", async () => {
  const database = await Database.open(":memory:");
  await database[Symbol.asyncDispose]();
  const error = await assertRejects(
    () => database.read((db) => getSetting(db, "a")),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_NOT_READY");
});

Deno.test("a catalogue damaged in the middle is refused by name when its last service was killed", () =>
  inDirectory(async (directory) => {
    const path = `${directory}/rsm.sqlite`;
    {
      await using database = await Database.open(path);
      await database.write((db) => setSetting(db, "long", "x".repeat(50_000)));
    }
    // A killed process leaves its write-ahead log behind.
    using left = new DatabaseSync(path);
    left.exec("UPDATE setting SET value = 'y' WHERE name = 'epoch'");
    left.exec("INSERT INTO setting VALUES ('late', 'z')");
    using file = await Deno.open(path, { write: true });
    const { size } = await file.stat();
    await file.seek(size / 2, Deno.SeekMode.Start);
    await file.write(new Uint8Array(4 * 4_096).fill(0xa5));
    const error = await assertRejects(() => Database.open(path), NtmsError);
    assertEquals(error.code, "ERROR_DATABASE_FAILURE");
    assertStringIncludes(error.message, path);
    assertStringIncludes(error.message, "is damaged");
  }));
