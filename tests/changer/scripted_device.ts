/** A device whose answers are written down by the test. */
import {
  encodeSense,
  NO_SENSE,
  SCSI_STATUS,
  type Sense,
} from "../../src/scsi/mod.ts";
import type {
  ScsiCommand,
  ScsiDevice,
  ScsiResult,
} from "../../src/changer/mod.ts";

const GOOD: ScsiResult = {
  status: SCSI_STATUS.good,
  hostStatus: 0,
  driverStatus: 0,
  sense: new Uint8Array(0),
  data: new Uint8Array(0),
};

/** A good answer, with these bytes. */
export function good(data: Uint8Array = new Uint8Array(0)): ScsiResult {
  return { ...GOOD, data };
}

/** CHECK CONDITION with this sense data. */
export function check(
  key: number,
  asc: number,
  ascq: number,
  more: Partial<Sense> = {},
): ScsiResult {
  const sense = encodeSense({ ...NO_SENSE, key, asc, ascq, ...more });
  return { ...GOOD, status: SCSI_STATUS.checkCondition, sense };
}

/** Any other SCSI or host status. */
export function ended(status: number, hostStatus = 0): ScsiResult {
  return { ...GOOD, status, hostStatus };
}

/** Keeps the commands it is sent and answers as told. */
export class ScriptedDevice implements ScsiDevice {
  readonly commands: ScsiCommand[] = [];
  closed = false;
  readonly #answer: (command: ScsiCommand, number: number) => ScsiResult;

  /** A device that asks a function for each answer. */
  constructor(
    answer: (command: ScsiCommand, number: number) => ScsiResult,
  ) {
    this.#answer = answer;
  }

  /** A device that gives these answers in turn, and then good ones. */
  static of(...answers: readonly ScsiResult[]): ScriptedDevice {
    return new ScriptedDevice((_, number) => answers[number] ?? GOOD);
  }

  execute(command: ScsiCommand): Promise<ScsiResult> {
    const result = this.#answer(command, this.commands.length);
    this.commands.push(command);
    const data = result.data.slice(0, command.dataIn ?? 0);
    return Promise.resolve({ ...result, data });
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  /** Operation codes of the commands so far. */
  get operations(): readonly number[] {
    return this.commands.map(({ cdb }) => cdb[0] ?? -1);
  }
}
