import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { VirtualLibrary } from "../../src/changer/mod.ts";
import { Database } from "../../src/database/mod.ts";
import { Maps } from "../../src/manager/overview.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock, systemRandom } from "../../src/model/system.ts";
import { mountOf, openFixture } from "./fixture.ts";

Deno.test("who asks for the same map gets the same one, made once, until the catalogue changes", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const [one, other] = await Promise.all([
    manager.map(null),
    manager.map(null),
  ]);
  assertStrictEquals(one, other);
  assertStrictEquals(await manager.map(null), one);
  await fixture.pool("new");
  const next = await manager.map(null);
  assert(next !== one);
  assertEquals(next, one);
});

Deno.test("a map that is asked for after a change shows the change", async () => {
  await using fixture = await openFixture();
  const pool = await fixture.pool();
  const owned = async () => {
    const { cartridges } = await fixture.map();
    return cartridges.filter(({ poolPath }) => poolPath === "\\backup").length;
  };
  for (let count = 0; count < 3; count++) {
    // One that is made while the change is under way must not be given later.
    await Promise.all([owned(), fixture.allocate(pool), owned()]);
    assertEquals(await owned(), count + 1);
  }
});

Deno.test("a map of one library is not the map of another", async () => {
  await using fixture = await openFixture({
    urls: ["virtual:a?files=no", "virtual:b?files=no"],
  });
  const { manager } = fixture;
  const all = await manager.map(null);
  for (const { library } of all) {
    const maps = await manager.map(library.id);
    assertEquals(maps.map((map) => map.library.id), [library.id]);
  }
  await assertRejects(() => manager.map(systemRandom.guid()), NtmsError);
});

Deno.test("a map that could not be made is made when it is asked for again", async () => {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  {
    await using _ = await openFixture({ path });
  }
  let fails = true;
  {
    await using database = await Database.open(path);
    const maps = new Maps(database, () => {
      if (fails) throw new Error("not now");
      return null;
    });
    await assertRejects(() => maps.of(null), Error, "not now");
    fails = false;
    assertEquals((await maps.of(null)).length, 1);
  }
  await Deno.remove(path);
});

Deno.test("after every kind of change a map is what one made anew would be", async () => {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  await using library = await VirtualLibrary.open(
    "virtual:maps?files=no&slots=6&cartridges=3&drives=1&barcodes=LAB%03dL6",
    { clock: systemClock },
  );
  {
    await using fixture = await openFixture({
      path,
      open: () => library.openChanger(),
    });
    const { manager } = fixture;
    const caller = fixture.caller();
    const { library: { id }, slots } = await fixture.map();
    const pool = await fixture.pool();
    let medium = "";
    const changes: readonly (() => Promise<unknown>)[] = [
      async () => medium = await fixture.allocate(pool),
      () => manager.mount(caller, mountOf(medium)),
      () => manager.dismount(caller, { media: [medium], deferred: true }),
      () => manager.mount(caller, mountOf(medium)),
      () => manager.dismount(caller, { media: [medium], wait: true }),
      () => manager.deallocate(caller, medium),
      async () => {
        await library.insert(slots.at(-1)?.elementAddress ?? 0, "HAND01L6");
        await manager.inventory(caller, {
          library: id,
          method: "fast",
          wait: true,
        });
      },
    ];
    for (const change of changes) {
      await manager.map(null);
      await change();
      await using database = await Database.open(path);
      const anew = await new Maps(database, () => null).of(null);
      assertEquals(await manager.map(null), anew);
    }
  }
  await Deno.remove(path);
});
