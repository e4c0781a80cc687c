/**
 * Reads a changer's mode pages in the ways that different makes understand.
 *
 * @module
 */
import {
  COMMAND_TIMEOUT_MS,
  decodeModeSense10,
  decodeModeSense6,
  findModePage,
  type ModePage,
  modeSense10,
  modeSense6,
} from "../scsi/mod.ts";
import type { Commander } from "./commander.ts";
import { isRefusal } from "./failures.ts";

/** What MODE SENSE(6) can carry at most. */
const ANSWER_SIZE = 0xff;

/**
 * A mode page, or null where the device has none. Some changers refuse DBD,
 * some answer rightly only with it, and some know only the long command.
 */
export async function readModePage(
  commander: Commander,
  act: string,
  page: number,
): Promise<ModePage | null> {
  const ask = (cdb: Uint8Array): Promise<Uint8Array> =>
    commander.read(act, {
      cdb,
      dataIn: ANSWER_SIZE,
      timeoutMs: COMMAND_TIMEOUT_MS.modeSense6,
    });
  const short = async (disableBlockDescriptors: boolean) =>
    decodeModeSense6(await ask(modeSense6({ page, disableBlockDescriptors })));
  const ways = [
    () => short(true),
    () => short(false),
    async () =>
      decodeModeSense10(
        await ask(modeSense10({ page, disableBlockDescriptors: true })),
      ),
  ];
  for (const way of ways) {
    try {
      const found = findModePage(await way(), page);
      if (found !== null) return found;
    } catch (error) {
      if (!isRefusal(error) && !(error instanceof RangeError)) throw error;
    }
  }
  return null;
}
