import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Element } from "../../src/changer/mod.ts";
import type { Place } from "../../src/database/mod.ts";
import {
  type KnownCartridge,
  takeStock,
} from "../../src/manager/stocktaking.ts";

const PLACES: readonly Place[] = Array.from({ length: 8 }, (_, index) => ({
  id: `p${index}`,
  type: index < 6 ? "slot" : "drive",
  elementAddress: 1000 + index,
  name: `slot ${index}`,
}));

function element(
  index: number,
  barCode: string | null,
  source?: number,
): Element {
  return {
    elementAddress: 1000 + index,
    type: "storage",
    full: barCode !== null,
    accessible: true,
    barCode: barCode === "" ? null : barCode,
    sourceAddress: source === undefined ? null : 1000 + source,
    exception: null,
    cleaning: false,
    byOperator: false,
    driveSerialNumber: "",
  };
}

function known(
  id: string,
  barCode: string,
  place: number | null,
): KnownCartridge {
  const placeId = place === null ? null : `p${place}`;
  return {
    id,
    barCode,
    barCodeState: "ok",
    state: "idle",
    placeId,
    homeSlotId: placeId,
    libraryId: "library",
  };
}

function stock(cartridges: KnownCartridge[], elements: Element[]) {
  return takeStock("library", PLACES, cartridges, elements);
}

Deno.test("a bar code known before is the same cartridge, wherever it is found", () => {
  const change = stock([known("a", "A1", 0)], [
    element(0, null),
    element(3, "A1"),
  ]);
  assertEquals(change.found.map(({ place }) => place.id), ["p3"]);
  assertEquals(change.report.moved, ["A1 to slot 3"]);
  assertEquals([change.added, change.missing], [[], []]);
});

Deno.test("an unknown bar code is a new cartridge", () => {
  const change = stock([], [element(2, "NEW1")]);
  assertEquals(change.report.added, ["NEW1"]);
  assertEquals(change.added[0]?.place.id, "p2");
});

Deno.test("a cartridge that is nowhere is missing", () => {
  const change = stock([known("a", "A1", 0)], [element(0, null)]);
  assertEquals(change.report.missing, ["A1"]);
});

Deno.test("what was in a place that an answer leaves out is not missing", () => {
  const cartridges = [known("a", "A1", 0), known("b", "B1", 1)];
  const told = [element(1, null), element(2, null)];
  const change = takeStock(
    "library",
    PLACES,
    cartridges,
    told,
    new Set(["p0"]),
  );
  assertEquals(change.report.missing, ["B1"]);
  assertEquals(change.found, []);
});

Deno.test("a cartridge of another library is not missing from this one", () => {
  const elsewhere = { ...known("a", "A1", null), libraryId: "other" };
  assertEquals(stock([elsewhere], [element(0, null)]).missing, []);
});

Deno.test("a label that cannot be read leaves the cartridge the one known in its place", () => {
  const change = stock([known("a", "A1", 4)], [element(4, "")]);
  assertEquals(change.found.map(({ readable }) => readable), [false]);
  assertEquals(change.report.unreadable, ["slot 4"]);
  assertEquals([change.added, change.missing], [[], []]);
});

Deno.test("without labels the source address tells which cartridge is in a drive", () => {
  const change = stock([known("a", "", 1)], [
    element(1, null),
    element(6, "", 1),
  ]);
  assertEquals(
    change.found.map(({ cartridge, place }) => [cartridge.id, place.id]),
    [
      ["a", "p6"],
    ],
  );
});

Deno.test("of two cartridges with one bar code the one in the known place keeps it", () => {
  const change = stock([known("a", "A1", 5)], [
    element(2, "A1"),
    element(5, "A1"),
  ]);
  assertEquals(change.found.map(({ place }) => place.id), ["p5"]);
  assertEquals(change.report.duplicate, ["A1 in slot 2"]);
  assertEquals(change.added.map(({ barCode }) => barCode), [null]);
});

Deno.test("the second of two cartridges with one bar code is the same one in the next inventory", () => {
  const change = stock([known("a", "A1", 5), known("b", "", 2)], [
    element(2, "A1"),
    element(5, "A1"),
  ]);
  assertEquals(
    change.found.map(({ cartridge, place }) => [cartridge.id, place.id]),
    [["a", "p5"], ["b", "p2"]],
  );
  assertEquals(change.report.duplicate, ["A1 in slot 2"]);
  assertEquals([change.added, change.missing], [[], []]);
});

Deno.test("the second of two cartridges with one bar code is none that has another", () => {
  const change = stock([known("a", "A1", 5), known("b", "B1", 2)], [
    element(2, "A1"),
    element(5, "A1"),
  ]);
  assertEquals(change.added.map(({ place }) => place.id), ["p2"]);
  assertEquals(change.report.missing, ["B1"]);
});

Deno.test("a bar code does not take a cartridge out of a place that an answer leaves out", () => {
  const before = [known("a", "A1", 6), known("b", "", 2)];
  const told = [element(2, "A1"), element(3, "A1")];
  const change = takeStock(
    "library",
    PLACES,
    before,
    told,
    new Set(["p6"]),
  );
  assertEquals(
    change.found.map(({ cartridge, place }) => [cartridge.id, place.id]),
    [["b", "p2"]],
  );
  assertEquals(change.report.duplicate, ["A1 in slot 2", "A1 in slot 3"]);
  assertEquals([change.added, change.missing], [[], []]);
});

Deno.test("a bar code elsewhere does not take a mounted cartridge out of a drive that shows no label", () => {
  const told = [element(2, "A1"), element(6, "")];
  const mounted = stock([{ ...known("a", "A1", 6), state: "loaded" }], told);
  assertEquals(mounted.found.map(({ place }) => place.id), ["p6"]);
  assertEquals(mounted.report.duplicate, ["A1 in slot 2"]);
  const left = stock([{ ...known("a", "A1", 6), state: "inUse" }], told);
  assertEquals(left.found.map(({ place }) => place.id), ["p2"]);
  const gone = stock([{ ...known("a", "A1", 6), state: "loaded" }], [
    element(2, "A1"),
    element(6, null),
  ]);
  assertEquals(gone.found.map(({ place }) => place.id), ["p2"]);
});

Deno.test("whatever a library reports, every full place holds one cartridge and every cartridge is in one place or missing", () => {
  const barCode = fc.constantFrom<string | null>(null, "", "A", "B", "C", "D");
  const cartridges = fc.uniqueArray(
    fc.record({
      barCode: fc.constantFrom("A", "B", "C", "", "E"),
      place: fc.integer({ min: 0, max: 7 }),
    }),
    { selector: ({ place }) => place, maxLength: 8 },
  ).map((rows) => {
    const seen = new Set<string>();
    return rows.map(({ barCode, place }, index) => {
      const unique = seen.has(barCode) ? "" : barCode;
      seen.add(barCode);
      return known(`c${index}`, unique, place);
    });
  });
  fc.assert(fc.property(
    cartridges,
    fc.array(barCode, { minLength: 8, maxLength: 8 }),
    fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 8 }),
    (before, codes, sources) => {
      const elements = codes.map((code, index) =>
        element(index, code, sources[index])
      );
      const change = stock(before, elements);
      const filled = [
        ...change.found.map(({ place }) => place.id),
        ...change.added.map(({ place }) => place.id),
      ];
      assertEquals(new Set(filled).size, filled.length, "a place holds one");
      assertEquals(
        new Set(filled),
        change.full,
        "every full place is accounted for",
      );
      const ids = [
        ...change.found.map(({ cartridge }) => cartridge.id),
        ...change.missing.map(({ id }) => id),
      ];
      assertEquals(ids.length, before.length);
      assertEquals(new Set(ids).size, before.length, "none is doubled or lost");
      const labels = [
        ...change.found.flatMap(({ cartridge }) => cartridge.barCode || []),
        ...change.missing.flatMap(({ barCode }) => barCode || []),
        ...change.added.flatMap(({ barCode }) => barCode ?? []),
      ];
      assert(new Set(labels).size === labels.length, "no bar code twice");
    },
  ));
});
