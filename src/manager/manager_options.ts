/**
 * What a manager works with.
 *
 * @module
 */

import type { Database } from "../database/mod.ts";
import type { MediaLabelLibrary } from "../labels/mod.ts";
import type { Clock, Limits, Log, Random } from "../model/mod.ts";
import type { Crash } from "./crash_points.ts";
import type { HotPlug, LibrarySource } from "./library_sources.ts";
import type { SiteMediaType } from "./media_types.ts";
import type { Messenger } from "./messenger.ts";

/** What a manager works with. */
export interface ManagerOptions {
  readonly database: Database;
  readonly libraries: readonly LibrarySource[];
  /** Where to look for a known library that is not among them; null for nowhere. @default {undefined} Nowhere. */
  readonly sourceOf?: (device: string) => LibrarySource | null;
  /** Tells of devices that come and go. @default {undefined} Nothing does. */
  readonly hotPlug?: HotPlug;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Name of this computer. */
  readonly computer: string;
  /**
   * Whether the libraries take unknown bar codes for free media, to be
   * overwritten.
   * @default {false}
   */
  readonly trustBarCodes?: boolean;
  /** How long a vanished session's mounts are kept; 0 keeps them. @default {600} */
  readonly graceSeconds?: number;
  /** Told of each moment at which a test may end the service. */
  readonly crash?: Crash;
  /** Bounds other than the usual ones, for tests that reach them. */
  readonly limits?: Partial<Limits>;
  /** What the site says of media types. @default {[]} */
  readonly mediaTypes?: readonly SiteMediaType[];
  /** Media label libraries of the site, which are asked before the built-in ones, and disposed of with the manager. @default {[]} */
  readonly labelLibraries?:
    readonly (MediaLabelLibrary & Partial<Disposable>)[];
  /** What brings messages to e-mail addresses and URLs. @default {undefined} Nothing. */
  readonly messenger?: Messenger;
}
