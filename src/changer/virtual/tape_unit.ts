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
import type { VirtualMedium } from "./medium.ts";

/** What a drive's unit works on. */
export interface TapeUnitParts {
  readonly identity: DeviceIdentity;
  readonly drive: DriveUnit;
  readonly element: VirtualElement;
  readonly clock: Clock;
  readonly timing: Timing;
  /** What is on a cartridge; null where there is nothing but its bar code. @default {undefined} Nothing anywhere. */
  readonly medium?: (cartridgeId: string) => VirtualMedium | null;
  /** Keeps what the drive has become; the command is answered after that. */
  readonly keep: () => Promise<void>;
}

/** Carries out the commands to a drive. */
export class TapeUnit implements Behaviour {
  readonly target = "drive";
  readonly #parts: TapeUnitParts;
  /** Where the head is, in bytes from the start of the medium. */
  #position = 0;

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
    { dataOut, initiator }: Circumstances,
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
        this.#position = 0;
        return command.load ? this.#load() : this.#unload();
      case "rewind":
        return this.#withMedium(() => {
          this.#position = 0;
          return Promise.resolve(DONE);
        });
      case "read6":
        return this.#withMedium((medium) => this.#read(medium, command.length));
      case "write6":
        return this.#withMedium((medium) => this.#write(medium, dataOut));
      case "writeFilemarks6":
        // A file has no marks; what was written is in it already.
        return this.#withMedium(async (medium) =>
          await medium.isWritable() ? DONE : { sense: SENSE.writeProtected }
        );
      default:
        return { sense: SENSE.unsupportedCommand };
    }
  }

  #withMedium(
    use: (medium: VirtualMedium) => Promise<Outcome>,
  ): Outcome | Promise<Outcome> {
    const { drive, element, medium } = this.#parts;
    const sense = drive.notReady();
    if (sense !== null) return { sense };
    const found = medium?.(element.cartridge?.id ?? "") ?? null;
    return found === null ? { sense: SENSE.unsupportedCommand } : use(found);
  }

  /** One block is as much as is asked for: a file does not tell where blocks end. */
  async #read(medium: VirtualMedium, length: number): Promise<Outcome> {
    const data = await medium.read(this.#position, length);
    if (data.length === 0) return { sense: SENSE.endOfData };
    this.#position += data.length;
    return { data };
  }

  async #write(medium: VirtualMedium, data: Uint8Array): Promise<Outcome> {
    if (!await medium.isWritable()) return { sense: SENSE.writeProtected };
    await medium.write(this.#position, data);
    this.#position += data.length;
    return DONE;
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
