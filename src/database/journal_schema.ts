/**
 * The table of robot steps.
 *
 * @module
 */

import type { Generated } from "kysely";

/** How far a robot step has come. */
export type IntentState =
  | "planned"
  | "sent"
  | "confirmed"
  | "failed"
  | "unknown"
  | "resolved";

/** The journal: one row for each robot step, written before it is taken. */
export interface MoveIntentTable {
  id: Generated<number>;
  /** Which start of the service planned it. */
  epoch: number;
  libraryId: string;
  cartridgeId: string;
  sourceAddress: number;
  targetAddress: number;
  requestId: string | null;
  state: IntentState;
  planned: number;
  sent: number | null;
  settled: number | null;
  /** How it ended, for people. */
  note: string;
}
