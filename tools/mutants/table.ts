/**
 * All mutants.
 *
 * @module
 */

import { CARE_MUTANTS } from "./care_mutants.ts";
import { CONTROL_MUTANTS } from "./control_mutants.ts";
import { MANAGEMENT_MUTANTS } from "./management_mutants.ts";
import type { Mutant } from "./mutant.ts";
import { QUEUE_MUTANTS } from "./queue_mutants.ts";
import { RECONCILE_MUTANTS } from "./reconcile_mutants.ts";
import { STEP_MUTANTS } from "./step_mutants.ts";

/** All mutants, in the order in which they are tried. */
export const MUTANTS: readonly Mutant[] = [
  ...STEP_MUTANTS,
  ...RECONCILE_MUTANTS,
  ...QUEUE_MUTANTS,
  ...MANAGEMENT_MUTANTS,
  ...CONTROL_MUTANTS,
  ...CARE_MUTANTS,
];
