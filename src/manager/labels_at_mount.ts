/**
 * The label of a medium is read before the medium is handed out: a cartridge
 * that a hand has exchanged for another of its bar code belongs to somebody
 * else.
 *
 * @module
 */

import {
  findLibraryById,
  findMedium,
  findMount,
  findPool,
  type Medium,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { settleAgain } from "./identification.ts";
import { readLabel } from "./label_reading.ts";
import type { Robot } from "./robot.ts";
import { within } from "./waiting.ts";

/** A medium in a drive turned out to be another one than it was taken for. */
export class OtherMediumError extends NtmsError {
  /** Whether the library is set to look for such things after a failure. */
  readonly autoRecovery: boolean;

  /** Makes the error of a mount. */
  constructor(name: string, message: string, autoRecovery: boolean) {
    super(
      "ERROR_INVALID_STATE",
      `Cannot mount cartridge ${name}: the medium in the drive is another one; ${message}`,
    );
    this.autoRecovery = autoRecovery;
  }
}

/**
 * Checks the label of a medium in a drive, which is ready. One without a label
 * in the catalogue, and one that is mounted already, is not read.
 *
 * @throws {OtherMediumError} ERROR_INVALID_STATE.
 */
export async function checkLabel(
  context: Context,
  robot: Robot,
  { side: { id } }: Medium,
  driveId: string,
  signal: AbortSignal,
): Promise<void> {
  const known = await context.database.read(async (db) => {
    const medium = await findMedium(db, id);
    if (medium === null || medium.side.labelId === "") return null;
    // Its position is the program's.
    if (await findMount(db, id) !== null) return null;
    const { libraryId, poolId } = medium.cartridge;
    const library = await findLibraryById(db, libraryId);
    const pool = await findPool(db, poolId);
    const trusted = library.checkLabels === 0 || pool?.checkLabels === 0;
    return trusted ? null : { medium, library };
  });
  if (known === null || !await robot.readsLabelsIn(driveId)) return;
  const { library, medium } = known;
  const { name } = medium.cartridge;
  const found = await within(readLabel(context, robot, driveId, signal), {
    clock: context.clock,
    timeoutMs: context.limits.labelReadWithinMs,
    signal,
    what: `Reading the label of cartridge ${name}`,
  });
  const { message, verdict } = await settleAgain(
    context,
    medium,
    driveId,
    found,
  );
  if (verdict === "same" || verdict === "keep") return;
  const { log } = context;
  if (verdict === "doubt") {
    return log.warn("The label of a mounted medium is not known", {
      label: message,
    });
  }
  log.error("The medium in a drive is another one", {
    cartridge: name,
    label: message,
  });
  throw new OtherMediumError(name, message, library.autoRecovery === 1);
}
