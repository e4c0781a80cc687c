/**
 * One logical unit of the virtual library, as initiators see it: commands one
 * at a time for each of its parts, unit attentions for each initiator, and faults where they are
 * planned. What the commands do is for its behaviour.
 *
 * @module
 */
import {
  type Command,
  type CommandTarget,
  decodeCdb,
  encodeSense,
  HOST_STATUS,
  NO_SENSE,
  SCSI_STATUS,
} from "../../scsi/mod.ts";
import { ChangerError } from "../changer.ts";
import { SerialQueues } from "../queue.ts";
import type { ScsiCommand, ScsiDevice, ScsiResult } from "../scsi_device.ts";
import type { Fault, FaultPlan, PlannedCommand } from "./faults.ts";
import { atField, SENSE, type SenseCode } from "./sense_codes.ts";

/** Under which circumstances a command reached its unit. */
export interface Circumstances {
  readonly initiator: string;
  /** What a planned fault lets it do; all of it without one. */
  readonly effect: "done" | "gripper" | "half";
  /** What the initiator sends with it; empty for nothing. */
  readonly dataOut: Uint8Array;
}

/** What a command gives: data, or why not. */
export type Outcome =
  | { readonly data: Uint8Array }
  | { readonly sense: SenseCode };

/** Carries out the commands of a unit. */
export interface Behaviour {
  readonly target: CommandTarget;
  /** Carries out one command. */
  carryOut(
    command: Command,
    circumstances: Circumstances,
  ): Outcome | Promise<Outcome>;
  /** Told when an initiator has gone: its locks go with it. */
  forget(initiator: string): void;
  /** The part of the unit that carries a command out while others go on; null for the unit as a whole. @default {undefined} The whole. */
  partFor?(command: Command): number | null;
}

/** A command is done and there is nothing to say. */
export const DONE: Outcome = { data: new Uint8Array(0) };

/** Commands that never report a unit attention (SPC-4). */
const WITHOUT_ATTENTION: readonly Command["command"][] = [
  "inquiry",
  "requestSense",
];

/** A logical unit. */
export class LogicalUnit {
  readonly #name: PlannedCommand["unit"];
  readonly #behaviour: Behaviour;
  readonly #faults: FaultPlan;
  readonly #queue = new SerialQueues<number>();
  /** Unit attentions that each initiator has not been told of. */
  readonly #attentions = new Map<string, SenseCode[]>();
  #shut = false;
  /** A unit that behaves as told. */
  constructor(
    name: PlannedCommand["unit"],
    behaviour: Behaviour,
    faults: FaultPlan,
  ) {
    this.#name = name;
    this.#behaviour = behaviour;
    this.#faults = faults;
  }

  /** Lets an initiator in; as after a login, it is told of a power on first. */
  connect(initiator: string): ScsiDevice {
    this.#attentions.set(initiator, [SENSE.powerOn]);
    let closed = false;
    return {
      execute: async (command) => {
        if (closed || this.#shut) {
          throw new ChangerError(
            "Cannot send a command: the device is closed",
            {
              outcome: "failed",
              advice: "programming",
            },
          );
        }
        const decoded = decodeOrNull(command.cdb, this.#behaviour.target);
        if (decoded === null) return withSense(SENSE.invalidField);
        const part = this.#behaviour.partFor?.(decoded) ?? null;
        return await this.#queue.run(
          part,
          () => this.#execute(initiator, command, decoded),
        );
      },
      close: async () => {
        if (closed) return;
        closed = true;
        await this.#queue.idle();
        this.#attentions.delete(initiator);
        this.#behaviour.forget(initiator);
      },
    };
  }

  /** Takes no more commands, and waits for the one under way. */
  async shut(): Promise<void> {
    this.#shut = true;
    await this.#queue.idle();
  }

  /** Has every initiator told of something, once each. */
  attention(sense: SenseCode): void {
    for (const pending of this.#attentions.values()) {
      if (!pending.includes(sense)) pending.push(sense);
    }
  }

  async #execute(
    initiator: string,
    command: ScsiCommand,
    decoded: Command,
  ): Promise<ScsiResult> {
    const { cdb } = command;
    if (!WITHOUT_ATTENTION.includes(decoded.command)) {
      const attention = this.#attentions.get(initiator)?.shift();
      if (attention !== undefined) return withSense(attention);
    }
    const fault = this.#faults({ unit: this.#name, cdb });
    const before = answerInstead(fault);
    if (before !== null) return before;
    const outcome = await this.#carryOut(decoded, {
      initiator,
      effect: effectOf(fault),
      dataOut: command.dataOut ?? new Uint8Array(0),
    });
    return answerAfter(fault) ?? resultOf(bent(outcome, fault), command);
  }

  async #carryOut(
    command: Command,
    circumstances: Circumstances,
  ): Promise<Outcome> {
    switch (command.command) {
      case "unknown":
        return { sense: SENSE.unsupportedCommand };
      case "invalidField":
        return { sense: atField(SENSE.invalidField, command.byte) };
      default:
        return await this.#behaviour.carryOut(command, circumstances);
    }
  }
}

/** A command, or null for bytes that are too few for one. */
function decodeOrNull(cdb: Uint8Array, target: CommandTarget): Command | null {
  try {
    return decodeCdb(cdb, target);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The answer of a command that a fault keeps from being carried out. */
function answerInstead(fault: Fault): ScsiResult | null {
  if (fault === "none") return null;
  if ("status" in fault) return { ...NOTHING, status: fault.status };
  if ("lose" in fault) {
    return fault.lose === "command" ? withHostStatus(fault) : null;
  }
  if ("answer" in fault) return null;
  return fault.effect === undefined || fault.effect === "none"
    ? withSense(fault.sense)
    : null;
}

function effectOf(fault: Fault): Circumstances["effect"] {
  if (fault === "none" || !("sense" in fault)) return "done";
  return fault.effect === "gripper" || fault.effect === "half"
    ? fault.effect
    : "done";
}

/** The answer that a fault puts in the place of a command's own. */
function answerAfter(fault: Fault): ScsiResult | null {
  if (fault === "none") return null;
  if ("lose" in fault) return withHostStatus(fault);
  return "sense" in fault ? withSense(fault.sense) : null;
}

/** What a command gives after a fault has been at its data. */
function bent(outcome: Outcome, fault: Fault): Outcome {
  const bends = fault !== "none" && "answer" in fault && "data" in outcome;
  return bends ? { data: fault.answer(outcome.data) } : outcome;
}

const NOTHING: ScsiResult = {
  status: SCSI_STATUS.good,
  hostStatus: HOST_STATUS.ok,
  driverStatus: 0,
  sense: new Uint8Array(0),
  data: new Uint8Array(0),
};

function withHostStatus(fault: { readonly hostStatus?: number }): ScsiResult {
  return { ...NOTHING, hostStatus: fault.hostStatus ?? HOST_STATUS.timeOut };
}

function withSense(code: SenseCode): ScsiResult {
  const { key, asc, ascq, field } = code;
  const sense = encodeSense({
    ...NO_SENSE,
    key,
    asc,
    ascq,
    fieldPointer: field === undefined
      ? null
      : { inCdb: true, byte: field, bit: null },
  });
  return { ...NOTHING, status: SCSI_STATUS.checkCondition, sense };
}

function resultOf(outcome: Outcome, command: ScsiCommand): ScsiResult {
  if ("sense" in outcome) return withSense(outcome.sense);
  const room = command.dataIn ?? 0;
  return { ...NOTHING, data: outcome.data.slice(0, room) };
}
