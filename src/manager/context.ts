/**
 * What all parts of the manager share.
 *
 * @module
 */

import type { Database } from "../database/mod.ts";
import type { Clock, Log, Random } from "../model/mod.ts";
import type { Background } from "./background.ts";

/** The catalogue, time and chance of one manager. */
export interface Context {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly background: Background;
  /** Counts the starts of the service; each robot step carries it. */
  readonly epoch: number;
  /** Whether unknown bar codes are free media in libraries seen for the first time. */
  readonly trustBarCodes: boolean;
}
