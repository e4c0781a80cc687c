/**
 * Reads the label of the medium in a drive, and says what it is.
 *
 * @module
 */

import type { TapeBlock } from "../changer/mod.ts";
import {
  type Identification,
  identify,
  labelReadPlan,
  type MediaLabelLibrary,
  sideLabel,
} from "../labels/mod.ts";
import type { Context } from "./context.ts";
import type { FoundLabel } from "./label_rules.ts";
import type { Robot } from "./robot.ts";

/** No label. */
export const NO_LABEL = { type: "", id: "", info: "" } as const;

/** What unreadable and unlabelled media are called. */
const DESCRIPTIONS = {
  claimed: "",
  recognized: "",
  unknown: "Data without a known label",
  blank: "Blank",
} as const;

/** Reads the label of the medium in a drive, which has to be ready. */
export async function readLabel(
  context: Context,
  robot: Robot,
  driveId: string,
  signal?: AbortSignal,
): Promise<FoundLabel> {
  const libraries = context.labelLibraries;
  const blocks = await robot.readStart(
    driveId,
    labelReadPlan(libraries),
    signal,
  );
  return await identifyBlocks(context, libraries, blocks);
}

/** What the label libraries say of the start of a medium. */
export async function identifyBlocks(
  { clock, limits, log }: Context,
  libraries: readonly MediaLabelLibrary[],
  blocks: readonly TapeBlock[],
): Promise<FoundLabel> {
  const found = await identify(blocks, libraries, {
    clock,
    timeoutMs: limits.labelLibraryAnswersWithinMs,
  });
  for (const { library, message } of found.faults) {
    log.warn("A media label library failed", { library, error: message });
  }
  return foundLabel(found);
}

function foundLabel(
  { claim, faults, status }: Identification,
): FoundLabel {
  return {
    status,
    label: claim === null ? NO_LABEL : sideLabel(claim.label),
    isFree: claim?.isFree ?? false,
    failed: faults.map(({ library }) => library),
  };
}

/** A label in words. */
export function describeLabel({ label, status }: FoundLabel): string {
  return label.info || label.type || DESCRIPTIONS[status];
}
