/**
 * The tables of destinations of messages, and of messages on their way.
 *
 * @module
 */

import type { Generated } from "kysely";
import type { UiType } from "../model/mod.ts";

/** Where messages about the computer or a library go. */
export interface UiDestinationTable {
  /** Order of adding. */
  position: Generated<number>;
  /** The computer or library. */
  objectId: string;
  type: UiType;
  destination: string;
}

/** Messages on their way to e-mail addresses and URLs. */
export interface UiDeliveryTable {
  /** Order of their reasons. */
  id: Generated<number>;
  destination: string;
  type: UiType;
  /** The operator request it tells of, with which it goes; null for progress. */
  requestId: string | null;
  /** The message as JSON. */
  message: string;
  created: number;
  /** When it was last tried in vain; null where it was not. */
  failed: number | null;
  /** What went wrong then. */
  failure: string;
}
