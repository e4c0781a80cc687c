/**
 * A drive's logical unit of a virtual library.
 *
 * @module
 */
import { type Clock, sleep } from "../../model/mod.ts";
import {
  type Command,
  DEVICE_TYPE,
  encodeSense,
  NO_SENSE,
} from "../../scsi/mod.ts";
import type { DeviceIdentity } from "../changer.ts";
import { answerInquiry } from "./identity.ts";
import type { DriveUnit } from "./drive_unit.ts";
import type { VirtualElement } from "./library.ts";
import {
  type Behaviour,
  type Circumstances,
  DONE,
  type Outcome,
} from "./logical_unit.ts";
import { SENSE } from "./sense_codes.ts";
import type { Timing } from "./timing.ts";

/** What a drive's unit works on. */
export interface TapeUnitParts {
  readonly identity: DeviceIdentity;
  readonly drive: DriveUnit;
  readonly element: VirtualElement;
  readonly clock: Clock;
  readonly timing: Timing;
  /** Keeps what the drive has become; the command is answered after that. */
  readonly keep: () => Promise<void>;
}

/** Carries out the commands to a drive. */
export class TapeUnit implements Behaviour {
  readonly target = "drive";
  readonly #parts: TapeUnitParts;

  /** A drive of a library. */
  constructor(parts: TapeUnitParts) {
    this.#parts = parts;
  }

  /** See {@linkcode Behaviour.forget}. */
  forget(initiator: string): void {
    this.#parts.drive.prevent(initiator, false);
  }

  /** See {@linkcode Behaviour.carryOut}. */
  carryOut(
    command: Command,
    { initiator }: Circumstances,
  ): Outcome | Promise<Outcome> {
    const { drive, identity } = this.#parts;
    switch (command.command) {
      case "testUnitReady": {
        const sense = drive.notReady();
        return sense === null ? DONE : { sense };
      }
      case "requestSense":
        return { data: encodeSense(NO_SENSE) };
      case "inquiry":
        return answerInquiry(identity, DEVICE_TYPE.tape, command);
      case "preventAllowMediumRemoval":
        drive.prevent(initiator, command.prevent);
        return DONE;
      case "loadUnload":
        return command.load ? this.#load() : this.#unload();
      default:
        return { sense: SENSE.unsupportedCommand };
    }
  }

  async #load(): Promise<Outcome> {
    const { clock, drive, element, keep, timing } = this.#parts;
    if (element.cartridge === null) return { sense: SENSE.mediumNotPresent };
    if (drive.threaded) return DONE;
    drive.load();
    if (timing.loadMs > 0) await sleep(clock, timing.loadMs);
    await keep();
    return DONE;
  }

  async #unload(): Promise<Outcome> {
    const { clock, drive, keep, timing } = this.#parts;
    if (!drive.threaded) return DONE;
    if (drive.prevented) return { sense: SENSE.removalPrevented };
    if (timing.unloadMs > 0) await sleep(clock, timing.unloadMs);
    drive.release();
    await keep();
    return DONE;
  }
}
