import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  type EnumerateInput,
  type Guid,
  type ListPart,
  NtmsError,
  type ObjectType,
} from "../../src/model/mod.ts";
import { type Fixture, openFixture } from "./fixture.ts";

const URLS = ["one", "two"].map((name) =>
  `virtual:${name}?files=no&slots=9&drives=2&cartridges=7&barcodes=${name}%03dL6`
);

type Asked = Omit<EnumerateInput, "after" | "limit">;

async function codeOf(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

/** A list read in parts of `limit`, with what is done after each. */
async function inParts(
  { manager }: Fixture,
  asked: Asked,
  limit: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Guid[]> {
  const all: Guid[] = [];
  let next: string | null = null;
  do {
    const after = next === null ? {} : { after: next };
    const part: ListPart<Guid> = await manager.enumerate({
      ...asked,
      ...after,
      limit,
    });
    assert(part.items.length <= limit, `${part.items.length} of ${limit}`);
    const records = await manager.list({ ...asked, ...after, limit });
    assertEquals(records.items.map(({ id }) => id), [...part.items]);
    assertEquals(records.next, part.next);
    all.push(...part.items);
    assert(all.length < 1_000, "a list without an end");
    next = part.next;
    await between();
  } while (next !== null);
  return all;
}

/** Every list of several members that the fixture's catalogue has. */
async function lists(fixture: Fixture): Promise<Asked[]> {
  const pool = await fixture.pool();
  for (let medium = 0; medium < 5; medium++) await fixture.allocate(pool);
  const libraries = await fixture.all("library");
  const library = libraries.find(({ kind }) => kind !== "offline");
  const [medium] = await fixture.all("logicalMedium");
  assert(library !== undefined && medium !== undefined);
  const of = (type: ObjectType, container: Guid | null = null) => ({
    type,
    container,
  });
  const parts: readonly ObjectType[] = ["slot", "drive", "port", "mediaType"];
  return [
    of("slot"),
    of("drive"),
    of("library"),
    of("mediaPool"),
    of("mediaType"),
    of("cartridge"),
    of("side"),
    ...parts.map((type) => of(type, library.id)),
    of("cartridge", library.id),
    of("cartridge", pool),
    of("side", pool),
    of("logicalMedium", pool),
    of("side", medium.id),
    { ...of("mediaPool"), rootPool: true },
    { ...of("side"), name: "one001L6" },
    { ...of("cartridge"), barCode: "two003L6" },
    { ...of("drive"), name: "Drive 1" },
  ];
}

Deno.test("the parts of a list, joined, are the whole list", async () => {
  await using fixture = await openFixture({ urls: URLS });
  const asked = await lists(fixture);
  for (const one of asked) {
    const { items, next } = await fixture.manager.enumerate(one);
    const what = JSON.stringify(one);
    assertEquals(next, null, what);
    assert(items.length > 0, what);
    assertEquals(new Set(items).size, items.length, what);
    for (const limit of [1, 2, 3, items.length, items.length + 1]) {
      const joined = await inParts(fixture, one, limit);
      assertEquals(joined, [...items], `${what} by ${limit}`);
    }
  }
});

Deno.test("what comes and goes while a list is read hides nothing that stays, and shows nothing twice", async () => {
  await using fixture = await openFixture({ urls: URLS });
  const { manager } = fixture;
  const pool = await fixture.pool();
  const list = { type: "logicalMedium", container: pool } as const;
  const deed = fc.record({
    gives: fc.boolean(),
    which: fc.nat(20),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(deed, { minLength: 1, maxLength: 8 }),
      async (limit, deeds) => {
        const there = async () => (await manager.enumerate(list)).items;
        while ((await there()).length < 6) await fixture.allocate(pool);
        const before = await there();
        const left = [...deeds];
        const came: Guid[] = [];
        const seen = await inParts(fixture, list, limit, async () => {
          const next = left.shift();
          if (next === undefined) return;
          const held = await there();
          const medium = held[next.which % held.length];
          if (next.gives && held.length < 12) {
            came.push(await fixture.allocate(pool));
          } else if (medium !== undefined) {
            await manager.deallocate(fixture.caller(), medium);
          }
        });
        const stayed = new Set(await there());
        assertEquals(new Set(seen).size, seen.length, "twice");
        const missed = before.filter((id) =>
          stayed.has(id) && !seen.includes(id)
        );
        assertEquals(missed, []);
        const order = [...before, ...came];
        assertEquals(seen, order.filter((id) => seen.includes(id)));
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("no answer has more objects than the limit says, and the next goes on where it ends", async () => {
  await using fixture = await openFixture({
    urls: URLS,
    limits: { objectsInOneAnswer: 5 },
  });
  const { manager } = fixture;
  const asked = { type: "slot", container: null } as const;
  const first = await manager.list(asked);
  assertEquals(first.items.length, 5);
  assert(first.next !== null);
  const more = await manager.list({ ...asked, limit: 50, after: first.next });
  assertEquals(more.items.length, 5);
  assertEquals((await fixture.all("slot")).length, 18);
});

Deno.test("a list is of what has the name or the bar code, and of nothing else", async () => {
  await using fixture = await openFixture({ urls: URLS });
  const { manager } = fixture;
  const cartridges = await fixture.all("cartridge");
  for (const { barCode, id, name } of cartridges) {
    const byLabel = { type: "cartridge", container: null, barCode } as const;
    assertEquals((await manager.enumerate(byLabel)).items, [id]);
    const byName = { type: "cartridge", container: null, name } as const;
    assertEquals((await manager.enumerate(byName)).items, [id]);
  }
  const [side] = await fixture.all("side");
  const named = await manager.enumerate({
    type: "side",
    container: null,
    name: side?.name ?? "",
  });
  assertEquals(named.items, [side?.id ?? ""]);
  for (const barCode of ["", "one001l6", "one00", "one001L6 "]) {
    const input = { type: "cartridge", container: null, barCode } as const;
    assertEquals((await manager.enumerate(input)).items, [], barCode);
  }
});

Deno.test("a list is confined in one way at a time, and by what its objects have", async () => {
  await using fixture = await openFixture({ urls: URLS });
  const { manager } = fixture;
  const [library] = await fixture.all("library");
  const refused: readonly EnumerateInput[] = [
    { type: "cartridge", container: library?.id ?? "", barCode: "one001L6" },
    { type: "cartridge", container: null, name: "a", barCode: "a" },
    { type: "mediaPool", container: null, name: "a", rootPool: true },
    { type: "drive", container: null, barCode: "one001L6" },
    { type: "cartridge", container: null, after: "here" },
  ];
  for (const input of refused) {
    assertEquals(
      await codeOf(manager.enumerate(input)),
      "ERROR_INVALID_PARAMETER",
      JSON.stringify(input),
    );
  }
});
