/**
 * Which step an arm takes next, of those that are ready to be taken.
 *
 * @module
 */

/** An arm that has nothing to do. */
export interface FreeArm {
  readonly id: string;
  /** Where it stands, in the unit of the places of the steps. */
  readonly position: number;
}

/** A step that an arm could take now. */
export interface ReadyStep {
  readonly id: string;
  /** For whose sake it is taken. */
  readonly kind: "dismount" | "mount";
  readonly priority: number;
  /** Since when it could be taken. */
  readonly readySince: number;
  /** Where the cartridge is that it takes up. */
  readonly from: number;
}

/** What an arm does next. */
export interface ArmChoice {
  readonly armId: string;
  readonly stepId: string;
}

/** How long a step that is ready may be overtaken by nearer ones. */
const PATIENCE_MS = 60_000;

/**
 * Chooses for the arms that are free: steps for dismounts first, then by
 * priority, then the nearest to an arm, but none is left out for long.
 *
 * @returns One step for each free arm, while there are steps.
 */
export function chooseSteps(
  arms: readonly FreeArm[],
  steps: readonly ReadyStep[],
  now: number,
): readonly ArmChoice[] {
  const choices: ArmChoice[] = [];
  const freeArms = new Set(arms);
  const open = new Set(steps);
  while (freeArms.size > 0 && open.size > 0) {
    let best: { arm: FreeArm; step: ReadyStep } | null = null;
    for (const arm of freeArms) {
      for (const step of open) {
        const one = { arm, step };
        if (best === null || compare(one, best, now) < 0) best = one;
      }
    }
    if (best === null) break;
    freeArms.delete(best.arm);
    open.delete(best.step);
    choices.push({ armId: best.arm.id, stepId: best.step.id });
  }
  return choices;
}

interface Pair {
  readonly arm: FreeArm;
  readonly step: ReadyStep;
}

function compare(a: Pair, b: Pair, now: number): number {
  const aWaited = now - a.step.readySince >= PATIENCE_MS;
  const bWaited = now - b.step.readySince >= PATIENCE_MS;
  return Number(b.step.kind === "dismount") -
      Number(a.step.kind === "dismount") ||
    b.step.priority - a.step.priority ||
    Number(bWaited) - Number(aWaited) ||
    (aWaited ? a.step.readySince - b.step.readySince : 0) ||
    way(a) - way(b) || a.step.readySince - b.step.readySince;
}

function way({ arm, step }: Pair): number {
  return Math.abs(arm.position - step.from);
}
