/**
 * One state directory, one virtual library, and the service and the client
 * that use them, through any number of crashes.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import {
  NotStartedError,
  ServiceProcess,
} from "../recovery/service_process.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";
import { CLEANER } from "./cleaning_day.ts";
import {
  askDevice,
  type Carry,
  carry,
  type Contents,
  readDevice,
} from "./device.ts";
import { makeDirectory } from "./directory.ts";
import { checkAlways, checkAtRest } from "./invariants.ts";
import { Ledger } from "./ledger.ts";

/** The crash point that ended a service. */
export class CrashedError extends Error {
  /** Its name. */
  readonly point: string;
  /** How many crash points had been passed, itself included. */
  readonly passed: number;

  /** Makes the error. */
  constructor(point: string, passed: number) {
    super(`the service was ended at crash point ${passed}, ${point}`);
    this.name = "CrashedError";
    this.point = point;
    this.passed = passed;
  }
}

/** Bar codes of the cartridges of the world, in their first slots. */
const BAR_CODES = [1, 2, 3, 4, 5, 6].map((number) => `LAB00${number}L6`);

/** Those that are to be known while the library holds this. */
function barCodesIn(contents: Contents): readonly string[] {
  return [...contents.values()].includes(CLEANER)
    ? [...BAR_CODES, CLEANER]
    : BAR_CODES;
}

/** Reads from what a service said at which point it ended itself. */
function crashOf(errors: string): CrashedError | null {
  const [, passed, point] = /rsm: crash point (\d+) (\S+)/.exec(errors) ?? [];
  return point === undefined ? null : new CrashedError(point, Number(passed));
}

/** A state directory, a library and who uses them. */
export class World implements AsyncDisposable {
  readonly directory: string;
  readonly url: string;
  readonly ledger: Ledger;
  /** How often the invariants were checked. */
  checks = 0;
  /** The crash points at which a service ends itself, given how many were started before it. */
  crashAt: (before: number) => string = () => "";
  #service: ServiceProcess | null = null;
  #session: Session | null = null;
  #epoch = 0;
  #started = false;
  #starts = 0;

  private constructor(directory: string, ledger: Ledger) {
    this.directory = directory;
    this.ledger = ledger;
    this.url =
      `virtual:crash?slots=8&drives=2&cartridges=${BAR_CODES.length}&barcodes=LAB%03dL6&speed=none&dir=${directory}/library`;
  }

  /** A world in which nothing has happened. */
  static async create(): Promise<World> {
    return new World(await makeDirectory("rsm-crash-"), new Ledger());
  }

  /** The same world once more; the service must be stopped. */
  async copy(): Promise<World> {
    const directory = await makeDirectory("rsm-crash-");
    const copy = new World(directory, this.ledger.copy());
    copy.#epoch = this.#epoch;
    const { success } = await new Deno.Command("cp", {
      args: ["-a", `${this.directory}/.`, directory],
    }).output();
    assert(success, `cannot copy ${this.directory}`);
    return copy;
  }

  /** What is on disk. */
  catalogue(): Catalogue {
    return readCatalogue(`${this.directory}/state`);
  }

  /** The client's session; there is one while a service runs. */
  get session(): Session {
    assert(this.#session !== null, "no service runs");
    return this.#session;
  }

  /** Whether a service runs. */
  get running(): boolean {
    return this.#service !== null;
  }

  /** Starts a service. */
  async start(): Promise<void> {
    this.#started = true;
    try {
      this.#service = await ServiceProcess.start(this.directory, [this.url], {
        env: { RSM_CRASH_AT: this.crashAt(this.#starts++) },
      });
    } catch (error) {
      if (!(error instanceof NotStartedError)) throw error;
      throw crashOf(error.end.errors) ?? error;
    }
    await this.#openSession(this.#service);
  }

  /** Closes the session and opens another one. */
  async renewSession(): Promise<void> {
    await this.session.close();
    assert(this.#service !== null);
    await this.#openSession(this.#service);
  }

  async #openSession(service: ServiceProcess): Promise<void> {
    this.#session = await openSession({
      socket: service.socket,
      application: "day",
    });
  }

  /** Whether an error came of the service having crashed; waits for its end. */
  async crashBehind(error: unknown): Promise<CrashedError | null> {
    if (error instanceof CrashedError) return error;
    if (this.#service === null) return null;
    const noticed = Promise.withResolvers<null>();
    // The client may notice a little before the process is gone.
    const timer = setTimeout(() => noticed.resolve(null), 2_000);
    const end = await Promise.race([this.#service.ended, noticed.promise]);
    clearTimeout(timer);
    if (end === null) return null;
    await this.#forget();
    return crashOf(end.errors);
  }

  /** Stops the service as systemd would. */
  async stop(): Promise<void> {
    const service = this.#service;
    if (service === null) return;
    const code = await service.stop();
    const { errors } = await service.ended;
    await this.#forget();
    const crash = crashOf(errors);
    if (crash !== null) throw crash;
    assertEquals(code, 0, errors);
  }

  async #forget(): Promise<void> {
    this.#service = null;
    await this.#session?.[Symbol.asyncDispose]().catch(() => {});
    this.#session = null;
  }

  /** Carries cartridges by hand; the service must be stopped. */
  async carry(moves: readonly Carry[]): Promise<void> {
    await carry(this.url, moves);
  }

  /** What the library holds; the service must be stopped. */
  device(): Promise<Contents> {
    return askDevice(this.url);
  }

  /** Checks what must hold right after a crash. */
  checkCrashed(): void {
    let catalogue: Catalogue;
    try {
      catalogue = this.catalogue();
    } catch {
      // Killed before the first start was committed.
      if (this.#epoch === 0) return;
      throw new Error("the catalogue cannot be read after the crash");
    }
    this.#expectNone([
      ...checkAlways(catalogue),
      ...this.ledger.compare(catalogue),
    ]);
  }

  /** Checks I1 to I10 while the service runs and does nothing. */
  async checkAtRest(): Promise<void> {
    const catalogue = await this.restingCatalogue();
    this.#checkEpoch(catalogue);
    const device = await readDevice(`${this.directory}/library`);
    this.#expectNone([
      ...checkAtRest(catalogue, device, barCodesIn(device)),
      ...this.ledger.compare(catalogue),
    ]);
  }

  /** Stops the service and asks the library itself. */
  async checkStopped(): Promise<void> {
    await this.stop();
    const catalogue = this.catalogue();
    const device = await askDevice(this.url);
    this.#expectNone([
      ...checkAtRest(catalogue, device, barCodesIn(device)),
      ...this.ledger.compare(catalogue),
    ]);
  }

  /** Checks that the operator is asked for nothing that nobody wants. */
  checkNobodyIsAsked(): void {
    this.#expectNone(
      this.catalogue().openOperatorRequests.map(({ message }) =>
        `the operator is still asked: ${message}`
      ),
    );
  }

  /** The catalogue as soon as no request is unfinished. */
  async restingCatalogue(): Promise<Catalogue> {
    const unfinished = ["queued", "inProcess", "waiting"];
    // A drive that was being cleaned takes its time before its cartridge leaves.
    for (let tries = 0; tries < 3_000; tries++) {
      const catalogue = this.catalogue();
      const working = catalogue.requests.some(({ state }) =>
        unfinished.includes(state)
      );
      if (!working) return catalogue;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return this.catalogue();
  }

  #checkEpoch({ epoch }: Catalogue): void {
    const right = this.#started ? epoch > this.#epoch : epoch === this.#epoch;
    assert(right, `I9: epoch ${epoch} follows ${this.#epoch}`);
    this.#epoch = epoch;
    this.#started = false;
  }

  #expectNone(wrong: readonly string[]): void {
    this.checks++;
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
  }

  /** Stops what runs and removes all files. */
  async [Symbol.asyncDispose](): Promise<void> {
    const service = this.#service;
    await this.#forget();
    await service?.kill().catch(() => {});
    await Deno.remove(this.directory, { recursive: true });
  }
}
