/**
 * What must hold of pools, media and operator requests: nobody is given a
 * cartridge out of another application's pool, what was retired stays so,
 * counts never go back, and what programs were told of is there.
 *
 * @module
 */

import { isSettled } from "./console.ts";
import type { Ledger } from "./ledger.ts";
import type {
  ManagedView,
  PoolView,
  RequestView,
  SideView,
} from "./managed_view.ts";
import type { World } from "./world.ts";

/** What is checked. */
export interface ManagedParts {
  readonly world: World;
  readonly ledger: Ledger;
  readonly managed: ManagedView;
}

/** Watches over what is managed. */
export class ManagedInvariants {
  readonly #parts: ManagedParts;
  #sides: ReadonlyMap<string, SideView> = new Map();
  #seen: readonly SideView[] = [];
  #pools: ReadonlyMap<string, PoolView> = new Map();
  #poolsSeen: readonly PoolView[] = [];
  #requests: ReadonlyMap<string, RequestView> = new Map();
  #requestsSeen: readonly RequestView[] = [];
  readonly #settled = new Map<string, string>();

  /** The invariants of a world. */
  constructor(parts: ManagedParts) {
    this.#parts = parts;
  }

  /** Checks everything that can be told now, while nothing runs. */
  check(): void {
    this.#checkSides();
    this.#checkPools();
    this.#checkRequests();
  }

  #checkSides(): void {
    const { ledger, managed, world } = this.#parts;
    const sides = managed.sides();
    if (sides !== this.#seen) {
      for (const now of sides) {
        const before = this.#sides.get(now.side);
        if (before !== undefined) this.#checkSide(before, now);
      }
      this.#seen = sides;
      this.#sides = new Map(sides.map((one) => [one.side, one]));
    }
    // What was put elsewhere while its call has no answer may be there later.
    for (const id of ledger.moved) {
      if (!ledger.changing.has(id)) ledger.moved.delete(id);
    }
    for (const held of ledger.held.values()) {
      if (!held.complete || held.returning > 0) continue;
      if (ledger.changing.has(held.logicalMedium)) continue;
      const state = this.#sides.get(held.side)?.state;
      if (state === "complete") continue;
      world.fail(`side ${held.side} was completed, and is ${state}`);
    }
    for (const side of ledger.retired) {
      const state = this.#sides.get(side)?.state ?? "decommissioned";
      if (state === "decommissioned") continue;
      world.fail(`side ${side} was retired, and is ${state}`);
    }
  }

  #checkSide(before: SideView, now: SideView): void {
    const { ledger, managed, world } = this.#parts;
    if (
      now.allocateCount < before.allocateCount ||
      now.mountCount < before.mountCount
    ) world.fail(`the counts of side ${now.side} go back`);
    const { cartridge, logicalMedium, side } = now;
    const isNew = logicalMedium !== null && before.logicalMedium === null;
    if (!isNew || ledger.moved.has(cartridge)) return;
    const pool = managed.poolsOfMedia().get(logicalMedium);
    if (now.pool !== pool) {
      world.fail(
        `side ${side} is allocated from pool ${pool}, and its cartridge is in ${now.pool}`,
      );
    }
    if (before.poolKind !== "application" || before.pool === pool) return;
    world.fail(
      `side ${side} is allocated from pool ${pool}, and was in pool ${before.pool}`,
    );
  }

  #checkPools(): void {
    const { ledger, managed, world } = this.#parts;
    const pools = managed.pools();
    if (pools !== this.#poolsSeen) {
      this.#poolsSeen = pools;
      this.#pools = new Map(pools.map((pool) => [pool.id, pool]));
      this.#checkPaths();
    }
    for (const [id, { application, name }] of ledger.pools) {
      if (ledger.changing.has(id)) continue;
      const pool = this.#pools.get(id);
      if (pool?.name === name) continue;
      world.fail(
        `${application} has a pool ${id} named "${name}", and the catalogue has ${
          pool === undefined ? "none" : `"${pool.name}"`
        }`,
      );
    }
  }

  #checkPaths(): void {
    const { world } = this.#parts;
    for (const { kind, name, parent, path } of this.#pools.values()) {
      if (kind !== "application") continue;
      const above = this.#pools.get(parent ?? "")?.path ?? "";
      if (path === `${above}\\${name}`) continue;
      world.fail(`pool "${name}" below "${above}" has the path "${path}"`);
    }
  }

  /** What is settled stays as it was settled. */
  #checkSettled(): void {
    const { world } = this.#parts;
    for (const { id, state } of this.#requests.values()) {
      const before = this.#settled.get(id);
      if (before !== undefined && before !== state) {
        world.fail(`operator request ${id} was ${before}, and is ${state}`);
      }
      if (isSettled(state)) this.#settled.set(id, state);
    }
  }

  #checkRequests(): void {
    const { ledger, managed, world } = this.#parts;
    const requests = managed.requests();
    if (requests !== this.#requestsSeen) {
      this.#requestsSeen = requests;
      this.#requests = new Map(requests.map((row) => [row.id, row]));
      this.#checkSettled();
    }
    for (const [id, { state }] of ledger.requests) {
      if (ledger.changing.has(id)) continue;
      const row = this.#requests.get(id);
      const now = row !== undefined && isSettled(row.state)
        ? row.state
        : "open";
      // Those that are settled are purged after a time.
      const isGone = row === undefined && state !== "open";
      if (isGone || row !== undefined && now === state) continue;
      world.fail(
        `operator request ${id} is ${state}, and the catalogue has it ${row?.state}`,
      );
    }
  }
}
