import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Changer,
  ChangerError,
  type Fault,
  openChanger,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import {
  cartridgeAt,
  Database,
  drivesOf,
  insertIntent,
  openIntents,
  updateCartridge,
} from "../../src/database/mod.ts";
import { attachLibrary } from "../../src/manager/attach.ts";
import { Background } from "../../src/manager/background.ts";
import type { Context } from "../../src/manager/context.ts";
import { StaleCatalogueError } from "../../src/manager/step_errors.ts";
import { MediaTypes } from "../../src/manager/media_types.ts";
import { resolveIntents } from "../../src/manager/resolve_intents.ts";
import { LibraryDrives } from "../../src/manager/library_drives.ts";
import { Robot } from "../../src/manager/robot.ts";
import { Signals } from "../../src/manager/signals.ts";
import { beginEpoch } from "../../src/manager/system_objects.ts";
import { UiLists } from "../../src/manager/ui_lists.ts";
import { LIMITS } from "../../src/model/mod.ts";
import { systemClock, systemRandom } from "../../src/model/system.ts";
import { MemoryLog } from "./fixture.ts";

const MOVE_MEDIUM = 0xa5;

async function openContext(database: Database): Promise<Context> {
  const log = new MemoryLog();
  const crash = () => {};
  const mediaTypes = new MediaTypes();
  return {
    database,
    clock: systemClock,
    random: systemRandom,
    log,
    background: new Background(log, systemClock),
    signals: new Signals(),
    urgencies: new Map(),
    epoch: await beginEpoch(
      { database, crash, mediaTypes },
      systemClock,
      systemRandom,
      "here",
    ),
    crash,
    trustBarCodes: true,
    mediaTypes,
    limits: LIMITS,
    host: "here",
    ui: new UiLists(),
    labelLibraries: [],
  };
}

/** A robot on a library that has had its inventory. */
interface Setup {
  readonly context: Context;
  readonly database: Database;
  readonly robot: Robot;
  readonly library: string;
  readonly drive: string;
  /** By bar code. */
  readonly cartridges: readonly string[];
}

async function withRobot(
  changer: Changer,
  test: (setup: Setup) => Promise<void>,
): Promise<void> {
  await using database = await Database.open(":memory:");
  const context = await openContext(database);
  try {
    const drives = await changer.drives();
    const { id } = await attachLibrary(context, changer, drives);
    const fleet = new LibraryDrives(context, id, changer, drives);
    const robot = new Robot(context, id, changer, fleet);
    await robot.inventory(new AbortController().signal);
    const [drive] = await database.read((db) => drivesOf(db, id));
    const rows = await database.read((db) =>
      db.selectFrom("cartridge").select("id").orderBy("barCode").execute()
    );
    assert(drive !== undefined);
    const cartridges = rows.map((row) => row.id);
    await test({
      context,
      database,
      robot,
      library: id,
      drive: drive.id,
      cartridges,
    });
  } finally {
    await changer.close();
  }
}

function openLibrary(cartridges: number): Promise<Changer> {
  return openChanger(
    `virtual:robot?files=no&slots=4&cartridges=${cartridges}&drives=1&barcodes=LAB%03dL6`,
    { clock: systemClock },
  );
}

Deno.test("a late dismount leaves alone what is in the drive by then", async () =>
  await withRobot(
    await openLibrary(2),
    async ({ cartridges, database, drive, robot }) => {
      const [first = "", second = ""] = cartridges;
      const inDrive = async () =>
        (await database.read((db) => cartridgeAt(db, drive)))?.id;
      await robot.load(second, drive, null);
      await robot.putAway(drive, first, null);
      assertEquals(await inDrive(), second);
      await robot.putAway(drive, second, null);
      assertEquals(await inDrive(), undefined);
    },
  ));

Deno.test("nothing is moved while the library does not tell what its transport holds", async () => {
  const leavesOut = new Proxy(await openLibrary(1), {
    get(target, name) {
      if (name !== "readElements") {
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return async (...options: Parameters<Changer["readElements"]>) =>
        (await target.readElements(...options)).filter(({ type }) =>
          type !== "transport"
        );
    },
  });
  await withRobot(
    leavesOut,
    async ({ cartridges, database, drive, robot }) => {
      await assertRejects(
        () => robot.load(cartridges[0] ?? "", drive, null),
        StaleCatalogueError,
        "the transport is not reported",
      );
      const sent = await database.read((db) =>
        db.selectFrom("moveIntent").selectAll().where("sent", "is not", null)
          .execute()
      );
      assertEquals(sent, []);
    },
  );
});

Deno.test("a step that frees the gripper is unknown until the library tells what came of it", async () => {
  const moves: Fault[] = [];
  let silent = false;
  await using virtual = await VirtualLibrary.open(
    "virtual:grip?files=no&slots=4&cartridges=1&drives=1&barcodes=LAB%03dL6",
    {
      clock: systemClock,
      faults: ({ cdb, unit }) => {
        if (unit !== "changer" || moves.length === 0) {
          return silent ? { lose: "command" } : "none";
        }
        if (cdb[0] !== MOVE_MEDIUM) return "none";
        silent = moves.length === 1;
        return moves.shift() ?? "none";
      },
    },
  );
  await withRobot(
    await virtual.openChanger(),
    async ({ cartridges, database, drive, library, robot }) => {
      const sense = { key: 0x4, asc: 0x15, ascq: 0x01 };
      moves.push({ sense, effect: "gripper" }, "none");
      await assertRejects(
        () => robot.load(cartridges[0] ?? "", drive, null),
        StaleCatalogueError,
      );
      const open = await database.read((db) => openIntents(db, library));
      assertEquals(open.map(({ state }) => state), ["unknown", "unknown"]);
    },
  );
});

Deno.test("an inventory that sees no label says so of the steps that it settles", async () => {
  const changer = await openLibrary(1);
  await withRobot(changer, async ({ cartridges, context, library }) => {
    const { database, epoch } = context;
    const [cartridgeId = ""] = cartridges;
    const settle = async (barCodeState: "ok" | "unreadable") => {
      await database.write(async (db) => {
        await updateCartridge(db, cartridgeId, { barCodeState });
        await insertIntent(db, {
          epoch,
          libraryId: library,
          cartridgeId,
          sourceAddress: changer.layout.storage.first,
          targetAddress: changer.layout.dataTransfer.first,
          requestId: null,
          state: "sent",
          planned: 0,
          sent: 0,
          settled: null,
          note: "",
        });
      });
      assertEquals(await resolveIntents(context, library), 1);
      const rows = await database.read((db) =>
        db.selectFrom("moveIntent").select(["state", "note"]).orderBy("id")
          .execute()
      );
      return rows.slice(-1).map(({ note, state }) => `${state}: ${note}`);
    };
    assertEquals(await settle("ok"), [
      "resolved: the inventory found it not done",
    ]);
    assertEquals(await settle("unreadable"), [
      "resolved: the inventory found it not done, judged without its label",
    ]);
  });
});

Deno.test("nothing is moved to or from a place of which a step is not settled, before an inventory", async () => {
  let step: "usual" | "lost" | "silent" = "usual";
  await using virtual = await VirtualLibrary.open(
    "virtual:open?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6",
    {
      clock: systemClock,
      faults: ({ cdb, unit }) => {
        if (unit !== "changer" || step === "usual") return "none";
        if (cdb[0] === MOVE_MEDIUM) step = "silent";
        return step === "silent" ? { lose: "command" } : "none";
      },
    },
  );
  await withRobot(
    await virtual.openChanger(),
    async ({ cartridges, database, drive, library, robot }) => {
      const [first = "", second = ""] = cartridges;
      const load = (cartridge: string) => () =>
        robot.load(cartridge, drive, null);
      step = "lost";
      await assertRejects(load(first), StaleCatalogueError, "not answer");
      step = "usual";
      await assertRejects(load(first), StaleCatalogueError, "step before");
      await assertRejects(load(second), StaleCatalogueError, "step before");
      const open = await database.read((db) => openIntents(db, library));
      assertEquals(open.map(({ state }) => state), ["unknown"]);
      await robot.inventory(new AbortController().signal);
      await load(second)();
      const inDrive = await database.read((db) => cartridgeAt(db, drive));
      assertEquals(inDrive?.id, second);
    },
  );
});

Deno.test("a step that the library says was not done is closed at once, and can be taken again", async () => {
  let fails = false;
  await using virtual = await VirtualLibrary.open(
    "virtual:fail?files=no&slots=4&cartridges=1&drives=1&barcodes=LAB%03dL6",
    {
      clock: systemClock,
      faults: ({ cdb }) =>
        fails && cdb[0] === MOVE_MEDIUM
          ? { sense: { key: 0x4, asc: 0x15, ascq: 0x01 } }
          : "none",
    },
  );
  await withRobot(
    await virtual.openChanger(),
    async ({ cartridges, database, drive, library, robot }) => {
      const load = () => robot.load(cartridges[0] ?? "", drive, null);
      fails = true;
      await assertRejects(load, ChangerError);
      assertEquals(await database.read((db) => openIntents(db, library)), []);
      fails = false;
      await load();
    },
  );
});
