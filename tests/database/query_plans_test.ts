import { assert, assertEquals } from "@std/assert";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { openChanger } from "../../src/changer/mod.ts";
import {
  Database,
  idsByBarCode,
  idsByName,
  idsInContainer,
  idsInSystem,
} from "../../src/database/mod.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { type Manager, openManager } from "../../src/manager/mod.ts";
import { type Caller, INFINITE } from "../../src/model/mod.ts";
import { systemClock, systemRandom } from "../../src/model/system.ts";

const LIBRARY =
  "virtual:plans?files=no&slots=12&drives=2&cartridges=9&barcodes=LAB%03dL6";
const CALLER: Caller = {
  application: "backup",
  user: "someone",
  computer: "here",
  session: "s1",
};
/** Going through these takes the longer the more media or drives there are. */
const GROWING = [
  "object",
  "cartridge",
  "side",
  "logicalMedium",
  "slot",
  "drive",
  "mount",
  "libraryRequest",
  "keptAnswer",
  "moveIntent",
];
const SCAN = new RegExp(`^SCAN (${GROWING.join("|")})\\b`);
/** So do all members of a container, where no place in their order is given. */
const WHOLE =
  /INDEX (?:cartridgeByLibrary|cartridgeByPool|sideByPool|logicalMediumByPool|objectByType) \(\w+=\?\)/;

/** A catalogue that notes which statements are run. */
async function openNoting(): Promise<{
  database: Database;
  /** The statements that `work` runs. */
  statementsOf(work: () => Promise<unknown>): Promise<readonly string[]>;
  /** What SQLite does for a statement. */
  planOf(statement: string): readonly string[];
}> {
  const noted = new Set<string>();
  let sqlite: DatabaseSync | undefined;
  let prepare: DatabaseSync["prepare"] | undefined;
  const database = await Database.open(":memory:", (path) => {
    const opened = openSqlite(path);
    const original = opened.prepare.bind(opened);
    opened.prepare = (text) => {
      const statement = original(text);
      /** The same method, which notes that it was called. */
      const noting = <Method extends CallableFunction>(
        method: Method,
        of: StatementSync,
      ): Method =>
        new Proxy(method, {
          apply(run, _, values) {
            noted.add(text);
            return Reflect.apply(run, of, values);
          },
        });
      statement.all = noting(statement.all, statement);
      statement.run = noting(statement.run, statement);
      return statement;
    };
    [sqlite, prepare] = [opened, original];
    return opened;
  });
  return {
    database,
    async statementsOf(work) {
      noted.clear();
      await work();
      return [...noted];
    },
    planOf(statement) {
      assert(sqlite !== undefined && prepare !== undefined);
      return prepare(`EXPLAIN QUERY PLAN ${statement}`).all()
        .map((row) => String(row["detail"]));
    },
  };
}

async function makePool(manager: Manager) {
  const { items: [type] } = await manager.list({
    type: "mediaType",
    container: null,
    name: "LTO-6",
  });
  const { pool } = await manager.createPool(CALLER, {
    name: "backup",
    mediaType: type?.id ?? null,
    parent: null,
    mode: "always",
    drawFromFree: true,
    returnToFree: true,
  });
  return pool;
}

const callKey = () => ({
  key: crypto.randomUUID(),
  fingerprint: "f",
  sessionHash: "s",
});

Deno.test("what programs do most goes through no table of media, drives or requests", async () => {
  const { database, planOf, statementsOf } = await openNoting();
  await using manager = openManager({
    database,
    libraries: [{
      device: LIBRARY,
      open: () => openChanger(LIBRARY, { clock: systemClock }),
    }],
    clock: systemClock,
    random: systemRandom,
    log: { info() {}, warn() {}, error() {} },
    computer: "here",
    trustBarCodes: true,
  });
  await manager.ready;
  const pool = await makePool(manager);
  const allocate = (wholeCartridge = false) =>
    manager.allocate({ ...CALLER, callKey: callKey() }, {
      pool,
      side: null,
      wholeCartridge,
      timeoutMs: INFINITE,
    });
  const { logicalMedium, side } = await allocate();
  const listOf = (type: "cartridge" | "side" | "logicalMedium" | "slot") =>
    manager.list({ type, container: null, limit: 2, after: "1.1" });
  const inPool = (type: "cartridge" | "side" | "logicalMedium") =>
    manager.list({ type, container: pool, limit: 2, after: "1" });
  const channel = manager.notifications.open(CALLER, null);
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    allocate: () => allocate(),
    "allocate a whole cartridge": () => allocate(true),
    deallocate: () =>
      manager.deallocate({ ...CALLER, callKey: callKey() }, logicalMedium),
    "look up a bar code": () =>
      manager.list({ type: "cartridge", container: null, barCode: "LAB003L6" }),
    "look up a name": () =>
      manager.list({ type: "side", container: null, name: "LAB003L6" }),
    "read an object": () => manager.object(side),
    "list a part of the cartridges": () => listOf("cartridge"),
    "list a part of the sides": () => listOf("side"),
    "list a part of the slots": () => listOf("slot"),
    "list a part of the cartridges of a pool": () => inPool("cartridge"),
    "list a part of the sides of a pool": () => inPool("side"),
    "list a part of the media of a pool": () => inPool("logicalMedium"),
    "tell a change": () =>
      manager.notifications.wait(CALLER, {
        channel,
        take: crypto.randomUUID(),
        most: 10,
        timeoutMs: 0,
      }),
  };
  for (const [way, work] of Object.entries(ways)) {
    const statements = await statementsOf(work);
    assertEquals(statements.length > 0, way !== "tell a change", way);
    for (const statement of statements) {
      const scans = planOf(statement).filter((step) =>
        SCAN.test(step) || WHOLE.test(step)
      );
      assertEquals(scans, [], `${way}: ${statement}`);
    }
  }
});

Deno.test("a part of a list is found in its order, without sorting", async () => {
  const { database, planOf, statementsOf } = await openNoting();
  await using _ = database;
  const container = { id: "none", type: "mediaPool" } as const;
  const library = { id: "none", type: "library" } as const;
  const statements = await statementsOf(() =>
    database.read(async (db) => {
      for (const type of ["cartridge", "side", "logicalMedium"] as const) {
        await idsInContainer(db, type, container);
        await idsInSystem(db, type);
      }
      for (const type of ["cartridge", "slot", "drive", "port"] as const) {
        await idsInContainer(db, type, library);
      }
      await idsByBarCode(db, "LAB001L6");
      await idsByName(db, "cartridge", "LAB001L6");
    })
  );
  assertEquals(statements.length, 10);
  for (const statement of statements) {
    const plan = planOf(statement);
    assertEquals(plan.length, 1, `${statement}: ${plan.join("; ")}`);
    assert(plan[0]?.startsWith("SEARCH "), `${statement}: ${plan[0]}`);
  }
});
