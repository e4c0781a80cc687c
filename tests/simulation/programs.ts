/**
 * Programs that use the service, several sessions of several applications:
 * they ask for media, mount them, give them back, change their minds, and
 * vanish.
 *
 * @module
 */

import {
  type Allocation,
  INFINITE,
  type MountInput,
  type ObjectType,
} from "../../src/model/mod.ts";
import type { CatalogueView, MountedSide } from "./catalogue_view.ts";
import type { Contents } from "./contents.ts";
import type { Ledger } from "./ledger.ts";
import { MountWatch } from "./mount_watch.ts";
import type { Operator } from "./operator.ts";
import type { Service } from "./service.ts";
import { APPLICATIONS, type Sessions } from "./sessions.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What programs work with. */
export interface ProgramParts {
  readonly world: World;
  readonly service: Service;
  readonly library: TapeLibrary;
  readonly contents: Contents;
  readonly catalogue: CatalogueView;
  readonly ledger: Ledger;
  readonly operator: Operator;
  readonly sessions: Sessions;
  /** Whether labels may have told something that is not so. */
  readonly labelsLie: () => boolean;
}

const TYPES: readonly ObjectType[] = [
  "cartridge",
  "drive",
  "libraryRequest",
  "logicalMedium",
  "mediaPool",
  "operatorRequest",
  "side",
  "slot",
];
const METHODS = ["default", "fast", "fast", "none", "stop"] as const;

const DEEDS = [
  ["pool", 2],
  ["allocate", 12],
  ["mount", 26],
  ["dismount", 22],
  ["deallocate", 7],
  ["inventory", 4],
  ["list", 3],
  ["map", 1],
  ["cancel", 6],
  ["vanish", 1],
  ["leave", 2],
] as const;

/** All programs. */
export class Programs {
  readonly #parts: ProgramParts;
  readonly #watch: MountWatch;
  readonly #sessions: Sessions;
  readonly #pools = new Map<string, string>();
  #ended = false;

  /** The programs of a world. */
  constructor(parts: ProgramParts) {
    this.#parts = parts;
    this.#sessions = parts.sessions;
    this.#watch = new MountWatch(parts);
  }

  /** One of them does something. */
  act(): void {
    const { world } = this.#parts;
    const application = world.deeds.pick(APPLICATIONS) ?? "alpha";
    const deed = world.deeds.weighted(DEEDS);
    switch (deed) {
      case "pool":
        return this.#createPool(application);
      case "allocate":
        return this.#allocate(application);
      case "mount":
        return this.#mount(application);
      case "dismount":
        return this.#dismount(application);
      case "deallocate":
        return this.#deallocate(application);
      case "inventory":
        return this.#inventory(application);
      case "list":
        return this.#list();
      case "map":
        return this.#parts.service.call("map", (manager) => manager.map(null));
      case "cancel":
        return this.cancelOne();
      case "vanish":
      case "leave":
        return this.#endSession(application, deed === "vanish");
      case undefined:
        return;
    }
  }

  /** Looks for mounts that nobody knows of. */
  check(): void {
    this.#watch.check();
  }

  /** What a dead service was to give back is given back, or it is not. */
  settleReturns(): void {
    const { catalogue, ledger } = this.#parts;
    if (!this.#ended) return;
    this.#ended = false;
    ledger.mounting.forget();
    ledger.settleReturns(catalogue.allocations());
  }

  /** The service died or was closed: sessions are gone, and answers with them. */
  serviceEnded(): void {
    const { ledger, world } = this.#parts;
    this.#watch.serviceEnded();
    // Commits that were under way come to their end before this is looked at.
    this.#ended = true;
    ledger.limit(this.#sessions.loseAll(world.clock.monotonic()));
  }

  /** Every program gives up its mounts. */
  dismountAll(): void {
    for (const mount of this.#parts.catalogue.mounts()) {
      this.#end(mount.application, [mount.side], { deferred: false });
    }
  }

  /** Takes stock and waits for it. */
  takeStock(told: () => void = () => {}): void {
    this.#inventory(APPLICATIONS[0], { method: "fast", wait: true, told });
  }

  /** Gives up one call that is not answered yet. */
  cancelOne(): void {
    const { service, world } = this.#parts;
    const call = world.deeds.pick([...service.calls]);
    if (call === undefined) return;
    world.note(`cancel ${call.what}`);
    call.abort.abort();
  }

  /** Somebody takes media from those who have them mounted. */
  loseMounts(sides: readonly string[]): void {
    this.#watch.dismounts(sides);
  }

  #endSession(application: string, lost: boolean): void {
    const { ledger, service, world } = this.#parts;
    const session = this.#sessions.end(application);
    if (session === undefined) return;
    world.note(`${session} ${lost ? "vanishes" : "leaves"}`);
    service.sessionEnded(session, lost);
    if (!lost) return;
    const until = this.#sessions.lose(session, world.clock.monotonic());
    ledger.limit(until, (hold) => hold.session === session);
  }

  #createPool(application: string): void {
    const { catalogue, ledger, service } = this.#parts;
    const mediaType = catalogue.idOf("mediaType", "LTO-6");
    if (mediaType === null) return;
    const caller = this.#sessions.caller(application);
    service.call(
      `pool ${application}`,
      (manager) =>
        manager.createPool(caller, {
          name: application,
          mediaType,
          parent: null,
          mode: "always",
          drawFromFree: true,
          returnToFree: true,
        }),
      ({ pool }) => {
        this.#pools.set(application, pool);
        ledger.pools.set(pool, { application, name: application });
      },
    );
  }

  #allocate(application: string): void {
    const { ledger, service, world } = this.#parts;
    const chance = world.deeds;
    const pool = this.#pools.get(application);
    if (pool === undefined) return this.#createPool(application);
    const timeoutMs = chance.pick([0, 5_000, 120_000, INFINITE]) ?? 0;
    const errorIfUnavailable = chance.happens(0.3);
    const wholeCartridge = chance.happens(0.2);
    const caller = this.#sessions.caller(application);
    service.call<Allocation>(
      `allocate ${application} ${timeoutMs}`,
      (manager, signal) =>
        manager.allocate(caller, {
          pool,
          side: null,
          timeoutMs,
          errorIfUnavailable,
          wholeCartridge,
        }, signal),
      ({ logicalMedium, side }) => {
        for (const held of ledger.held.values()) {
          if (held.side !== side || held.returning > 0) continue;
          world.fail(
            `side ${side} is given to ${application}, and ${held.application} has it`,
          );
        }
        ledger.enter(logicalMedium, side, application);
      },
    );
  }

  #mount(application: string): void {
    const { catalogue, ledger, service, world } = this.#parts;
    const chance = world.deeds;
    const own = ledger.media(chance.happens(0.1) ? null : application);
    const first = chance.pick(own);
    if (first === undefined) return this.#allocate(application);
    const media = new Map([[first.side, first.logicalMedium]]);
    while (media.size < own.length && chance.happens(0.2)) {
      const next = chance.pick(own);
      if (next !== undefined) media.set(next.side, next.logicalMedium);
    }
    const drives = chance.happens(0.2)
      ? catalogue.ids("drive").slice(0, media.size)
      : [];
    const input: MountInput = {
      media: [...media.values()],
      priority: chance.between(-2, 2),
      timeoutMs: chance.pick([0, 30_000, 600_000, INFINITE, INFINITE]) ?? 0,
      ...(drives.length === media.size ? { drives } : {}),
      ...(chance.happens(0.15) ? { errorIfBusy: true } : {}),
      ...(chance.happens(0.15) ? { errorIfOffline: true } : {}),
      ...(chance.happens(0.1) ? { noWait: true } : {}),
    };
    const caller = this.#sessions.caller(application);
    const begun = world.turn;
    service.call(
      `mount ${application} ${[...media.keys()].map(short)}`,
      (manager, signal) => {
        ledger.mounting.begin(...media.values());
        this.#watch.asks(media.keys());
        return manager.mount(caller, input, signal);
      },
      (result) => {
        ledger.mounting.end(...media.values());
        this.#watch.answered(media.keys(), input.noWait === true);
        this.#watch.mounted(caller, result, begun);
      },
      () => {
        ledger.mounting.end(...media.values());
        this.#watch.answered(media.keys(), false);
      },
    );
  }

  #dismount(application: string): void {
    const { catalogue, world } = this.#parts;
    const chance = world.deeds;
    const mounts = catalogue.mounts();
    if (chance.happens(0.05)) {
      const any = chance.pick(mounts);
      if (any !== undefined) this.#endOther(application, any);
      return;
    }
    const own = mounts.filter((mount) => mount.application === application);
    const first = chance.pick(own);
    if (first === undefined) return;
    const media = new Set([first.side]);
    if (chance.happens(0.2)) {
      const second = chance.pick(own);
      if (second !== undefined) media.add(second.side);
    }
    this.#end(application, [...media], { deferred: chance.happens(0.5) });
  }

  /** An application that has not mounted a side must not end its mount. */
  #endOther(application: string, { application: owner, side }: MountedSide) {
    const { service, world } = this.#parts;
    if (application === owner) return;
    const caller = this.#sessions.caller(application);
    service.call(
      `dismount ${application} ${short(side)} of ${owner}`,
      (manager) => manager.dismount(caller, { media: [side] }),
      () => world.fail(`${application} ends a mount of ${owner}`),
    );
  }

  #end(
    application: string,
    media: string[],
    { deferred }: { deferred: boolean },
  ): void {
    const { service, world } = this.#parts;
    const wait = world.deeds.happens(0.3);
    const timeoutMs = world.deeds.pick([10_000, INFINITE]) ?? 0;
    const caller = this.#sessions.caller(application);
    service.call(
      `dismount ${application} ${media.map(short)}${deferred ? " later" : ""}`,
      (manager, signal) => {
        this.#watch.dismounts(media);
        return manager.dismount(
          caller,
          { media, deferred, wait, timeoutMs },
          signal,
        );
      },
    );
  }

  #deallocate(application: string): void {
    const { ledger, service, world } = this.#parts;
    const held = world.deeds.pick(ledger.media(application)) ??
      this.#orphan(application);
    if (held === undefined) return;
    const caller = this.#sessions.caller(application);
    service.call(
      `deallocate ${application} ${short(held.side)}`,
      (manager) => {
        held.returning++;
        ledger.labels.delete(held.side);
        return manager.deallocate(caller, held.logicalMedium);
      },
      () => {
        ledger.held.delete(held.logicalMedium);
        ledger.returned.add(held.logicalMedium);
      },
      () => held.returning--,
    );
  }

  /** An allocation that nobody heard of, because the service died; somebody finds it. */
  #orphan(application: string) {
    const { catalogue, ledger, world } = this.#parts;
    const orphans = catalogue.allocations().filter(({ logicalMedium }) =>
      !ledger.held.has(logicalMedium)
    );
    const orphan = world.deeds.pick(orphans);
    if (orphan?.side === null || orphan === undefined) return undefined;
    return ledger.enter(orphan.logicalMedium, orphan.side, application);
  }

  #inventory(
    application: string,
    options: {
      method?: "fast";
      wait?: boolean;
      told?: () => void;
    } = {},
  ): void {
    const { catalogue, service, world } = this.#parts;
    const chance = world.deeds;
    const library = catalogue.libraryId();
    if (library === null) return;
    const method = options.method ?? chance.pick(METHODS) ?? "fast";
    const wait = options.wait ?? chance.happens(0.5);
    const caller = this.#sessions.caller(application);
    service.call(
      `inventory ${method}`,
      (manager, signal) =>
        manager.inventory(caller, { library, method, wait }, signal),
      () => options.told?.(),
    );
  }

  #list(): void {
    const type = this.#parts.world.deeds.pick(TYPES) ?? "side";
    this.#parts.service.call(
      `list ${type}`,
      (manager) => manager.list({ type, container: null }),
    );
  }
}

function short(id: string): string {
  return id.slice(0, 8);
}
