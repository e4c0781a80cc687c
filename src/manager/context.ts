/**
 * What all parts of the manager share.
 *
 * @module
 */

import type { Database } from "../database/mod.ts";
import type { MediaLabelLibrary } from "../labels/mod.ts";
import type { Clock, Limits, Log, Random } from "../model/mod.ts";
import type { Urgency } from "./arm_queue.ts";
import type { Background } from "./background.ts";
import type { Crash } from "./crash_points.ts";
import type { MediaTypes } from "./media_types.ts";
import type { Signals } from "./signals.ts";
import type { UiLists } from "./ui_lists.ts";

/** The catalogue, time and chance of one manager. */
export interface Context {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly background: Background;
  /** Told of each object that a commit has changed. */
  readonly signals: Signals;
  /** How urgent the library requests are that run, by their ids. */
  readonly urgencies: Map<string, Urgency>;
  /** Counts the starts of the service; each robot step carries it. */
  readonly epoch: number;
  /** Told of each moment at which a test may end the service. */
  readonly crash: Crash;
  /** Whether unknown bar codes are free media in libraries seen for the first time. */
  readonly trustBarCodes: boolean;
  readonly limits: Limits;
  /** The media types that are built in, and those of the site. */
  readonly mediaTypes: MediaTypes;
  /** Those that are asked what a medium is, in this order. */
  readonly labelLibraries: readonly MediaLabelLibrary[];
  /** Name of this computer. */
  readonly host: string;
  /** Where messages go. */
  readonly ui: UiLists;
}
