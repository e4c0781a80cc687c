/**
 * Faults of a virtual library drawn from a seed (`faults=SEED` in its URL):
 * for demonstrations, and for tests of what is made of them.
 *
 * @module
 */
import type { Clock } from "../../model/mod.ts";
import {
  decodeCdb,
  decodeElementStatus,
  encodeElementStatus,
  HOST_STATUS,
  SCSI_STATUS,
} from "../../scsi/mod.ts";
import type { Fault, FaultPlan, PlannedCommand } from "./faults.ts";
import { SENSE, type SenseCode } from "./sense_codes.ts";

/** Kinds of faults, and in how many of the commands that can have one each strikes. */
export const FAULT_RATES = {
  "move fails before its effect": 0.02,
  "move fails after its effect": 0.02,
  "cartridge stays in the gripper": 0.02,
  "move lost": 0.01,
  "answer to a move lost": 0.01,
  "drive not ready": 0.02,
  "drive does not unload": 0.02,
  "label not read": 0.005,
  "element status cut short": 0.001,
  "busy": 0.003,
  "command lost": 0.0005,
  "answer lost": 0.0005,
  "unit attention": 0.0005,
} as const;

/** A kind of fault. */
export type FaultKind = keyof typeof FAULT_RATES;

/** What seeded faults need. */
export interface SeededFaultsParts {
  readonly seed: number;
  /** By which a drive that is not ready becomes so. */
  readonly clock: Clock;
  /** Told of each fault. */
  readonly note: (kind: FaultKind) => void;
}

/** Senses of a robot that did not, or did not quite. */
const ROBOT_TROUBLE: readonly SenseCode[] = [
  { key: 0x4, asc: 0x15, ascq: 0x01 }, // mechanical positioning error
  { key: 0x4, asc: 0x40, ascq: 0x80 }, // diagnostic failure
  { key: 0x3, asc: 0x53, ascq: 0x00 }, // media load or eject failed
];
const STUCK_IN_DRIVE: SenseCode = { key: 0x4, asc: 0x53, ascq: 0x00 };
/** How long a drive goes on becoming ready, at most. */
const LONGEST_LOAD_MS = 2_000;

class SeededFaults {
  readonly #parts: SeededFaultsParts;
  readonly #draw: () => number;
  /** Drives that do not become ready, and until when. */
  readonly #notReadyUntilMs = new Map<number, number>();

  constructor(parts: SeededFaultsParts) {
    this.#parts = parts;
    this.#draw = drawsOf(parts.seed);
  }

  plan({ unit, cdb }: PlannedCommand): Fault {
    const { command } = decodeCdb(cdb, unit === "changer" ? unit : "drive");
    if (this.#strikes("busy")) return { status: SCSI_STATUS.busy };
    if (command === "moveMedium") return this.#planMove();
    if (typeof unit === "number") {
      if (command === "testUnitReady") return this.#planReady(unit);
      if (command === "loadUnload") return this.#planUnload(unit);
    } else if (this.#strikes("unit attention")) {
      return { sense: SENSE.mediumMayHaveChanged };
    }
    if (command === "readElementStatus") {
      if (this.#strikes("label not read")) {
        return { answer: (data) => withoutLabel(data, this.#draw()) };
      }
      if (this.#strikes("element status cut short")) {
        const part = this.#draw();
        return { answer: (data) => data.slice(0, data.length * part) };
      }
    }
    return this.#planLoss();
  }

  #strikes(kind: FaultKind): boolean {
    if (this.#draw() >= FAULT_RATES[kind]) return false;
    this.#parts.note(kind);
    return true;
  }

  #planMove(): Fault {
    const at = Math.floor(this.#draw() * ROBOT_TROUBLE.length);
    const sense = ROBOT_TROUBLE[at] ?? STUCK_IN_DRIVE;
    const hostStatus = HOST_STATUS.timeOut;
    if (this.#strikes("move fails before its effect")) return { sense };
    if (this.#strikes("move fails after its effect")) {
      return { sense, effect: "done" };
    }
    if (this.#strikes("cartridge stays in the gripper")) {
      return { sense, effect: "gripper" };
    }
    if (this.#strikes("move lost")) return { lose: "command", hostStatus };
    if (this.#strikes("answer to a move lost")) {
      return { lose: "answer", hostStatus };
    }
    return "none";
  }

  #planReady(elementAddress: number): Fault {
    const now = this.#parts.clock.monotonic();
    const until = this.#notReadyUntilMs.get(elementAddress) ?? 0;
    if (now < until) return { sense: SENSE.becomingReady };
    if (!this.#strikes("drive not ready")) return this.#planLoss();
    const lastsMs = this.#draw() * LONGEST_LOAD_MS;
    this.#notReadyUntilMs.set(elementAddress, now + lastsMs);
    return { sense: SENSE.becomingReady };
  }

  #planUnload(elementAddress: number): Fault {
    this.#notReadyUntilMs.delete(elementAddress);
    return this.#strikes("drive does not unload")
      ? { sense: STUCK_IN_DRIVE }
      : this.#planLoss();
  }

  #planLoss(): Fault {
    const hostStatus = HOST_STATUS.transportDisrupted;
    if (this.#strikes("command lost")) return { lose: "command", hostStatus };
    if (this.#strikes("answer lost")) return { lose: "answer", hostStatus };
    return "none";
  }
}

/** The same answer, with one label that the scanner did not read. */
function withoutLabel(data: Uint8Array, share: number): Uint8Array {
  const { elements } = decodeElementStatus(data);
  const labelled = elements.filter(({ volumeTag }) => volumeTag !== null);
  const chosen = labelled[Math.floor(share * labelled.length)];
  if (chosen === undefined) return data;
  return encodeElementStatus(
    elements.map((element) =>
      element === chosen ? { ...element, volumeTag: null } : element
    ),
    {
      volumeTags: true,
      deviceIds: elements.some((element) =>
        element.type === "dataTransfer" && element.deviceIdentifier !== null
      ),
      allocationLength: data.length,
    },
  );
}

/** Numbers from 0 to below 1, the same ones for a seed everywhere (mulberry32). */
function drawsOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A plan that has each kind of fault strike as often as its rate says. */
export function seededFaults(parts: SeededFaultsParts): FaultPlan {
  const faults = new SeededFaults(parts);
  return (planned) => faults.plan(planned);
}
