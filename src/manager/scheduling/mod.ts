/**
 * Scheduling of a library: which request next, in which drives, and which step
 * the arm takes. Pure rules, the same for the manager and its benchmark.
 *
 * @module
 */
export {
  type ArmChoice,
  chooseSteps,
  type FreeArm,
  type ReadyStep,
} from "./arm_choice.ts";
export { type Change, changeWay } from "./change_way.ts";
export { decide } from "./decide.ts";
export { nextLook } from "./next_look.ts";
export { type Ahead, unloadAhead } from "./unload_ahead.ts";
export type {
  Decision,
  DriveSituation,
  MountWork,
  Situation,
  Verdict,
  WantedMedium,
  Work,
} from "./situation.ts";
