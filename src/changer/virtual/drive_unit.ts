/**
 * The mechanism of one virtual drive: takes a cartridge in, becomes ready with
 * it, and lets it go only when told to.
 *
 * @module
 */
import type { Clock } from "../../model/mod.ts";
import { SENSE, type SenseCode } from "./sense_codes.ts";
import type { Timing } from "./timing.ts";

/** One drive of a virtual library. */
export class DriveUnit {
  readonly #clock: Clock;
  readonly #timing: Timing;
  #threaded = false;
  #readyAtMs = 0;
  /** Initiators that prevent removal. */
  readonly #preventing = new Set<string>();

  /** A drive that is empty. */
  constructor(clock: Clock, timing: Timing) {
    this.#clock = clock;
    this.#timing = timing;
  }

  /** Whether it holds on to its cartridge. */
  get threaded(): boolean {
    return this.#threaded;
  }

  /** Takes in the cartridge before it, as drives do by themselves on arrival. */
  load(): void {
    this.#threaded = true;
    this.#readyAtMs = this.#clock.monotonic() + this.#timing.loadMs;
  }

  /** As {@linkcode load}, long ago: the drive of a library that is opened again. */
  resume(): void {
    this.#threaded = true;
    this.#readyAtMs = this.#clock.monotonic();
  }

  /** Lets go of the cartridge; it stays in the mouth of the drive. */
  release(): void {
    this.#threaded = false;
  }

  /** What TEST UNIT READY answers; null for ready. */
  notReady(): SenseCode | null {
    if (!this.#threaded) return SENSE.mediumNotPresent;
    return this.#clock.monotonic() < this.#readyAtMs
      ? SENSE.becomingReady
      : null;
  }

  /** Why the transport cannot take the cartridge; null when it can. */
  refusal(): SenseCode | null {
    if (!this.#threaded) return null;
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
