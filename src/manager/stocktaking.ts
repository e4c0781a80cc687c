/**
 * Compares what a library reports with what the catalogue says. The library
 * is right about where, the catalogue about whose and what.
 *
 * @module
 */

import type { Element } from "../changer/mod.ts";
import type { Place } from "../database/mod.ts";
import type {
  BarCodeState,
  InventoryReport,
  MediaState,
} from "../model/mod.ts";

/** A cartridge the catalogue knows. */
export interface KnownCartridge {
  readonly id: string;
  readonly barCode: string;
  readonly barCodeState: BarCodeState;
  readonly state: MediaState;
  /** Where the catalogue has it; null when in no library. */
  readonly placeId: string | null;
  readonly homeSlotId: string | null;
  readonly libraryId: string;
}

/** A cartridge found that the catalogue does not know. */
export interface NewCartridge {
  readonly place: Place;
  /** Null when it cannot be read, or is that of another cartridge too. */
  readonly barCode: string | null;
  readonly cleaning: boolean;
}

/** What to change in the catalogue. */
export interface StockChange {
  /** Known cartridges and the place each was found in. */
  readonly found: readonly {
    readonly cartridge: KnownCartridge;
    readonly place: Place;
    /** Whether its label was read, if it has one; else it may be another one. */
    readonly readable: boolean;
  }[];
  readonly added: readonly NewCartridge[];
  /** Cartridges of this library that are no longer in it. */
  readonly missing: readonly KnownCartridge[];
  /** Which places are full, by id. */
  readonly full: ReadonlySet<string>;
  readonly report: InventoryReport;
}

/** A full element and its place. */
interface Found {
  readonly element: Element;
  readonly place: Place;
}

class Stocktaking {
  readonly #known: readonly KnownCartridge[];
  readonly #places: ReadonlyMap<number, Place>;
  readonly #libraryId: string;
  readonly #untold: ReadonlySet<string>;
  readonly #matched = new Map<string, { place: Place; readable: boolean }>();
  readonly #added: NewCartridge[] = [];
  readonly #unreadable: string[] = [];
  readonly #duplicate: string[] = [];

  constructor(
    libraryId: string,
    places: readonly Place[],
    known: readonly KnownCartridge[],
    untold: ReadonlySet<string>,
  ) {
    this.#libraryId = libraryId;
    this.#untold = untold;
    this.#known = known;
    this.#places = new Map(
      places.map((place) => [place.elementAddress, place]),
    );
  }

  compare(elements: readonly Element[]): StockChange {
    const found = elements.flatMap((element): Found[] => {
      const place = this.#places.get(element.elementAddress);
      return element.full && place !== undefined ? [{ element, place }] : [];
    });
    const unlabelled = found.filter(({ element }) => element.barCode === null);
    const doubles = this.#matchBarCodes(
      found.filter(({ element }) => element.barCode !== null),
      new Set(unlabelled.map(({ place }) => place.id)),
    );
    this.#matchPlaces(unlabelled, doubles);
    return this.#result(elements.length, found);
  }

  /** Bar codes are a shortcut for identity. Gives what has the bar code of another cartridge. */
  #matchBarCodes(
    found: readonly Found[],
    unlabelled: ReadonlySet<string>,
  ): Found[] {
    const byBarCode = new Map(
      this.#known.flatMap((cartridge) =>
        cartridge.barCode === "" ? [] : [[cartridge.barCode, cartridge]]
      ),
    );
    const doubles: Found[] = [];
    for (const [barCode, holders] of groupByBarCode(found)) {
      const known = byBarCode.get(barCode);
      // Of two with one bar code, the one where the catalogue has it keeps it,
      // also where nothing was told of that place. What is mounted does not
      // leave its drive and something else in it.
      const at = known?.placeId ?? "";
      const keptUnseen = this.#untold.has(at) ||
        (known?.state === "loaded" && unlabelled.has(at));
      const keeper = keptUnseen
        ? undefined
        : holders.find(({ place }) => place.id === known?.placeId) ??
          holders[0];
      for (const holder of holders) {
        if (holder !== keeper) doubles.push(holder);
        else if (known !== undefined) this.#match(known, holder.place, true);
        else this.#add(holder, barCode);
      }
    }
    for (const { element, place } of doubles) {
      this.#duplicate.push(`${element.barCode} in ${place.name}`);
    }
    return doubles;
  }

  /** Without a bar code of its own: the cartridge last known there, or last known where it came from. */
  #matchPlaces(unlabelled: readonly Found[], doubles: readonly Found[]): void {
    const byPlace = new Map(
      this.#known.flatMap((cartridge) =>
        cartridge.placeId === null || this.#matched.has(cartridge.id)
          ? []
          : [[cartridge.placeId, cartridge]]
      ),
    );
    const lastKnown = ({ element, place }: Found) => {
      const source = this.#places.get(element.sourceAddress ?? -1);
      return byPlace.get(place.id) ?? byPlace.get(source?.id ?? "");
    };
    for (const holder of unlabelled) {
      const known = lastKnown(holder);
      this.#unreadable.push(holder.place.name);
      if (known === undefined || this.#matched.has(known.id)) {
        this.#add(holder, null);
      } else {
        this.#match(known, holder.place, known.barCode === "");
      }
    }
    for (const holder of doubles) {
      const known = lastKnown(holder);
      if (known?.barCode === "" && !this.#matched.has(known.id)) {
        this.#match(known, holder.place, true);
      } else if (!this.#mayBeUntold(holder)) this.#add(holder, null);
    }
  }

  /** Whether it may be the cartridge of that bar code, brought here from a place that was not told of: the next inventory tells. */
  #mayBeUntold({ element }: Found): boolean {
    return this.#known.some(({ barCode, placeId }) =>
      barCode === element.barCode && this.#untold.has(placeId ?? "")
    );
  }

  #match(cartridge: KnownCartridge, place: Place, readable: boolean): void {
    this.#matched.set(cartridge.id, { place, readable });
  }

  #add({ place, element }: Found, barCode: string | null): void {
    this.#added.push({ place, barCode, cleaning: element.cleaning });
  }

  #result(elements: number, found: readonly Found[]): StockChange {
    const matched = this.#known.flatMap((cartridge) => {
      const match = this.#matched.get(cartridge.id);
      return match === undefined ? [] : [{ cartridge, ...match }];
    });
    const missing = this.#known.filter((cartridge) =>
      cartridge.libraryId === this.#libraryId &&
      !this.#matched.has(cartridge.id) &&
      !this.#untold.has(cartridge.placeId ?? "")
    );
    const moved = matched.filter(({ cartridge, place }) =>
      cartridge.placeId !== place.id
    );
    return {
      found: matched,
      added: this.#added,
      missing,
      full: new Set(found.map(({ place }) => place.id)),
      report: {
        elements,
        cartridges: found.length,
        added: this.#added.map(({ barCode, place }) => barCode ?? place.name),
        moved: moved.map(({ cartridge, place }) =>
          `${cartridge.barCode || cartridge.id} to ${place.name}`
        ),
        missing: missing.map(({ barCode, id }) => barCode || id),
        unreadable: this.#unreadable,
        duplicate: this.#duplicate,
      },
    };
  }
}

function groupByBarCode(found: readonly Found[]): Map<string, Found[]> {
  const groups = new Map<string, Found[]>();
  for (const holder of found) {
    const barCode = holder.element.barCode ?? "";
    const group = groups.get(barCode);
    if (group === undefined) groups.set(barCode, [holder]);
    else group.push(holder);
  }
  return groups;
}

/**
 * Compares the elements of a library with the catalogue.
 *
 * @param known The cartridges of this library, and those of no library or of
 * another one whose bar codes may turn up here.
 * @param untold Places that the library has and did not report: of what is in
 * them nothing is known, so it stays where it was.
 */
export function takeStock(
  libraryId: string,
  places: readonly Place[],
  known: readonly KnownCartridge[],
  elements: readonly Element[],
  untold: ReadonlySet<string> = new Set(),
): StockChange {
  return new Stocktaking(libraryId, places, known, untold).compare(elements);
}
