/**
 * A drive of a changer, by SCSI commands to the drive itself: is it ready, let
 * the cartridge go.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  preventAllowMediumRemoval,
  type Sense,
  SENSE_KEY,
  testUnitReady,
} from "../scsi/mod.ts";
import type { Care } from "./care.ts";
import type { DeviceIdentity, Drive } from "./changer.ts";
import { Commander } from "./commander.ts";
import {
  type DriveClass,
  type Mechanism,
  MECHANISMS,
} from "./drive_classes.ts";
import { isRefusal, SenseError } from "./failures.ts";
import type { MediumTeller } from "./medium_teller.ts";
import { PATIENCE } from "./patience.ts";
import { Pauses } from "./pauses.ts";
import { untilReady } from "./readiness.ts";
import { ScsiCare } from "./scsi_care.ts";
import type { ScsiDevice } from "./scsi_device.ts";
import { ScsiMediumTeller } from "./scsi_medium_teller.ts";
import { ScsiTape } from "./scsi_tape.ts";
import type { Tape } from "./tape.ts";

/** Where a device stands on its host. */
export type ScsiAddress = Drive["scsi"];

/** What a {@linkcode ScsiDrive} is made of. */
export interface ScsiDriveParts {
  readonly elementAddress: number;
  readonly identity: DeviceIdentity;
  /** Path a program opens to read and write. */
  readonly device: string;
  readonly scsi: ScsiAddress;
  /** Opens the drive for commands; it is closed again after each use, so that it may come and go. */
  readonly open: () => Promise<ScsiDevice>;
  /** Resolves when the changer, too, says that the cartridge can be taken, or when it is not worth waiting longer. */
  readonly accessible: (timeoutMs: number) => Promise<void>;
  readonly clock: Clock;
  /** @default {"tape"} */
  readonly deviceClass?: DriveClass;
  /** Whether there is anything to read in it: media of a model may only have bar codes. @default {true} */
  readonly readable?: boolean;
}

/** A drive reached by SCSI commands. */
export class ScsiDrive implements Drive {
  readonly elementAddress: number;
  readonly identity: DeviceIdentity;
  readonly device: string;
  readonly scsi: ScsiAddress;
  readonly deviceClass: DriveClass;
  /** See {@linkcode Drive.tape}. */
  readonly tape: Tape | null;
  /** See {@linkcode Drive.care}. */
  readonly care: Care | null;
  /** See {@linkcode Drive.mediumTeller}. */
  readonly mediumTeller: MediumTeller | null;
  readonly #parts: ScsiDriveParts;

  /** A drive made of its parts. */
  constructor(parts: ScsiDriveParts) {
    this.elementAddress = parts.elementAddress;
    this.identity = parts.identity;
    this.device = parts.device;
    this.scsi = parts.scsi;
    this.#parts = parts;
    const { clock, deviceClass = "tape", open, readable = true } = parts;
    this.deviceClass = deviceClass;
    const device = { name: this.#name(), open, clock };
    // Blocks, cartridge memory and TapeAlert are those of tapes.
    const isTape = deviceClass === "tape";
    this.tape = isTape && readable ? new ScsiTape(device) : null;
    this.mediumTeller = isTape && readable
      ? new ScsiMediumTeller(device)
      : null;
    this.care = isTape ? new ScsiCare(device) : null;
  }

  /** See {@linkcode Drive.waitReady}. */
  async waitReady(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    await this.#withDevice((commander) =>
      untilReady({
        act: `use the medium in ${this.#name()}`,
        unit: "drive",
        once: (command) => commander.once(command),
        start: async () => {
          await commander.read(`load ${this.#name()}`, this.#mechanism.load);
        },
        clock: this.#parts.clock,
        timeoutMs,
        signal,
      })
    );
  }

  /** See {@linkcode Drive.unload}. */
  async unload(timeoutMs: number): Promise<void> {
    await this.#withDevice(async (commander) => {
      const act = `unload ${this.#name()}`;
      if (await this.#isEmpty(commander)) return;
      await allow(commander, act);
      const { unload } = this.#mechanism;
      try {
        await commander.read(act, {
          ...unload,
          timeoutMs: Math.max(1, Math.min(timeoutMs, unload.timeoutMs)),
        });
      } catch (error) {
        if (!(error instanceof SenseError) || !this.#hasLetGo(error.detail)) {
          throw error;
        }
      }
      await this.#untilUnloaded(commander);
    });
    await this.#parts.accessible(timeoutMs);
  }

  /**
   * Waits until the drive shows that it has let go. Some emulations answer
   * UNLOAD before or without doing it and go on saying "ready"; the transport
   * will find out, so the wait is short.
   */
  async #untilUnloaded(commander: Commander): Promise<void> {
    const pauses = new Pauses(this.#parts.clock, PATIENCE.unloadNoticedMs);
    do {
      if (await this.#isEmpty(commander)) return;
    } while (await pauses.pause());
  }

  async #withDevice(
    use: (commander: Commander) => Promise<void>,
  ): Promise<void> {
    const device = await this.#parts.open();
    try {
      await use(new Commander(device, this.#parts.clock));
    } finally {
      await device.close();
    }
  }

  get #mechanism(): Mechanism {
    return MECHANISMS[this.deviceClass];
  }

  /** Whether it has let go of its cartridge, or has none. */
  async #isEmpty(commander: Commander): Promise<boolean> {
    for (let count = 0; count < PATIENCE.attentions; count++) {
      const reply = await commander.once(TEST_UNIT_READY);
      if (reply.kind !== "sense") return false;
      if (reply.sense.key !== SENSE_KEY.unitAttention) {
        return this.#hasLetGo(reply.sense);
      }
    }
    return false;
  }

  /** 3A/xx, but for a medium that is there; of a tape also 04/02: it waits to be loaded. */
  #hasLetGo({ asc, ascq, key }: Sense): boolean {
    if (key !== SENSE_KEY.notReady) return false;
    if (asc === 0x3a) return true;
    return this.#mechanism.looseWhenIdle && asc === 0x04 && ascq === 0x02;
  }

  #name(): string {
    return `the drive at element ${this.elementAddress} (${this.device})`;
  }
}

const TEST_UNIT_READY = {
  cdb: testUnitReady(),
  timeoutMs: COMMAND_TIMEOUT_MS.testUnitReady,
};
const ALLOW = {
  cdb: preventAllowMediumRemoval(false),
  timeoutMs: COMMAND_TIMEOUT_MS.preventAllowMediumRemoval,
};

/** Lifts a lock of our own; a drive that knows no locks has none. */
async function allow(commander: Commander, act: string): Promise<void> {
  try {
    await commander.read(act, ALLOW);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}
