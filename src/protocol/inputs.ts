/**
 * Schemas of what goes into operations. All are strict: a member that nobody
 * knows is a mistake that should be told.
 *
 * @module
 */

import { z } from "zod";
import {
  type AllocateInput,
  CREATE_MODES,
  type CreatePoolInput,
  type DismountInput,
  type EnumerateInput,
  INVENTORY_METHODS,
  type InventoryInput,
  isApplicationName,
  LIMITS,
  type MountInput,
  OBJECT_TYPES,
} from "../model/mod.ts";
import {
  accessEntries,
  description,
  dword,
  guid,
  media,
  nameOf,
  objectName,
  optionalGuid,
  timeoutMs,
} from "./fields.ts";
import type { InputOf, Nothing, OpenInput } from "./wire.ts";

/** Longest a service holds the answer to OpenNtmsSession, ms. */
const LONGEST_HOLD_MS = 60_000;

/** What `next` of an earlier answer may be: one number, or two. */
const LIST_PLACE = /^\d{1,15}(?:\.\d{1,15})?$/;

const flag = z.boolean().exactOptional();

/** No members. */
export const nothing: z.ZodType<Nothing> = z.strictObject({});

/** OpenNtmsSession. */
export const openInput: z.ZodType<OpenInput> = z.strictObject({
  application: z.string().min(1).max(LIMITS.nameLength)
    .refine(isApplicationName, "must have no control characters")
    .exactOptional(),
  waitMs: z.int().min(0).max(LONGEST_HOLD_MS).exactOptional(),
});

/** EnumerateNtmsObject and ListNtmsObject. */
export const enumerateInput: z.ZodType<EnumerateInput> = z.strictObject({
  type: nameOf(OBJECT_TYPES),
  container: optionalGuid,
  rootPool: flag,
  // What nothing can be called is found nowhere.
  name: z.string().exactOptional(),
  barCode: z.string().exactOptional(),
  after: z.string().regex(LIST_PLACE, "is no place in a list").exactOptional(),
  limit: z.int().min(1).max(LIMITS.objectsInOneAnswer).exactOptional(),
});

/** GetNtmsObjectInformation. */
export const objectInput: z.ZodType<InputOf<"GetNtmsObjectInformation">> = z
  .strictObject({ id: guid });

/** CreateNtmsMediaPool. */
export const createPoolInput: z.ZodType<CreatePoolInput> = z.strictObject({
  // A path: the manager tells a malformed one by its documented code.
  name: z.string(),
  mediaType: optionalGuid,
  parent: optionalGuid,
  mode: nameOf(CREATE_MODES),
  drawFromFree: flag,
  returnToFree: flag,
  maxAllocates: dword.exactOptional(),
  access: accessEntries.exactOptional(),
});

/** AllocateNtmsMedia. */
export const allocateInput: z.ZodType<AllocateInput> = z.strictObject({
  pool: guid,
  side: optionalGuid,
  wholeCartridge: flag,
  nextOf: guid.exactOptional(),
  errorIfUnavailable: flag,
  timeoutMs,
  name: objectName.exactOptional(),
  description: description.exactOptional(),
});

/** DeallocateNtmsMedia. */
export const deallocateInput: z.ZodType<InputOf<"DeallocateNtmsMedia">> = z
  .strictObject({ logicalMedium: guid });

/** MountNtmsMedia. */
export const mountInput: z.ZodType<MountInput> = z.strictObject({
  media,
  drives: media.exactOptional(),
  read: flag,
  write: flag,
  errorIfBusy: flag,
  errorIfOffline: flag,
  noWait: flag,
  priority: z.int().min(-15).max(15),
  timeoutMs,
});

/** DismountNtmsMedia. */
export const dismountInput: z.ZodType<DismountInput> = z.strictObject({
  media,
  deferred: flag,
  wait: flag,
  timeoutMs: timeoutMs.exactOptional(),
});

/** InventoryNtmsLibrary. */
export const inventoryInput: z.ZodType<InventoryInput> = z.strictObject({
  library: guid,
  method: nameOf(INVENTORY_METHODS),
  wait: flag,
});

/** MapNtmsLibrary. */
export const mapInput: z.ZodType<InputOf<"MapNtmsLibrary">> = z.strictObject({
  library: optionalGuid,
});
