/**
 * The form of the file in which a site keeps its media types.
 *
 * @module
 */

import { z } from "zod";
import { LIMITS } from "../model/mod.ts";

const MOST_SIDES = 2;
const HIGHEST_BYTE = 0xff;

const suffixes = z.array(
  z.string().regex(
    /^[A-Z0-9]{1,8}$/,
    "must be 1 to 8 capital letters and digits",
  ),
);

const generations = z.array(z.string().min(1)).nullable().default(null);

// Names of types are names of pools.
const name = z.string().max(
  LIMITS.nameLength,
  `must have at most ${LIMITS.nameLength} characters`,
).regex(
  /^[^\\\p{Cc}]+$/u,
  "must have 1 character or more, no backslash and no controls",
);

const addedRow = z.strictObject({
  name,
  suffixes: suffixes.default([]),
  deviceClass: z.enum(["tape", "disk", "cdRom", "dvd"]),
  writability: z.enum(["rewritable", "writeOnce", "readOnly"]),
  sides: z.int().min(1).max(MOST_SIDES).default(1),
  code: z.int().min(0).default(0),
  densityCodes: z.array(z.int().min(0).max(HIGHEST_BYTE)).default([]),
  drives: z.strictObject({
    family: z.string().min(1),
    readBy: generations,
    writtenBy: generations,
  }).nullable().default(null),
});

const builtInRow = z.strictObject({ name, suffixes });
const namedRow = z.object({ name });
const wholeFile = z.strictObject({ types: z.array(z.unknown()) });

/** A row that adds a media type. */
export type AddedRow = z.output<typeof addedRow>;
/** A row that sets the suffixes of a type that is built in. */
export type BuiltInRow = z.output<typeof builtInRow>;

/** What was read, or what is wrong with it. */
export type Reading<Value> =
  | { readonly value: Value; readonly mistakes: null }
  | { readonly value: null; readonly mistakes: string };

function readBy<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
): Reading<Value> {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, mistakes: null };
  const mistakes = result.error.issues.map((issue) => {
    const where = issue.path.map(String).join(".");
    return where === "" ? issue.message : `"${where}" ${issue.message}`;
  });
  return { value: null, mistakes: mistakes.join("; ") };
}

/** Reads the file as a whole; its rows, as they are. */
export function readTypesFile(
  value: unknown,
): Reading<{ readonly types: readonly unknown[] }> {
  return readBy(wholeFile, value);
}

/** Reads no more than the name of a row. */
export function readRowName(
  value: unknown,
): Reading<{ readonly name: string }> {
  return readBy(namedRow, value);
}

/** Reads a row that sets the suffixes of a type that is built in. */
export function readBuiltInRow(value: unknown): Reading<BuiltInRow> {
  return readBy(builtInRow, value);
}

/** Reads a row that adds a type. */
export function readAddedRow(value: unknown): Reading<AddedRow> {
  return readBy(addedRow, value);
}
