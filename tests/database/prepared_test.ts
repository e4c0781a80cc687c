import { assertEquals, assertRejects } from "@std/assert";
import { Database } from "../../src/database/mod.ts";
import {
  insertRow,
  prepared,
  type Slots,
  updateRow,
} from "../../src/database/prepared.ts";

const settingOf = prepared((
  db,
  slot: Slots<{ name: string; otherwise: string }>,
) =>
  db.selectFrom("setting").select("value").where((row) =>
    row.or([
      row("name", "=", slot("name")),
      row("name", "=", slot("otherwise")),
    ])
  ).where("value", "!=", "").orderBy("value")
);

Deno.test("a prepared query takes the values of each run, and keeps its own", async () => {
  await using database = await Database.open(":memory:");
  await database.write(async (db) => {
    await insertRow(db, "setting", { name: "a", value: "1" });
    await insertRow(db, "setting", { name: "b", value: "2" });
    await insertRow(db, "setting", { name: "c", value: "" });
  });
  const ask = (name: string, otherwise: string) =>
    database.read((db) => settingOf(db, { name, otherwise }));
  const values = (rows: { value: string }[]) => rows.map(({ value }) => value);
  assertEquals(values(await ask("a", "c")), ["1"]);
  assertEquals(values(await ask("b", "a")), ["1", "2"]);
  assertEquals(values(await ask("c", "none")), []);
});

Deno.test("a row is changed in the columns that are given, and in no other row", async () => {
  await using database = await Database.open(":memory:");
  const intents = await database.write(async (db) => {
    for (const target of [500, 501]) {
      await insertRow(db, "moveIntent", {
        epoch: 1,
        libraryId: "l",
        cartridgeId: "c",
        sourceAddress: 1000,
        targetAddress: target,
        requestId: null,
        state: "planned",
        planned: 1,
        sent: null,
        settled: null,
        note: "",
      });
    }
    await updateRow(db, "moveIntent", 2, { state: "sent", sent: 7 });
    await updateRow(db, "moveIntent", 2, { note: "on its way" });
    await updateRow(db, "moveIntent", 1, {});
    return await db.selectFrom("moveIntent")
      .select(["targetAddress", "state", "sent", "note"]).orderBy("id")
      .execute();
  });
  assertEquals(intents.map((row) => ({ ...row })), [
    { targetAddress: 500, state: "planned", sent: null, note: "" },
    { targetAddress: 501, state: "sent", sent: 7, note: "on its way" },
  ]);
});

Deno.test("a row that breaks a reference is refused", async () => {
  await using database = await Database.open(":memory:");
  await assertRejects(() =>
    database.write((db) =>
      insertRow(db, "logicalMedium", {
        id: "none",
        position: 1,
        poolId: "none",
      })
    )
  );
});
