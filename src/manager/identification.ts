/**
 * Identification: media are brought into drives, their labels read, and the
 * catalogue brought in line with them.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";
import { findMedium, type Medium } from "../database/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import type { LabelWork } from "./label_job.ts";
import { NO_LABEL, readLabel } from "./label_reading.ts";
import type { FoundLabel } from "./label_rules.ts";
import type { Robot } from "./robot.ts";
import { type Settled, settleLabel } from "./settle_label.ts";

/** What an identification does with a medium in a drive. */
export function identification(
  context: Context,
  robot: Robot,
): LabelWork<Settled> {
  return {
    write: false,
    async run(driveId, medium, signal) {
      const found = await readOrDoubt(context, robot, driveId, signal);
      const settled = await settleAgain(context, medium, driveId, found);
      return { result: settled, cartridgeId: settled.cartridgeId };
    },
  };
}

/** Settles a label against the catalogue as it is now. */
export function settleAgain(
  context: Context,
  medium: Medium,
  driveId: string,
  found: FoundLabel,
): Promise<Settled> {
  return commit(context, "labelRead", async (db) => {
    const now = await findMedium(db, medium.side.id) ?? medium;
    return await settleLabel(db, context, { ...now, driveId }, found);
  });
}

/** What was read; a medium that cannot be read has no label, but is not another one for that. */
async function readOrDoubt(
  context: Context,
  robot: Robot,
  driveId: string,
  signal: AbortSignal,
): Promise<FoundLabel> {
  try {
    return await readLabel(context, robot, driveId, signal);
  } catch (error) {
    if (!(error instanceof ChangerError) || error.advice !== "media") {
      throw error;
    }
    return {
      status: "unknown",
      label: { ...NO_LABEL, info: error.message.slice(0, 255) },
      isFree: false,
      failed: ["the drive"],
    };
  }
}
