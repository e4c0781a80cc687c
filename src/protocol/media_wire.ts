/**
 * The registration of media: its part of the wire.
 *
 * @module
 */

import type { CreatedMedium, CreateMediumInput } from "../model/mod.ts";
import type { WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface MediaOperations {
  CreateNtmsMedia: { input: CreateMediumInput; output: CreatedMedium };
}

/** The operations by name. */
export const MEDIA_WIRE: WireRows<MediaOperations> = {
  CreateNtmsMedia: {
    repetition: "keyed",
    output: { cartridge: "any", sides: "list" },
  },
};
