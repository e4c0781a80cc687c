/**
 * The service process over its lives: started, killed, closed and started
 * again on the same catalogue and library. Calls of programs go through it.
 *
 * @module
 */

import { type Changer, ChangerError } from "../../src/changer/mod.ts";
import { ScsiDrive } from "../../src/changer/scsi_drive.ts";
import { SmcChanger } from "../../src/changer/smc_changer.ts";
import type { Database } from "../../src/database/mod.ts";
import { type Manager, openManager } from "../../src/manager/mod.ts";
import { type Log, NtmsError } from "../../src/model/mod.ts";
import { Chance } from "./chance.ts";
import { type CrashPoint, type Fate, Life } from "./life.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { Wires } from "./wire.ts";
import type { World } from "./world.ts";

/** Seconds that a vanished session's mounts are kept. */
export const GRACE_SECONDS = 600;

/** So that a library at rest is asked now and then between two deeds of others, and not many times. */
const RESTING_LIBRARY_ASKED_MS = 600_000;

/** So that a port that waits for a person takes few of the timers of a step. */
const PORT_ASKED_MS = 20_000;

/** What the manager logs of a library that it has to do without. */
const UNOPENED = "Cannot open a library";

const NO_ADDRESS = { port: 0, bus: 0, target: 0, lun: 0 } as const;

/** What a service is made of. */
export interface ServiceParts {
  readonly world: World;
  readonly database: Database;
  readonly library: TapeLibrary;
  readonly wires: Wires;
  readonly fate: Omit<Fate, "died">;
  /** Whether labels of media can be read. */
  readonly readable: boolean;
  /** Whether bar codes make media free. */
  readonly trustBarCodes: boolean;
  /** Told when a life ends, by death or by closing. */
  readonly ended: () => void;
}

/** A call of a program that has not been answered. */
export interface OpenCall {
  readonly what: string;
  readonly abort: AbortController;
  readonly since: number;
}

/** The service. */
export class Service {
  state: "down" | "starting" | "up" | "closing" = "down";
  /** Whether the service could open its library. */
  attached = true;
  /** Calls that have not been answered. */
  readonly calls = new Set<OpenCall>();
  readonly #parts: ServiceParts;
  readonly #ids: Chance;
  #life: Life | null = null;
  #manager: Manager | null = null;

  /** A service that does not run yet. */
  constructor(parts: ServiceParts) {
    this.#parts = parts;
    this.#ids = new Chance(parts.world.seed, "ids");
  }

  /** Starts a process. */
  start(): void {
    if (this.state !== "down") return;
    const { world, database } = this.#parts;
    const life = new Life(world.clock, {
      ...this.#parts.fate,
      died: (point) => this.#died(point),
    });
    world.count("starts");
    world.note("the service starts");
    this.#life = life;
    this.attached = true;
    this.state = "starting";
    const manager = openManager({
      database: life.catalogue(database),
      libraries: [{
        device: this.#parts.library.device,
        open: () => this.#open(life),
      }],
      clock: life.clock,
      random: this.#ids,
      log: this.#log(life),
      computer: "sim",
      trustBarCodes: this.#parts.trustBarCodes,
      graceSeconds: GRACE_SECONDS,
      limits: {
        restingLibraryAskedMs: RESTING_LIBRARY_ASKED_MS,
        portAskedMs: PORT_ASKED_MS,
      },
    });
    this.#manager = manager;
    manager.ready.then(() => {
      if (life !== this.#life || this.state !== "starting") return;
      world.note(`the service is ready${this.attached ? "" : ", no library"}`);
      this.state = "up";
    }, (error) => {
      if (life !== this.#life) return;
      world.note(`the service does not start: ${messageOf(error)}`);
      this.#checkError("start", error);
      life.die("at rest");
    });
  }

  /** Kills the process. */
  kill(): void {
    this.#life?.die("at rest");
  }

  /** Closes the service in good order. */
  close(): void {
    const manager = this.#manager;
    const life = this.#life;
    if (manager === null || life === null || this.state === "closing") return;
    this.#parts.world.note("the service is told to stop");
    this.state = "closing";
    manager[Symbol.asyncDispose]().then(() => {
      if (life.alive) life.die("at rest");
    }, (error) => {
      this.#parts.world.fail(`closing the service fails: ${messageOf(error)}`);
    });
  }

  /**
   * Makes a call. `told` hears the answer, `refused` the error; neither hears
   * of a call whose process died.
   */
  call<T>(
    what: string,
    run: (manager: Manager, signal: AbortSignal) => Promise<T>,
    told: (result: T) => void = () => {},
    refused: (error: NtmsError) => void = () => {},
  ): void {
    const manager = this.#manager;
    const life = this.#life;
    const { world } = this.#parts;
    world.count("calls");
    if (manager === null || life === null || !life.alive) return;
    const abort = new AbortController();
    const call: OpenCall = { what, abort, since: world.clock.monotonic() };
    this.calls.add(call);
    world.note(`${what} ...`);
    run(manager, abort.signal).then((result) => {
      if (!life.alive) return;
      this.calls.delete(call);
      world.note(`${what}: done`);
      world.count(`${verbOf(what)}: done`);
      told(result);
    }, (error) => {
      if (!life.alive) return;
      this.calls.delete(call);
      world.note(`${what}: ${messageOf(error)}`);
      if (!this.#checkError(what, error)) return;
      world.count(`${verbOf(what)}: ${error.code}`);
      refused(error);
    });
  }

  /** Tells the service of the end of a session. */
  sessionEnded(session: string, lost: boolean): void {
    if (this.#life?.alive === true) this.#manager?.sessionEnded(session, lost);
  }

  #checkError(what: string, error: unknown): error is NtmsError {
    if (error instanceof NtmsError) return true;
    this.#parts.world.fail(
      `${what} rejects with an undocumented error: ${
        error instanceof Error ? error.stack : String(error)
      }`,
    );
    return false;
  }

  #died(point: CrashPoint): void {
    const { ended, world } = this.#parts;
    world.note(`the process ends ${point}`);
    this.#life = null;
    this.#manager = null;
    this.state = "down";
    this.calls.clear();
    ended();
  }

  #open(life: Life): Promise<Changer> {
    const { library, wires } = this.#parts;
    const connect = (address: number) =>
      life.device(address, library.connectDrive(address), wires.connect);
    return SmcChanger.open({
      device: library.device,
      scsiDevice: life.device("changer", library.connect(), wires.connect),
      scsi: NO_ADDRESS,
      clock: life.clock,
      findDrives: ({ accessible }) =>
        Promise.resolve(
          library.elementsOf("dataTransfer").filter(({ elementAddress }) =>
            !library.model.emptyBays.has(elementAddress)
          ).map(({ elementAddress }) =>
            new ScsiDrive({
              elementAddress,
              identity: library.driveIdentity(elementAddress),
              device: `${library.device}/drive${elementAddress}`,
              scsi: NO_ADDRESS,
              open: () => Promise.resolve(connect(elementAddress)),
              accessible: (timeoutMs) => accessible(elementAddress, timeoutMs),
              clock: life.clock,
              readable: this.#parts.readable,
            })
          ),
        ),
    });
  }

  #log(life: Life): Log {
    const { world } = this.#parts;
    const write = (message: string, data: unknown) => {
      if (!life.alive) return;
      world.note(`log: ${message} ${JSON.stringify(data ?? "")}`);
    };
    return {
      info: () => {},
      warn: (message, data) => write(message, data),
      error: (message, data) => {
        if (life.alive && message === UNOPENED) this.attached = false;
        world.count(`log: ${message}`);
        write(message, data);
      },
    };
  }
}

function verbOf(what: string): string {
  return what.split(" ")[0] ?? what;
}

function messageOf(error: unknown): string {
  if (error instanceof NtmsError) return `${error.code} ${error.message}`;
  if (error instanceof ChangerError) return `ChangerError ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
