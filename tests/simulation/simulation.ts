/**
 * One run: a world from a seed, so many steps in it, and a time to heal.
 *
 * @module
 */

import { Database } from "../../src/database/mod.ts";
import { CareInvariants } from "./care_invariants.ts";
import type { CatalogueConnection } from "./catalogue_connection.ts";
import { CatalogueView } from "./catalogue_view.ts";
import { Consoles } from "./console.ts";
import { Contents } from "./contents.ts";
import { DriveUsers } from "./drive_users.ts";
import { FAULT_KINDS, Faults } from "./faults.ts";
import { heal } from "./healing.ts";
import { Invariants } from "./invariants.ts";
import { Labelling } from "./labelling.ts";
import { Ledger } from "./ledger.ts";
import { Listeners } from "./listeners.ts";
import { ManagedInvariants } from "./managed_invariants.ts";
import { ManagedView } from "./managed_view.ts";
import { Managing } from "./managing.ts";
import { type Labels, labelsOf, sizeOf, wearOf } from "./nature.ts";
import { Operator } from "./operator.ts";
import { PortUsers } from "./port_users.ts";
import { Programs } from "./programs.ts";
import { Service } from "./service.ts";
import { Sessions } from "./sessions.ts";
import { StepWatch } from "./step_watch.ts";
import { settle } from "./simulated_clock.ts";
import { TapeLibrary } from "./tape_library.ts";
import { Wires } from "./wire.ts";
import { World } from "./world.ts";

/** What to run. */
export interface Run {
  readonly seed: number;
  readonly steps: number;
  /** Kinds of faults and deeds that this run does not have. */
  readonly without?: ReadonlySet<string>;
  /** Told of every event. */
  readonly listener?: (line: string) => void;
}

/** What came of a run. */
export interface Outcome {
  readonly seed: number;
  /** What was asked for. */
  readonly asked: number;
  /** How many steps it took, up to the violation if there was one. */
  readonly steps: number;
  /** What does not hold; null when everything does. */
  readonly violation: string | null;
  /** Whether it was found while the world healed. */
  readonly healing: boolean;
  readonly counts: ReadonlyMap<string, number>;
  readonly trace: readonly string[];
  readonly fingerprint: number;
}

/** Who does something in a step, and how often. */
const ACTORS = [
  ["programs", 70],
  ["managing", 14],
  ["consoles", 5],
  ["ports", 5],
  ["listeners", 8],
  ["labels", 16],
  ["drives", 6],
  ["operator", 10],
  ["weather", 6],
  ["restart", 1],
] as const;

/** All that a run can be made without. */
export const KINDS: readonly string[] = [
  ...FAULT_KINDS,
  ...ACTORS.map(([name]) => name),
];

/** A world and all that is in it. */
export class Simulation implements AsyncDisposable {
  readonly world: World;
  readonly faults: Faults;
  readonly ledger: Ledger = new Ledger();
  readonly contents: Contents;
  readonly library: TapeLibrary;
  readonly catalogue: CatalogueView;
  readonly managed: ManagedView;
  readonly steps: StepWatch;
  readonly wires: Wires;
  readonly operator: Operator;
  readonly service: Service;
  readonly programs: Programs;
  readonly managing: Managing;
  readonly consoles: Consoles;
  readonly ports: PortUsers;
  readonly listeners: Listeners;
  readonly labelling: Labelling;
  readonly driveUsers: DriveUsers;
  readonly invariants: Invariants;
  readonly #managedInvariants: ManagedInvariants;
  readonly #careInvariants: CareInvariants;
  readonly #database: Database;
  readonly #without: ReadonlySet<string>;
  readonly #labels: Labels;
  #labelsLied = false;

  private constructor(
    run: Run,
    database: Database,
    connection: CatalogueConnection,
  ) {
    const world = new World(run.seed, run.listener);
    const { ledger } = this;
    this.world = world;
    this.#database = database;
    this.#without = run.without ?? new Set();
    this.faults = new Faults(world, this.#without);
    this.catalogue = new CatalogueView(connection);
    this.contents = new Contents(world);
    this.contents.overwritten = (volume) => this.#overwritten(volume);
    this.library = new TapeLibrary(
      sizeOf(world),
      world.clock,
      (command) => this.faults.plan(command),
      this.contents.medium,
      wearOf(world.seed),
    );
    const labels = this.#labels = labelsOf(world.seed);
    const { catalogue, contents, faults, library } = this;
    const managed = this.managed = new ManagedView(connection);
    const sessions = new Sessions();
    const common = {
      world,
      faults,
      ledger,
      library,
      contents,
      catalogue,
      managed,
      sessions,
    };
    this.steps = new StepWatch(common);
    this.wires = new Wires({
      ...common,
      steps: this.steps,
      meddle: (elementAddress) => this.operator.meddle(elementAddress),
      lied: (labels) => this.#lied(labels),
    });
    this.operator = new Operator({
      ...common,
      touched: () => this.invariants.stale(),
    });
    this.service = new Service({
      world,
      database,
      library,
      wires: this.wires,
      readable: labels !== "none",
      trustBarCodes: labels !== "asked for",
      fate: {
        strikes: (point) => faults.kills(point),
        commitError: () => faults.commitError(),
      },
      ended: () => {
        this.steps.forget();
        this.programs.serviceEnded();
        this.managing.serviceEnded();
        this.listeners.serviceEnded();
        this.driveUsers.serviceEnded();
      },
    });
    const { operator, service } = this;
    this.programs = new Programs({
      ...common,
      service,
      operator,
      labelsLie: () => this.#labelsLied,
    });
    this.managing = new Managing({ ...common, service });
    this.consoles = new Consoles({ ...common, service });
    this.listeners = new Listeners({ ...common, service });
    this.labelling = new Labelling({ ...common, operator, service });
    this.ports = new PortUsers({
      ...common,
      service,
      loseMounts: (sides) => this.programs.loseMounts(sides),
    });
    this.driveUsers = new DriveUsers({
      ...common,
      operator,
      service,
      loseMounts: (sides) => this.programs.loseMounts(sides),
    });
    this.invariants = new Invariants({
      ...common,
      operator,
      labelsTell: labels !== "none",
    });
    this.#managedInvariants = new ManagedInvariants(common);
    this.#careInvariants = new CareInvariants(common);
  }

  /** Makes the world of a seed, with a new catalogue. */
  static async open(
    run: Run,
    connection: CatalogueConnection,
  ): Promise<Simulation> {
    const database = await Database.open(":memory:", () => connection);
    const simulation = new Simulation(run, database, connection);
    await simulation.listeners.begin(database);
    simulation.#furnish();
    return simulation;
  }

  /** One step: somebody does something, and some time passes, or none. */
  async step(): Promise<void> {
    const { world } = this;
    const chance = world.deeds;
    this.#deed();
    await settle();
    this.#settleCalls();
    const timers = chance.pick([0, 0, 1, 1, 2, 3, 5, 8]) ?? 0;
    for (let count = 0; count < timers; count++) {
      if (!world.clock.runNext()) break;
      await settle();
    }
    this.#check();
  }

  /** Lets time pass, up to so many milliseconds. */
  async pass(durationMs: number): Promise<void> {
    const { clock } = this.world;
    const end = clock.monotonic() + durationMs;
    await settle();
    while ((clock.nextAt ?? Infinity) <= end && this.world.violation === null) {
      clock.runNext();
      await settle();
    }
    // Time goes on also when nobody waits for it.
    if (clock.monotonic() < end) {
      clock.after(end - clock.monotonic(), () => {});
      clock.runNext();
    }
    this.#check();
  }

  /** See {@linkcode AsyncDisposable}. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.faults.active = false;
    this.service.kill();
    await this.#database[Symbol.asyncDispose]();
  }

  #check(): void {
    this.#settleCalls();
    this.steps.check();
    this.invariants.check();
    this.#managedInvariants.check();
    this.#careInvariants.check();
    this.programs.check();
    this.listeners.check();
  }

  /** What calls of a dead service were about is done now, or it is not. */
  #settleCalls(): void {
    this.programs.settleReturns();
    this.managing.settleChanges();
  }

  #furnish(): void {
    const { contents, library, operator, world } = this;
    for (const slot of library.elementsOf("storage")) {
      if (!world.deeds.happens(0.6)) continue;
      const cartridge = operator.newCartridge();
      library.model.place(slot.elementAddress, cartridge);
      if (this.#labels === "asked for" && world.deeds.happens(0.8)) {
        contents.free(cartridge.id);
      }
    }
  }

  #deed(): void {
    const { faults, operator, programs, service, wires, world } = this;
    const chance = world.deeds;
    const kind = chance.weighted(ACTORS) ?? "programs";
    if (service.state === "down" && chance.happens(0.5)) service.start();
    // A service that has no library is looked at by its administrator.
    if (service.state === "up" && !service.attached && chance.happens(0.2)) {
      service.close();
    }
    if (this.#without.has(kind)) return;
    switch (kind) {
      case "programs":
        return programs.act();
      case "operator":
        return operator.act();
      case "managing":
        return this.managing.act();
      case "consoles":
        return this.consoles.act();
      case "ports":
        return this.ports.act();
      case "listeners":
        return this.listeners.act();
      case "drives":
        return this.driveUsers.act();
      case "labels":
        return this.#labels === "none" ? programs.act() : this.labelling.act();
      case "weather":
        if (faults.strikes("clock jump")) {
          world.clock.setWallClock(chance.between(-7_200_000, 7_200_000));
        }
        if (faults.strikes("device gone")) {
          wires.goneUntilMs = world.clock.monotonic() + chance.below(600_000);
        }
        return;
      case "restart":
        if (chance.happens(0.3)) service.close();
        return;
    }
  }

  /** A drive writes over a volume. */
  #overwritten(volume: string): void {
    for (const [side, label] of this.ledger.labels) {
      if (label.volume !== volume) continue;
      this.world.fail(`a drive writes over ${volume}, the label of ${side}`);
    }
  }

  /** The library told something that is not so. */
  #lied(labels: boolean): void {
    this.invariants.stale();
    if (!labels) return;
    this.#labelsLied = true;
    this.ledger.limit(0);
  }
}

/** Runs a seed. */
export async function simulate(
  run: Run,
  connection: CatalogueConnection,
): Promise<Outcome> {
  await using simulation = await Simulation.open(run, connection);
  const { world } = simulation;
  let steps = 0;
  let healing = false;
  // A service would die of it.
  const onUnhandled = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    const { reason } = event;
    world.fail(
      `a rejection that nobody handles: ${
        reason instanceof Error ? reason.stack : String(reason)
      }`,
    );
  };
  globalThis.addEventListener("unhandledrejection", onUnhandled);
  try {
    while (steps < run.steps && world.violation === null) {
      steps++;
      await simulation.step();
    }
    healing = world.violation === null;
    if (healing) await heal(simulation);
  } finally {
    globalThis.removeEventListener("unhandledrejection", onUnhandled);
  }
  const { counts, fingerprint, trace, violation } = world;
  return {
    seed: run.seed,
    asked: run.steps,
    steps,
    violation,
    healing,
    counts,
    trace,
    fingerprint,
  };
}
