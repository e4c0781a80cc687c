import { DatabaseSync } from "node:sqlite";
import { assertEquals } from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { Database } from "../../src/database/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import { rejectsWith } from "./operator_fixture.ts";

/** Two services on one catalogue and one library, the second started while the first runs. */
async function withTwo(
  test: (setup: {
    older: Fixture;
    newer: Fixture;
    medium: string;
    library: VirtualLibrary;
    path: string;
  }) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  try {
    await using library = await VirtualLibrary.open(
      "virtual:two?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6",
      { clock: systemClock },
    );
    const open = () => library.openChanger();
    await using older = await openFixture({ path, open });
    const medium = await older.allocate(await older.pool());
    await using newer = await openFixture({ path, open });
    await test({ older, newer, medium, library, path });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Epochs and states of all robot steps on disk. */
async function stepsOf(path: string): Promise<[number, string][]> {
  await using database = await Database.open(path);
  const rows = await database.read((db) =>
    db.selectFrom("moveIntent").select(["epoch", "state"]).orderBy("id")
      .execute()
  );
  return rows.map(({ epoch, state }) => [epoch, state]);
}

Deno.test("a service that another one has followed moves nothing more, and writes down no step", () =>
  withTwo(async ({ older, newer, medium, library, path }) => {
    const { manager, caller } = older;
    await rejectsWith(
      "ERROR_NOT_READY",
      () => manager.mount(caller(), mountOf(medium)),
    );
    assertEquals(await stepsOf(path), []);
    assertEquals(
      await library.remove(library.layout.storage.first),
      "LAB001L6",
    );
    await library.insert(library.layout.storage.first, "LAB001L6");
    await newer.manager.mount(newer.caller(), mountOf(medium));
    assertEquals(await stepsOf(path), [[2, "confirmed"]]);
  }));

Deno.test("a service that another one has followed does not say where cartridges are", () =>
  withTwo(async ({ older, newer, library }) => {
    const { first } = library.layout.storage;
    await library.remove(first);
    const { manager, caller } = older;
    const { id } = (await older.map()).library;
    const input = { library: id, method: "fast", wait: true } as const;
    await rejectsWith(
      "ERROR_NOT_READY",
      () => manager.inventory(caller(), input),
    );
    assertEquals((await newer.map()).cartridges.length, 2);
    assertEquals((await newer.manager.object(id)).operationalState, "ready");
    assertEquals(await newer.all("operatorRequest"), []);
    const { report } = await newer.manager.inventory(newer.caller(), input);
    assertEquals(report?.missing, ["LAB001L6"]);
  }));

Deno.test("a robot step is not sent when another service starts between its plan and its command", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/rsm.sqlite`;
  const starts: string[] = [];
  const start = () => {
    using other = new DatabaseSync(path);
    other.exec("UPDATE setting SET value = value + 1 WHERE name = 'epoch'");
  };
  try {
    await using library = await VirtualLibrary.open(
      "virtual:two?files=no&slots=4&cartridges=1&drives=1&barcodes=LAB%03dL6",
      { clock: systemClock },
    );
    await using fixture = await openFixture({
      path,
      open: () => library.openChanger(),
      crash: (point) => {
        if (point !== "call.readStep.before" || starts.length > 0) return;
        starts.push(point);
        start();
      },
    });
    const { caller, manager } = fixture;
    const medium = await fixture.allocate(await fixture.pool());
    await rejectsWith(
      "ERROR_NOT_READY",
      () => manager.mount(caller(), mountOf(medium)),
    );
    assertEquals(starts.length, 1);
    assertEquals(await stepsOf(path), [[1, "planned"]]);
    assertEquals(
      await library.remove(library.layout.storage.first),
      "LAB001L6",
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
