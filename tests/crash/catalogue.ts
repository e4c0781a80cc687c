/**
 * The catalogue as it is on disk, read past the service.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";

/** A cartridge and where the catalogue has it. */
export interface CartridgeFact {
  readonly id: string;
  readonly barCode: string;
  readonly placeId: string | null;
  /** Of the place; null where the cartridge is in none, or in one that is not known. */
  readonly elementAddress: number | null;
  readonly homeSlotId: string | null;
  readonly offline: boolean;
}

/** A place and whether the catalogue has it as full; null where it does not say. */
export interface PlaceFact {
  readonly id: string;
  readonly type: "slot" | "drive" | "port";
  readonly elementAddress: number;
  readonly full: boolean | null;
}

/** A robot step of the journal. */
export interface StepFact {
  readonly id: number;
  readonly epoch: number;
  readonly libraryId: string;
  readonly sourceAddress: number;
  readonly targetAddress: number;
  readonly state: string;
}

/** A mounted side. */
export interface MountFact {
  readonly cartridgeId: string;
  readonly driveId: string;
  /** What a program opens. */
  readonly device: string;
  readonly logicalMediumId: string | null;
}

/** A library request. */
export interface RequestFact {
  readonly id: string;
  readonly operation: string;
  readonly state: string;
}

/** All that the checks look at. */
export interface Catalogue {
  readonly epoch: number;
  readonly cartridges: readonly CartridgeFact[];
  readonly places: readonly PlaceFact[];
  readonly steps: readonly StepFact[];
  readonly mounts: readonly MountFact[];
  readonly requests: readonly RequestFact[];
  /** Allocations: id and name. */
  readonly logicalMedia: ReadonlyMap<string, string>;
  /** Logical media that sides say they hold. */
  readonly allocatedSides: readonly string[];
  /** Operator requests that are open. */
  readonly openOperatorRequests: readonly {
    readonly command: string;
    readonly message: string;
  }[];
}

type Row = Readonly<Record<string, unknown>>;

function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`${column} is no text`);
  return value;
}

function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new TypeError(`${column} is no number`);
  return value;
}

const PLACES = `
  SELECT id, 'slot' AS type, elementAddress, state AS content FROM slot
  UNION ALL
  SELECT id, 'port', elementAddress, content FROM port
  UNION ALL
  SELECT id, 'drive', elementAddress, 'drive' FROM drive`;

function placeOf(row: Row): PlaceFact {
  const type = text(row, "type");
  const content = text(row, "content");
  return {
    id: text(row, "id"),
    type: type === "slot" || type === "port" ? type : "drive",
    elementAddress: number(row, "elementAddress"),
    full: content === "full" ? true : content === "empty" ? false : null,
  };
}

/** Reads the catalogue of a state directory; a service may be using it. */
export function readCatalogue(stateDirectory: string): Catalogue {
  using database = new DatabaseSync(`${stateDirectory}/rsm.sqlite`, {
    readOnly: true,
  });
  // One moment for all queries.
  database.exec("PRAGMA busy_timeout = 5000; BEGIN");
  const all = (sql: string): Row[] => database.prepare(sql).all();
  const [epoch] = all("SELECT value FROM setting WHERE name = 'epoch'");
  return {
    epoch: epoch === undefined ? 0 : Number(text(epoch, "value")),
    cartridges: all(`
      SELECT cartridge.*, library.kind, place.elementAddress FROM cartridge
      JOIN library ON library.id = cartridge.libraryId
      LEFT JOIN (${PLACES}) AS place ON place.id = cartridge.placeId
    `).map((row) => ({
      id: text(row, "id"),
      barCode: text(row, "barCode"),
      placeId: textOrNull(row, "placeId"),
      elementAddress: row.elementAddress === null
        ? null
        : number(row, "elementAddress"),
      homeSlotId: textOrNull(row, "homeSlotId"),
      offline: text(row, "kind") === "offline",
    })),
    places: all(PLACES).map(placeOf),
    steps: all("SELECT * FROM moveIntent ORDER BY id").map((row) => ({
      id: number(row, "id"),
      epoch: number(row, "epoch"),
      libraryId: text(row, "libraryId"),
      sourceAddress: number(row, "sourceAddress"),
      targetAddress: number(row, "targetAddress"),
      state: text(row, "state"),
    })),
    mounts: all(`
      SELECT drive.device, mount.driveId, side.cartridgeId, side.logicalMediumId
      FROM mount JOIN side ON side.id = mount.sideId
      JOIN drive ON drive.id = mount.driveId
    `).map((row) => ({
      cartridgeId: text(row, "cartridgeId"),
      driveId: text(row, "driveId"),
      device: text(row, "device"),
      logicalMediumId: textOrNull(row, "logicalMediumId"),
    })),
    requests: all(
      "SELECT id, operation, state FROM libraryRequest",
    ).map((row) => ({
      id: text(row, "id"),
      operation: text(row, "operation"),
      state: text(row, "state"),
    })),
    logicalMedia: new Map(
      all(`
        SELECT object.id, object.name FROM logicalMedium
        JOIN object ON object.id = logicalMedium.id
      `).map((row) => [text(row, "id"), text(row, "name")]),
    ),
    allocatedSides: all(
      "SELECT logicalMediumId FROM side WHERE logicalMediumId IS NOT NULL",
    ).map((row) => text(row, "logicalMediumId")),
    openOperatorRequests: all(`
      SELECT command, message FROM operatorRequest
      WHERE state IN ('submitted', 'active', 'inProgress')
    `).map((row) => ({
      command: text(row, "command"),
      message: text(row, "message"),
    })),
  };
}
