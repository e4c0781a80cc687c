/**
 * The logical unit of a tape drive of a virtual library.
 *
 * @module
 */
import {
  type Command,
  DEVICE_TYPE,
  encodeSense,
  encodeTapeAlert,
  LOG_PAGE,
  NO_SENSE,
} from "../../scsi/mod.ts";
import type { DeviceIdentity } from "../changer.ts";
import { answerInquiry } from "./identity.ts";
import { load, type LoadingParts, unload } from "./loading.ts";
import {
  type Behaviour,
  type Circumstances,
  DONE,
  type Outcome,
} from "./logical_unit.ts";
import { atField, SENSE } from "./sense_codes.ts";
import { type LoadedMedium, TapeModes } from "./tape_modes.ts";
import type { VirtualMedium } from "./medium.ts";

/** What a drive's unit works on. */
export interface TapeUnitParts extends LoadingParts {
  readonly identity: DeviceIdentity;
  /** What is on a cartridge; null where there is nothing but its bar code. @default {undefined} Nothing anywhere. */
  readonly medium?: (cartridgeId: string) => VirtualMedium | null;
  /** How often a cartridge was loaded. @default {undefined} Never. */
  readonly loadsOf?: (cartridgeId: string) => number;
}

/** Carries out the commands to a drive. */
export class TapeUnit implements Behaviour {
  readonly target = "drive";
  readonly #parts: TapeUnitParts;
  readonly #modes = new TapeModes();
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
        return {
          data: encodeSense({
            ...NO_SENSE,
            ...drive.dirt.dirty ? SENSE.cleaningRequested : {},
          }),
        };
      case "logSense":
        if (command.page !== LOG_PAGE.tapeAlert) {
          return { sense: atField(SENSE.invalidField, 2) };
        }
        return {
          data: encodeTapeAlert(
            drive.dirt.readAlerts(),
            command.allocationLength,
          ),
        };
      case "inquiry":
        return answerInquiry(identity, DEVICE_TYPE.tape, command);
      case "modeSense6":
      case "modeSense10":
        return this.#modes.sense(command, this.#loaded());
      case "modeSelect6":
        return this.#modes.select(command.length, dataOut);
      case "readAttribute":
        return this.#attributes(command);
      case "preventAllowMediumRemoval":
        drive.prevent(initiator, command.prevent);
        return DONE;
      case "loadUnload":
        this.#position = 0;
        return (command.load ? load : unload)(this.#parts);
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

  /** The medium in it, if it is ready. */
  #loaded(): LoadedMedium | null {
    const { drive, element: { cartridge }, loadsOf, medium } = this.#parts;
    if (cartridge === null || drive.notReady() !== null) return null;
    const found = medium?.(cartridge.id) ?? null;
    const loadCount = loadsOf?.(cartridge.id) ?? 0;
    return found && { cartridge, medium: found, loadCount };
  }

  #attributes(
    command: Extract<Command, { command: "readAttribute" }>,
  ): Outcome | Promise<Outcome> {
    const loaded = this.#loaded();
    if (loaded !== null) return this.#modes.attributes(command, loaded);
    return {
      sense: this.#parts.drive.notReady() ?? SENSE.unsupportedCommand,
    };
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
}
