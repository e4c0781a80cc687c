/**
 * What must hold of drives and of what cleans them.
 *
 * @module
 */

import type { CatalogueView } from "./catalogue_view.ts";
import type { Ledger } from "./ledger.ts";
import type { CleanerView, ManagedView } from "./managed_view.ts";
import type { World } from "./world.ts";

/** What is checked. */
export interface CareParts {
  readonly world: World;
  readonly catalogue: CatalogueView;
  readonly managed: ManagedView;
  readonly ledger: Ledger;
}

/** Watches over the care of drives. */
export class CareInvariants {
  readonly #parts: CareParts;
  #cleaner: CleanerView | null = null;
  #failed: ReadonlyMap<string, boolean> = new Map();

  /** The invariants of a world. */
  constructor(parts: CareParts) {
    this.#parts = parts;
  }

  /** Checks everything that can be told now, while nothing runs. */
  check(): void {
    this.#checkUses();
    this.#checkFailed();
    this.#checkDrives();
    this.#checkCleaners();
  }

  /** A cleaning takes a use, and nothing but another cleaning cartridge brings some. */
  #checkUses(): void {
    const { managed, world } = this.#parts;
    const before = this.#cleaner;
    const now = this.#cleaner = managed.cleaner();
    if (now === before || now === null || before === null) return;
    const isSame = now.present && before.present && now.slot === before.slot &&
      now.injected === before.injected;
    if (!isSame || now.uses <= before.uses) return;
    world.fail(
      `the cleaning cartridge was good for ${before.uses} more, and is for ${now.uses}`,
    );
  }

  /** What is taken out of service has a person asked to see to it. */
  #checkFailed(): void {
    const { managed, world } = this.#parts;
    const before = this.#failed;
    const now = this.#failed = managed.failedDevices();
    if (now === before) return;
    for (const [id, asked] of now) {
      if (before.has(id)) continue;
      world.count("devices out of service");
      if (!asked) {
        world.fail(`device ${id} is out of service, and nobody is asked`);
      }
    }
  }

  /** Keeps in mind since when drives are out of service; one that is being cleaned is nobody's. */
  #checkDrives(): void {
    const { catalogue, ledger, managed, world } = this.#parts;
    const out = managed.drivesOutOfService();
    for (const id of ledger.drivesOut.keys()) {
      if (!out.has(id)) ledger.drivesOut.delete(id);
    }
    for (const id of out) {
      if (!ledger.drivesOut.has(id)) ledger.drivesOut.set(id, world.turn);
    }
    for (const { begun, drive } of ledger.givenDrives.splice(0)) {
      if ((ledger.drivesOut.get(drive) ?? Infinity) >= begun) continue;
      world.fail(
        `a mount was given drive ${drive}, which was out of service before`,
      );
    }
    for (const { elementAddress, side } of catalogue.mounts()) {
      if (catalogue.driveStates().get(elementAddress) !== "beingCleaned") {
        continue;
      }
      world.fail(
        `drive ${elementAddress} is being cleaned, and side ${side} is mounted in it`,
      );
    }
  }

  /** A cleaning cartridge is no medium. */
  #checkCleaners(): void {
    const { managed, world } = this.#parts;
    for (const side of managed.cleanersInUse()) {
      world.fail(`side ${side} of a cleaning cartridge is handed out`);
    }
  }
}
