import { assert, assertEquals } from "@std/assert";
import { type Fault, VirtualLibrary } from "../../src/changer/mod.ts";
import { Database } from "../../src/database/mod.ts";
import { decodeCdb } from "../../src/scsi/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";

const URL = "virtual:swap?files=no&slots=6&cartridges=4&drives=1" +
  "&barcodes=LAB%03dL6";
const TROUBLE = { key: 0x4, asc: 0x15, ascq: 0x01 };
const UNKNOWN_COMMAND = { key: 0x5, asc: 0x20, ascq: 0x00 };

/** A manager on a library whose next exchange meets a fault; what the robot was told since. */
async function withLibrary(
  fault: Fault,
  test: (scene: {
    fixture: Fixture;
    commands: string[];
    media: string[];
    library: VirtualLibrary;
    /** Mounts and dismounts deferred. */
    use: (medium: string) => Promise<void>;
  }) => Promise<void>,
  url = URL,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".db" });
  const commands: string[] = [];
  let next = fault;
  await using library = await VirtualLibrary.open(url, {
    clock: systemClock,
    faults: ({ unit, cdb }) => {
      if (unit !== "changer") return "none";
      const { command } = decodeCdb(cdb, "changer");
      if (command === "moveMedium") commands.push("move");
      if (command !== "exchangeMedium") return "none";
      commands.push("exchange");
      const now = next;
      next = "none";
      return now;
    },
  });
  {
    await using fixture = await openFixture({
      path,
      open: () => library.openChanger(),
    });
    const pool = await fixture.pool();
    const media = [];
    for (let n = 0; n < 4; n++) media.push(await fixture.allocate(pool));
    await test({
      fixture,
      commands,
      media,
      library,
      use: async (medium) => {
        await fixture.manager.mount(fixture.caller(), mountOf(medium));
        await fixture.manager.dismount(fixture.caller(), {
          media: [medium],
          deferred: true,
          wait: true,
        });
      },
    });
    await agree(fixture, library);
  }
  await using database = await Database.open(path);
  const open = await database.read((db) =>
    db.selectFrom("moveIntent").select(["id", "state"])
      .where("state", "not in", ["confirmed", "failed", "resolved"]).execute()
  );
  assertEquals(open, [], "every step has its end");
  await Deno.remove(path);
}

/** The catalogue has every cartridge where it is. */
async function agree(fixture: Fixture, library: VirtualLibrary) {
  await using changer = await library.openChanger();
  const there = (await changer.readElements()).flatMap((element) =>
    element.full ? `${element.elementAddress} ${element.barCode}` : []
  );
  const places = new Map(
    [
      ...await fixture.all("slot"),
      ...await fixture.all("drive"),
    ].map((place) => [place.id, place.elementAddress]),
  );
  const known = (await fixture.all("cartridge")).map((one) =>
    `${places.get(one.location ?? "")} ${one.barCode}`
  );
  assertEquals(known.toSorted(), there.toSorted());
}

Deno.test("another cartridge comes into a drive by one exchange, and the one that was there is home", async () => {
  await withLibrary("none", async ({ commands, media, use }) => {
    for (const medium of media) await use(medium);
    assertEquals(commands, ["move", "exchange", "exchange", "exchange"]);
  });
});

Deno.test("an exchange whose first half alone was done is ended by a move", async () => {
  await withLibrary(
    { sense: TROUBLE, effect: "half" },
    async ({ commands, media: [a = "", b = ""], use }) => {
      await use(a);
      await use(b);
      assertEquals(commands, ["move", "exchange", "move"]);
    },
  );
});

Deno.test("an exchange that was done is not done again, whatever the library says of it", async () => {
  const faults: Fault[] = [
    { sense: TROUBLE, effect: "done" },
    { lose: "answer" },
  ];
  for (const fault of faults) {
    await withLibrary(
      fault,
      async ({ commands, media: [a = "", b = ""], use }) => {
        await use(a);
        await use(b);
        assertEquals(commands, ["move", "exchange"]);
      },
    );
  }
});

Deno.test("an exchange that leaves a cartridge in the gripper is settled by an inventory", async () => {
  await withLibrary(
    { sense: TROUBLE, effect: "gripper" },
    async ({ commands, media: [a = "", b = ""], use }) => {
      await use(a);
      await use(b);
      // The second move empties the gripper, the third one mounts.
      assertEquals(commands, ["move", "exchange", "move", "move"]);
    },
  );
});

Deno.test("a good answer to an exchange that was not done deceives nobody", async () => {
  await withLibrary(
    { status: 0 },
    async ({ fixture, media: [a = "", b = ""], use }) => {
      await use(a);
      await use(b).catch(() => {});
      const [drive] = await fixture.all("drive");
      assert(drive?.state !== "loaded");
    },
  );
});

Deno.test("a library that does not know the command is asked once, and gets two moves", async () => {
  await withLibrary(
    { sense: UNKNOWN_COMMAND },
    async ({ commands, media, use }) => {
      for (const medium of media.slice(0, 3)) await use(medium);
      assertEquals(commands, [
        "move",
        "exchange",
        ...["move", "move"],
        ...["move", "move"],
      ]);
    },
  );
});

Deno.test("an exchange that was not done leaves both where they were, and is asked about before the next try", async () => {
  await withLibrary(
    { sense: TROUBLE },
    async ({ commands, media: [a = "", b = ""], use }) => {
      await use(a);
      await use(b).catch(() => {});
      assertEquals(commands.slice(0, 2), ["move", "exchange"]);
    },
  );
});
