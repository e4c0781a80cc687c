/**
 * Schemas of single fields, shared by inputs and records.
 *
 * @module
 */

import { z } from "zod";
import {
  ACCESS_RIGHTS,
  type AccessEntry,
  ALL_RIGHTS,
  type Guid,
  INFINITE,
  isObjectName,
  LIMITS,
  NULL_GUID,
  parseGuid,
} from "../model/mod.ts";

const GUID_FORM =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\})$/i;

/** An id in any usual spelling, made the one used inside. */
export const guid: z.ZodType<Guid> = z.string()
  .regex(GUID_FORM, "is not a GUID")
  .overwrite((text) => parseGuid(text) ?? text);

/** An id, or none: null, or the null GUID, which means the same. */
export const optionalGuid: z.ZodType<Guid | null> = guid.nullable()
  .overwrite((id) => id === NULL_GUID ? null : id);

/** Name of an object. */
export const objectName: z.ZodType<string> = z.string()
  .min(1).max(LIMITS.nameLength)
  .refine(isObjectName, "must have no control characters and no backslash");

/** Description of an object. */
export const description: z.ZodType<string> = z.string()
  .max(LIMITS.descriptionLength);

/** A whole number of 32 bits. */
export const dword: z.ZodInt = z.int().min(0).max(INFINITE);

/** A time to wait; INFINITE for ever. */
export const timeoutMs: z.ZodType<number> = z.int().min(0).max(INFINITE);

/** Sides or logical media of one call. */
export const media: z.ZodType<readonly Guid[]> = z.array(guid)
  .min(1).max(LIMITS.mediaInOneCall);

/** One of the names of a table. */
export function nameOf<Name extends string>(
  table: Readonly<Record<Name, number>>,
): z.ZodType<Name> {
  const isName = (key: string): key is Name => Object.hasOwn(table, key);
  return z.enum(Object.keys(table).filter(isName));
}

/** Someone who may do something: a kind, a colon and a name, or a security identifier. */
export const who: z.ZodType<string> = z.string().min(1).max(200);

const accessEntry: z.ZodType<AccessEntry> = z.strictObject({
  who,
  rights: z.array(nameOf(ACCESS_RIGHTS)).max(ALL_RIGHTS.length),
  allow: z.boolean().exactOptional(),
  inherited: z.boolean().exactOptional(),
});

/** Who may do what. */
export const accessEntries: z.ZodType<readonly AccessEntry[]> = z.array(
  accessEntry,
).max(LIMITS.accessEntries);
