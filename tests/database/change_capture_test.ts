import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { sql } from "kysely";
import { netChanges } from "../../src/database/change_capture.ts";
import {
  Database,
  deleteObject,
  insertObjects,
  insertOperatorRequest,
  updateObject,
} from "../../src/database/mod.ts";
import type { Writer } from "../../src/database/mod.ts";
import type { ObjectEvent } from "../../src/model/mod.ts";

const NOW = 1_000;

function told(changes: readonly ObjectEvent[] | null): string[] | null {
  return changes?.map(({ operation, type, id }) => `${operation} ${type} ${id}`)
    .slice() ?? null;
}

/** A catalogue, and what was told of its changes, commit by commit. */
async function watched(): Promise<
  { database: Database; commits: (string[] | null)[]; end: () => void }
> {
  const database = await Database.open(":memory:");
  const commits: (string[] | null)[] = [];
  const end = await database.onChanges((changes) => {
    commits.push(told(changes));
  });
  return { database, commits, end };
}

function insert(db: Writer, id: string): Promise<void> {
  return insertObjects(db, [{ id, type: "mediaPool", name: id }], NOW);
}

function rename(db: Writer, id: string, name: string): Promise<void> {
  return updateObject(db, id, { name }, NOW);
}

Deno.test("each commit tells the objects it made, changed and deleted, each once", async () => {
  const { database, commits } = await watched();
  await using _ = database;
  await database.write(async (db) => {
    await insert(db, "a");
    await insert(db, "b");
    await insert(db, "c");
    await rename(db, "a", "new");
    await deleteObject(db, "c");
  });
  await database.write(async (db) => {
    await rename(db, "b", "one");
    await rename(db, "b", "two");
    await deleteObject(db, "a");
  });
  assertEquals(commits, [
    ["insert mediaPool a", "insert mediaPool b"],
    ["update mediaPool b", "delete mediaPool a"],
  ]);
});

Deno.test("a change of the rows beside an object's own is a change of the object", async () => {
  const { database, commits } = await watched();
  await using _ = database;
  await database.write((db) =>
    insertOperatorRequest(
      db,
      { id: "r", type: "operatorRequest", name: "r" },
      {
        raisedBy: "program",
        command: "message",
        state: "submitted",
        submitted: NOW,
        completed: null,
        message: "",
        argument1Type: null,
        argument1Id: null,
        argument2Type: null,
        argument2Id: null,
        application: "",
        user: "",
        computer: "",
      },
      NOW,
    )
  );
  const setState = (state: "active" | "complete") =>
    database.write((db) =>
      db.updateTable("operatorRequest").set({ state }).where("id", "=", "r")
        .execute()
    );
  await setState("active");
  await setState("active");
  await setState("complete");
  await database.write((db) => deleteObject(db, "r"));
  assertEquals(commits, [
    ["insert operatorRequest r"],
    ["update operatorRequest r"],
    ["update operatorRequest r"],
    ["delete operatorRequest r"],
  ]);
});

Deno.test("what is rolled back is not told, and what only looks neither", async () => {
  const { database, commits } = await watched();
  await using _ = database;
  await database.write((db) => insert(db, "a"));
  await assertRejects(
    () =>
      database.write(async (db) => {
        await insert(db, "b");
        throw new Error("given up");
      }),
    Error,
    "given up",
  );
  await database.write((db) => rename(db, "nobody", "new"));
  await database.write((db) => rename(db, "a", "a"));
  assertEquals(commits, [["insert mediaPool a"]]);
});

Deno.test("a commit that fails is not told, and holds up nobody", async () => {
  const { database, commits } = await watched();
  await using _ = database;
  await assertRejects(() =>
    database.write(async (db) => {
      await insert(db, "a");
      await sql`PRAGMA defer_foreign_keys = ON`.execute(db);
      await db.insertInto("logicalMedium").values({
        id: "b",
        position: 2,
        poolId: "c",
      })
        .execute();
    })
  );
  await database.write((db) => insert(db, "d"));
  assertEquals(commits, [["insert mediaPool d"]]);
});

Deno.test("changes are told in the order of the commits, before anyone hears that they are done", async () => {
  const { database, commits } = await watched();
  await using _ = database;
  const ids = Array.from({ length: 50 }, (_, index) => `pool ${index}`);
  const toldBefore = await Promise.all(
    ids.map(async (id, index) => {
      await database.write((db) => insert(db, id));
      return commits.length > index;
    }),
  );
  assertEquals(commits, ids.map((id) => [`insert mediaPool ${id}`]));
  assertEquals(toldBefore.every(Boolean), true);
});

Deno.test("nothing is told any more after the end", async () => {
  const { database, commits, end } = await watched();
  await using _ = database;
  end();
  await database.write((db) => insert(db, "a"));
  assertEquals(commits, []);
});

Deno.test("what netChanges() tells makes of the objects before the objects after", () => {
  const event = fc.record({
    operation: fc.constantFrom("insert", "update", "delete"),
    id: fc.constantFrom("a", "b", "c"),
  });
  const start = fc.subarray(["a", "b", "c"]);
  fc.assert(fc.property(start, fc.array(event), (before, tries) => {
    const after = new Set(before);
    const done: ObjectEvent[] = [];
    for (const { operation, id } of tries) {
      // What cannot happen does not.
      if ((operation === "insert") === after.has(id)) continue;
      if (operation === "insert") after.add(id);
      if (operation === "delete") after.delete(id);
      done.push({ operation, id, type: "mediaPool" });
    }
    const net = netChanges(done);
    const replayed = new Set(before);
    for (const { operation, id } of net) {
      assertEquals(operation === "insert", !replayed.has(id));
      if (operation === "insert") replayed.add(id);
      if (operation === "delete") replayed.delete(id);
    }
    assertEquals([...replayed].sort(), [...after].sort());
    assertEquals(new Set(net.map(({ id }) => id)).size, net.length);
    const kept = done.filter(({ id }) => before.includes(id) || after.has(id));
    assertEquals(
      new Set(net.map(({ id }) => id)),
      new Set(kept.map(({ id }) => id)),
    );
  }));
});
