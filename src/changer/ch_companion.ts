/**
 * What the kernel's changer driver does not tell, asked through the sg node of
 * the same changer.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import type { DeviceIdentifier } from "../scsi/mod.ts";
import { ChangerError } from "./changer.ts";
import { Commander } from "./commander.ts";
import { ElementReader } from "./element_reader.ts";
import type { HostDevice } from "./host_devices.ts";
import { SgDevice } from "./sg_device.ts";
import { type Character, readCharacter } from "./smc_character.ts";

/** What the driver does not tell and the sg node does. */
export interface Companion {
  readonly character: Character;
  readonly identifiers: ReadonlyMap<number, DeviceIdentifier>;
}

/** Asks the changer's sg node; null where there is none or it may not be used. */
export async function askCompanion(
  host: HostDevice | null,
  clock: Clock,
): Promise<Companion | null> {
  if (host === null || host.sg === null) return null;
  try {
    const device = await SgDevice.open(host.sg);
    try {
      const commander = new Commander(device, clock);
      const character = await readCharacter(commander, host.sg);
      const reader = new ElementReader(commander, host.sg);
      const { dataTransfer } = character.layout;
      const identifiers = await reader.driveIdentifiers(dataTransfer);
      return { character, identifiers };
    } finally {
      await device.close();
    }
  } catch (error) {
    if (error instanceof ChangerError) return null;
    throw error;
  }
}
