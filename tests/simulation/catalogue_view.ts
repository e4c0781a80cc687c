/**
 * The catalogue as it is on disk, seen from outside the manager: what is
 * committed, and that alone. Each question is asked once for each state.
 *
 * @module
 */

import type { SQLOutputValue, StatementSync } from "node:sqlite";
import type { CatalogueConnection, Counter } from "./catalogue_connection.ts";

/** A row, its values by column. */
type Row = Record<string, SQLOutputValue>;

/** Where the catalogue has a cartridge. */
export interface Placed {
  readonly id: string;
  readonly libraryId: string;
  readonly barCode: string;
  /** Whether it is a cleaning cartridge. */
  readonly cleans: boolean;
  /** Null where it is in no place. */
  readonly elementAddress: number | null;
  readonly placeId: string | null;
}

/** An allocation and the side behind it; null for none. */
export interface AllocatedSide {
  readonly logicalMedium: string;
  readonly side: string | null;
}

/** A mount as the catalogue has it. */
export interface MountedSide {
  readonly side: string;
  readonly drive: string;
  readonly elementAddress: number;
  readonly application: string;
  /** Null once it was closed. */
  readonly session: string | null;
  readonly count: number;
  readonly cartridge: string;
  /** Where the catalogue has the cartridge. */
  readonly place: string | null;
}

/** A robot step that has not come to its end. */
export interface OpenIntent {
  readonly id: number;
  readonly epoch: number;
  readonly state: string;
  readonly source: number;
  readonly target: number;
  readonly cartridge: string;
}

/** A library request that has not ended. */
export interface Unfinished {
  /** What it is and what it waits for. */
  readonly text: string;
  readonly operation: string;
  readonly cartridge: string | null;
}

/** A call for the operator that is open. */
export interface OperatorCall {
  readonly command: string;
  /** The object it is about. */
  readonly about: string;
}

/** Code of the media type of cleaning cartridges. */
const CLEANER_CODE = 50;

const PLACED = `
  select c.id, c.libraryId, c.barCode, c.placeId, t.code,
    coalesce(s.elementAddress, d.elementAddress, p.elementAddress) as address
  from cartridge c
    join mediaType t on t.id = c.mediaTypeId
    left join slot s on s.id = c.placeId
    left join drive d on d.id = c.placeId
    left join port p on p.id = c.placeId`;
const MOUNTS = `
  select m.sideId, m.driveId, d.elementAddress as address, m.application,
    m.sessionId, m.count, s.cartridgeId, c.placeId
  from mount m join side s on s.id = m.sideId
    join cartridge c on c.id = s.cartridgeId
    join drive d on d.id = m.driveId`;
const INTENTS = `
  select id, epoch, state, sourceAddress, targetAddress, cartridgeId from moveIntent
  where state in ('planned', 'sent', 'unknown') order by id`;
const NOT_DONE = `
  select id, state, note from moveIntent
  where id > ? and state in ('failed', 'unknown', 'resolved') order by id`;
/** The newest come last: no need to look at those before. */
const LAST_INVENTORY = `
  select r.state from libraryRequest r
  where r.operation = 'inventory' and r.state in ('passed', 'failed')
  order by r.rowid desc limit 1`;
const OPEN_CALLS = `
  select command, argument1Id from operatorRequest
  where state in ('submitted', 'active', 'inProgress')`;

const ALLOCATIONS = `
  select l.id, s.id as sideId from logicalMedium l
    left join side s on s.logicalMediumId = l.id`;
const NEWEST_INVENTORY = `
  select o.position as n from libraryRequest r join object o on o.id = r.id
  where r.operation = 'inventory' and r.state = 'passed'
  order by r.rowid desc limit 1`;
const EJECTING = `
  select cartridgeId from libraryRequest
  where operation = 'eject' and state = 'inProcess'`;
const UNFINISHED = `
  select o.name, r.operation, r.state, r.message, r.cartridgeId
    from libraryRequest r
    join object o on o.id = r.id
  where r.state in ('queued', 'inProcess', 'waiting', 'deferred')`;

/** Reads what is committed. */
export class CatalogueView {
  readonly #connection: CatalogueConnection;
  readonly #statements = new Map<string, StatementSync>();
  #transactions = 0;

  /** Looks through the connection of the manager. */
  constructor(connection: CatalogueConnection) {
    this.#connection = connection;
    // What may be asked for while a transaction is open.
    connection.beforeTransaction = () => {
      this.#transactions++;
      this.mounts();
      this.openIntents();
      this.newest();
      this.cartridges();
      this.epoch();
      this.driveStates();
      this.lastInventoryFailed();
      this.ejecting();
    };
  }

  /** A number that changes with everything that is written. To be asked while no transaction is open. */
  version(): number {
    return this.#connection.version;
  }

  /** All cartridges. */
  readonly cartridges = this.#kept(
    [
      "cartridge.libraryId",
      "cartridge.barCode",
      "cartridge.mediaTypeId",
      "cartridge.placeId",
      "slot.elementAddress",
      "drive.elementAddress",
      "port.elementAddress",
    ],
    (): readonly Placed[] =>
      this.#all(PLACED).map((row) => ({
        id: text(row, "id"),
        libraryId: text(row, "libraryId"),
        barCode: text(row, "barCode"),
        cleans: Number(row.code) === CLEANER_CODE,
        placeId: textOrNull(row, "placeId"),
        elementAddress: row.address === null ? null : Number(row.address),
      })),
  );

  /** All allocations. */
  readonly allocations = this.#kept(
    ["logicalMedium", "side.logicalMediumId"],
    (): readonly AllocatedSide[] =>
      this.#all(ALLOCATIONS).map((row) => ({
        logicalMedium: text(row, "id"),
        side: textOrNull(row, "sideId"),
      })),
  );

  /** All mounts. */
  readonly mounts = this.#kept(
    [
      "mount",
      "side.cartridgeId",
      "cartridge.placeId",
      "drive.elementAddress",
    ],
    (): readonly MountedSide[] =>
      this.#all(MOUNTS).map((row) => ({
        side: text(row, "sideId"),
        drive: text(row, "driveId"),
        elementAddress: Number(row.address),
        application: text(row, "application"),
        session: textOrNull(row, "sessionId"),
        count: Number(row.count),
        cartridge: text(row, "cartridgeId"),
        place: textOrNull(row, "placeId"),
      })),
  );

  /** Robot steps that have not come to their end. */
  readonly openIntents = this.#kept(
    ["moveIntent"],
    (): readonly OpenIntent[] =>
      this.#all(INTENTS).map((row) => ({
        id: Number(row.id),
        epoch: Number(row.epoch),
        state: text(row, "state"),
        source: Number(row.sourceAddress),
        target: Number(row.targetAddress),
        cartridge: text(row, "cartridgeId"),
      })),
  );

  /** Open calls for the operator. */
  readonly operatorCalls = this.#kept(
    ["operatorRequest"],
    (): readonly OperatorCall[] =>
      this.#all(OPEN_CALLS).map((row) => ({
        command: text(row, "command"),
        about: text(row, "argument1Id"),
      })),
  );

  /** How often the service has been started. */
  readonly epoch = this.#kept(
    ["setting"],
    () =>
      this.#number("select value from setting where name = 'epoch'", "value"),
  );

  /** Creation number of the newest object. */
  readonly newest = this.#kept(
    ["object.position"],
    () => this.#number("select max(position) as n from object", "n"),
  );

  /** Creation number of the newest inventory that ended well. */
  readonly newestInventory = this.#kept(
    ["libraryRequest.operation", "libraryRequest.state"],
    () => this.#number(NEWEST_INVENTORY, "n"),
  );

  /** Whether the last inventory that came to its end failed. */
  readonly lastInventoryFailed = this.#kept(
    ["libraryRequest.operation", "libraryRequest.state"],
    () => this.#all(LAST_INVENTORY)[0]?.state === "failed",
  );

  /** Number of the newest robot step. */
  readonly newestIntent = this.#kept(
    ["moveIntent"],
    () => this.#number("select max(id) as n from moveIntent", "n"),
  );

  /** States of the drives, by element address. */
  readonly driveStates = this.#kept(
    ["drive.elementAddress", "drive.state"],
    (): ReadonlyMap<number, string> =>
      new Map(
        this.#all("select elementAddress, state from drive").map((row) => [
          Number(row.elementAddress),
          text(row, "state"),
        ]),
      ),
  );

  /** Cartridges that are on their way out, or offered to be taken. */
  readonly ejecting = this.#kept(
    [
      "libraryRequest.operation",
      "libraryRequest.state",
      "libraryRequest.cartridgeId",
    ],
    (): ReadonlySet<string> =>
      new Set(this.#all(EJECTING).map((row) => text(row, "cartridgeId"))),
  );

  /** Library requests that have not ended. */
  readonly unfinished = this.#kept(
    ["libraryRequest", "object"],
    (): readonly Unfinished[] =>
      this.#all(UNFINISHED).map((row) => ({
        text: `${text(row, "name")} (${text(row, "state")}: ${
          text(row, "message")
        })`,
        operation: text(row, "operation"),
        cartridge: textOrNull(row, "cartridgeId"),
      })),
  );

  /** Id of the library that has a device; null before there is one. */
  readonly libraryId = this.#kept(["library.kind"], (): string | null => {
    const [row] = this.#all("select id from library where kind != 'offline'");
    return row === undefined ? null : text(row, "id");
  });

  /** What became of a robot step; empty for one that there is not. */
  intentState(id: number): string {
    const [row] = this.#all(
      "select state from moveIntent where id = ?",
      String(id),
    );
    return row === undefined ? "" : text(row, "state");
  }

  /** Robot steps after that one which were not simply done. */
  stepsNotDone(after: number): { id: number; state: string; note: string }[] {
    return this.#all(NOT_DONE, String(after)).map((row) => ({
      id: Number(row.id),
      state: text(row, "state"),
      note: text(row, "note"),
    }));
  }

  /** Bar code of a cartridge; empty for none. */
  barCodeOf(cartridge: string): string {
    return this.cartridges().find(({ id }) => id === cartridge)?.barCode ?? "";
  }

  /** Id of the object of that type and name; null for none. */
  idOf(type: string, name: string): string | null {
    const [row] = this.#all(
      "select id from object where type = ? and name = ?",
      type,
      name,
    );
    return row === undefined ? null : text(row, "id");
  }

  /** Ids of the objects of a type, in the order of their creation. */
  ids(type: string): string[] {
    return this.#all(
      "select id from object where type = ? order by position",
      type,
    ).map((row) => text(row, "id"));
  }

  /** Asks again only when one of the sources was written to; in an open transaction gives what was committed before. */
  #kept<Value>(sources: readonly string[], read: () => Value): () => Value {
    interface Kept {
      readonly writes: number;
      readonly value: Value;
    }
    let kept: Kept | null = null;
    let lookedAt = -1;
    let counters: readonly Counter[] | null = null;
    return () => {
      const open = this.#connection.isTransaction;
      if (open && kept !== null && lookedAt === this.#transactions) {
        return kept.value;
      }
      counters ??= this.#connection.countersOf(...sources);
      let writes = 0;
      for (const { count } of counters) writes += count;
      if (kept?.writes !== writes || open) kept = { writes, value: read() };
      lookedAt = this.#transactions;
      return kept.value;
    };
  }

  #number(sql: string, column: string): number {
    return Number(this.#all(sql)[0]?.[column] ?? 0);
  }

  /** Only what is committed is told. */
  #all(sql: string, ...parameters: readonly string[]): Row[] {
    if (this.#connection.isTransaction) {
      throw new Error(`Cannot ask in an open transaction: ${sql}`);
    }
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all(...parameters);
  }
}

function text(row: Row, column: string): string {
  return String(row[column] ?? "");
}

function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}
