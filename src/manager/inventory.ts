/**
 * Takes stock of a library and brings the catalogue in line with it.
 *
 * @module
 */

import type { Changer, Element, ElementLayout } from "../changer/mod.ts";
import {
  addMediaType,
  allMediaTypes,
  cartridgesToCompare,
  chunks,
  cleanersIn,
  clearPlaces,
  completeOperatorRequests,
  countUp,
  deleteMount,
  findDriveProducts,
  findLibraryById,
  findObjectRow,
  findSystemPool,
  fullnessOf,
  insertCartridges,
  mediaTypesOf,
  type NewCartridgeRow,
  offlineLibraryId,
  type Place,
  placesOf,
  requireEpoch,
  setFullness,
  sidesOf,
  updateCartridge,
  type Writer,
} from "../database/mod.ts";
import {
  type BarCodeState,
  type InventoryReport,
  NtmsError,
  type SideState,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit, deviceCall } from "./crash_points.ts";
import { UNKNOWN_TAPE, unknownTypeOf } from "./media_type_table.ts";
import { leave } from "./departure.ts";
import { elementRoomOf } from "./element_room.ts";
import { settleCleaner } from "./cleaners.ts";
import { askOperatorOnce } from "./operators.ts";
import { settleDrives } from "./settle_drives.ts";
import { takeOut } from "./stand_alone.ts";
import {
  type KnownCartridge,
  type NewCartridge,
  type StockChange,
  takeStock,
} from "./stocktaking.ts";
import { addSystemPools } from "./system_objects.ts";

/** What an unknown cartridge is taken for. */
interface Kind {
  readonly mediaTypeId: string;
  readonly poolId: string;
  readonly state: SideState;
  readonly sideCount: number;
}

class Inventory {
  readonly #db: Writer;
  readonly #context: Context;
  readonly #libraryId: string;
  readonly #now: number;

  constructor(db: Writer, context: Context, libraryId: string) {
    this.#db = db;
    this.#context = context;
    this.#libraryId = libraryId;
    this.#now = context.clock.now();
  }

  async apply(
    elements: readonly Element[],
    { layout, standAlone }: Pick<Changer, "layout" | "standAlone">,
  ): Promise<InventoryReport> {
    if (standAlone !== undefined) {
      const { mayBeOther } = standAlone;
      await takeOut(this.#db, this.#libraryId, elements, mayBeOther);
    }
    const places = await placesOf(this.#db, this.#libraryId);
    const untold = untoldPlaces(places, elements, layout);
    const barCodes = elements.flatMap((element) => element.barCode ?? []);
    const known: KnownCartridge[] = await cartridgesToCompare(
      this.#db,
      this.#libraryId,
      barCodes,
    );
    const change = takeStock(
      this.#libraryId,
      places,
      known,
      elements,
      untold,
    );
    await this.#place(change);
    await this.#enter(change.added);
    await this.#miss(change.missing);
    await this.#setFullness(
      places.filter(({ id }) => !untold.has(id)),
      change.full,
    );
    await settleDrives(this.#db, this.#libraryId);
    await settleCleaner(this.#db, this.#libraryId);
    return change.report;
  }

  /** Puts known cartridges where they were found. */
  async #place(change: StockChange): Promise<void> {
    const stateOf = (barCode: string, readable: boolean): BarCodeState =>
      readable && barCode !== "" ? "ok" : "unreadable";
    const moved = change.found.filter(({ cartridge, place, readable }) =>
      cartridge.placeId !== place.id ||
      cartridge.libraryId !== this.#libraryId ||
      cartridge.barCodeState !== stateOf(cartridge.barCode, readable)
    );
    // Two cartridges may have changed places: first both out, then both in.
    await clearPlaces(this.#db, [
      ...moved.map(({ cartridge }) => cartridge.id),
      ...change.missing.map(({ id }) => id),
    ]);
    for (const { cartridge, place, readable } of moved) {
      await updateCartridge(this.#db, cartridge.id, {
        libraryId: this.#libraryId,
        placeId: place.id,
        placeType: place.type,
        barCodeState: stateOf(cartridge.barCode, readable),
        ...(place.type === "slot" ? { homeSlotId: place.id } : {}),
      });
    }
    await completeOperatorRequests(
      this.#db,
      "moveMedia",
      moved.filter(({ readable }) => readable)
        .map(({ cartridge }) => cartridge.id),
      this.#now,
      this.#libraryId,
    );
  }

  async #enter(added: readonly NewCartridge[]): Promise<void> {
    if (added.length === 0) return;
    const classify = await this.#classifier();
    const numbers = await countUp(this.#db, "sequenceNumber", added.length);
    let sequence = numbers;
    // Some at a time: ten thousand rows at once would cost memory for good.
    for (const some of chunks(added)) {
      const rows: NewCartridgeRow[] = [];
      for (const cartridge of some) {
        const kind = await classify(cartridge);
        rows.push(this.#newRow(cartridge, ++sequence, kind));
      }
      await insertCartridges(this.#db, rows, this.#now);
    }
  }

  #newRow(
    { place, barCode }: NewCartridge,
    sequence: number,
    kind: Kind,
  ): NewCartridgeRow {
    const sequenceNumber = String(sequence);
    const name = barCode ?? sequenceNumber;
    return {
      object: { id: this.#context.random.guid(), type: "cartridge", name },
      row: {
        libraryId: this.#libraryId,
        poolId: kind.poolId,
        placeId: place.id,
        placeType: place.type,
        mediaTypeId: kind.mediaTypeId,
        homeSlotId: place.type === "slot" ? place.id : null,
        barCode: barCode ?? "",
        barCodeState: barCode === null ? "unreadable" : "ok",
        sequenceNumber,
        state: "idle",
        mediumTypeCode: 0,
        densityCode: 0,
      },
      sides: Array.from({ length: kind.sideCount }, (_, sideNumber) => ({
        object: { id: this.#context.random.guid(), type: "side", name },
        row: {
          sideNumber,
          ordinal: sequence,
          logicalMediumId: null,
          state: kind.state,
          labelType: "",
          labelId: "",
          labelInfo: "",
          mountCount: 0,
          allocateCount: 0,
          capacityBytes: 0,
        },
      })),
    };
  }

  /**
   * What an unknown cartridge is taken for. Nothing is free to overwrite just
   * because nobody knows it: only a library set to trust bar codes takes
   * labelled data cartridges for free ones.
   */
  async #classifier() {
    const library = await findLibraryById(this.#db, this.#libraryId);
    const handled = new Set(await mediaTypesOf(this.#db, this.#libraryId));
    const ids = new Map(
      (await allMediaTypes(this.#db)).map((row) => [row.name, row.id]),
    );
    const { mediaTypes } = this.#context;
    const drives = await findDriveProducts(this.#db, this.#libraryId);
    const unknown = unknownTypeOf([...drives.values()]);
    const families = new Set(
      mediaTypes.rows.filter(({ name }) => handled.has(ids.get(name) ?? ""))
        .flatMap(({ drives }) => drives?.family ?? []),
    );
    const pools = new Map<string, string>();
    const pool = async (kind: "free" | "unrecognized", mediaTypeId: string) => {
      const key = kind + mediaTypeId;
      const id = pools.get(key) ?? await this.#systemPool(kind, mediaTypeId);
      pools.set(key, id);
      return id;
    };
    return async ({ barCode, cleaning }: NewCartridge) => {
      const end = mediaTypes.ofBarCode(barCode, cleaning);
      // A bar code may end like that of a family for which nothing is here.
      const isOurs = end.drives === null || families.has(end.drives.family);
      const type = isOurs && end !== UNKNOWN_TAPE ? end : unknown;
      const named = ids.get(type.name) ?? "";
      const mediaTypeId = handled.has(named)
        ? named
        : ids.get(unknown.name) ?? "";
      const fits = handled.has(named);
      const free = fits && library.trustBarCodes === 1 && barCode !== null &&
        type.writability !== "readOnly" && type !== unknown;
      const state: SideState = free
        ? "available"
        : fits
        ? "foreign"
        : "incompatible";
      return {
        mediaTypeId,
        poolId: await pool(free ? "free" : "unrecognized", mediaTypeId),
        state,
        sideCount: fits ? type.sideCount : 1,
      };
    };
  }

  /** A system pool of a type of which media turned up; the library may have handed the type back before. */
  async #systemPool(
    kind: "free" | "unrecognized",
    mediaTypeId: string,
  ): Promise<string> {
    const found = await findSystemPool(this.#db, kind, mediaTypeId);
    if (found !== null) return found.id;
    const name = (await findObjectRow(this.#db, mediaTypeId))?.name;
    if (name === undefined) throw noType(mediaTypeId);
    const { random } = this.#context;
    const type = { id: mediaTypeId, name };
    await addMediaType(this.#db, this.#libraryId, mediaTypeId);
    await addSystemPools(this.#db, type, random, this.#now);
    const made = await findSystemPool(this.#db, kind, mediaTypeId);
    if (made === null) throw noType(mediaTypeId);
    return made.id;
  }

  /** What is no longer there goes to the offline library and keeps its allocation. */
  async #miss(missing: readonly KnownCartridge[]): Promise<void> {
    if (missing.length === 0) return;
    const offline = await offlineLibraryId(this.#db);
    const cleaners = new Map(
      (await cleanersIn(this.#db, this.#libraryId)).map((row) => [row.id, row]),
    );
    for (const cartridge of missing) {
      const cleaner = cleaners.get(cartridge.id);
      if (cleaner !== undefined) {
        await leave(this.#db, cleaner);
        continue;
      }
      await updateCartridge(this.#db, cartridge.id, {
        libraryId: offline,
        placeId: null,
        placeType: "slot",
        homeSlotId: null,
        state: "idle",
      });
      const sides = await sidesOf(this.#db, cartridge.id);
      for (const side of sides) await deleteMount(this.#db, side.id);
      if (sides.some((side) => side.logicalMediumId !== null)) {
        await askOperatorOnce(this.#db, this.#context, {
          command: "moveMedia",
          message: `Cartridge ${
            cartridge.barCode || cartridge.id
          } is allocated and no longer in its library; find it and put it back`,
          about: { type: "cartridge", id: cartridge.id },
          library: this.#libraryId,
        });
      }
    }
  }

  async #setFullness(
    places: readonly Place[],
    full: ReadonlySet<string>,
  ): Promise<void> {
    const before = await fullnessOf(this.#db, this.#libraryId);
    const changed = places.filter(({ id, type }) =>
      type !== "drive" && before.get(id) !== "notPresent" &&
      before.get(id) !== (full.has(id) ? "full" : "empty")
    ).map(({ id }) => id);
    await setFullness(
      this.#db,
      changed.filter((id) => full.has(id)),
      changed.filter((id) => !full.has(id)),
    );
  }
}

/** Places that the library has and an answer left out. */
function untoldPlaces(
  places: readonly Place[],
  elements: readonly Element[],
  layout: ElementLayout,
): ReadonlySet<string> {
  const told = new Set(elements.map(({ elementAddress }) => elementAddress));
  const ranges = Object.values(layout);
  const exists = (address: number) =>
    ranges.some(({ count, first }) =>
      address >= first && address < first + count
    );
  return new Set(
    places.filter(({ elementAddress }) =>
      exists(elementAddress) && !told.has(elementAddress)
    ).map(({ id }) => id),
  );
}

function noType(mediaTypeId: string): NtmsError {
  return new NtmsError(
    "ERROR_DATABASE_FAILURE",
    `Media type "${mediaTypeId}" cannot be found; the catalogue is damaged`,
  );
}

/** Reads all elements of a changer and brings the catalogue in line. */
export async function inventoryLibrary(
  context: Context,
  libraryId: string,
  changer: Changer,
): Promise<InventoryReport> {
  const room = elementRoomOf(context.database, context.limits);
  return await room.hold(elementsOf(changer.layout), async () => {
    const elements = await deviceCall(
      context,
      "readLibrary",
      () => changer.readElements(),
    );
    const visit = changer.standAlone?.visit ?? 0;
    const report = await commit(
      context,
      "inventory",
      async (db) => {
        await requireEpoch(db, context.epoch);
        return await new Inventory(db, context, libraryId)
          .apply(elements, changer);
      },
    );
    changer.standAlone?.known(visit);
    return report;
  });
}

function elementsOf(layout: ElementLayout): number {
  return Object.values(layout).reduce((sum, { count }) => sum + count, 0);
}
