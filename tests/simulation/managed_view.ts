/**
 * What is committed of pools, media, requests and objects, seen from outside
 * the manager, for those who manage them. To be asked while nothing runs.
 *
 * @module
 */

import type { SQLOutputValue, StatementSync } from "node:sqlite";
import type { CatalogueConnection, Counter } from "./catalogue_connection.ts";

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

/** What the catalogue has of the cleaning cartridge of its library. */
export interface CleanerView {
  readonly uses: number;
  readonly present: boolean;
  readonly slot: string;
  /** Creation number of the newest injection of one that was done. */
  readonly injected: number;
}

type Row = Record<string, SQLOutputValue>;

const SIDES = `
  select s.id, s.state, s.logicalMediumId, s.allocateCount, s.mountCount,
    s.cartridgeId, c.poolId, p.kind, o.enabled, l.kind as library
  from side s join cartridge c on c.id = s.cartridgeId
    join mediaPool p on p.id = c.poolId join object o on o.id = c.id
    join library l on l.id = c.libraryId
  order by s.position`;
const CLEANER = `
  select cleanerUsesRemaining as uses, flags, cleanerSlotId,
    (select max(o.position) from libraryRequest r join object o on o.id = r.id
     where r.operation = 'injectCleaner' and r.state = 'passed') as injected
  from library where kind != 'offline'`;
const CLEANERS_IN_USE = `
  select s.id from side s join cartridge c on c.id = s.cartridgeId
    join mediaType t on t.id = c.mediaTypeId
    left join mount m on m.sideId = s.id
  where t.code = 50
    and (s.logicalMediumId is not null or m.sideId is not null)`;
const FAILED_DEVICES = `
  select f.objectId as id, exists(select 1 from operatorRequest r
    where r.command = 'deviceService' and r.argument1Id = f.objectId) as asked
  from deviceFailure f where f.outOfService = 1`;
/** NTMS_LIBRARYFLAG_CLEANERPRESENT. */
const CLEANER_PRESENT = 0x2;
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
    [
      "side.state",
      "side.logicalMediumId",
      "side.allocateCount",
      "side.mountCount",
      "side.cartridgeId",
      "cartridge.libraryId",
      "cartridge.poolId",
      "mediaPool.kind",
      "object:enabled",
      "library.kind",
    ],
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

  /** The cleaning cartridge of the library; null before there is a library. */
  readonly cleaner = this.#kept(
    [
      "library",
      "libraryRequest.operation",
      "libraryRequest.state",
    ],
    (): CleanerView | null => {
      const [row] = this.#all(CLEANER);
      return row === undefined ? null : {
        uses: Number(row.uses),
        present: (Number(row.flags) & CLEANER_PRESENT) !== 0,
        slot: String(row.cleanerSlotId),
        injected: Number(row.injected ?? 0),
      };
    },
  );

  /** Sides of cleaning cartridges that somebody has, or has mounted. */
  readonly cleanersInUse = this.#kept(
    [
      "side.logicalMediumId",
      "side.cartridgeId",
      "cartridge.mediaTypeId",
      "mount",
    ],
    () => this.#all(CLEANERS_IN_USE).map(({ id }) => String(id)),
  );

  /** Devices that the service has taken out of service, and whether a person was asked to see to them. */
  readonly failedDevices = this.#kept(
    ["deviceFailure", "operatorRequest"],
    (): ReadonlyMap<string, boolean> =>
      new Map(
        this.#all(FAILED_DEVICES).map(({ asked, id }) => [
          String(id),
          asked !== 0,
        ]),
      ),
  );

  /** Drives that are disabled. */
  readonly drivesOutOfService = this.#kept(
    ["object:enabled", "drive.libraryId"],
    (): ReadonlySet<string> =>
      new Set(
        this.#all("select id from object where type = 'drive' and enabled = 0")
          .map(({ id }) => String(id)),
      ),
  );

  /** All pools. */
  readonly pools = this.#kept(
    ["mediaPool", "object:name"],
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
    ["operatorRequest.state"],
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

  /** All that the catalogue has of the objects of one type, or of all, by id. */
  records(type: string | null): ReadonlyMap<string, string> {
    const types = type === null
      ? this.#all("select distinct type from object").map((row) =>
        String(row.type)
      )
      : [type];
    const records = new Map<string, string>();
    for (const each of types) {
      const own = this.#hasTable(each)
        ? this.#all(`select * from "${each}"`)
        : [];
      const parts = new Map(own.map((row) => [row.id, row]));
      const objects = "select * from object where type = ? order by position";
      for (const object of this.#all(objects, each)) {
        records.set(String(object.id), textOf(object, parts.get(object.id)));
      }
    }
    return records;
  }

  /** All that the catalogue has of an object; null where it is gone. */
  record(type: string, id: string): string | null {
    const [object] = this.#all("select * from object where id = ?", id);
    if (object === undefined) return null;
    const [own] = this.#hasTable(type)
      ? this.#all(`select * from "${type}" where id = ?`, id)
      : [];
    return textOf(object, own);
  }

  #hasTable(name: string): boolean {
    this.#tables ??= new Set(
      this.#all("select name from sqlite_schema where type = 'table'")
        .map(({ name }) => String(name)),
    );
    return this.#tables.has(name);
  }

  /** Asks again only when one of the sources was written to. */
  #kept<Value>(sources: readonly string[], read: () => Value): () => Value {
    let kept: { readonly writes: number; readonly value: Value } | null = null;
    let counters: readonly Counter[] | null = null;
    return () => {
      counters ??= this.#connection.countersOf(...sources);
      let writes = 0;
      for (const { count } of counters) writes += count;
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

/** A record as it is compared; `own` is the row of the table of its type, where there is one. */
function textOf(object: Row, own: Row | undefined): string {
  return JSON.stringify(own === undefined ? [object] : [object, own]);
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
