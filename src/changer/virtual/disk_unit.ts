/**
 * The logical unit of a disk or optical drive of a virtual library. Its media
 * have bar codes and nothing else that it shows.
 *
 * @module
 */
import { type Command, encodeSense, NO_SENSE } from "../../scsi/mod.ts";
import type { DeviceIdentity } from "../changer.ts";
import { answerInquiry } from "./identity.ts";
import { load, type LoadingParts, unload } from "./loading.ts";
import {
  type Behaviour,
  type Circumstances,
  DONE,
  type Outcome,
} from "./logical_unit.ts";
import { SENSE, type SenseCode } from "./sense_codes.ts";

/** What such a unit works on. */
export interface DiskUnitParts extends LoadingParts {
  readonly identity: DeviceIdentity;
  /** Peripheral device type. */
  readonly deviceType: number;
}

/** Carries out the commands to a disk or optical drive. */
export class DiskUnit implements Behaviour {
  readonly target = "disk";
  readonly #parts: DiskUnitParts;
  /** The medium is in and stands still. */
  #stopped = false;

  /** A drive of a library. */
  constructor(parts: DiskUnitParts) {
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
    const { deviceType, drive, identity } = this.#parts;
    switch (command.command) {
      case "testUnitReady": {
        const sense = this.#notReady();
        return sense === null ? DONE : { sense };
      }
      case "requestSense":
        return { data: encodeSense(NO_SENSE) };
      case "inquiry":
        return answerInquiry(identity, deviceType, command);
      case "preventAllowMediumRemoval":
        drive.prevent(initiator, command.prevent);
        return DONE;
      case "startStopUnit":
        return this.#startStop(command);
      default:
        return { sense: SENSE.unsupportedCommand };
    }
  }

  async #startStop(
    { loadEject, start }: Extract<Command, { command: "startStopUnit" }>,
  ): Promise<Outcome> {
    if (loadEject) {
      const outcome = await (start ? load : unload)(this.#parts);
      if (!("sense" in outcome)) this.#stopped = false;
      return outcome;
    }
    const { drive } = this.#parts;
    if (!drive.threaded) return { sense: SENSE.mediumNotPresent };
    this.#stopped = !start;
    return DONE;
  }

  #notReady(): SenseCode | null {
    const sense = this.#parts.drive.notReady();
    return sense === null && this.#stopped ? SENSE.startRequired : sense;
  }
}
