/**
 * What the rules of access see of the catalogue: who governs what, the pools,
 * and the lists. All of it is remembered until a table that it is read from is
 * written to, so that a check asks the catalogue nothing when nothing changed.
 *
 * @module
 */

import {
  type AccessFacts,
  accessFacts,
  findGovernors,
  type PoolFacts,
  type Reader,
} from "../database/mod.ts";
import type { Descriptor, Guid } from "../model/mod.ts";
import { defaultDescriptor, type Securable } from "./access_decision.ts";
import { descriptorOf } from "./access_rows.ts";
import type { Look, PoolView } from "./access_needs.ts";

/** What all calls ask, by what it is asked by. */
interface Index {
  readonly computer: Securable;
  readonly lists: ReadonlyMap<string, Descriptor>;
  readonly byId: ReadonlyMap<string, PoolView>;
  readonly byPath: ReadonlyMap<string, PoolView>;
  readonly paths: ReadonlyMap<string, string>;
  readonly free: ReadonlyMap<string, PoolView>;
  readonly root: PoolView;
}

const indexes = new WeakMap<AccessFacts, Index>();

function indexOf(facts: AccessFacts): Index {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const byId = new Map<string, PoolView>();
  const byPath = new Map<string, PoolView>();
  const paths = new Map<string, string>();
  const free = new Map<string, PoolView>();
  let root: PoolView | null = null;
  for (const row of facts.pools) {
    const view = viewOf(row);
    byId.set(row.id, view);
    byPath.set(row.path, view);
    paths.set(row.id, row.path);
    if (row.kind === "root") root = view;
    if (row.kind === "free" && row.mediaTypeId !== null) {
      free.set(row.mediaTypeId, view);
    }
  }
  if (root === null) throw new TypeError("The catalogue has no root pool");
  const computer: Securable = { type: "computer", id: facts.computer };
  const lists = new Map(
    facts.lists.map((row): [string, Descriptor] => [
      row.objectId,
      descriptorOf(row),
    ]),
  );
  const index = { computer, lists, byId, byPath, paths, free, root };
  indexes.set(facts, index);
  return index;
}

function viewOf(row: PoolFacts): PoolView {
  const { id, kind, mediaTypeId, parentId } = row;
  return {
    type: "mediaPool",
    id,
    kind,
    mediaTypeId,
    parentId,
    drawFromFree: row.drawFromFree === 1,
    returnToFree: row.returnToFree === 1,
  };
}

/** The catalogue, as the rules of access see it. */
export class AccessLook implements Look {
  readonly #db: Reader;
  readonly #index: Index;

  private constructor(db: Reader, index: Index) {
    this.#db = db;
    this.#index = index;
  }

  /** Looks at the catalogue as it is now. */
  static async at(db: Reader): Promise<AccessLook> {
    return new AccessLook(db, indexOf(await accessFacts(db)));
  }

  get computer(): Securable {
    return this.#index.computer;
  }

  get rootPool(): PoolView {
    return this.#index.root;
  }

  /** Who may do what to an object; `isDefault` where nobody has set it. */
  listOf(
    object: Securable,
  ): { readonly descriptor: Descriptor; readonly isDefault: boolean } {
    const set = this.#index.lists.get(object.id);
    return {
      descriptor: set ?? defaultDescriptor(object),
      isDefault: set === undefined,
    };
  }

  /** A pool by its id. */
  pool(id: Guid | null): PoolView | null {
    return this.#index.byId.get(id ?? "") ?? null;
  }

  /** Path of a pool. */
  pathOf(pool: Guid): string {
    return this.#index.paths.get(pool) ?? pool;
  }

  async poolOf(id: Guid): Promise<PoolView | null> {
    const own = this.pool(id);
    return own ?? this.pool((await findGovernors(this.#db, id))?.pool ?? null);
  }

  async libraryOf(id: Guid): Promise<Securable | null> {
    const library = (await findGovernors(this.#db, id))?.library ?? null;
    return library === null ? null : { type: "library", id: library };
  }

  async governorOf(id: Guid): Promise<Securable | null> {
    const own = this.pool(id);
    if (own !== null || id === this.computer.id) return own ?? this.computer;
    const row = await findGovernors(this.#db, id);
    if (row === null) return null;
    // Media are in a library too, but it is their pool that governs them.
    const pool = this.pool(row.pool);
    if (pool !== null) return pool;
    return row.library === null
      ? this.computer
      : { type: "library", id: row.library };
  }

  poolAt(parent: Guid | null, levels: readonly string[]): PoolView | null {
    const base = parent === null ? "" : this.#index.paths.get(parent);
    if (base === undefined) return null;
    const path = [base, ...levels].join("\\");
    return this.#index.byPath.get(path === "" ? "\\" : path) ?? null;
  }

  freePool(mediaType: string | null): PoolView | null {
    return this.#index.free.get(mediaType ?? "") ?? null;
  }
}
