/**
 * The operations on labels: their part of the wire.
 *
 * @module
 */

import type {
  FileSystemInfo,
  IdentifySlotInput,
  LibraryRequestId,
  LogicalMediumId,
  PrepareInput,
} from "../model/mod.ts";
import type { Nothing, WireRows } from "./wire_row.ts";

/** A label that a program has written, as JSON carries it. */
export type WireOmidInput =
  & { readonly logicalMedium: LogicalMediumId }
  & (
    | {
      readonly labelType: "raw";
      /** In base 64. */
      readonly raw: string;
    }
    | {
      readonly labelType: "fileSystem";
      readonly fileSystem: FileSystemInfo;
    }
  );

/** What goes in and what comes out. */
export interface LabelOperations {
  IdentifyNtmsSlot: {
    input: IdentifySlotInput;
    output: { request: LibraryRequestId | null };
  };
  PrepareNtmsMedia: {
    input: PrepareInput;
    output: { request: LibraryRequestId };
  };
  UpdateNtmsOmidInfo: { input: WireOmidInput; output: Nothing };
}

/** The operations by name. */
export const LABEL_WIRE: WireRows<LabelOperations> = {
  IdentifyNtmsSlot: {
    repetition: "keyed",
    output: { request: "optionalText" },
  },
  PrepareNtmsMedia: { repetition: "keyed", output: { request: "text" } },
  UpdateNtmsOmidInfo: { repetition: "keyed", output: {} },
};
