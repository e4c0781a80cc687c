import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Changer, openChanger } from "../../src/changer/mod.ts";
import { cartridgeAt, Database, drivesOf } from "../../src/database/mod.ts";
import { attachLibrary } from "../../src/manager/attach.ts";
import { Background } from "../../src/manager/background.ts";
import type { Context } from "../../src/manager/context.ts";
import { StaleCatalogueError } from "../../src/manager/journal.ts";
import { MediaTypes } from "../../src/manager/media_types.ts";
import { Robot } from "../../src/manager/robot.ts";
import { Signals } from "../../src/manager/signals.ts";
import { beginEpoch } from "../../src/manager/system_objects.ts";
import { LIMITS } from "../../src/model/mod.ts";
import { systemClock, systemRandom } from "../../src/model/system.ts";
import { MemoryLog } from "./fixture.ts";

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
  };
}

Deno.test("a late dismount leaves alone what is in the drive by then", async () => {
  await using database = await Database.open(":memory:");
  const context = await openContext(database);
  const changer = await openChanger(
    "virtual:late?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6",
    { clock: systemClock },
  );
  try {
    const drives = await changer.drives();
    const { id } = await attachLibrary(context, changer, drives);
    const robot = new Robot(context, id, changer, drives);
    await robot.inventory(new AbortController().signal);
    const [drive] = await database.read((db) => drivesOf(db, id));
    const cartridges = await database.read((db) =>
      db.selectFrom("cartridge").select("id").orderBy("barCode").execute()
    );
    const [first, second] = cartridges;
    assert(drive && first && second);
    const inDrive = async () =>
      (await database.read((db) => cartridgeAt(db, drive.id)))?.id;
    await robot.load(second.id, drive.id, null);
    await robot.putAway(drive.id, first.id, null);
    assertEquals(await inDrive(), second.id);
    await robot.putAway(drive.id, second.id, null);
    assertEquals(await inDrive(), undefined);
  } finally {
    await changer.close();
  }
});

Deno.test("nothing is moved while the library does not tell what its transport holds", async () => {
  await using database = await Database.open(":memory:");
  const context = await openContext(database);
  const changer = await openChanger(
    "virtual:untold?files=no&slots=4&cartridges=1&drives=1&barcodes=LAB%03dL6",
    { clock: systemClock },
  );
  try {
    const drives = await changer.drives();
    const { id } = await attachLibrary(context, changer, drives);
    const leavesOut: Changer = new Proxy(changer, {
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
    const robot = new Robot(context, id, leavesOut, drives);
    await robot.inventory(new AbortController().signal);
    const [drive] = await database.read((db) => drivesOf(db, id));
    const [cartridge] = await database.read((db) =>
      db.selectFrom("cartridge").select("id").execute()
    );
    assert(drive && cartridge);
    await assertRejects(
      () => robot.load(cartridge.id, drive.id, null),
      StaleCatalogueError,
      "the transport is not reported",
    );
    const sent = await database.read((db) =>
      db.selectFrom("moveIntent").selectAll().where("sent", "is not", null)
        .execute()
    );
    assertEquals(sent, []);
  } finally {
    await changer.close();
  }
});
