/**
 * The media types of one manager: those that are built in, those of the site,
 * and which drives take them.
 *
 * @module
 */

import type { DeviceClass, MediaTypeDrives } from "../model/mod.ts";
import { DRIVE_MODEL_TABLE } from "./drive_model_table.ts";
import { CLEANER_CODE, type MediaTypeRow } from "./media_type_row.ts";
import {
  CLEANING_TYPE,
  MEDIA_TYPE_TABLE,
  UNKNOWN_TAPE,
} from "./media_type_table.ts";

/** What a site has to say of a media type. */
export interface SiteMediaType {
  readonly name: string;
  /** The ends of bar codes that name it from now on. */
  readonly barCodeSuffixes: readonly string[];
  /** What it is; null for one that is built in. */
  readonly facts: Omit<MediaTypeRow, "name" | "barCodeSuffixes"> | null;
}

/** A media type, and from where it is known. */
export interface KnownMediaType extends MediaTypeRow {
  readonly origin: "builtIn" | "site";
  readonly suffixesFrom: "builtIn" | "site";
}

/** What kind a drive is of. */
export interface DriveKind {
  readonly family: string;
  readonly generation: string;
}

/** What is to be done with a medium in a drive. */
export type MediumUse = "read" | "write";

/** What the rules have to know of a drive. */
export interface DriveFacts {
  readonly product: string;
  readonly deviceClass: DeviceClass;
}

/** Kinds of drives by product name, as far as anybody has asked. */
const kinds = new Map<string, DriveKind | null>();

/** Family and generation of a drive by its product name; null where it is of none that is known. */
export function driveKind(product: string): DriveKind | null {
  const known = kinds.get(product);
  if (known !== undefined) return known;
  const kind = findKind(product);
  kinds.set(product, kind);
  return kind;
}

function findKind(product: string): DriveKind | null {
  for (const row of DRIVE_MODEL_TABLE) {
    const match = row.product.exec(product);
    if (match === null) continue;
    const generation = row.generation ?? match[1]?.toUpperCase();
    if (generation !== undefined) return { family: row.family, generation };
  }
  return null;
}

function supports(
  kind: DriveKind | null,
  drives: MediaTypeDrives | null,
  use: MediumUse,
): boolean {
  if (kind === null || drives === null) return true;
  if (kind.family !== drives.family) return false;
  const generations = use === "read" ? drives.readBy : drives.writtenBy;
  return generations === null || generations.includes(kind.generation);
}

/** Whether a drive takes a type of media; one of unknown kind takes any of its device class, one for DVD also CDs. */
export function driveTakes(
  drive: DriveFacts,
  type: Pick<MediaTypeRow, "deviceClass" | "drives">,
  use: MediumUse,
): boolean {
  const isOfClass = drive.deviceClass === type.deviceClass ||
    (drive.deviceClass === "dvd" && type.deviceClass === "cdRom");
  return isOfClass &&
    supports(driveKind(drive.product), type.drives, use);
}

/** A media type as the catalogue has it. */
export interface CatalogueType {
  readonly id: string;
  readonly name: string;
  readonly deviceClass: DeviceClass;
}

/** The media types of a manager. */
export class MediaTypes {
  /** Every media type that is known. */
  readonly rows: readonly KnownMediaType[];
  readonly #byName: ReadonlyMap<string, KnownMediaType>;
  readonly #bySuffix: ReadonlyMap<string, KnownMediaType>;
  /** Lengths of suffixes, the longest first. */
  readonly #suffixLengths: readonly number[];
  /** Cleaning types by the family of the drives they clean. */
  readonly #cleaning: ReadonlyMap<string, KnownMediaType>;
  /** What drives take, by drive, use and catalogue, as far as anybody has asked. */
  readonly #taken = new WeakMap<
    readonly CatalogueType[],
    Map<string, ReadonlySet<string>>
  >();

  /**
   * Puts the built-in types and those of the site together.
   *
   * @throws {RangeError} For names or suffixes of two types.
   */
  constructor(site: readonly SiteMediaType[] = []) {
    this.rows = combine(site);
    const byName = new Map<string, KnownMediaType>();
    const bySuffix = new Map<string, KnownMediaType>();
    for (const row of this.rows) {
      if (byName.has(row.name)) {
        throw new RangeError(`two types are named "${row.name}"`);
      }
      byName.set(row.name, row);
      for (const suffix of row.barCodeSuffixes) {
        const other = bySuffix.get(suffix);
        if (other !== undefined) {
          throw new RangeError(
            `the suffix "${suffix}" of "${row.name}" is that of "${other.name}" too`,
          );
        }
        bySuffix.set(suffix, row);
      }
    }
    this.#byName = byName;
    this.#bySuffix = bySuffix;
    this.#suffixLengths = [
      ...new Set([...bySuffix.keys()].map(({ length }) => length)),
    ].toSorted((a, b) => b - a);
    this.#cleaning = new Map(
      this.rows.filter(({ code }) => code === CLEANER_CODE)
        .flatMap((row) =>
          row.drives === null ? [] : [[row.drives.family, row]]
        ),
    );
  }

  /** A type by its name; null where none has it. */
  byName(name: string): KnownMediaType | null {
    return this.#byName.get(name) ?? null;
  }

  /** The media type that a bar code names; unknown tape where it names none. */
  ofBarCode(barCode: string | null, cleaning: boolean): MediaTypeRow {
    const named = barCode === null ? null : this.#bySuffixOf(barCode);
    if (!cleaning && !barCode?.startsWith("CLN")) return named ?? UNKNOWN_TAPE;
    if (named?.code === CLEANER_CODE) return named;
    // CLN001L6: a cleaning cartridge with the suffix of what it cleans for.
    return this.#cleaning.get(named?.drives?.family ?? "") ?? CLEANING_TYPE;
  }

  /** Whether a drive takes media of a type that the catalogue has. */
  takes(drive: DriveFacts, type: CatalogueType, use: MediumUse): boolean {
    const known = this.byName(type.name);
    // A type that the site knew once: nobody tells which drives take it.
    return driveTakes(drive, known ?? { ...type, drives: null }, use);
  }

  /** Ids of the media types that a drive takes. */
  taken(
    drive: DriveFacts,
    types: readonly CatalogueType[],
    use: MediumUse,
  ): ReadonlySet<string> {
    const memory = this.#taken.get(types) ?? new Map();
    this.#taken.set(types, memory);
    const key = `${use} ${drive.deviceClass} ${drive.product}`;
    const found = memory.get(key);
    if (found !== undefined) return found;
    const ids = new Set(
      types.filter((type) => this.takes(drive, type, use)).map(({ id }) => id),
    );
    memory.set(key, ids);
    return ids;
  }

  #bySuffixOf(barCode: string): KnownMediaType | null {
    for (const length of this.#suffixLengths) {
      if (barCode.length <= length) continue;
      const type = this.#bySuffix.get(barCode.slice(-length));
      if (type !== undefined) return type;
    }
    return null;
  }
}

function combine(site: readonly SiteMediaType[]): KnownMediaType[] {
  const changes = new Map(site.map((row) => [row.name, row]));
  const builtIn = MEDIA_TYPE_TABLE.map((row): KnownMediaType => {
    const change = changes.get(row.name);
    return {
      ...row,
      barCodeSuffixes: change?.barCodeSuffixes ?? row.barCodeSuffixes,
      origin: "builtIn",
      suffixesFrom: change === undefined ? "builtIn" : "site",
    };
  });
  const added = site.flatMap(({ facts, ...row }): KnownMediaType[] =>
    facts === null
      ? []
      : [{ ...facts, ...row, origin: "site", suffixesFrom: "site" }]
  );
  return [...builtIn, ...added];
}
