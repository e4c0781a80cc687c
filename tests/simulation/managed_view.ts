/**
 * What is committed of pools, media, requests and objects, seen from outside
 * the manager, for those who manage them. To be asked while nothing runs.
 *
 * @module
 */

import type { SQLOutputValue, StatementSync } from "node:sqlite";
import type { CatalogueConnection } from "./catalogue_connection.ts";

/** A side and its cartridge. */
export interface SideView {
  readonly side: string;
  readonly state: string;
  readonly logicalMedium: string | null;
  readonly allocateCount: number;
  readonly mountCount: number;
  readonly cartridge: string;
  readonly pool: string;
  readonly poolKind: string;
  readonly enabled: boolean;
  readonly offline: boolean;
}

/** A pool. */
export interface PoolView {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly kind: string;
  readonly parent: string | null;
}

/** An operator request. */
export interface RequestView {
  readonly id: string;
  readonly state: string;
  readonly raisedBy: string;
}

/** A library request about a cartridge, or about none. */
export interface PortRequestView {
  readonly id: string;
  readonly operation: string;
  readonly state: string;
  readonly cartridge: string | null;
}

type Row = Record<string, SQLOutputValue>;

const SIDES = `
  select s.id, s.state, s.logicalMediumId, s.allocateCount, s.mountCount,
    s.cartridgeId, c.poolId, p.kind, o.enabled, l.kind as library
  from side s join cartridge c on c.id = s.cartridgeId
    join mediaPool p on p.id = c.poolId join object o on o.id = c.id
    join library l on l.id = c.libraryId
  order by s.position`;
const PORT_REQUESTS = `
  select id, operation, state, cartridgeId from libraryRequest
  where operation in ('eject', 'inject', 'doorAccess')
    and state in ('queued', 'inProcess', 'waiting') order by rowid`;

/** Reads what is committed. */
export class ManagedView {
  readonly #connection: CatalogueConnection;
  readonly #statements = new Map<string, StatementSync>();
  #tables: ReadonlySet<string> | null = null;

  /** Looks through the connection of the manager. */
  constructor(connection: CatalogueConnection) {
    this.#connection = connection;
  }

  /** All sides. */
  readonly sides = this.#kept(
    ["side", "cartridge", "mediaPool", "object.enabled", "library"],
    (): readonly SideView[] =>
      this.#all(SIDES).map((row) => ({
        side: String(row.id),
        state: String(row.state),
        logicalMedium: textOrNull(row.logicalMediumId),
        allocateCount: Number(row.allocateCount),
        mountCount: Number(row.mountCount),
        cartridge: String(row.cartridgeId),
        pool: String(row.poolId),
        poolKind: String(row.kind),
        enabled: row.enabled === 1,
        offline: row.library === "offline",
      })),
  );

  /** All pools. */
  readonly pools = this.#kept(
    ["mediaPool", "object.name"],
    (): readonly PoolView[] =>
      this.#all(
        `select p.id, o.name, p.path, p.kind, p.parentId from mediaPool p
         join object o on o.id = p.id order by o.position`,
      ).map((row) => ({
        id: String(row.id),
        name: String(row.name),
        path: String(row.path),
        kind: String(row.kind),
        parent: textOrNull(row.parentId),
      })),
  );

  /** The pool of each logical medium. */
  readonly poolsOfMedia = this.#kept(
    ["logicalMedium"],
    (): ReadonlyMap<string, string> =>
      new Map(
        this.#all("select id, poolId from logicalMedium").map((row) => [
          String(row.id),
          String(row.poolId),
        ]),
      ),
  );

  /** All operator requests. */
  readonly requests = this.#kept(
    ["operatorRequest"],
    (): readonly RequestView[] =>
      this.#all(
        "select id, state, raisedBy from operatorRequest order by rowid",
      )
        .map((row) => ({
          id: String(row.id),
          state: String(row.state),
          raisedBy: String(row.raisedBy),
        })),
  );

  /** Library requests about ports and doors that have not ended. */
  readonly portRequests = this.#kept(
    ["libraryRequest"],
    (): readonly PortRequestView[] =>
      this.#all(PORT_REQUESTS).map((row) => ({
        id: String(row.id),
        operation: String(row.operation),
        state: String(row.state),
        cartridge: textOrNull(row.cartridgeId),
      })),
  );

  /** What is disabled, by id, with its type. */
  disabled(): { readonly id: string; readonly type: string }[] {
    return this.#all(
      `select id, type from object where enabled = 0
       and type in ('library', 'drive', 'cartridge') order by position`,
    ).map((row) => ({ id: String(row.id), type: String(row.type) }));
  }

  /** Ids of the objects of one type, or of all. */
  ids(type: string | null): { readonly id: string; readonly type: string }[] {
    return this.#all(
      `select id, type from object
       where ? is null or type = ? order by position`,
      type,
      type,
    ).map((row) => ({ id: String(row.id), type: String(row.type) }));
  }

  /** All that the catalogue has of an object; null where it is gone. */
  record(type: string, id: string): string | null {
    this.#tables ??= new Set(
      this.#all("select name from sqlite_schema where type = 'table'")
        .map(({ name }) => String(name)),
    );
    const [object] = this.#all("select * from object where id = ?", id);
    if (object === undefined) return null;
    const own = this.#tables.has(type)
      ? this.#all(`select * from "${type}" where id = ?`, id)
      : [];
    return JSON.stringify([object, ...own]);
  }

  /** Asks again only when one of the sources was written to. */
  #kept<Value>(sources: readonly string[], read: () => Value): () => Value {
    let kept: { readonly writes: number; readonly value: Value } | null = null;
    return () => {
      let writes = 0;
      for (const { count } of this.#connection.countersOf(...sources)) {
        writes += count;
      }
      if (kept?.writes !== writes) kept = { writes, value: read() };
      return kept.value;
    };
  }

  #all(sql: string, ...parameters: readonly (string | null)[]): Row[] {
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

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
