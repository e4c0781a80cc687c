/**
 * Programs that write labels and tell of them, and ask for what is on media.
 *
 * @module
 */

import type { Manager } from "../../src/manager/mod.ts";
import type { CatalogueView } from "./catalogue_view.ts";
import { changeObjects } from "./changing.ts";
import { type Contents, labelsOf } from "./contents.ts";
import type { Hold, Ledger } from "./ledger.ts";
import type { ManagedView } from "./managed_view.ts";
import type { Operator } from "./operator.ts";
import type { Service } from "./service.ts";
import { APPLICATIONS, type Sessions } from "./sessions.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What those programs work with. */
export interface LabellingParts {
  readonly world: World;
  readonly service: Service;
  readonly catalogue: CatalogueView;
  readonly managed: ManagedView;
  readonly ledger: Ledger;
  readonly library: TapeLibrary;
  readonly contents: Contents;
  readonly operator: Operator;
  readonly sessions: Sessions;
}

const DEEDS = [
  ["write", 14],
  ["read all", 1],
  ["identify", 4],
  ["prepare", 3],
  ["method", 1],
  ["write elsewhere", 1],
] as const;

/** The programs that know of labels. */
export class Labelling {
  readonly #parts: LabellingParts;

  /** Those of a world. */
  constructor(parts: LabellingParts) {
    this.#parts = parts;
  }

  /** One of them does something. */
  act(): void {
    const { catalogue, managed, operator, world } = this.#parts;
    const chance = world.deeds;
    const library = catalogue.libraryId();
    if (library === null) return;
    switch (chance.weighted(DEEDS)) {
      case "write":
        return this.#write();
      case "read all":
        return this.#call(
          "inventory omid",
          (manager, signal) =>
            manager.inventory(
              this.#caller(),
              { library, method: "omid", wait: chance.happens(0.5) },
              signal,
            ),
        );
      case "identify": {
        const slot = chance.pick(catalogue.ids("slot"));
        if (slot === undefined) return;
        const input = { slot, deferred: chance.happens(0.5), wait: true };
        return this.#call(
          "identify",
          (manager, signal) =>
            manager.labels.identifySlot(this.#caller(), input, signal),
        );
      }
      case "prepare": {
        const side = chance.pick(managed.sides());
        if (side === undefined) return;
        const input = { cartridge: side.cartridge, wait: chance.happens(0.7) };
        return this.#call(
          "prepare",
          (manager, signal) =>
            manager.labels.prepare(this.#caller(), input, signal),
        );
      }
      case "method": {
        const inventoryMethod = chance.happens(0.7) ? "omid" : "fast";
        return this.#call(
          `method ${inventoryMethod}`,
          (manager) =>
            manager.objects.set(this.#caller(), library, { inventoryMethod }),
        );
      }
      case "write elsewhere": {
        const away = chance.pick(operator.outside);
        if (away !== undefined) this.#parts.contents.write(away.id);
        return;
      }
      case undefined:
        return;
    }
  }

  #caller() {
    const { sessions, world } = this.#parts;
    return sessions.caller(world.deeds.pick(APPLICATIONS) ?? "alpha");
  }

  #call(
    what: string,
    run: (manager: Manager, signal: AbortSignal) => Promise<unknown>,
  ): void {
    this.#parts.service.call(what, run);
  }

  /** A mount that nothing takes away just now, in a drive that no hand was in; rather one without a label. */
  #mounted(): Hold | undefined {
    const { ledger, world } = this.#parts;
    const certain = ledger.certain(world.clock.monotonic());
    const bare = certain.filter(({ side }) => !ledger.labels.has(side));
    return world.deeds.pick(bare) ??
      (world.deeds.happens(0.2) ? world.deeds.pick(certain) : undefined);
  }

  /** Writes a label to an own medium and tells of it. */
  #write(): void {
    const { contents, ledger, library, sessions, world } = this.#parts;
    const hold = this.#mounted();
    if (hold === undefined) return;
    const { application, elementAddress, side } = hold;
    const held = ledger.media(application).find((one) => one.side === side);
    const { cartridge } = library.model.element(elementAddress) ?? {};
    if (held === undefined || !cartridge) return;
    const { logicalMedium } = held;
    ledger.labels.delete(side);
    const volume = contents.write(cartridge.id);
    world.note(`${application} writes ${volume} to ${cartridge.id}`);
    const caller = sessions.caller(application);
    changeObjects(
      this.#parts,
      `label ${volume}`,
      [logicalMedium],
      (manager) =>
        manager.labels.updateOmid(caller, {
          logicalMedium,
          raw: labelsOf(volume),
        }),
      () => {
        if (held.returning > 0 || held.side !== side) return;
        ledger.labels.set(side, { volume, since: world.turn });
      },
    );
  }
}
