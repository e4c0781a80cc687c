/**
 * A virtual drive takes in the cartridge before it, or lets it go.
 *
 * @module
 */
import { type Clock, sleep } from "../../model/mod.ts";
import type { DriveUnit } from "./drive_unit.ts";
import type { VirtualElement } from "./library.ts";
import { DONE, type Outcome } from "./logical_unit.ts";
import { SENSE } from "./sense_codes.ts";
import type { Timing } from "./timing.ts";

/** What moves, and who keeps where it is. */
export interface LoadingParts {
  readonly drive: DriveUnit;
  readonly element: VirtualElement;
  readonly clock: Clock;
  readonly timing: Timing;
  /** Has it take in the cartridge before it. */
  readonly takeIn: () => void;
  /** Keeps what the drive has become; the command is answered after that. */
  readonly keep: () => Promise<void>;
}

/** Takes in what is before the drive. */
export async function load(
  { clock, drive, element, keep, takeIn, timing }: LoadingParts,
): Promise<Outcome> {
  if (element.cartridge === null) return { sense: SENSE.mediumNotPresent };
  if (drive.threaded) return DONE;
  takeIn();
  if (timing.loadMs > 0) await sleep(clock, timing.loadMs);
  await keep();
  return DONE;
}

/** Lets go of what is in the drive. */
export async function unload(
  { clock, drive, keep, timing }: LoadingParts,
): Promise<Outcome> {
  if (!drive.threaded) return DONE;
  if (drive.prevented) return { sense: SENSE.removalPrevented };
  if (timing.unloadMs > 0) await sleep(clock, timing.unloadMs);
  drive.release();
  await keep();
  return DONE;
}
