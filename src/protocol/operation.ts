/**
 * What is written down of each operation.
 *
 * @module
 */

import type { z } from "zod";
import type { NtmsErrorCode } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "./wire.ts";

/** One operation. */
export interface Operation<Name extends OperationName> {
  /** What it does, in one sentence. */
  readonly summary: string;
  /** The version of the interface it came with. */
  readonly since: number;
  /** Whether it is called in a session. */
  readonly session: boolean;
  /** Whether it can leave something behind that outlasts its session. */
  readonly changes: boolean;
  readonly input: z.ZodType<InputOf<Name>>;
  readonly output: z.ZodType<OutputOf<Name>>;
  /** The codes it may fail with, beside those of every operation. */
  readonly errors: readonly NtmsErrorCode[];
}

/** Codes of operations that write to the catalogue. */
export const CATALOGUE_ERRORS: readonly NtmsErrorCode[] = [
  "ERROR_DATABASE_FAILURE",
  "ERROR_DATABASE_FULL",
];
