/**
 * What goes wrong, drawn from the seed: each run has some kinds of faults, at
 * rates of its own.
 *
 * @module
 */

import type { Fault, PlannedCommand } from "../../src/changer/mod.ts";
import { HOST_STATUS, SCSI_STATUS } from "../../src/scsi/mod.ts";
import { type Command, decodeCdb } from "../../src/scsi/mod.ts";
import type { CrashPoint } from "./life.ts";
import type { World } from "./world.ts";

/** Kinds of faults and how often each strikes where it can, at most. */
export const FAULT_RATES = {
  "move fails before its effect": 0.3,
  "move fails after its effect": 0.3,
  "cartridge stays in the gripper": 0.3,
  "command lost": 0.04,
  "answer lost": 0.04,
  "move hangs": 0.1,
  "exchange stops halfway": 0.3,
  "busy": 0.03,
  "unit attention": 0.02,
  "label not read": 0.05,
  "label read wrong": 0.03,
  "short element status": 0.04,
  "malformed element status": 0.04,
  "drive never ready": 0.08,
  "drive does not unload": 0.05,
  "drive broken": 0.01,
  "commit error": 0.004,
  "disk full": 0.004,
  "process death": 0.0015,
  "device gone": 0.02,
  "clock jump": 0.02,
  "label unreadable": 0.1,
  "label twice": 0.1,
  "good answer and not done": 0.3,
  "hand in mid-move": 0.3,
} as const;

/** A kind of fault. */
export type FaultKind = keyof typeof FAULT_RATES;

/** All kinds. */
export const FAULT_KINDS: readonly FaultKind[] = Object.keys(FAULT_RATES)
  .filter(isFaultKind);

/** Whether a word names a kind of fault. */
export function isFaultKind(name: string): name is FaultKind {
  return Object.hasOwn(FAULT_RATES, name);
}

/** Senses of a robot that did not, or did not quite. */
const ROBOT_TROUBLE = [
  { key: 0x4, asc: 0x15, ascq: 0x01 }, // mechanical positioning error
  { key: 0x4, asc: 0x40, ascq: 0x80 }, // diagnostic failure
  { key: 0x3, asc: 0x53, ascq: 0x00 }, // media load or eject failed
] as const;
const NO_TROUBLE = ROBOT_TROUBLE[0];
const BECOMING_READY = { key: 0x2, asc: 0x04, ascq: 0x01 } as const;

const DRIVE_BROKEN = { key: 0x4, asc: 0x44, ascq: 0x00 } as const;

/** How long a drive stays broken, at most: long enough to fail several times. */
const LONGEST_BREAK_MS = 14_400_000;
/** How long a drive goes on becoming ready, at most. */
const LONGEST_LOAD_MS = 900_000;

/** The misfortunes of one run. */
export class Faults {
  /** Off while the world heals. */
  active = true;
  readonly #world: World;
  readonly #rates = new Map<FaultKind, number>();
  /** Drives that do not become ready, and until when. */
  readonly #stuck = new Map<number, number>();
  /** Drives that answer nothing else than that they are broken, and until when. */
  readonly #broken = new Map<number, number>();

  /** Draws what this run has to bear. */
  constructor(world: World, without: ReadonlySet<string>) {
    this.#world = world;
    const chance = world.misfortune;
    // One run in eight has no faults: what fails there is plainly wrong.
    const severity = chance.pick([0, 0.2, 0.2, 0.5, 0.5, 1, 1, 1]) ?? 0;
    for (const kind of FAULT_KINDS) {
      const share = chance.happens(0.5) ? chance.between(2, 10) / 10 : 0;
      const rate = FAULT_RATES[kind] * severity * share;
      if (!without.has(kind)) this.#rates.set(kind, rate);
    }
  }

  /** Whether this run may ever have that fault. */
  has(kind: FaultKind): boolean {
    return (this.#rates.get(kind) ?? 0) > 0;
  }

  /** Draws whether a fault strikes here. */
  strikes(kind: FaultKind): boolean {
    const rate = this.#rates.get(kind) ?? 0;
    if (!this.active || rate === 0) return false;
    if (!this.#world.misfortune.happens(rate)) return false;
    this.#world.count(`fault: ${kind}`);
    this.#world.note(`fault: ${kind}`);
    return true;
  }

  /** Whether the process dies at a point. */
  kills(point: CrashPoint): boolean {
    if (!this.strikes("process death")) return false;
    this.#world.count(`death ${point}`);
    return true;
  }

  /** The error that a commit meets; null for none. */
  commitError(): Error | null {
    if (this.strikes("disk full")) {
      return sqliteError("database or disk is full", 13);
    }
    if (this.strikes("commit error")) return sqliteError("disk I/O error", 10);
    return null;
  }

  /** What becomes of a command at its device. */
  plan(planned: PlannedCommand): Fault {
    if (!this.active) return "none";
    const target = planned.unit === "changer" ? "changer" : "drive";
    const command = decodeCdb(planned.cdb, target);
    if (this.strikes("busy")) return { status: SCSI_STATUS.busy };
    const exchanges = command.command === "exchangeMedium";
    if (exchanges && this.strikes("exchange stops halfway")) {
      return { sense: NO_TROUBLE, effect: "half" };
    }
    if (exchanges || command.command === "moveMedium") return this.#planMove();
    if (typeof planned.unit === "number") {
      const fault = this.#planDrive(planned.unit, command);
      if (fault !== "none") return fault;
    }
    return this.#planLoss();
  }

  #planMove(): Fault {
    const sense = this.#world.misfortune.pick(ROBOT_TROUBLE) ?? NO_TROUBLE;
    if (this.strikes("move fails before its effect")) return { sense };
    if (this.strikes("move fails after its effect")) {
      return { sense, effect: "done" };
    }
    if (this.strikes("cartridge stays in the gripper")) {
      return { sense, effect: "gripper" };
    }
    if (this.strikes("good answer and not done")) {
      return { status: SCSI_STATUS.good };
    }
    if (this.strikes("move hangs")) {
      const lose = this.#world.misfortune.happens(0.5) ? "answer" : "command";
      return { lose, hostStatus: HOST_STATUS.timeOut };
    }
    return this.#planLoss();
  }

  #planLoss(): Fault {
    const hostStatus = HOST_STATUS.transportDisrupted;
    if (this.strikes("command lost")) return { lose: "command", hostStatus };
    if (this.strikes("answer lost")) return { lose: "answer", hostStatus };
    return "none";
  }

  #planDrive(elementAddress: number, { command }: Command): Fault {
    const now = this.#world.clock.monotonic();
    if (command === "testUnitReady" && this.strikes("drive broken")) {
      const lasts = this.#world.misfortune.below(LONGEST_BREAK_MS);
      this.#broken.set(elementAddress, now + lasts);
    }
    if (now < (this.#broken.get(elementAddress) ?? 0)) {
      return { sense: DRIVE_BROKEN };
    }
    if (command === "testUnitReady") {
      const until = this.#stuck.get(elementAddress) ?? 0;
      if (now < until) return { sense: BECOMING_READY };
      if (this.strikes("drive never ready")) {
        const lasts = this.#world.misfortune.below(LONGEST_LOAD_MS);
        this.#stuck.set(elementAddress, now + lasts);
        return { sense: BECOMING_READY };
      }
    }
    if (command === "loadUnload") {
      this.#stuck.delete(elementAddress);
      if (this.strikes("drive does not unload")) {
        return { sense: { key: 0x4, asc: 0x53, ascq: 0x00 } };
      }
    }
    return "none";
  }
}

function sqliteError(message: string, errcode: number): Error {
  return Object.assign(new Error(message), {
    code: "ERR_SQLITE_ERROR",
    errcode,
  });
}
