/**
 * Free labels: what is written to a medium in a free pool, so that it is known
 * again and may be handed out.
 *
 * @module
 */

import {
  findLibraryById,
  findMedium,
  findPool,
  type Medium,
  updateSide,
} from "../database/mod.ts";
import {
  decodeFreeLabel,
  encodeFreeLabel,
  FREE_LABEL_BYTES,
  freeLabelLibrary,
} from "../labels/mod.ts";
import { NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { settleAgain } from "./identification.ts";
import type { LabelWork } from "./label_job.ts";
import { describeLabel, identifyBlocks, readLabel } from "./label_reading.ts";
import type { FoundLabel } from "./label_rules.ts";
import { nextSideState } from "./lifecycle.ts";
import type { Robot } from "./robot.ts";
import { labelColumns } from "./settle_label.ts";

/** The longest name of a computer in a free label. */
const WRITTEN_BY_LENGTH = 100;

/** What the preparation of a medium does in a drive; its free label in words. */
export function preparation(
  context: Context,
  robot: Robot,
): LabelWork<string> {
  return {
    write: true,
    async run(driveId, given, signal) {
      const cartridgeId = given.cartridge.id;
      const medium = await requirePreparable(context, given);
      const found = await readLabel(context, robot, driveId, signal);
      signal.throwIfAborted();
      const isLabelled = await requireExpected(context, medium, driveId, found);
      const label = isLabelled
        ? found
        : await writeLabel(context, robot, driveId);
      await noteLabel(context, medium, label);
      return { result: describeLabel(label), cartridgeId };
    },
  };
}

/** Sides that may get a free label: they wait for one, or are free without one. */
async function requirePreparable(
  context: Context,
  given: Medium,
): Promise<Medium> {
  const { medium, pool, library } = await context.database.read(async (db) => {
    const medium = await findMedium(db, given.side.id) ?? given;
    const { libraryId, poolId } = medium.cartridge;
    const library = await findLibraryById(db, libraryId);
    return { medium, library, pool: await findPool(db, poolId) };
  });
  const { cartridge, side } = medium;
  const reason = pool?.kind !== "free"
    ? "it is in no free pool; move it to one first"
    : !isPreparable(medium)
    ? `its side is ${side.state}${side.labelInfo && `: ${side.labelInfo}`}`
    : library.kind === "offline"
    ? "it is in no library"
    : null;
  if (reason === null) return medium;
  throw new NtmsError(
    "ERROR_INVALID_STATE",
    `Cannot write a free label to cartridge ${cartridge.name}: ${reason}`,
  );
}

function isPreparable({ side }: Medium): boolean {
  return side.state === "unprepared" ||
    (side.state === "available" && side.labelType === "");
}

/**
 * Whether a medium has its free label already. Looks at what is there right
 * before it is overwritten: nobody has moved another medium to the free pool
 * than the one that it was taken for, nor one of which a program is known,
 * where only its bar code says that it is free.
 */
async function requireExpected(
  context: Context,
  medium: Medium,
  driveId: string,
  found: FoundLabel,
): Promise<boolean> {
  const { cartridge, side } = medium;
  const settled = await settleAgain(context, medium, driveId, found);
  switch (settled.verdict) {
    case "same":
      return found.isFree;
    case "enter":
      if (found.isFree) return true;
      break;
    case "keep":
      // Written before a crash, and not written down.
      if (found.isFree) return true;
      if (side.state === "unprepared" || isNobodys(found)) return false;
  }
  throw new NtmsError(
    "ERROR_INVALID_STATE",
    `Wrote no free label to cartridge ${cartridge.name}, because of what is on it: ${settled.message}`,
  );
}

function isNobodys({ status }: FoundLabel): boolean {
  return status === "blank" || status === "unknown";
}

/** Writes a free label and reads it back: a drive may answer before it is on the tape. */
async function writeLabel(
  context: Context,
  robot: Robot,
  driveId: string,
): Promise<FoundLabel> {
  const medium = context.random.guid();
  const record = encodeFreeLabel({
    medium,
    written: new Date(context.clock.now()),
    writtenBy: `rsm@${context.host}`.slice(0, WRITTEN_BY_LENGTH),
  });
  await robot.writeStart(driveId, record);
  const blocks = await robot.readStart(driveId, {
    records: 1,
    fileMarks: 0,
    recordBytes: FREE_LABEL_BYTES,
  });
  const found = await identifyBlocks(context, [freeLabelLibrary], blocks);
  const [block] = blocks;
  const same = found.isFree && block?.kind === "record" &&
    decodeFreeLabel(block.bytes).medium === medium;
  if (same) return found;
  throw new NtmsError(
    "ERROR_UNABLE_TO_LOAD_MEDIUM",
    "The free label that was written cannot be read back",
  );
}

function noteLabel(
  context: Context,
  medium: Medium,
  { label }: FoundLabel,
): Promise<void> {
  return commit(context, "labelWritten", async (db) => {
    const { side } = await findMedium(db, medium.side.id) ?? medium;
    await updateSide(db, side.id, {
      ...labelColumns(label, false),
      ...side.state === "unprepared"
        ? { state: nextSideState(side.state, "label") }
        : {},
    });
  });
}
