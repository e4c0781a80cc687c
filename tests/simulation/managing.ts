/**
 * Programs that manage: pools, the life of media, and limits.
 *
 * @module
 */

import type { Allocation } from "../../src/model/mod.ts";
import type { CatalogueView } from "./catalogue_view.ts";
import { changeObjects } from "./changing.ts";
import { isSettled } from "./console.ts";
import type { Held, Ledger } from "./ledger.ts";
import type { ManagedView, SideView } from "./managed_view.ts";
import type { Service } from "./service.ts";
import { APPLICATIONS, type Sessions } from "./sessions.ts";
import type { World } from "./world.ts";

/** What those programs work with. */
export interface ManagingParts {
  readonly world: World;
  readonly service: Service;
  readonly catalogue: CatalogueView;
  readonly managed: ManagedView;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
}

const DEEDS = [
  ["create pool", 4],
  ["rename pool", 2],
  ["set limits", 2],
  ["delete pool", 2],
  ["move medium", 6],
  ["allocate that one", 5],
  ["complete", 3],
  ["swap", 4],
  ["decommission", 1],
  ["delete medium", 2],
] as const;

/** That of the media in the library. */
const MEDIA_TYPE = "LTO-6";

/** The programs that manage. */
export class Managing {
  readonly #parts: ManagingParts;
  #named = 0;
  #ended = false;

  /** Those of a world. */
  constructor(parts: ManagingParts) {
    this.#parts = parts;
  }

  /** One of them does something. */
  act(): void {
    const { world } = this.#parts;
    const application = world.deeds.pick(APPLICATIONS) ?? "alpha";
    switch (world.deeds.weighted(DEEDS)) {
      case "create pool":
        return this.#createPool(application);
      case "rename pool":
        return this.#renamePool(application);
      case "set limits":
        return this.#setLimits(application);
      case "delete pool":
        return this.#deletePool(application);
      case "move medium":
        return this.#moveMedium(application);
      case "allocate that one":
        return this.#allocateThat(application);
      case "complete":
        return this.#complete(application);
      case "swap":
        return this.#swap(application);
      case "decommission":
        return this.#decommission(application);
      case "delete medium":
        return this.#deleteMedium(application);
      case undefined:
        return;
    }
  }

  /** The service died or was closed: what was under way is done, or it is not. */
  serviceEnded(): void {
    this.#ended = true;
  }

  /** Looks what became of calls whose service died. */
  settleChanges(): void {
    if (!this.#ended) return;
    this.#ended = false;
    const { ledger, managed } = this.#parts;
    const sides = managed.sides();
    const pools = managed.pools();
    const requests = managed.requests();
    for (const id of ledger.changing.forget()) {
      const held = ledger.held.get(id);
      const side = sides.find(({ logicalMedium }) => logicalMedium === id);
      if (held !== undefined && side !== undefined) {
        held.side = side.side;
        held.complete = side.state === "complete";
      }
      const pool = ledger.pools.get(id);
      if (pool !== undefined) {
        const now = pools.find((one) => one.id === id);
        if (now === undefined) ledger.pools.delete(id);
        else pool.name = now.name;
      }
      const request = ledger.requests.get(id);
      const row = requests.find((one) => one.id === id);
      if (request === undefined) continue;
      if (row !== undefined && isSettled(row.state)) {
        request.state = row.state;
      }
    }
  }

  #poolsOf(application: string): string[] {
    return [...this.#parts.ledger.pools].filter(([id, pool]) =>
      pool.application === application && !this.#parts.ledger.changing.has(id)
    ).map(([id]) => id);
  }

  /** Own pools beside the one that carries the name of the application. */
  #furtherPool(application: string): string | undefined {
    const { ledger, world } = this.#parts;
    return world.deeds.pick(
      this.#poolsOf(application).filter((id) =>
        ledger.pools.get(id)?.name !== application
      ),
    );
  }

  #createPool(application: string): void {
    const { catalogue, ledger, service, sessions, world } = this.#parts;
    const chance = world.deeds;
    const mediaType = catalogue.idOf("mediaType", MEDIA_TYPE);
    if (mediaType === null) return;
    const folder = chance.happens(0.2);
    const name = `${application} ${++this.#named}`;
    const parent = chance.happens(0.4)
      ? this.#furtherPool(application) ?? null
      : null;
    const policies = {
      drawFromFree: chance.happens(0.5),
      returnToFree: chance.happens(0.4),
      maxAllocates: chance.pick([0, 0, 1, 3]) ?? 0,
    };
    const caller = sessions.caller(application);
    service.call(
      `create ${name}`,
      (manager) =>
        manager.createPool(caller, {
          name,
          mediaType: folder ? null : mediaType,
          parent,
          mode: "new",
          ...(folder ? {} : policies),
        }),
      ({ pool }) => ledger.pools.set(pool, { application, name }),
    );
  }

  #renamePool(application: string): void {
    const { ledger, sessions } = this.#parts;
    const pool = this.#furtherPool(application);
    if (pool === undefined) return;
    const name = `${application} ${++this.#named}`;
    const caller = sessions.caller(application);
    changeObjects(
      this.#parts,
      `rename pool ${short(pool)} ${name}`,
      [pool],
      (manager) => manager.objects.set(caller, pool, { name }),
      () => {
        const known = ledger.pools.get(pool);
        if (known !== undefined) known.name = name;
      },
    );
  }

  #setLimits(application: string): void {
    const { sessions, world } = this.#parts;
    const chance = world.deeds;
    const pool = chance.pick(this.#poolsOf(application));
    if (pool === undefined) return;
    const caller = sessions.caller(application);
    changeObjects(
      this.#parts,
      `limits of pool ${short(pool)}`,
      [],
      (manager) =>
        manager.objects.set(caller, pool, {
          drawFromFree: chance.happens(0.8),
          returnToFree: chance.happens(0.6),
          maxAllocates: chance.pick([0, 0, 0, 2, 5]) ?? 0,
        }),
      () => {},
    );
  }

  #deletePool(application: string): void {
    const { ledger, sessions } = this.#parts;
    const pool = this.#furtherPool(application);
    if (pool === undefined) return;
    const caller = sessions.caller(application);
    changeObjects(
      this.#parts,
      `delete pool ${short(pool)}`,
      [pool],
      (manager) => manager.pools.delete(caller, pool),
      () => ledger.pools.delete(pool),
    );
  }

  /** Sides that are nobody's: in own pools, or in those of the service. */
  #unowned(application: string): SideView[] {
    const { managed } = this.#parts;
    const own = new Set(this.#poolsOf(application));
    return managed.sides().filter(({ logicalMedium, pool, poolKind }) =>
      logicalMedium === null && (poolKind !== "application" || own.has(pool))
    );
  }

  #moveMedium(application: string): void {
    const { ledger, managed, sessions, world } = this.#parts;
    const chance = world.deeds;
    const medium = chance.pick(this.#unowned(application));
    const free = managed.pools().filter(({ kind, path }) =>
      kind === "free" && path.endsWith(`\\${MEDIA_TYPE}`)
    ).map(({ id }) => id);
    const pool = chance.pick([...this.#poolsOf(application), ...free]);
    if (medium === undefined || pool === undefined) return;
    const { cartridge } = medium;
    const caller = sessions.caller(application);
    ledger.moved.add(cartridge);
    changeObjects(
      this.#parts,
      `move ${short(cartridge)} to pool ${short(pool)}`,
      [cartridge],
      (manager) => manager.pools.move(caller, { cartridge, pool }),
      () => ledger.moved.add(cartridge),
    );
  }

  /** A particular side, whosever it is: it is had only where that is right. */
  #allocateThat(application: string): void {
    const { ledger, managed, service, sessions, world } = this.#parts;
    const chance = world.deeds;
    const pool = chance.pick(this.#poolsOf(application));
    const wanted = chance.pick(
      managed.sides().filter(({ logicalMedium }) => logicalMedium === null),
    );
    if (pool === undefined || wanted === undefined) return;
    const caller = sessions.caller(application);
    service.call<Allocation>(
      `allocate ${application} ${short(wanted.side)}`,
      (manager) =>
        manager.allocate(caller, {
          pool,
          side: wanted.side,
          timeoutMs: 0,
          errorIfUnavailable: true,
        }),
      ({ logicalMedium, side }) => {
        if (side !== wanted.side) {
          world.fail(
            `${application} is given side ${side}, not ${wanted.side}`,
          );
        }
        ledger.enter(logicalMedium, side, application);
      },
    );
  }

  /** An own medium that nobody mounts now. */
  #idle(application: string): Held | undefined {
    const { ledger, world } = this.#parts;
    return world.deeds.pick(
      ledger.media(application).filter(({ logicalMedium }) =>
        !ledger.mounting.has(logicalMedium)
      ),
    );
  }

  #complete(application: string): void {
    const { sessions } = this.#parts;
    const held = this.#idle(application);
    if (held === undefined) return;
    const caller = sessions.caller(application);
    changeObjects(
      this.#parts,
      `complete ${short(held.side)}`,
      [held.logicalMedium],
      (manager) => manager.media.complete(caller, held.logicalMedium),
      () => held.complete = true,
    );
  }

  #swap(application: string): void {
    const { ledger, sessions } = this.#parts;
    const one = this.#idle(application);
    const other = this.#idle(application);
    if (one === undefined || other === undefined || one === other) return;
    const first = one.logicalMedium;
    const second = other.logicalMedium;
    const caller = sessions.caller(application);
    for (const { side } of [one, other]) ledger.labels.delete(side);
    changeObjects(
      this.#parts,
      `swap ${short(one.side)} ${short(other.side)}`,
      [first, second],
      (manager) => manager.media.swap(caller, { first, second }),
      () => [one.side, other.side] = [other.side, one.side],
    );
  }

  #decommission(application: string): void {
    const { ledger, sessions, world } = this.#parts;
    const medium = world.deeds.pick(this.#unowned(application));
    if (medium === undefined) return;
    const { side } = medium;
    const caller = sessions.caller(application);
    changeObjects(
      this.#parts,
      `decommission ${short(side)}`,
      [],
      (manager) => manager.media.decommission(caller, side),
      () => ledger.retired.add(side),
    );
  }

  #deleteMedium(application: string): void {
    const { ledger, managed, sessions, world } = this.#parts;
    const gone = world.deeds.pick(
      managed.sides().filter(({ offline }) => offline),
    );
    if (gone === undefined) return;
    const { cartridge } = gone;
    const caller = sessions.caller(application);
    ledger.mayForget.add(cartridge);
    changeObjects(
      this.#parts,
      `delete ${short(cartridge)}`,
      [],
      (manager) => manager.media.delete(caller, cartridge),
      () => {
        if (managed.sides().some((one) => one.cartridge === cartridge)) {
          world.fail(`cartridge ${cartridge} was deleted, and is there`);
        }
      },
    );
  }
}

function short(id: string): string {
  return id.slice(0, 8);
}
