/**
 * Schemas of what goes into the operations that manage pools, media and
 * objects.
 *
 * @module
 */

import { z } from "zod";
import {
  type AttributeName,
  type ImportDatabaseInput,
  INVENTORY_METHODS,
  type LibraryTypeInput,
  LIMITS,
  type MoveToPoolInput,
  type ObjectChange,
  type SwapMediaInput,
  type SwitchInput,
} from "../model/mod.ts";
import {
  description,
  dword,
  guid,
  nameOf,
  objectName,
  optionalGuid,
} from "./fields.ts";
import type { InputOf } from "./wire.ts";

const flag = z.boolean().exactOptional();
const number = dword.exactOptional();
const word = z.int().min(0).max(0xffff).exactOptional();

/** Characters of the longest attribute in base 64, and as many again: what is longer is refused by the manager, and what is far longer here. */
const LONGEST_DATA = Math.ceil(LIMITS.attributeBytes / 3) * 4 * 2;

/** DeleteNtmsMediaPool and GetNtmsMediaPoolName. */
export const poolInput: z.ZodType<InputOf<"DeleteNtmsMediaPool">> = z
  .strictObject({ pool: guid });

/** MoveToNtmsMediaPool. */
export const moveInput: z.ZodType<MoveToPoolInput> = z.strictObject({
  cartridge: guid,
  pool: guid,
});

/** AddNtmsMediaType and DeleteNtmsMediaType. */
export const libraryTypeInput: z.ZodType<LibraryTypeInput> = z.strictObject({
  mediaType: guid,
  library: guid,
});

/** DecommissionNtmsMedia. */
export const sideInput: z.ZodType<InputOf<"DecommissionNtmsMedia">> = z
  .strictObject({ side: guid });

/** DeleteNtmsMedia. */
export const cartridgeInput: z.ZodType<InputOf<"DeleteNtmsMedia">> = z
  .strictObject({ cartridge: guid });

/** SwapNtmsMedia. */
export const swapInput: z.ZodType<SwapMediaInput> = z.strictObject({
  first: guid,
  second: guid,
});

const change: z.ZodType<ObjectChange> = z.strictObject({
  name: objectName.exactOptional(),
  description: description.exactOptional(),
  mediaType: optionalGuid.exactOptional(),
  drawFromFree: flag,
  returnToFree: flag,
  maxAllocates: number,
  deferDismountSeconds: number,
  maxOpenSeconds: word,
  maxExtendSeconds: word,
  inventoryMethod: nameOf(INVENTORY_METHODS).exactOptional(),
  autoRecovery: flag,
  checkLabels: flag,
  autoClean: flag,
  cleanerUsesRemaining: number,
  flags: number,
  libraryRequestPurgeSeconds: number,
  operatorRequestPurgeSeconds: number,
  libraryRequestFlags: number,
  operatorRequestFlags: number,
  mediaPoolPolicy: number,
}).refine(
  (members) => Object.keys(members).length > 0,
  "names nothing to change",
);

/** SetNtmsObjectInformation. */
export const changeInput: z.ZodType<InputOf<"SetNtmsObjectInformation">> = z
  .strictObject({ id: guid, change });

// The manager tells a malformed name by its documented code.
const attribute = { id: guid, name: z.string() };

/** GetNtmsObjectAttribute. */
export const attributeInput: z.ZodType<AttributeName> = z.strictObject(
  attribute,
);

/** SetNtmsObjectAttribute. */
export const setAttributeInput: z.ZodType<InputOf<"SetNtmsObjectAttribute">> = z
  .strictObject({ ...attribute, data: z.base64().max(LONGEST_DATA) });

/** EnableNtmsObject and DisableNtmsObject. */
export const switchInput: z.ZodType<SwitchInput> = z.strictObject({
  id: guid,
  type: z.enum(["library", "drive", "cartridge"]).nullable(),
});

/** ImportNtmsDatabase. */
export const importInput: z.ZodType<ImportDatabaseInput> = z.strictObject({
  // The manager tells a name that is none.
  copy: z.string().min(1).max(255).nullable(),
});
