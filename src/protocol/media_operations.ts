/**
 * The registration of media: its part of the table of operations.
 *
 * @module
 */

import { z } from "zod";
import {
  type CreateMediumInput,
  LIMITS,
  type NewSide,
  SIDE_STATES,
} from "../model/mod.ts";
import { description, dword, guid, nameOf, optionalGuid } from "./fields.ts";
import type { MediaOperations } from "./media_wire.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";
import { cartridgeRecord, sideRecord } from "./records.ts";

const count = z.int().min(0);
// The manager tells what is no name or bar code.
const text = z.string().max(LIMITS.descriptionLength);
const hex = z.string().regex(/^(?:[0-9a-f]{2}){0,255}$/, "is no label id");

const side: z.ZodType<NewSide> = z.strictObject({
  id: optionalGuid,
  name: text,
  description,
  enabled: z.boolean(),
  logicalMedium: optionalGuid,
  state: nameOf(SIDE_STATES),
  label: z.strictObject({
    type: z.string().max(LIMITS.labelTypeLength),
    id: hex,
    info: z.string().max(LIMITS.labelInfoLength),
  }),
  mountCount: dword,
  allocateCount: dword,
  capacityBytes: count,
});

const createInput: z.ZodType<CreateMediumInput> = z.strictObject({
  id: optionalGuid,
  name: text,
  description,
  enabled: z.boolean(),
  library: optionalGuid,
  pool: guid,
  barCode: text,
  mediumTypeCode: dword,
  densityCode: dword,
  sides: z.array(side).min(1).max(LIMITS.sidesOfOneCartridge),
  errorIfDuplicate: z.boolean().exactOptional(),
});

/** The operations by name. */
export const MEDIA_OPERATIONS: {
  readonly [Name in keyof MediaOperations]: Operation<Name>;
} = {
  CreateNtmsMedia: {
    summary: "Registers a cartridge that is in no library, and its sides",
    since: 1,
    session: true,
    changes: true,
    input: createInput,
    output: z.object({
      cartridge: cartridgeRecord,
      sides: z.array(sideRecord),
    }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_MEDIA_POOL",
      "ERROR_MEDIA_INCOMPATIBLE",
    ],
  },
};
