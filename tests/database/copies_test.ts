import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import {
  applyImport,
  checkCatalogue,
  copiesOf,
  Database,
  scheduleImport,
  setSetting,
} from "../../src/database/mod.ts";
import { copyAside, runAside } from "../../src/database/aside.ts";
import { NtmsError } from "../../src/model/mod.ts";
import {
  apply,
  colorOf,
  DAY_MS,
  exportNow,
  inState,
  modeOf,
  namesIn,
  note,
  NOW,
  paint,
  refusal,
  step,
} from "./copy_place.ts";

Deno.test("exportCatalogue() copies what is committed while the catalogue is open and being written", () =>
  inState(async ({ catalogue, exported }) => {
    await using database = await Database.open(catalogue);
    await database.write((db) => setSetting(db, "color", "green"));
    let stop = false;
    const writing = (async () => {
      for (let n = 0; !stop; n++) {
        // Both or neither are in a copy of one moment.
        await database.write(async (db) => {
          await setSetting(db, "left", String(n));
          await setSetting(db, "right", String(n));
        });
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return true;
    })();
    const copy = await exportNow(catalogue);
    stop = true;
    assert(await writing);
    assertEquals(copy.name, "rsm-2026-11-22T120000.000Z.sqlite");
    using reader = new DatabaseSync(exported, { readOnly: true });
    const settings = new Map(
      reader.prepare("select name, value from setting").all()
        .map(({ name, value }) => [name, value]),
    );
    assertEquals(settings.get("color"), "green");
    assertEquals(settings.get("left"), settings.get("right"));
  }));

for (const byRows of [false, true]) {
  Deno.test(`copyAside() by ${byRows ? "rows" : "backup"} copies tables, indexes and counters, and no damage`, () =>
    inState(async ({ state, catalogue }) => {
      await paint(catalogue, "green");
      {
        using sqlite = new DatabaseSync(catalogue);
        sqlite.exec(
          `insert into moveIntent (epoch, libraryId, cartridgeId, sourceAddress,
            targetAddress, state, planned, note)
          values (1, 'a', 'b', 1, 2, 'confirmed', 1, 'x');
          delete from moveIntent`,
        );
      }
      const target = `${state}/copy`;
      await copyAside(catalogue, target, byRows);
      const contents = (path: string) =>
        runAside(path, [
          "select type, name, sql from sqlite_master order by name",
          "select * from sqlite_sequence order by name",
          "select * from setting",
          "select * from kysely_migration",
          "PRAGMA application_id",
          "PRAGMA integrity_check",
        ]);
      assertEquals(await contents(target), await contents(catalogue));
      const { size } = await Deno.stat(catalogue);
      {
        using file = await Deno.open(catalogue, { write: true });
        await file.seek(4096, Deno.SeekMode.Start);
        await file.write(new Uint8Array(size - 4096).fill(0xa5));
      }
      await assertRejects(
        () => copyAside(catalogue, `${state}/other`, byRows),
        Error,
      );
    }));
}

Deno.test("a copy is one file that the service's user alone may read", () =>
  inState(async ({ state, catalogue, exported }) => {
    await paint(catalogue, "green");
    const { path } = await exportNow(catalogue);
    assertEquals([modeOf(path), modeOf(exported)], [0o600, 0o600]);
    assertEquals(modeOf(`${state}/Export`), 0o700);
    assertEquals(namesIn(`${state}/Export`), [
      "rsm-2026-11-22T120000.000Z.sqlite",
      "rsm.sqlite",
    ]);
  }));

Deno.test("an export overwrites the copy that was asked for last, and keeps so many dated ones", () =>
  inState(async ({ catalogue, exported }) => {
    for (const [day, color] of ["a", "b", "c", "d", "e"].entries()) {
      await paint(catalogue, color);
      await exportNow(catalogue, { now: NOW + day * DAY_MS });
    }
    assertEquals(
      copiesOf(catalogue).map(({ name }) => name.slice(4, 14)).sort(),
      ["2026-11-24", "2026-11-25", "2026-11-26"],
    );
    assertEquals((await checkCatalogue(exported, "full")).fault, null);
    assertEquals(await colorOf(exported), "e");
  }));

Deno.test("a copy that nobody asked for leaves the one that was asked for", () =>
  inState(async ({ catalogue, exported }) => {
    await paint(catalogue, "asked");
    await exportNow(catalogue);
    await paint(catalogue, "daily");
    await exportNow(catalogue, { now: NOW + DAY_MS, asked: false });
    assertEquals(await colorOf(exported), "asked");
    assertEquals(copiesOf(catalogue).length, 2);
  }));

Deno.test("a damaged catalogue is not exported, and the copies stay", () =>
  inState(async ({ catalogue, exported }) => {
    await paint(catalogue, "green");
    {
      using sqlite = new DatabaseSync(catalogue);
      sqlite.exec(
        "create table filler as with recursive n(i) as (select 1 union all select i + 1 from n where i < 400) select i, hex(randomblob(200)) as text from n",
      );
    }
    await exportNow(catalogue);
    const before = await Deno.readFile(exported);
    const { size } = await Deno.stat(catalogue);
    {
      using file = await Deno.open(catalogue, { write: true });
      await file.seek(size - 16 * 4096, Deno.SeekMode.Start);
      await file.write(new Uint8Array(12 * 4096).fill(0xa5));
    }
    const message = await refusal(() =>
      exportNow(catalogue, { now: NOW + DAY_MS })
    );
    assertStringIncludes(message, "damaged");
    assertEquals(await Deno.readFile(exported), before);
    assertEquals(copiesOf(catalogue).length, 1);
  }));

Deno.test("an export that cannot write tells where", () =>
  inState(async ({ state, catalogue }) => {
    await paint(catalogue, "green");
    await Deno.writeTextFile(`${state}/Export`, "in the way");
    const message = await refusal(() => exportNow(catalogue));
    assertStringIncludes(message, `${state}/Export`);
  }));

Deno.test("an import takes effect at the next start, and the replaced catalogue is kept", () =>
  inState(async ({ state, catalogue }) => {
    await paint(catalogue, "old");
    await exportNow(catalogue);
    await paint(catalogue, "new");
    await scheduleImport(catalogue, { step, note });
    assertEquals(await colorOf(catalogue), "new");
    const imported = await apply(catalogue);
    assertEquals(await colorOf(catalogue), "old");
    assertEquals(
      imported?.replaced,
      `${state}/Replaced/rsm-2026-11-22T120000.000Z.sqlite`,
    );
    assertEquals(await colorOf(imported?.replaced ?? ""), "new");
    assertEquals(await apply(catalogue), null);
    assertEquals(await colorOf(catalogue), "old");
  }));

Deno.test("an import takes a copy by its name, and nothing outside the export directory", () =>
  inState(async ({ catalogue }) => {
    await paint(catalogue, "first");
    const first = await exportNow(catalogue);
    await paint(catalogue, "second");
    await exportNow(catalogue, { now: NOW + DAY_MS });
    await scheduleImport(catalogue, { copy: first.name, step, note });
    await apply(catalogue);
    assertEquals(await colorOf(catalogue), "first");
    const error = await assertRejects(
      () => scheduleImport(catalogue, { copy: "../rsm.sqlite", step, note }),
      NtmsError,
    );
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  }));

Deno.test("without a copy that was asked for, an import takes the newest", () =>
  inState(async ({ catalogue }) => {
    assertStringIncludes(
      await refusal(() => scheduleImport(catalogue, { step, note })),
      "There is no copy",
    );
    for (const [day, color] of ["older", "newer"].entries()) {
      await paint(catalogue, color);
      await exportNow(catalogue, { now: NOW + day * DAY_MS, asked: false });
    }
    const written = (now: number) =>
      copiesOf(catalogue).find(({ name }) =>
        name.includes(new Date(now).toISOString().slice(0, 10))
      )?.path ?? "";
    await Deno.utime(written(NOW), NOW / 1000, NOW / 1000);
    await scheduleImport(catalogue, { step, note });
    await apply(catalogue);
    assertEquals(await colorOf(catalogue), "newer");
  }));

/** Files that must not become the catalogue, and what is said of them. */
const UNFIT: readonly (readonly [
  what: string,
  make: (path: string) => Promise<void> | void,
  said: string,
])[] = [
  [
    "a text",
    (path) => Deno.writeTextFile(path, "this is no catalogue".repeat(400)),
    "no catalogue of rsm",
  ],
  ["an empty file", (path) => Deno.writeTextFile(path, ""), "no catalogue"],
  [
    "a database of another application",
    (path) => {
      Deno.removeSync(path);
      using other = new DatabaseSync(path);
      other.exec("create table setting (name text, value text)");
    },
    "no catalogue of rsm",
  ],
  [
    "a damaged copy",
    async (path) => {
      using file = await Deno.open(path, { write: true });
      await file.seek(8 * 4096, Deno.SeekMode.Start);
      await file.write(new Uint8Array(4 * 4096).fill(0xa5));
    },
    "damaged",
  ],
  [
    "a copy cut short",
    (path) => Deno.truncate(path, 5 * 4096),
    "damaged",
  ],
  [
    "a copy of a newer version",
    (path) => {
      using newer = new DatabaseSync(path);
      newer.exec(
        "insert into kysely_migration (name, timestamp) values ('9999_future', '2099')",
      );
    },
    "newer version of rsm (schema 9999_future",
  ],
];

for (const [what, make, said] of UNFIT) {
  Deno.test(`${what} is not imported, and nothing changes`, () =>
    inState(async ({ state, catalogue, exported }) => {
      await paint(catalogue, "green");
      const { path } = await exportNow(catalogue);
      await Deno.remove(path);
      await make(exported);
      const message = await refusal(() =>
        scheduleImport(catalogue, { step, note })
      );
      assertStringIncludes(message, said);
      assertStringIncludes(message, exported);
      assertEquals(await apply(catalogue), null);
      assertEquals(await colorOf(catalogue), "green");
      await Deno.lstat(`${state}/import.sqlite`).then(
        () => assert(false, "it was scheduled"),
        () => {},
      );
    }));
}

Deno.test("a copy of an older schema is brought to the newest one", () =>
  inState(async ({ catalogue, exported }) => {
    await paint(catalogue, "green");
    await exportNow(catalogue);
    {
      // As the first version of all left it: before any migration.
      await Deno.remove(exported);
      using older = new DatabaseSync(exported);
      older.exec("PRAGMA application_id = 0x52534d43");
      older.exec(
        "create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)",
      );
    }
    assertEquals((await checkCatalogue(exported, "full")).behind, 1);
    await scheduleImport(catalogue, { step, note });
    await apply(catalogue);
    const found = await checkCatalogue(catalogue, "full");
    assertEquals([found.fault, found.behind], [null, 0]);
    assertEquals(await colorOf(catalogue), null);
  }));

Deno.test("what was damaged after it was scheduled stops the start, with what to do", () =>
  inState(async ({ state, catalogue }) => {
    await paint(catalogue, "green");
    await exportNow(catalogue);
    await scheduleImport(catalogue, { step, note });
    await Deno.truncate(`${state}/import.sqlite`, 5 * 4096);
    const message = await refusal(() => apply(catalogue));
    assertStringIncludes(message, "import another copy");
    await Deno.remove(`${state}/import.sqlite`);
    assertEquals(await colorOf(catalogue), "green");
  }));

Deno.test("a damaged catalogue is replaced too, and kept with its log", () =>
  inState(async ({ catalogue }) => {
    await paint(catalogue, "green");
    await exportNow(catalogue);
    await Deno.writeTextFile(catalogue, "broken");
    await Deno.writeTextFile(`${catalogue}-wal`, "log");
    await scheduleImport(catalogue, { step, note });
    const imported = await apply(catalogue);
    const kept = imported?.replaced ?? "";
    assertEquals(await Deno.readTextFile(kept), "broken");
    assertEquals(await Deno.readTextFile(`${kept}-wal`), "log");
    assertEquals(await colorOf(catalogue), "green");
  }));

Deno.test("no more replaced catalogues are kept than the limit says", () =>
  inState(async ({ state, catalogue }) => {
    await paint(catalogue, "green");
    await exportNow(catalogue);
    for (let day = 0; day < 4; day++) {
      await scheduleImport(catalogue, { step, note });
      await applyImport(catalogue, { now: NOW + day * DAY_MS, kept: 2, step });
    }
    const names = namesIn(`${state}/Replaced`)
      .map((name) => name.slice(0, 14));
    assertEquals(names, ["rsm-2026-11-24", "rsm-2026-11-25"]);
  }));
