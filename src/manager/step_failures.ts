/**
 * What is done and noted about a step that failed, whatever it was part of.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";
import { sleep } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { noteFailure } from "./device_failures.ts";
import { DriveError } from "./drive_error.ts";
import { askOperatorOnce } from "./operators.ts";
import { judge, type Judgement } from "./remedies.ts";
import { textOf } from "./step_errors.ts";

/** Pauses before a step is taken again that the robot did not take. */
const PAUSES_MS = [5_000, 30_000];

/** Where a step failed. */
export interface FailedStep {
  readonly libraryId: string;
  /** The drive that it was about, where no error says so itself. */
  readonly driveId: string | null;
  /** What the elements say that a drive holds. */
  look(driveId: string): Promise<string>;
}

/** What is done after an error; null for one that says nothing of a device. */
export function judgeError(error: unknown): Judgement | null {
  if (!(error instanceof ChangerError)) return null;
  return judge(error, error instanceof DriveError ? "drive" : "robot");
}

/** The drive that an error is of. */
export function driveOf(error: unknown, otherwise: string | null) {
  return error instanceof DriveError ? error.driveId : otherwise;
}

/** Takes a step, and again after pauses where the robot did not take it; each try begins with a look at the elements. */
export async function patiently(
  { clock, log }: Context,
  step: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await step();
    } catch (error) {
      const remedy = judgeError(error)?.remedy;
      if (remedy !== "again" && remedy !== "unload") throw error;
      log.warn("A robot step is tried again", { error: textOf(error) });
      await sleep(clock, pauseMs, signal).catch(() => Promise.reject(error));
    }
  }
  await step();
}

/** Counts the failure of a device, or asks the operator where only a person can help. */
export async function noteStepFailure(
  context: Context,
  error: unknown,
  { driveId, libraryId, look }: FailedStep,
): Promise<void> {
  const judgement = judgeError(error);
  if (judgement === null) return;
  const { blame, remedy } = judgement;
  if (remedy === "operator") {
    return await insist(context, (db) =>
      askOperatorOnce(db, context, {
        command: "deviceService",
        message: textOf(error).slice(0, context.limits.messageLength),
        about: { type: "library", id: libraryId },
      }));
  }
  const drive = driveOf(error, driveId);
  const id = blame === "library" ? libraryId : drive;
  if (blame === null || blame === "medium" || id === null) return;
  // What a drive does not let go of is not guessed.
  const seen = blame !== "drive" ? "" : await look(id).then(
    (what) => `; ${what}`,
    () => "; the library does not tell what it holds",
  );
  await insist(context, async (db) => {
    await noteFailure(db, context, {
      type: blame,
      id,
      reason: textOf(error) + seen,
      stop: remedy === "stopDrive" || remedy === "stopLibrary",
    });
  });
}

/** What became of a device is written down as soon as it can be. */
export function insist(
  context: Context,
  work: Parameters<typeof commit<void>>[2],
): Promise<void> {
  return context.background.insist(
    "note a failure",
    () => commit(context, "switched", work),
  );
}
