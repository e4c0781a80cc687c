/**
 * Programs that have cartridges ejected and taken in, and that let people at
 * the door. What people do then is the operator's.
 *
 * @module
 */

import type {
  EjectAction,
  InjectAction,
  PortOperationStarted,
} from "../../src/model/mod.ts";
import type { CatalogueView } from "./catalogue_view.ts";
import type { Ledger } from "./ledger.ts";
import type { ManagedView, SideView } from "./managed_view.ts";
import type { Service } from "./service.ts";
import { APPLICATIONS, type Sessions } from "./sessions.ts";
import type { World } from "./world.ts";

/** What those programs work with. */
export interface PortUserParts {
  readonly world: World;
  readonly service: Service;
  readonly catalogue: CatalogueView;
  readonly managed: ManagedView;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  /** Mounts are ended by force. */
  readonly loseMounts: (sides: readonly string[]) => void;
}

const DEEDS = [
  ["eject", 6],
  ["inject", 4],
  ["stop", 2],
  ["door", 1],
] as const;

/** How long ports stay open and doors may, s: times in which something happens. */
const PATIENCE = [30, 120, 600] as const;

/** The programs at ports and doors. */
export class PortUsers {
  readonly #parts: PortUserParts;

  /** Those of a world. */
  constructor(parts: PortUserParts) {
    this.#parts = parts;
  }

  /** One of them does something. */
  act(): void {
    const { catalogue, world } = this.#parts;
    const chance = world.deeds;
    const application = chance.pick(APPLICATIONS) ?? "alpha";
    const library = catalogue.libraryId();
    if (library === null) return;
    if (chance.happens(0.1)) return this.#setPatience(application);
    switch (chance.weighted(DEEDS)) {
      case "eject":
        return this.#eject(application);
      case "inject":
        return this.#inject(
          application,
          library,
          chance.pick(["start", "startMany"]) ?? "start",
          null,
        );
      case "stop":
        return this.#stop(application, library);
      case "door":
        return this.#door(application, library);
      case undefined:
        return;
    }
  }

  #call(
    what: string,
    run: Parameters<Service["call"]>[1],
  ): void {
    this.#parts.service.call(what, run);
  }

  /** The world heals: what was gathered to be ejected is ejected. */
  startBatches(): void {
    const { managed, sessions } = this.#parts;
    const waits = managed.portRequests().some(({ operation, state }) =>
      operation === "eject" && state === "queued"
    );
    if (!waits) return;
    for (const application of APPLICATIONS) {
      const caller = sessions.caller(application);
      this.#call(
        `eject ${application} all`,
        (manager) =>
          manager.ports.eject(caller, {
            cartridge: null,
            action: "start",
            operation: null,
          }),
      );
    }
  }

  #setPatience(application: string): void {
    const { catalogue, sessions, world } = this.#parts;
    const chance = world.deeds;
    const id = chance.pick([
      ...catalogue.ids("port"),
      ...catalogue.ids("door"),
    ]);
    if (id === undefined) return;
    const seconds = chance.pick(PATIENCE) ?? 30;
    const change = catalogue.ids("port").includes(id)
      ? { maxExtendSeconds: seconds }
      : { maxOpenSeconds: seconds };
    const caller = sessions.caller(application);
    this.#call(
      `patience ${seconds}`,
      (manager) => manager.objects.set(caller, id, change),
    );
  }

  #eject(application: string): void {
    const { ledger, managed, sessions, world } = this.#parts;
    const chance = world.deeds;
    const action = chance.pick<EjectAction>([
      "start",
      "start",
      "queue",
      "force",
    ]);
    const own = managed.sides().filter((side) =>
      this.#isOwn(application, side)
    );
    const one = chance.happens(0.1) ? null : chance.pick(own) ?? null;
    const caller = sessions.caller(application);
    const sides = own.filter(({ cartridge }) => cartridge === one?.cartridge)
      .map(({ side }) => side);
    if (one !== null) ledger.mayForget.add(one.cartridge);
    this.#call(
      `eject ${application} ${action} ${one?.cartridge.slice(0, 8) ?? ""}`,
      (manager): Promise<PortOperationStarted> => {
        if (action === "force") this.#parts.loseMounts(sides);
        return manager.ports.eject(caller, {
          cartridge: one?.cartridge ?? null,
          action: action ?? "start",
          operation: null,
        });
      },
    );
  }

  /** Nobody has cartridges ejected that others have something on. */
  #isOwn(application: string, { logicalMedium }: SideView): boolean {
    if (logicalMedium === null) return true;
    const held = this.#parts.ledger.held.get(logicalMedium);
    return held?.application === application;
  }

  #inject(
    application: string,
    library: string,
    action: InjectAction,
    operation: string | null,
  ): void {
    const caller = this.#parts.sessions.caller(application);
    this.#call(
      `inject ${action}`,
      (manager) => manager.ports.inject(caller, { library, action, operation }),
    );
  }

  #stop(application: string, library: string): void {
    const { managed, sessions, world } = this.#parts;
    const one = world.deeds.pick(managed.portRequests());
    if (one?.operation === "inject") {
      const action = world.deeds.pick<InjectAction>(["stop", "retract"]);
      return this.#inject(application, library, action ?? "stop", one.id);
    }
    if (one?.operation !== "eject") return;
    const caller = sessions.caller(application);
    this.#call(
      "eject stop",
      (manager) =>
        manager.ports.eject(caller, {
          cartridge: null,
          action: "stop",
          operation: one.id,
        }),
    );
  }

  #door(application: string, library: string): void {
    const { sessions, world } = this.#parts;
    const caller = sessions.caller(application);
    const inventory = world.deeds.pick(["none", "fast", "default"] as const);
    this.#call(
      "door",
      (manager) =>
        manager.ports.accessDoor(caller, {
          library,
          inventory: inventory ?? "fast",
        }),
    );
  }
}
