/**
 * Client programs in processes of their own, and the history of their calls.
 *
 * @module
 */

import { denoOptions } from "../cli/child_process.ts";
import type { Catalogue } from "./catalogue.ts";
import { Ledger, type Pending } from "./ledger.ts";
import type { Told } from "./told.ts";

const CLIENT = new URL("load_client.ts", import.meta.url).pathname;

type Asked = Extract<Told, { is: "asked" }>;

/** A call without an answer yet. */
interface OpenCall {
  readonly asked: Asked;
  readonly pending: Pending | null;
}

/** What was told of calls, as it must be found again. */
export class History {
  readonly ledger = new Ledger();
  /** Names of allocations that were refused: there must be none of them. */
  readonly #refusedNames = new Set<string>();
  readonly #open = new Map<string, OpenCall>();
  /** Calls whose answer was lost. */
  lost = 0;
  /** Mounts that gave a program another medium than its own. */
  readonly misreads: string[] = [];
  /** Calls that were refused, by their codes. */
  readonly refusals = new Map<string, number>();
  /** Calls that were acknowledged, by their names. */
  readonly acknowledgements = new Map<string, number>();

  /** Takes a line in. */
  add(told: Exclude<Told, { is: "down" }>): void {
    if (told.is === "misread") {
      const { found, medium, program } = told;
      this.misreads.push(`${program} mounted ${medium} and found ${found}`);
      return;
    }
    const key = `${told.program} ${told.call}`;
    if (told.is === "asked") {
      this.#open.set(key, { asked: told, pending: this.#begin(told) });
      return;
    }
    const call = this.#open.get(key);
    if (call === undefined) throw new TypeError(`nobody asked ${key}`);
    this.#open.delete(key);
    if (told.is === "refused") this.#refuse(call, told.code);
    else this.#acknowledge(call, told);
  }

  /** The service is gone: what is open now has lost its answer. */
  forget(): void {
    this.lost += this.#open.size;
    this.#open.clear();
  }

  /** What a catalogue says otherwise than was told. */
  compare(catalogue: Catalogue): string[] {
    const names = [...catalogue.logicalMedia.values()];
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    const refused = names.filter((name) => this.#refusedNames.has(name));
    return [
      ...this.ledger.compare(catalogue),
      ...twice.map((name) => `I5: ${name} was allocated twice`),
      ...refused.map((name) => `I5: ${name} was refused and is allocated`),
      ...this.misreads.map((misread) => `I1: ${misread}`),
    ];
  }

  /** Takes in allocations whose answers were lost; how many there are. */
  enterFound(catalogue: Catalogue): number {
    let found = 0;
    for (const id of catalogue.logicalMedia.keys()) {
      if (this.ledger.knows(id)) continue;
      this.ledger.found(id);
      found++;
    }
    return found;
  }

  #begin({ operation, medium }: Asked): Pending | null {
    const changes = operation === "deallocate" || operation === "mount" ||
      operation === "dismount";
    return changes && medium !== undefined
      ? this.ledger.asks(operation, [medium])
      : null;
  }

  #refuse({ asked, pending }: OpenCall, code: string): void {
    // The mount has ended before the robot is asked to do anything.
    if (asked.waits !== true) pending?.refused();
    if (asked.name !== undefined) this.#refusedNames.add(asked.name);
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  #acknowledge(
    { asked: { operation }, pending }: OpenCall,
    { medium, requests = [] }: Extract<Told, { is: "acknowledged" }>,
  ): void {
    pending?.acknowledged();
    if (medium !== undefined) this.ledger.allocated(medium);
    this.ledger.requested(requests);
    const times = this.acknowledgements.get(operation) ?? 0;
    this.acknowledgements.set(operation, times + 1);
  }
}

/** What client programs do; JSON in the arguments of their process. */
export interface LoadOptions {
  readonly socket: string;
  readonly seed: number;
  /** Names of the programs. */
  readonly names: readonly string[];
  /** How long a program waits before each call, on an average. */
  readonly paceMs: number;
  /** Of a hundred media that it does something with, it mounts so many and gives back the others. */
  readonly mountsInHundred: number;
  /** One in so many calls is an inventory. */
  readonly callsToAnInventory: number;
}

/** A process of client programs. */
export class LoadProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #orders: WritableStreamDefaultWriter<Uint8Array>;
  readonly #history: () => History;
  readonly #programs: number;
  readonly #reading: Promise<void>;
  #down = 0;
  #allDown = Promise.withResolvers<void>();

  /** Starts programs; `history` takes what they tell. */
  constructor(options: LoadOptions, history: () => History) {
    this.#history = history;
    this.#programs = options.names.length;
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [...denoOptions(), CLIENT, JSON.stringify(options)],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#orders = this.#child.stdin.getWriter();
    this.#reading = this.#read();
  }

  /** Has the programs begin, or go on. */
  async go(): Promise<void> {
    this.#down = 0;
    this.#allDown = Promise.withResolvers();
    await this.#orders.write(new TextEncoder().encode("go\n"));
  }

  /** Resolves when all programs have noticed that the service is gone. */
  down(): Promise<void> {
    return this.#allDown.promise;
  }

  async #read(): Promise<void> {
    let rest = "";
    const text = this.#child.stdout.pipeThrough(new TextDecoderStream());
    for await (const piece of text) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#take(line);
    }
    this.#allDown.reject(new Error("a process of client programs has ended"));
  }

  #take(line: string): void {
    const told: Told = JSON.parse(line);
    if (told.is !== "down") this.#history().add(told);
    else if (++this.#down === this.#programs) this.#allDown.resolve();
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#allDown.promise.catch(() => {});
    await this.#orders.close();
    await this.#child.status;
    await this.#reading;
  }
}
