/**
 * The catalogue as it is on disk, seen from outside the manager: a second
 * connection that reads what is committed, and that alone.
 *
 * @module
 */

import { DatabaseSync, type SQLOutputValue } from "node:sqlite";

/** A row, its values by column. */
type Row = Record<string, SQLOutputValue>;

/** Where the catalogue has a cartridge. */
export interface Placed {
  readonly id: string;
  readonly libraryId: string;
  readonly barCode: string;
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
  readonly state: string;
  readonly source: number;
  readonly target: number;
  readonly cartridge: string;
}

/** A library request that has not ended. */
export interface Unfinished {
  /** What it is and what it waits for. */
  readonly text: string;
  readonly cartridge: string | null;
}

/** A call for the operator that is open. */
export interface OperatorCall {
  readonly command: string;
  /** The object it is about. */
  readonly about: string;
}

const PLACED = `
  select c.id, c.libraryId, c.barCode, c.placeId,
    coalesce(s.elementAddress, d.elementAddress, p.elementAddress) as address
  from cartridge c
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
  select id, state, sourceAddress, targetAddress, cartridgeId from moveIntent
  where state in ('planned', 'sent', 'unknown') order by id`;
const OPEN_CALLS = `
  select command, argument1Id from operatorRequest
  where state in ('submitted', 'active', 'inProgress')`;

/** Reads what is committed. */
export class CatalogueView implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();

  /** Opens the catalogue's file a second time. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true });
  }

  /** A number that changes with every commit. */
  version(): number {
    return this.number("pragma data_version", "data_version");
  }

  /** All cartridges. */
  cartridges(): Placed[] {
    return this.#all(PLACED).map((row) => ({
      id: text(row, "id"),
      libraryId: text(row, "libraryId"),
      barCode: text(row, "barCode"),
      placeId: textOrNull(row, "placeId"),
      elementAddress: row.address === null ? null : Number(row.address),
    }));
  }

  /** All allocations. */
  allocations(): AllocatedSide[] {
    return this.#all(
      `select l.id, s.id as sideId from logicalMedium l
         left join side s on s.logicalMediumId = l.id`,
    ).map((row) => ({
      logicalMedium: text(row, "id"),
      side: textOrNull(row, "sideId"),
    }));
  }

  /** All mounts. */
  mounts(): MountedSide[] {
    return this.#all(MOUNTS).map((row) => ({
      side: text(row, "sideId"),
      drive: text(row, "driveId"),
      elementAddress: Number(row.address),
      application: text(row, "application"),
      session: textOrNull(row, "sessionId"),
      count: Number(row.count),
      cartridge: text(row, "cartridgeId"),
      place: textOrNull(row, "placeId"),
    }));
  }

  /** Robot steps that have not come to their end. */
  openIntents(): OpenIntent[] {
    return this.#all(INTENTS).map((row) => ({
      id: Number(row.id),
      state: text(row, "state"),
      source: Number(row.sourceAddress),
      target: Number(row.targetAddress),
      cartridge: text(row, "cartridgeId"),
    }));
  }

  /** Open calls for the operator. */
  operatorCalls(): OperatorCall[] {
    return this.#all(OPEN_CALLS).map((row) => ({
      command: text(row, "command"),
      about: text(row, "argument1Id"),
    }));
  }

  /** Bar code of a cartridge; empty for none. */
  barCodeOf(cartridge: string): string {
    const [row] = this.#all(
      "select barCode from cartridge where id = ?",
      cartridge,
    );
    return row === undefined ? "" : text(row, "barCode");
  }

  /** How often the service has been started. */
  epoch(): number {
    return this.number(
      "select value from setting where name = 'epoch'",
      "value",
    );
  }

  /** Creation number of the newest object. */
  newest(): number {
    return this.number("select max(position) as n from object", "n");
  }

  /** Creation number of the newest inventory that ended well. */
  newestInventory(): number {
    return this.number(
      `select max(o.position) as n from libraryRequest r
         join object o on o.id = r.id
         where r.operation = 'inventory' and r.state = 'passed'`,
      "n",
    );
  }

  /** Library requests that have not ended. */
  unfinished(): Unfinished[] {
    return this.#all(
      `select o.name, r.state, r.message, r.cartridgeId from libraryRequest r
         join object o on o.id = r.id
         where r.state in ('queued', 'inProcess', 'waiting', 'deferred')`,
    ).map((row) => ({
      text: `${text(row, "name")} (${text(row, "state")}: ${
        text(row, "message")
      })`,
      cartridge: textOrNull(row, "cartridgeId"),
    }));
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

  /** Id of the library that has a device; null before there is one. */
  libraryId(): string | null {
    const [row] = this.#all("select id from library where kind != 'offline'");
    return row === undefined ? null : text(row, "id");
  }

  /** One number that a query gives; 0 for none. */
  number(sql: string, column: string): number {
    return Number(this.#all(sql)[0]?.[column] ?? 0);
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    this.#database.close();
  }

  #all(sql: string, ...parameters: readonly string[]): Row[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
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
