import { assertEquals, assertRejects } from "@std/assert";
import {
  allTokens,
  Database,
  deleteToken,
  findAudit,
  insertAudit,
  insertToken,
  purgeAudit,
  scheduleImport,
} from "../../src/database/mod.ts";
import { apply, exportNow, inState, note, step } from "./copy_place.ts";

async function add(database: Database, ...times: number[]): Promise<void> {
  await database.write(async (db) => {
    for (const time of times) {
      await insertAudit(db, {
        time,
        user: time % 2 === 0 ? "ann" : "bob",
        uid: time,
        pid: null,
        token: time % 3 === 0 ? "nightly" : null,
        application: "App",
        computer: "host",
        operation: time % 2 === 0 ? "Even" : "Odd",
        object: `object ${time % 4}`,
        detail: "{}",
        reason: "administrator",
        outcome: "ERROR_SUCCESS",
      });
    }
  });
}

async function numbers(
  database: Database,
  query: Omit<Parameters<typeof findAudit>[1], "limit"> & { limit?: number } =
    {},
): Promise<number[]> {
  const rows = await database.read((db) =>
    findAudit(db, { limit: 100, ...query })
  );
  return rows.map(({ number }) => number);
}

async function opened(...times: number[]): Promise<Database> {
  const database = await Database.open(":memory:");
  await add(database, ...times);
  return database;
}

Deno.test("the audit is read from its newest record on, by what is asked", async () => {
  await using database = await opened(1, 2, 3, 4, 5, 6);
  assertEquals(await numbers(database), [6, 5, 4, 3, 2, 1]);
  assertEquals(await numbers(database, { limit: 2 }), [6, 5]);
  assertEquals(await numbers(database, { before: 5, limit: 2 }), [4, 3]);
  assertEquals(await numbers(database, { since: 4 }), [6, 5, 4]);
  assertEquals(await numbers(database, { who: "bob" }), [5, 3, 1]);
  assertEquals(await numbers(database, { who: "nightly" }), [6, 3]);
  assertEquals(await numbers(database, { operation: "Even" }), [6, 4, 2]);
  assertEquals(await numbers(database, { object: "object 2" }), [6, 2]);
  assertEquals(await numbers(database, { object: "object 2", who: "bob" }), []);
});

Deno.test("no statement changes a record of the audit, or takes one out that is not purged", async () => {
  await using database = await opened(1, 2, 3);
  const refused = (act: Parameters<typeof database.write>[0]) =>
    assertRejects(() => database.write(act), Error, "append-only");
  await refused((db) => db.updateTable("audit").set({ user: "eve" }).execute());
  await refused((db) => db.deleteFrom("audit").execute());
  await refused((db) =>
    db.deleteFrom("audit").where("number", "=", 2).execute()
  );
  assertEquals(await numbers(database), [3, 2, 1]);
});

Deno.test("a purge takes what is too old or too much, and goes on from there", async () => {
  await using database = await opened(1, 2, 3, 4, 5, 6);
  const purge = (since: number, most: number) =>
    database.write((db) => purgeAudit(db, { since, most }));
  await purge(0, 100);
  assertEquals(await numbers(database), [6, 5, 4, 3, 2, 1]);
  await purge(3, 100);
  assertEquals(await numbers(database), [6, 5, 4, 3]);
  await purge(0, 2);
  assertEquals(await numbers(database), [6, 5]);
  await purge(100, 100);
  assertEquals(await numbers(database), []);
  await add(database, 7);
  assertEquals(await numbers(database), [7]);
});

Deno.test("a record is not purged for a clock that went back, and the purge itself does not go back", async () => {
  await using database = await opened(50, 1, 2, 60);
  await database.write((db) => purgeAudit(db, { since: 40, most: 100 }));
  assertEquals(await numbers(database), [4, 3, 2, 1]);
  await database.write((db) => purgeAudit(db, { since: 55, most: 100 }));
  assertEquals(await numbers(database), [4]);
  await assertRejects(
    () =>
      database.write((db) =>
        db.updateTable("auditPurge").set({ before: 0 }).execute()
      ),
    Error,
    "does not go back",
  );
  await assertRejects(
    () => database.write((db) => db.deleteFrom("auditPurge").execute()),
    Error,
    "does not go back",
  );
});

/** Makes a token in a catalogue. */
async function token(
  database: Database,
  name: string,
  hash = `hash of ${name}`,
): Promise<void> {
  await database.write((db) =>
    insertToken(db, { name, hash, user: null, created: 1 })
  );
}

/** Revokes a token, and notes it. */
async function revoke(database: Database, name: string): Promise<void> {
  await database.write(async (db) => {
    const known = (await allTokens(db)).find((each) => each.name === name);
    await deleteToken(db, known?.number ?? 0);
    await insertAudit(db, {
      time: 9,
      user: "ann",
      uid: null,
      pid: null,
      token: null,
      application: "App",
      computer: "host",
      operation: "RevokeNtmsToken",
      object: null,
      detail: JSON.stringify({ name }),
      reason: "administrator",
      outcome: "ERROR_SUCCESS",
    });
  });
}

Deno.test("an import takes no record out of the audit, and brings no token back that was revoked", () =>
  inState(async ({ catalogue }) => {
    {
      await using database = await Database.open(catalogue);
      await add(database, 1, 2);
      for (const name of ["kept", "revoked", "again"]) {
        await token(database, name);
      }
    }
    await exportNow(catalogue);
    {
      await using database = await Database.open(catalogue);
      await add(database, 3, 4);
      await revoke(database, "revoked");
      await revoke(database, "again");
      await token(database, "again", "another hash");
    }
    await scheduleImport(catalogue, { step, note });
    await apply(catalogue);
    await using database = await Database.open(catalogue);
    const rows = await database.read((db) => findAudit(db, { limit: 100 }));
    assertEquals(rows.map(({ time }) => time), [9, 9, 4, 3, 2, 1]);
    const tokens = await database.read(allTokens);
    assertEquals(tokens.map(({ name }) => name), ["kept"]);
  }));
