/**
 * What a virtual library begins with, and what is kept of it.
 *
 * @module
 */
import { NtmsError } from "../../model/mod.ts";
import { ELEMENT_TYPES } from "../../scsi/mod.ts";
import type { ElementLayout } from "../changer.ts";
import { isCleaning } from "../elements.ts";
import { firstCartridges } from "./bar_codes.ts";
import { Cleaners, type KeptDirt } from "./dirt.ts";
import type { DriveBays } from "./drive_bays.ts";
import type { VirtualMedia } from "./drive_models.ts";
import type { LibraryModel, Wear } from "./library.ts";
import type { LibraryState } from "./state.ts";
import { DirectoryStore, type LibraryStore, MemoryStore } from "./store.ts";
import type { VirtualUrl } from "./url.ts";

/** First addresses, as a StorageTek L700 has them. */
const FIRST = {
  transport: 1,
  importExport: 10,
  dataTransfer: 500,
  storage: 1000,
} as const;

const DEFAULTS = { slots: 24, drives: 2, ports: 2, transports: 1 } as const;
const STAND_ALONE = { slots: 0, drives: 1, ports: 0, transports: 0 } as const;

/** Where the library that a URL describes is kept. */
export function storeFor(parsed: VirtualUrl): Promise<LibraryStore> {
  if (!parsed.files) return Promise.resolve(new MemoryStore(parsed.name));
  return parsed.directory === null
    ? DirectoryStore.temporary(parsed.name)
    : DirectoryStore.open(parsed.directory);
}

/** The layout that is kept, if the URL does not say otherwise; else the URL's. */
export function layoutOf(
  url: string,
  parsed: VirtualUrl,
  kept: LibraryState | null,
): ElementLayout {
  const has = parsed.slots === 0 ? STAND_ALONE : DEFAULTS;
  const asked = {
    transport: parsed.transports,
    importExport: parsed.ports,
    dataTransfer: parsed.drives,
    storage: parsed.slots,
  };
  if (kept === null) {
    const range = (first: number, count: number) => ({ first, count });
    return {
      transport: range(FIRST.transport, asked.transport ?? has.transports),
      importExport: range(
        FIRST.importExport,
        asked.importExport ?? has.ports,
      ),
      dataTransfer: range(
        FIRST.dataTransfer,
        asked.dataTransfer ?? has.drives,
      ),
      storage: range(FIRST.storage, asked.storage ?? has.slots),
    };
  }
  const { layout } = kept;
  for (const type of ELEMENT_TYPES) {
    const count = asked[type];
    if (count === null || count === layout[type].count) continue;
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `Cannot open "${url}": the library in that directory has ${
        layout[type].count
      } elements of type ${type}, not ${count}; leave the number out`,
    );
  }
  return layout;
}

/** What its drives take: the kept, if the URL does not say otherwise; else the URL's. */
export function mediaIn(
  url: string,
  { media }: VirtualUrl,
  kept: LibraryState | null,
): VirtualMedia {
  if (kept === null) return media ?? "tape";
  if (media === null || media === kept.media) return kept.media;
  throw new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot open "${url}": the drives of the library in that directory take ${kept.media}, not ${media}; leave media out`,
  );
}

/** Cleanings of one cartridge, as makers promise them. */
const CLEANINGS = 50;

/** What wears off in it. */
export function wearOf(
  { cleanings, dirtyAfter }: VirtualUrl,
  kept: LibraryState | null,
): Wear {
  const done = kept?.cleaners.map(({ done, id }) => [id, done] as const);
  return {
    cleaners: new Cleaners(cleanings ?? CLEANINGS, done),
    dirtyAfter: dirtyAfter ?? 0,
  };
}

/** Puts the first cartridges into their slots. */
export function fill(model: LibraryModel, parsed: VirtualUrl): void {
  const { first, count } = model.layout.storage;
  const cartridges = firstCartridges(
    parsed.barCodes,
    parsed.cartridges,
    count,
  );
  for (const [index, cartridge] of cartridges.entries()) {
    if (cartridge !== null) model.place(first + index, cartridge);
  }
}

/** Puts everything where it was. */
export function restore(
  url: string,
  model: LibraryModel,
  kept: LibraryState,
): void {
  for (const { barCode, byOperator, ...place } of kept.cartridges) {
    const { elementAddress, id, sourceAddress } = place;
    const element = model.element(elementAddress);
    if (element === undefined || element.cartridge !== null) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot open "${url}": its file puts cartridge ${id} into element ${elementAddress}, which is ${
          element === undefined ? "not there" : "full"
        }; move library.json away to begin anew`,
      );
    }
    model.place(elementAddress, { id, barCode }, sourceAddress);
    element.byOperator = byOperator;
  }
  for (const elementAddress of kept.threaded) {
    const drive = model.drive(elementAddress);
    const cartridge = model.element(elementAddress)?.cartridge ?? null;
    if (cartridge === null) continue;
    // A cleaning that was interrupted begins again.
    if (isCleaning(0, cartridge.barCode)) drive?.clean(cartridge.id);
    else drive?.resume();
  }
  for (const dirt of kept.dirt) {
    model.drive(dirt.elementAddress)?.dirt.resume(dirt);
  }
  for (const elementAddress of kept.openPorts) {
    const port = model.element(elementAddress);
    if (port !== undefined) port.open = true;
  }
}

/** What is to be kept. */
export function snapshot(
  model: LibraryModel,
  bays: DriveBays,
): LibraryState {
  const cartridges: LibraryState["cartridges"][number][] = [];
  const threaded: number[] = [];
  const openPorts: number[] = [];
  const dirt: KeptDirt[] = [];
  for (const element of model.elements()) {
    const { byOperator, cartridge, elementAddress, sourceAddress } = element;
    if (cartridge !== null) {
      const { barCode, id } = cartridge;
      cartridges.push({
        elementAddress,
        id,
        barCode,
        sourceAddress,
        byOperator,
      });
    }
    const drive = model.drive(elementAddress);
    if (drive?.threaded === true) threaded.push(elementAddress);
    const kept = drive?.dirt.kept(elementAddress) ?? null;
    if (kept !== null) dirt.push(kept);
    if (element.open) openPorts.push(elementAddress);
  }
  const cleaners = model.cleaners.done.map(([id, done]) => ({ id, done }));
  return {
    format: 1,
    layout: model.layout,
    cartridges,
    threaded,
    openPorts,
    dirt,
    cleaners,
    drives: bays.kept(),
    media: bays.media,
  };
}
