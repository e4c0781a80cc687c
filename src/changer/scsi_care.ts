/**
 * TapeAlert and cleaning, by SCSI commands to the drive.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  decodeSense,
  decodeTapeAlert,
  describeSense,
  LOG_PAGE,
  logSense,
  requestSense,
  type Sense,
  SENSE_KEY,
  testUnitReady,
} from "../scsi/mod.ts";
import type { Care, Cleaned, CleaningOutcome } from "./care.ts";
import { Commander } from "./commander.ts";
import { failureOf, isRefusal } from "./failures.ts";
import { PATIENCE } from "./patience.ts";
import { Pauses } from "./pauses.ts";
import type { ScsiDevice } from "./scsi_device.ts";

/** TapeAlert flags of cleaning. */
const ALERT = { cleanNow: 20, expired: 22, invalid: 23 } as const;

const ALERT_BYTES = 4_096;
const SENSE_BYTES = 252;
const READ_ALERTS = {
  cdb: logSense({ page: LOG_PAGE.tapeAlert, allocationLength: ALERT_BYTES }),
  dataIn: ALERT_BYTES,
  timeoutMs: COMMAND_TIMEOUT_MS.logSense,
};
const REQUEST_SENSE = {
  cdb: requestSense({ allocationLength: SENSE_BYTES }),
  dataIn: SENSE_BYTES,
  timeoutMs: COMMAND_TIMEOUT_MS.requestSense,
};
const TEST_UNIT_READY = {
  cdb: testUnitReady(),
  timeoutMs: COMMAND_TIMEOUT_MS.testUnitReady,
};

/** What a {@linkcode ScsiCare} is made of. */
export interface ScsiCareParts {
  /** The drive, for messages. */
  readonly name: string;
  /** Opens the drive for commands. */
  readonly open: () => Promise<ScsiDevice>;
  readonly clock: Clock;
}

/** A drive that is asked by SCSI commands. */
export class ScsiCare implements Care {
  readonly #parts: ScsiCareParts;

  /** The care of a drive. */
  constructor(parts: ScsiCareParts) {
    this.#parts = parts;
  }

  /** See {@linkcode Care.readAlerts}. */
  readAlerts(): Promise<readonly number[]> {
    return this.#withDevice((commander) => this.#alerts(commander));
  }

  /** See {@linkcode Care.untilCleaned}. */
  untilCleaned(timeoutMs: number, mayHaveEnded = false): Promise<Cleaned> {
    return this.#withDevice(async (commander) => {
      const end = await this.#untilLetGo(commander, timeoutMs, mayHaveEnded);
      const alerts = await this.#alerts(commander);
      const told = alerts.includes(ALERT.expired)
        ? "expired"
        : alerts.includes(ALERT.invalid)
        ? "invalid"
        : null;
      if (told !== null) return { outcome: told, alerts, reason: REASON[told] };
      return { ...end, alerts };
    });
  }

  async #alerts(commander: Commander): Promise<readonly number[]> {
    const act = `ask ${this.#parts.name} how it is`;
    const flags = new Set<number>();
    try {
      const page = await commander.read(act, READ_ALERTS);
      for (const flag of decodeTapeAlert(page)) flags.add(flag);
    } catch (error) {
      // Old drives and emulations know no TapeAlert, and answer anything.
      if (!isRefusal(error) && !(error instanceof RangeError)) throw error;
    }
    if (await this.#asksToBeCleaned(commander, act)) flags.add(ALERT.cleanNow);
    return [...flags].sort((left, right) => left - right);
  }

  /** Sense 00/17h: cleaning requested. */
  async #asksToBeCleaned(commander: Commander, act: string): Promise<boolean> {
    const data = await commander.read(act, REQUEST_SENSE);
    try {
      const { asc, ascq, key } = decodeSense(data);
      return key <= SENSE_KEY.recoveredError && asc === 0x00 && ascq === 0x17;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /**
   * A drive takes in the cartridge, cleans itself and lets go. "No medium" may
   * also come before the drive has noticed it; one that never shows that it
   * works has not cleaned itself.
   */
  async #untilLetGo(
    commander: Commander,
    timeoutMs: number,
    mayHaveEnded: boolean,
  ): Promise<Omit<Cleaned, "alerts">> {
    const { clock, name } = this.#parts;
    const act = `clean ${name}`;
    const pauses = new Pauses(clock, timeoutMs);
    const noticing = new Pauses(clock, PATIENCE.mediumNoticedMs);
    let attentions = 0;
    let worked = mayHaveEnded;
    for (;;) {
      const reply = await commander.once(TEST_UNIT_READY);
      if (reply.kind === "good") {
        return { outcome: "invalid", reason: `${name} takes it for data` };
      }
      if (reply.kind === "lost") throw failureOf(act, reply, "reads");
      if (reply.kind === "sense") {
        const step = stepFor(reply.sense);
        if (step === "attention" && attentions++ < PATIENCE.attentions) {
          continue;
        }
        if (step === "empty" && worked) {
          return { outcome: "cleaned", reason: "" };
        }
        if (step === "empty" && noticing.leftMs === 0) {
          return { outcome: "failed", reason: `${name} does not take it in` };
        }
        if (step === "fail") {
          return { outcome: "failed", reason: describeSense(reply.sense) };
        }
        worked ||= step === "works";
      }
      if (!await pauses.pause()) {
        return { outcome: "failed", reason: `${name} did not end in time` };
      }
    }
  }

  async #withDevice<T>(use: (commander: Commander) => Promise<T>): Promise<T> {
    const device = await this.#parts.open();
    try {
      return await use(new Commander(device, this.#parts.clock));
    } finally {
      await device.close();
    }
  }
}

const REASON: Readonly<Record<"expired" | "invalid", string>> = {
  expired: "the drive says that the cleaning cartridge is used up",
  invalid: "the drive says that it is no cleaning cartridge for it",
} satisfies Partial<Record<CleaningOutcome, string>>;

type Step = "attention" | "works" | "empty" | "fail";

function stepFor({ asc, ascq, key }: Sense): Step {
  if (key === SENSE_KEY.unitAttention) return "attention";
  const installed = asc === 0x30 && ascq === 0x03;
  if (installed && key <= SENSE_KEY.notReady) return "works";
  if (key !== SENSE_KEY.notReady) return "fail";
  if (asc === 0x3a) return "empty";
  // 04/02: it waits to be loaded, which is what it does after an unload.
  if (asc === 0x04) return ascq === 0x02 ? "empty" : "works";
  return "fail";
}
