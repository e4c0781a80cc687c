/**
 * A small virtual library for tests, and where its elements are.
 *
 * @module
 */
import {
  type Fault,
  type PlannedCommand,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";

/** Its URL. */
export const SMALL =
  "virtual:test?slots=5&drives=2&ports=2&cartridges=4&files=no";
/** The first of its slots. */
export const SLOT = 1000;
/** The first of its drives. */
export const DRIVE = 500;
/** The first of its ports. */
export const PORT = 10;
/** Its only robot. */
export const TRANSPORT = 1;

/** Opens the small library, or another one, in which no time passes. */
export function open(
  url = SMALL,
  faults: (command: PlannedCommand) => Fault = () => "none",
): Promise<VirtualLibrary> {
  return VirtualLibrary.open(url, { clock: new SkippingClock(), faults });
}
