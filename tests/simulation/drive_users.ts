/**
 * Programs that empty drives, have them cleaned and forget those that are gone,
 * and the people who bring cleaning cartridges and take drives out.
 *
 * @module
 */

import type { Manager } from "../../src/manager/mod.ts";
import type { PortOperationStarted } from "../../src/model/mod.ts";
import type { CatalogueView } from "./catalogue_view.ts";
import type { Ledger } from "./ledger.ts";
import type { Operator } from "./operator.ts";
import type { Service } from "./service.ts";
import { APPLICATIONS, type Sessions } from "./sessions.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What they work with. */
export interface DriveUserParts {
  readonly world: World;
  readonly service: Service;
  readonly catalogue: CatalogueView;
  readonly ledger: Ledger;
  readonly library: TapeLibrary;
  readonly operator: Operator;
  readonly sessions: Sessions;
  /** Mounts end with the work in a drive. */
  readonly loseMounts: (sides: readonly string[]) => void;
}

const DEEDS = [
  ["dismount", 5],
  ["clean", 3],
  ["reserve", 2],
  ["release", 1],
  ["inject cleaner", 3],
  ["eject cleaner", 1],
  ["stop", 1],
  ["bring cleaner", 2],
  ["forget drive", 2],
  ["pull drive", 1],
  ["plug drive", 3],
] as const;

/** Those who see to drives. */
export class DriveUsers {
  readonly #parts: DriveUserParts;
  /** Operations with a cleaning cartridge that were begun last. */
  #begun: { readonly kind: "inject" | "eject"; readonly id: string } | null =
    null;

  /** Those of a world. */
  constructor(parts: DriveUserParts) {
    this.#parts = parts;
  }

  /** One of them does something. */
  act(): void {
    const { catalogue, library, operator, world } = this.#parts;
    const chance = world.deeds;
    const id = catalogue.libraryId();
    const deed = chance.weighted(DEEDS);
    const drive = chance.pick(catalogue.ids("drive"));
    if (deed === "bring cleaner") return operator.bringCleaner();
    if (deed === "pull drive") return this.#pull();
    if (deed === "plug drive") {
      const bay = chance.pick([...library.model.emptyBays]);
      if (bay !== undefined) library.plugDrive(bay);
      return;
    }
    if (id === null || drive === undefined) return;
    switch (deed) {
      case "dismount":
        return this.#dismount(drive);
      case "clean":
        return this.#call(
          "clean",
          (manager, caller) => manager.cleaners.clean(caller, { drive }),
        );
      case "reserve": {
        const slot = chance.pick(catalogue.ids("slot"));
        if (slot === undefined) return;
        return this.#call(
          "reserve",
          (manager, caller) =>
            manager.cleaners.reserve(caller, { library: id, slot }),
        );
      }
      case "release":
        return this.#call(
          "release",
          (manager, caller) =>
            manager.cleaners.release(caller, { library: id }),
        );
      case "inject cleaner":
        return this.injectCleaner(chance.between(1, 3));
      case "eject cleaner":
        return this.#call(
          "eject-cleaner",
          (manager, caller) =>
            manager.cleaners.eject(caller, {
              library: id,
              action: "start",
              operation: null,
            }),
          "eject",
        );
      case "stop":
        return this.#stop(id);
      case "forget drive":
        return this.#call(
          "forget-drive",
          (manager, caller) => manager.devices.deleteDrive(caller, drive),
        );
      case undefined:
        return;
    }
  }

  /** Has a cleaning cartridge taken in. */
  injectCleaner(uses: number): void {
    const library = this.#parts.catalogue.libraryId();
    if (library === null) return;
    this.#call(
      "inject-cleaner",
      (manager, caller) =>
        manager.cleaners.inject(caller, {
          library,
          action: "start",
          operation: null,
          uses,
        }),
      "inject",
    );
  }

  /** The service died: its operations are gone. */
  serviceEnded(): void {
    this.#begun = null;
  }

  #caller() {
    const { sessions, world } = this.#parts;
    return sessions.caller(world.deeds.pick(APPLICATIONS) ?? "alpha");
  }

  #call(
    what: string,
    run: (
      manager: Manager,
      caller: ReturnType<Sessions["caller"]>,
    ) => Promise<unknown>,
  ): void;
  #call(
    what: string,
    run: (
      manager: Manager,
      caller: ReturnType<Sessions["caller"]>,
    ) => Promise<PortOperationStarted>,
    kind: "inject" | "eject",
  ): void;
  #call(
    what: string,
    run: (
      manager: Manager,
      caller: ReturnType<Sessions["caller"]>,
    ) => Promise<PortOperationStarted>,
    kind?: "inject" | "eject",
  ): void {
    const caller = this.#caller();
    this.#parts.service.call(
      what,
      (manager) => run(manager, caller),
      (told) => {
        if (kind !== undefined) this.#begun = { kind, id: told.operation };
      },
    );
  }

  #stop(library: string): void {
    if (this.#begun === null) return;
    const { id: operation, kind } = this.#begun;
    const input = { library, action: "stop", operation } as const;
    this.#call(
      `stop-${kind}`,
      (manager, caller) =>
        kind === "inject"
          ? manager.cleaners.inject(caller, { ...input, uses: 1 })
          : manager.cleaners.eject(caller, input),
    );
  }

  /** Whoever has a medium mounted may empty its drive, and nobody else. */
  #dismount(drive: string): void {
    const { catalogue, ledger, loseMounts, service, world } = this.#parts;
    const chance = world.deeds;
    const mount = catalogue.mounts().find((one) => one.drive === drive);
    const caller = mount === undefined || chance.happens(0.1)
      ? this.#caller()
      : this.#parts.sessions.caller(mount.application);
    const isOwn = mount?.application === caller.application;
    const hold = mount === undefined ? undefined : ledger.holds.get(mount.side);
    const wait = chance.happens(0.3);
    service.call(
      `empty ${caller.application} ${drive.slice(0, 8)}`,
      (manager, signal) => {
        if (mount !== undefined && isOwn) loseMounts([mount.side]);
        return manager.drives.dismount(caller, { drive, wait }, signal);
      },
      () => {
        if (mount === undefined || isOwn || hold === undefined) return;
        if (ledger.holds.get(mount.side) !== hold) return;
        if (hold.certainUntilMs <= world.clock.monotonic()) return;
        world.fail(
          `${caller.application} empties drive ${drive}, which ${mount.application} has`,
        );
      },
    );
  }

  /** A person takes out a drive that is empty. */
  #pull(): void {
    const { library, world } = this.#parts;
    const bays = library.elementsOf("dataTransfer").filter((
      { cartridge, elementAddress },
    ) => cartridge === null && !library.model.emptyBays.has(elementAddress));
    // One is left, so that there is something to do.
    const bay = bays.length > 1 ? world.deeds.pick(bays) : undefined;
    if (bay === undefined) return;
    world.count("hands");
    world.count("drives out");
    world.note(`hand: takes the drive out of ${bay.elementAddress}`);
    library.pullDrive(bay.elementAddress);
  }
}
