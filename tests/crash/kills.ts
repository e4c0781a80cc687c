/**
 * Kills a service at random while client programs load it, and compares what
 * it acknowledged with what it knows afterwards.
 *
 * @module
 */

import { Chance } from "../simulation/chance.ts";
import { ServiceProcess } from "../recovery/service_process.ts";
import { readCatalogue } from "./catalogue.ts";
import { readDevice } from "./device.ts";
import { makeDirectory } from "./directory.ts";
import { checkAlways, checkAtRest } from "./invariants.ts";
import { History, LoadProcess } from "./load_programs.ts";

/** What to do. */
export interface KillOptions {
  readonly seed: number;
  readonly kills: number;
  /** Told of each kill. @default {nobody} */
  readonly onKill?: (line: string) => void;
}

/** What came of it. */
export interface KillAccount {
  /** Kills that count: under load enough. */
  readonly kills: number;
  /** Kills that do not, because there were too few operations a second before. */
  readonly tooSlow: number;
  readonly acknowledged: number;
  readonly byOperation: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
  /** Calls whose answer was lost with the service. */
  readonly unanswered: number;
  /** Of those, allocations that were done after all. */
  readonly doneUnanswered: number;
  readonly slowestPerSecond: number;
  readonly fastestPerSecond: number;
  /** The longest time from a start to being ready, ms. */
  readonly longestStartMs: number;
  readonly wrong: readonly string[];
}

/** A run counts only with so many operations a second before the kill. */
const LEAST_PER_SECOND = 50;
/** After so many kills a new library begins: rows of requests would pile up. */
const KILLS_PER_LIBRARY = 50;
/** From the first call to the kill, ms. */
const LOAD_MS = { least: 400, most: 1_600 } as const;
const PROCESSES = 2;
const PROGRAMS_PER_PROCESS = 4;
const CARTRIDGES = 32;
const BAR_CODES = Array.from(
  { length: CARTRIDGES },
  (_, index) => `LAB${String(index + 1).padStart(3, "0")}L6`,
);

class Killing implements AsyncDisposable {
  readonly #chance: Chance;
  readonly #directory: string;
  readonly #url: string;
  readonly #processes: readonly LoadProcess[];
  readonly #old: History[] = [];
  #history = new History();
  #library = 0;
  #ofLibrary = 0;
  #service: ServiceProcess | null = null;
  #epoch = 0;
  kills = 0;
  tooSlow = 0;
  doneUnanswered = 0;
  slowestPerSecond = 0;
  fastestPerSecond = 0;
  longestStartMs = 0;
  readonly wrong: string[] = [];
  readonly #noted = new Set<string>();

  constructor(directory: string, seed: number) {
    this.#chance = new Chance(seed, "kills");
    this.#directory = directory;
    this.#url =
      `virtual:kill?slots=40&drives=8&cartridges=${CARTRIDGES}&barcodes=LAB%03dL6&speed=none`;
    this.#processes = Array.from(
      { length: PROCESSES },
      (_, process) =>
        new LoadProcess(
          {
            socket: `${directory}/rsm.sock`,
            seed,
            names: Array.from(
              { length: PROGRAMS_PER_PROCESS },
              (_, program) => `program${process}${program}`,
            ),
            paceMs: 0,
            mountsInHundred: 30,
            callsToAnInventory: 100,
          },
          () => this.#history,
        ),
    );
  }

  /** Loads the service, kills it, starts it again and compares. */
  async once(): Promise<string> {
    if (++this.#ofLibrary > KILLS_PER_LIBRARY) await this.#beginLibrary();
    const service = this.#service ?? await this.#start();
    const { acknowledged } = this.#history.ledger;
    const { lost } = this.#history;
    await Promise.all(this.#processes.map((process) => process.go()));
    // Programs take a moment to open their sessions; then the load begins.
    while (this.#acknowledged() === acknowledged) await pause(5);
    const started = performance.now();
    const { least, most } = LOAD_MS;
    await pause(this.#chance.between(least, most));
    const seconds = (performance.now() - started) / 1_000;
    const perSecond = (this.#acknowledged() - acknowledged) / seconds;
    await service.kill();
    await Promise.all(this.#processes.map((process) => process.down()));
    this.#history.forget();
    this.#count(perSecond);
    this.#compareCrashed();
    this.#service = await this.#start();
    await this.#compare();
    return `${perSecond.toFixed(0)} operations a second, ${
      this.#history.lost - lost
    } without an answer`;
  }

  #acknowledged(): number {
    return this.#history.ledger.acknowledged;
  }

  async #beginLibrary(): Promise<void> {
    await this.#service?.stop();
    this.#service = null;
    this.#ofLibrary = 1;
    this.#old.push(this.#history);
    this.#history = new History();
    this.#library++;
    this.#epoch = 0;
  }

  get #place(): string {
    return `${this.#directory}/${this.#library}`;
  }

  async #start(): Promise<ServiceProcess> {
    await Deno.mkdir(this.#place, { recursive: true });
    const started = performance.now();
    const service = await ServiceProcess.start(
      this.#place,
      [`${this.#url}&dir=${this.#place}/library`],
      { socket: `${this.#directory}/rsm.sock` },
    );
    const tookMs = performance.now() - started;
    this.longestStartMs = Math.max(this.longestStartMs, tookMs);
    return service;
  }

  #count(perSecond: number): void {
    if (perSecond < LEAST_PER_SECOND) {
      this.tooSlow++;
      return;
    }
    this.kills++;
    this.slowestPerSecond = this.kills === 1
      ? perSecond
      : Math.min(this.slowestPerSecond, perSecond);
    this.fastestPerSecond = Math.max(this.fastestPerSecond, perSecond);
  }

  #compareCrashed(): void {
    const catalogue = readCatalogue(`${this.#place}/state`);
    this.#note([
      ...checkAlways(catalogue),
      ...this.#history.ledger.compare(catalogue),
    ]);
  }

  async #compare(): Promise<void> {
    const catalogue = readCatalogue(`${this.#place}/state`);
    const device = await readDevice(`${this.#place}/library`);
    this.#note([
      ...checkAtRest(catalogue, device, BAR_CODES),
      ...this.#history.compare(catalogue),
      ...catalogue.epoch > this.#epoch
        ? []
        : [`I9: epoch ${catalogue.epoch} follows ${this.#epoch}`],
    ]);
    this.#epoch = catalogue.epoch;
    this.doneUnanswered += this.#history.enterFound(catalogue);
  }

  #note(wrong: readonly string[]): void {
    for (const what of wrong) {
      // What is lost stays lost.
      if (this.#noted.has(what)) continue;
      this.#noted.add(what);
      this.wrong.push(`kill ${this.kills + this.tooSlow}: ${what}`);
    }
  }

  account(): KillAccount {
    const histories = [...this.#old, this.#history];
    const sum = (of: (history: History) => number) =>
      histories.reduce((all, history) => all + of(history), 0);
    return {
      kills: this.kills,
      tooSlow: this.tooSlow,
      acknowledged: sum(({ acknowledgements }) =>
        [...acknowledgements.values()].reduce((all, one) => all + one, 0)
      ),
      byOperation: added(histories.map((one) => one.acknowledgements)),
      refused: added(histories.map((one) => one.refusals)),
      unanswered: sum((history) => history.lost),
      doneUnanswered: this.doneUnanswered,
      slowestPerSecond: this.slowestPerSecond,
      fastestPerSecond: this.fastestPerSecond,
      longestStartMs: this.longestStartMs,
      wrong: this.wrong,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service?.stop();
    for (const process of this.#processes) await process[Symbol.asyncDispose]();
    await Deno.remove(this.#directory, { recursive: true });
  }
}

function added(
  tables: readonly ReadonlyMap<string, number>[],
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const table of tables) {
    for (const [key, value] of table) {
      sums.set(key, (sums.get(key) ?? 0) + value);
    }
  }
  return sums;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Kills services until enough of them count, or too many were too slow. */
export async function killUnderLoad(
  { seed, kills, onKill = () => {} }: KillOptions,
): Promise<KillAccount> {
  const directory = await makeDirectory("rsm-load-");
  await using killing = new Killing(directory, seed);
  while (killing.kills < kills && killing.tooSlow <= kills) {
    const line = await killing.once();
    onKill(`${killing.kills} of ${kills}: ${line}`);
  }
  return killing.account();
}

/** The account for people. */
export function describeAccount(account: KillAccount): string {
  const table = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([name, count]) => `${count} ${name}`).join(", ");
  return [
    `${account.kills} kills under ${account.slowestPerSecond.toFixed(0)} to ${
      account.fastestPerSecond.toFixed(0)
    } operations a second (${account.tooSlow} more below ${LEAST_PER_SECOND} do not count)`,
    `${account.acknowledged} acknowledged: ${table(account.byOperation)}`,
    `refused: ${table(account.refused) || "none"}`,
    `${account.unanswered} calls lost their answer; ${account.doneUnanswered} allocations among them were done`,
    `longest start ${account.longestStartMs.toFixed(0)} ms`,
    `${account.wrong.length} acknowledged operations lost, cartridges lost or doubled, or invariants broken`,
    ...account.wrong,
  ].join("\n");
}
