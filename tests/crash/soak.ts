/**
 * A long run: client programs load a real service whose virtual library has
 * faults, it is killed again and again, hands move cartridges meanwhile, and
 * after each restart what was acknowledged, the catalogue and the library are
 * compared.
 *
 * @module
 */

import { NotStartedError } from "../recovery/service_process.ts";
import { Chance } from "../simulation/chance.ts";
import {
  type CartridgeFact,
  type Catalogue,
  readCatalogue,
} from "./catalogue.ts";
import { carry, type Contents, readDevice } from "./device.ts";
import { makeDirectory } from "./directory.ts";
import { Hands } from "./hands.ts";
import { checkAlways, checkAtRest, isUnfinished } from "./invariants.ts";
import { History, LoadProcess } from "./load_programs.ts";
import { type Counts, type SoakAccount, sumOf } from "./soak_account.ts";
import { SoakService } from "./soak_service.ts";

/** What to do. */
export interface SoakOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly programs: number;
  readonly slots: number;
  /** From one kill to the next one. */
  readonly killEverySeconds: number;
  /** How long a program waits before each call, on an average. */
  readonly paceMs: number;
  /** Told how far it is, every ten seconds. @default {nobody} */
  readonly onProgress?: (line: string) => void;
  /** Ends it early, with the account so far. */
  readonly signal?: AbortSignal;
}

/** A run counts only with so many operations a second before the kill. */
const LEAST_PER_SECOND = 50;
/** A service is under load at least so long before it is killed. */
const LEAST_LOAD_MS = 2_000;
/** Requests that a start goes on with have ended by then. */
const REST_WITHIN_MS = 20_000;
const PROGRESS_MS = 10_000;
/** It goes on so many times as long where no kill was under load enough. */
const PATIENCE = 3;
const PROCESSES = 2;
const PORTS = 4;
/** Each takes the robot, of which there is one, several steps and reads. */
const MOUNTS_IN_HUNDRED = 15;
/** Programs for each drive: some have to wait. */
const PROGRAMS_FOR_A_DRIVE = 3;
/** The share of the slots that is full at first. */
const FULL = 0.9;
/** First addresses of the virtual library. */
const FIRST = { transport: 1, port: 10, drive: 500, slot: 1000 } as const;

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

class Soak implements AsyncDisposable {
  readonly #options: SoakOptions;
  readonly #directory: string;
  readonly #chance: Chance;
  readonly #barCodes: readonly string[];
  readonly #drives: number;
  readonly #service: SoakService;
  readonly #hands: Hands;
  readonly #processes: readonly LoadProcess[];
  readonly #history = new History();
  readonly #noted = new Set<string>();
  readonly #wrong: string[] = [];
  readonly #started = performance.now();
  readonly #rates: number[] = [];
  readonly #kills = { underLoad: 0, tooSlow: 0, afterRecovery: 0 };
  #comparisons = 0;
  #doneUnanswered = 0;
  #epoch = 0;

  constructor(directory: string, options: SoakOptions) {
    const { paceMs, programs, seed, slots } = options;
    this.#options = options;
    this.#directory = directory;
    this.#chance = new Chance(seed, "soak");
    this.#drives = Math.max(2, Math.ceil(programs / PROGRAMS_FOR_A_DRIVE));
    this.#barCodes = range(1, Math.floor(slots * FULL)).map((number) =>
      `S${String(number).padStart(5, "0")}L6`
    );
    this.#hands = new Hands(new Chance(seed, "hands"), {
      slots: range(FIRST.slot, slots),
      drives: range(FIRST.drive, this.#drives),
      ports: range(FIRST.port, PORTS),
    });
    this.#service = new SoakService(
      directory,
      `virtual:soak?slots=${slots}&drives=${this.#drives}&ports=${PORTS}&cartridges=${this.#barCodes.length}&barcodes=S%05dL6`,
    );
    const names = range(1, programs).map((number) => `program${number}`);
    this.#processes = range(0, PROCESSES).map((process) =>
      new LoadProcess({
        socket: `${directory}/rsm.sock`,
        seed,
        names: names.filter((_, index) => index % PROCESSES === process),
        paceMs,
        mountsInHundred: MOUNTS_IN_HUNDRED,
        // Each of them reads the whole library, so a large one has few.
        callsToAnInventory: 20 * programs,
      }, () => this.#history)
    );
  }

  get #ended(): boolean {
    const { seconds, signal } = this.#options;
    if (signal?.aborted === true) return true;
    const patience = this.#kills.underLoad > 0 ? 1 : PATIENCE;
    return this.#seconds() >= seconds * patience;
  }

  /** Until the time is over or something is wrong beyond going on. */
  async run(): Promise<SoakAccount> {
    const { onProgress } = this.#options;
    const timer = setInterval(() => onProgress?.(this.#line()), PROGRESS_MS);
    try {
      for (let killed = performance.now(); !this.#ended;) {
        killed = await this.#round(killed);
        onProgress?.(this.#line());
      }
    } catch (error) {
      if (!(error instanceof NotStartedError)) throw error;
      this.#note([error.message]);
    } finally {
      clearInterval(timer);
    }
    return await this.#account();
  }

  /** Loads a service, kills it, and looks at what the next one makes of that; when it was killed. */
  async #round(lastKill: number): Promise<number> {
    await this.#startFaulty();
    const before = this.#history.ledger.acknowledged;
    await Promise.all(this.#processes.map((process) => process.go()));
    const begun = performance.now();
    const until = Math.max(
      lastKill + this.#options.killEverySeconds * 1_000,
      begun + LEAST_LOAD_MS,
    );
    await this.#loadUntil(until);
    const acknowledged = this.#history.ledger.acknowledged - before;
    const killed = performance.now();
    await this.#service.kill();
    this.#count(acknowledged / (killed - begun) * 1_000);
    await Promise.all(this.#processes.map((process) => process.down()));
    this.#history.forget();
    this.#compareCrashed();
    if (this.#chance.happens(0.3)) {
      // A recovery with faults, and its end before anything else happens.
      await this.#startFaulty();
      await this.#service.kill();
      this.#kills.afterRecovery++;
      this.#compareCrashed();
    }
    await this.#service.start();
    await this.#compare();
    const status = await this.#service.stop();
    if (status !== 0) this.#note([`the service ended with status ${status}`]);
    for (let deeds = this.#chance.below(4); deeds > 0; deeds--) {
      if (!this.#ended) await this.#reachIn();
    }
    return killed;
  }

  #startFaulty(): Promise<void> {
    return this.#service.start(this.#chance.below(1_000_000));
  }

  /** Waits; not longer where the soak is ended from outside. */
  async #loadUntil(until: number): Promise<void> {
    const { signal } = this.#options;
    while (performance.now() < until && signal?.aborted !== true) {
      await pause(Math.min(100, Math.max(0, until - performance.now())));
    }
  }

  #count(perSecond: number): void {
    if (perSecond < LEAST_PER_SECOND) {
      this.#kills.tooSlow++;
      return;
    }
    this.#kills.underLoad++;
    this.#rates.push(perSecond);
  }

  #catalogue(): Catalogue {
    return readCatalogue(`${this.#directory}/state`);
  }

  #device(): Promise<Contents> {
    return readDevice(`${this.#directory}/library`);
  }

  #compareCrashed(): void {
    const catalogue = this.#catalogue();
    this.#note([
      ...checkAlways(catalogue),
      ...this.#history.compare(catalogue),
    ]);
  }

  /** Holds everything against the device, as soon as nothing is under way. */
  async #compare(): Promise<void> {
    const until = performance.now() + REST_WITHIN_MS;
    let catalogue = this.#catalogue();
    while (isUnfinished(catalogue) && performance.now() < until) {
      await pause(50);
      catalogue = this.#catalogue();
    }
    this.#comparisons++;
    this.#note([
      ...checkAtRest(named(catalogue), await this.#device(), this.#barCodes),
      ...this.#history.compare(catalogue),
      ...catalogue.epoch > this.#epoch
        ? []
        : [`I9: epoch ${catalogue.epoch} follows ${this.#epoch}`],
    ]);
    this.#epoch = catalogue.epoch;
    this.#doneUnanswered += this.#history.enterFound(catalogue);
  }

  /** A person comes while the service is down. */
  async #reachIn(): Promise<void> {
    const { mounts, cartridges } = this.#catalogue();
    const device = await this.#device();
    const moves = this.#hands.next(device);
    for (const [source] of moves) {
      const barCode = typeof source === "number" ? device.get(source) : null;
      const cartridge = cartridges.find((one) => one.barCode === barCode);
      for (const { cartridgeId, logicalMediumId } of mounts) {
        if (cartridgeId === cartridge?.id && logicalMediumId !== null) {
          this.#history.ledger.mayBeDismounted(logicalMediumId);
        }
      }
    }
    if (moves.length > 0) await carry(this.#service.url, moves);
  }

  #note(wrong: readonly string[]): void {
    for (const what of wrong) {
      // What is lost stays lost.
      if (this.#noted.has(what)) continue;
      this.#noted.add(what);
      const line = `start ${this.#service.starts}: ${what}`;
      this.#wrong.push(line);
      this.#options.onProgress?.(line);
    }
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1_000;
  }

  #line(): string {
    const { underLoad, tooSlow, afterRecovery } = this.#kills;
    const kills = underLoad + tooSlow + afterRecovery;
    return [
      `${this.#seconds().toFixed(0).padStart(5)} s`,
      `${this.#history.ledger.acknowledged} operations`,
      `${(this.#rates.at(-1) ?? 0).toFixed(0)} a second`,
      `${kills} kills`,
      `${sumOf(this.#faults())} faults`,
      `${sumOf(Object.fromEntries(this.#hands.deeds))} hands`,
      `${this.#comparisons} comparisons`,
      `${this.#wrong.length} wrong`,
    ].join(", ");
  }

  /** As the virtual library wrote them down. */
  #faults(): Counts {
    const path = `${this.#directory}/library/faults.log`;
    try {
      const kinds = Deno.readTextFileSync(path).trimEnd().split("\n");
      return counted(kinds);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return {};
      throw error;
    }
  }

  async #account(): Promise<SoakAccount> {
    const { programs, seed, slots } = this.#options;
    const { acknowledgements, lost, refusals } = this.#history;
    const rates = this.#rates.toSorted((a, b) => a - b);
    const catalogue = this.#catalogue();
    const device = [...(await this.#device()).keys()];
    const below = (first: number, next: number) =>
      device.filter((address) => address >= first && address < next).length;
    const nameless = catalogue.cartridges.filter(isNameless).length;
    const offline = catalogue.cartridges.filter((one) => one.offline).length;
    const byOperation = Object.groupBy(
      catalogue.requests,
      ({ operation }) => operation,
    );
    return {
      seed,
      slots,
      programs,
      seconds: this.#seconds(),
      operations: {
        acknowledged: Object.fromEntries(acknowledgements),
        refused: Object.fromEntries(refusals),
        unanswered: lost,
        doneUnanswered: this.#doneUnanswered,
        perSecond: {
          least: rates.at(0) ?? 0,
          median: rates.at(rates.length / 2) ?? 0,
          most: rates.at(-1) ?? 0,
        },
      },
      kills: { ...this.#kills },
      starts: this.#service.starts,
      longestStartMs: this.#service.longestStartMs,
      faults: this.#faults(),
      hands: Object.fromEntries(this.#hands.deeds),
      requests: Object.fromEntries(
        Object.entries(byOperation).map(([operation, requests = []]) => [
          operation,
          counted(requests.map(({ state }) => state)),
        ]),
      ),
      cartridges: {
        in: this.#barCodes.length,
        device: {
          slots: below(FIRST.slot, Infinity),
          drives: below(FIRST.drive, FIRST.slot),
          ports: below(FIRST.port, FIRST.drive),
          transports: below(FIRST.transport, FIRST.port),
          outside: this.#hands.outside.length,
        },
        catalogue: {
          placed: catalogue.cartridges.length - offline,
          offline: offline - nameless,
        },
        nameless,
      },
      comparisons: this.#comparisons,
      wrong: this.#wrong,
    };
  }

  /** Ends all processes; the files stay where something was wrong. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service.kill();
    for (const process of this.#processes) await process[Symbol.asyncDispose]();
    if (this.#wrong.length > 0) return;
    await Deno.remove(this.#directory, { recursive: true });
  }
}

/**
 * What has no name and is in no library was entered when a label was not read
 * of a cartridge that hands had moved: nobody can tell that it is one of the
 * others, and nothing is ever struck out.
 */
function isNameless({ barCode, offline }: CartridgeFact): boolean {
  return barCode === "" && offline;
}

/** The catalogue without what has no name and is nowhere. */
function named(catalogue: Catalogue): Catalogue {
  const cartridges = catalogue.cartridges.filter((one) => !isNameless(one));
  return { ...catalogue, cartridges };
}

function counted(names: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Soaks a service; the files stay in the directory named where something was wrong. */
export async function soak(
  options: SoakOptions,
): Promise<{ readonly account: SoakAccount; readonly directory: string }> {
  const directory = await makeDirectory("rsm-soak-");
  await using soak = new Soak(directory, options);
  return { account: await soak.run(), directory };
}
