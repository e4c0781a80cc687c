/**
 * The operations on labels: their part of the table.
 *
 * @module
 */

import { z } from "zod";
import {
  type FileSystemInfo,
  type IdentifySlotInput,
  LIMITS,
  type PrepareInput,
} from "../model/mod.ts";
import { dword, guid } from "./fields.ts";
import { nothing } from "./inputs.ts";
import type { LabelOperations, WireOmidInput } from "./label_wire.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";

/** Names of the operations on labels. */
export type LabelName = keyof LabelOperations;

/** Characters of the longest label in base 64. */
const LONGEST_RAW = Math.ceil(LIMITS.labelBytes / 3) * 4;

const slotInput: z.ZodType<IdentifySlotInput> = z.strictObject({
  slot: guid,
  deferred: z.boolean().exactOptional(),
  wait: z.boolean().exactOptional(),
});

const prepareInput: z.ZodType<PrepareInput> = z.strictObject({
  cartridge: guid,
  wait: z.boolean().exactOptional(),
});

const fileSystem: z.ZodType<FileSystemInfo> = z.strictObject({
  type: z.string().min(1).max(63),
  volumeName: z.string().max(255),
  serialNumber: dword,
});

const omidInput: z.ZodType<WireOmidInput> = z.discriminatedUnion("labelType", [
  z.strictObject({
    logicalMedium: guid,
    labelType: z.literal("raw"),
    raw: z.base64().max(LONGEST_RAW),
  }),
  z.strictObject({
    logicalMedium: guid,
    labelType: z.literal("fileSystem"),
    fileSystem,
  }),
]);

/** The operations by name. */
export const LABEL_OPERATIONS: {
  readonly [Name in LabelName]: Operation<Name>;
} = {
  IdentifyNtmsSlot: {
    summary: "Reads the label of the medium in a slot",
    since: 1,
    session: true,
    changes: true,
    input: slotInput,
    output: z.object({ request: guid.nullable() }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_BUSY",
      "ERROR_CANCELLED",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_NOT_SUPPORTED",
      "ERROR_OBJECT_NOT_FOUND",
      "ERROR_RESOURCE_DISABLED",
    ],
  },
  PrepareNtmsMedia: {
    summary: "Writes a free label to a cartridge of a free pool",
    since: 1,
    session: true,
    changes: true,
    input: prepareInput,
    output: z.object({ request: guid }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_BUSY",
      "ERROR_CANCELLED",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_STATE",
      "ERROR_MEDIA_OFFLINE",
      "ERROR_NOT_SUPPORTED",
      "ERROR_RESOURCE_DISABLED",
      "ERROR_UNABLE_TO_LOAD_MEDIUM",
      "ERROR_WRITE_PROTECT",
    ],
  },
  UpdateNtmsOmidInfo: {
    summary: "Notes the label that a program has just written to a medium",
    since: 1,
    session: true,
    changes: true,
    input: omidInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_INVALID_MEDIA"],
  },
};
