/**
 * The mechanism of one virtual drive: takes a cartridge in, becomes ready with
 * it, and lets it go only when told to.
 *
 * @module
 */
import type { Clock } from "../../model/mod.ts";
import type { Dirt } from "./dirt.ts";
import { SENSE, type SenseCode } from "./sense_codes.ts";
import type { Timing } from "./timing.ts";

/** One drive of a virtual library. */
export class DriveUnit {
  readonly #clock: Clock;
  readonly #timing: Timing;
  /** How dirty it is, and what it tells of itself. */
  readonly dirt: Dirt;
  #threaded = false;
  #readyAtMs = 0;
  /** It cleans itself, and lets go by itself then. */
  #cleaning = false;
  /** It shows at least once that it cleans itself, however fast it is. */
  #toldOfCleaning = true;
  /** Initiators that prevent removal. */
  readonly #preventing = new Set<string>();

  /** A drive that is empty. */
  constructor(clock: Clock, timing: Timing, dirt: Dirt) {
    this.#clock = clock;
    this.#timing = timing;
    this.dirt = dirt;
  }

  /** Whether it holds on to its cartridge. */
  get threaded(): boolean {
    if (this.#cleaning && this.#clock.monotonic() >= this.#readyAtMs) {
      this.#threaded = false;
      this.#cleaning = false;
    }
    return this.#threaded;
  }

  /** Takes in the cartridge before it, as drives do by themselves on arrival. */
  load(): void {
    this.dirt.load();
    this.#threaded = true;
    this.#readyAtMs = this.#clock.monotonic() + this.#timing.loadMs;
  }

  /** Takes in a cleaning cartridge, which begins its work by itself. */
  clean(cartridgeId: string): void {
    this.dirt.clean(cartridgeId);
    this.#threaded = true;
    this.#cleaning = true;
    this.#toldOfCleaning = false;
    this.#readyAtMs = this.#clock.monotonic() + this.#timing.cleanMs;
  }

  /** As {@linkcode load}, long ago: the drive of a library that is opened again. */
  resume(): void {
    this.#threaded = true;
    this.#readyAtMs = this.#clock.monotonic();
  }

  /** Lets go of the cartridge; it stays in the mouth of the drive. */
  release(): void {
    this.#threaded = false;
    this.#cleaning = false;
    this.#toldOfCleaning = true;
  }

  /** What TEST UNIT READY answers; null for ready. */
  notReady(): SenseCode | null {
    if (!this.#toldOfCleaning) {
      this.#toldOfCleaning = true;
      return SENSE.cleaningInstalled;
    }
    if (!this.threaded) return SENSE.mediumNotPresent;
    if (this.#cleaning) return SENSE.cleaningInstalled;
    return this.#clock.monotonic() < this.#readyAtMs
      ? SENSE.becomingReady
      : null;
  }

  /** Why the transport cannot take the cartridge; null when it can. */
  refusal(): SenseCode | null {
    if (!this.threaded) return null;
    return this.prevented
      ? SENSE.removalPreventedByDrive
      : SENSE.driveNotUnloaded;
  }

  /** Whether an initiator prevents removal. */
  get prevented(): boolean {
    return this.#preventing.size > 0;
  }

  /** Prevents or allows removal, for one initiator. */
  prevent(initiator: string, prevented: boolean): void {
    if (prevented) this.#preventing.add(initiator);
    else this.#preventing.delete(initiator);
  }
}
