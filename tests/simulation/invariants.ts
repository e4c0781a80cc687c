/**
 * What must hold at every moment, whatever goes wrong (I1 to I10 of the
 * reliability reference, as far as they can be seen from outside).
 *
 * @module
 */

import type { CatalogueView, OpenIntent } from "./catalogue_view.ts";
import type { Ledger } from "./ledger.ts";
import type { ManagedView } from "./managed_view.ts";
import type { Operator } from "./operator.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What the invariants are checked on. */
export interface InvariantParts {
  readonly world: World;
  readonly catalogue: CatalogueView;
  readonly ledger: Ledger;
  readonly library: TapeLibrary;
  readonly operator: Operator;
  readonly managed: ManagedView;
  /** Whether a cartridge may turn out to be a known one by its label. */
  readonly labelsTell: boolean;
}

/** Watches over a world. */
export class Invariants {
  readonly #parts: InvariantParts;
  readonly #allocated = new Set<string>();
  #cartridges = new Set<string>();
  #epoch = 0;
  #version = -1;
  #troubles = -1;
  /** Creation number that an inventory must exceed to have come after the last trouble. */
  #restlessSince = 0;
  /** Steps after this one have nothing to fail by; null as long as they have. */
  #calmSince: number | null = null;
  /** Creation number that an inventory must exceed to be one of the library as it is; null when the catalogue is. */
  #staleSince: number | null = 0;

  /** The invariants of a world. */
  constructor(parts: InvariantParts) {
    this.#parts = parts;
  }

  /** The catalogue may differ from the library until the next inventory. */
  stale(): void {
    this.#staleSince = this.#parts.catalogue.newest();
  }

  /** Whether the catalogue may differ from the library. */
  get isStale(): boolean {
    return this.#staleSince !== null;
  }

  /** Checks everything that can be told now, while nothing runs. */
  check(): void {
    const { catalogue } = this.#parts;
    const version = catalogue.version();
    this.#checkHolds();
    if (version === this.#version) return;
    this.#version = version;
    this.#checkAllocations();
    this.#checkMounts();
    this.#checkCounts();
    this.#checkIntents();
    this.#checkCalm();
    this.#checkTruth();
  }

  /** I5, I7: no allocation vanishes, none that was acknowledged is lost, no side is given out twice. */
  #checkAllocations(): void {
    const { catalogue, ledger, world } = this.#parts;
    const now = new Map<string, string | null>();
    const sides = new Set<string>();
    for (const { logicalMedium, side } of catalogue.allocations()) {
      if (side === null) {
        world.fail(`I5: allocation ${logicalMedium} has no side`);
      } else if (sides.has(side) || now.has(logicalMedium)) {
        world.fail(`I5: side ${side} is allocated twice`);
      } else sides.add(side);
      now.set(logicalMedium, side);
      this.#allocated.add(logicalMedium);
    }
    for (const id of this.#allocated) {
      if (now.has(id)) continue;
      const returned = ledger.returned.has(id) ||
        (ledger.held.get(id)?.returning ?? 0) > 0;
      if (!returned) {
        world.fail(`I5: allocation ${id} is gone, and nobody gave it back`);
      }
      this.#allocated.delete(id);
    }
    for (const { logicalMedium, returning, side } of ledger.held.values()) {
      if (returning > 0 || now.get(logicalMedium) === side) continue;
      if (ledger.changing.has(logicalMedium) && now.has(logicalMedium)) {
        continue;
      }
      world.fail(
        `I7: a program was given side ${side} as ${logicalMedium}, and the catalogue does not know`,
      );
    }
  }

  /** Mounts that programs were told of stand until their end. */
  #checkHolds(): void {
    const { ledger, world } = this.#parts;
    const now = world.clock.monotonic();
    ledger.forget(({ certainUntilMs }) => certainUntilMs <= now);
  }

  #checkMounts(): void {
    const { catalogue, ledger, world } = this.#parts;
    const mounts = catalogue.mounts();
    for (const { drive, place, side } of mounts) {
      if (place === drive) continue;
      world.fail(
        `I1: side ${side} is mounted in drive ${drive}, and the catalogue has its cartridge in ${place}`,
      );
    }
    for (const hold of ledger.holds.values()) {
      const row = mounts.find(({ side }) => side === hold.side);
      const stands = row?.drive === hold.drive && row.count >= hold.count &&
        row.application === hold.application;
      if (stands) continue;
      world.fail(
        `the mount of side ${hold.side} in drive ${hold.elementAddress} for ${hold.application} is gone, and nobody ended it`,
      );
    }
  }

  /** I1, I2, I9, I10: places, counts and epochs. */
  #checkCounts(): void {
    const { catalogue, labelsTell, ledger, world } = this.#parts;
    const cartridges = catalogue.cartridges();
    const known = new Set(cartridges.map(({ id }) => id));
    for (const id of this.#cartridges) {
      if (known.has(id) || ledger.mayForget.has(id) || labelsTell) continue;
      world.fail(`I10: cartridge ${id} was known, and is no more`);
    }
    // A cleaning cartridge that is out is forgotten.
    this.#cartridges = new Set(
      cartridges.filter(({ cleans }) => !cleans)
        .map(({ id }) => id),
    );
    const library = catalogue.libraryId();
    const places = new Set<string>();
    for (const { elementAddress, id, libraryId, placeId } of cartridges) {
      if ((libraryId === library) !== (placeId !== null)) {
        world.fail(
          `I1: cartridge ${id} is in library ${libraryId} and in place ${placeId}`,
        );
      }
      if (placeId === null) continue;
      if (elementAddress === null) {
        world.fail(`I1: place ${placeId} does not exist`);
      }
      if (places.has(placeId)) world.fail(`I2: place ${placeId} holds two`);
      places.add(placeId);
    }
    const epoch = catalogue.epoch();
    if (epoch < this.#epoch) {
      world.fail(`I9: epoch ${epoch} after ${this.#epoch}`);
    }
    this.#epoch = epoch;
  }

  /** I4: one open intent an element, but for the drive of an exchange: one goes, one comes. */
  #checkIntents(): void {
    const { catalogue, world } = this.#parts;
    const busy = new Set<number>();
    let goes: OpenIntent | null = null;
    for (const intent of catalogue.openIntents()) {
      const { cartridge, source, state, target } = intent;
      const comes = goes?.source === target && goes.id + 1 === intent.id;
      goes = intent;
      // What is put away from a gripper is nobody's known cartridge: the next
      // try asks what it holds, whatever became of the one before.
      if (state === "unknown" || cartridge === "") continue;
      for (const address of [source, target]) {
        if (busy.has(address) && !(comes && address === target)) {
          world.fail(`I4: two open intents for element ${address}`);
        }
        busy.add(address);
      }
    }
  }

  /** After an inventory and without trouble since, every step is simply done. */
  #checkCalm(): void {
    const { catalogue, library, world } = this.#parts;
    const troubles = troublesOf(world.counts);
    const open = library.model.doorOpen ||
      library.elementsOf("importExport").some((port) => port.open);
    if (troubles !== this.#troubles || open) {
      this.#troubles = troubles;
      this.#restlessSince = catalogue.newest();
      this.#calmSince = null;
    } else if (this.#calmSince !== null) {
      for (
        const { id, note, state } of catalogue.stepsNotDone(this.#calmSince)
      ) {
        world.fail(
          `step ${id} is ${state}, and nothing went wrong in the library: ${note}`,
        );
      }
      world.count("calm looks");
    } else if (catalogue.newestInventory() > this.#restlessSince) {
      this.#calmSince = catalogue.newestIntent();
    }
  }

  /** The library, and what the catalogue says of it, wherever it has no excuse. */
  #checkTruth(): void {
    const { catalogue, world } = this.#parts;
    if (this.#staleSince !== null) {
      if (catalogue.newestInventory() <= this.#staleSince) return;
      this.#staleSince = null;
    }
    if (catalogue.openIntents().length > 0) return;
    world.count("catalogue compared with library");
    for (const difference of this.differences()) world.fail(difference);
  }

  /** Where catalogue and library differ. */
  differences(): string[] {
    const { catalogue, library, operator } = this.#parts;
    const placed = new Map(
      catalogue.cartridges().map((one) => [one.elementAddress, one]),
    );
    const found: string[] = [];
    for (const { cartridge, elementAddress, type } of library.elementsOf()) {
      const known = placed.get(elementAddress);
      if (type === "transport") {
        if (cartridge !== null) {
          found.push(`I10: ${cartridge.id} is left in the transport`);
        }
        continue;
      }
      if ((cartridge === null) !== (known === undefined)) {
        found.push(
          `I10: element ${elementAddress} holds ${
            cartridge?.id ?? "nothing"
          }, and the catalogue says ${known?.barCode ?? "nothing"}`,
        );
        continue;
      }
      const label = cartridge?.barCode ?? null;
      if (label === null || known === undefined) continue;
      if (operator.isTelling(label) && known.barCode !== label) {
        found.push(
          `I1: element ${elementAddress} holds ${label}, and the catalogue says ${known.barCode}`,
        );
      }
    }
    return found;
  }
}

/** How often anything happened that a step may fail by. */
function troublesOf(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [what, count] of counts) {
    if (TROUBLE.test(what)) sum += count;
  }
  return sum;
}

const TROUBLE = /^(fault: |hands$|open ports$|starts$)/;
