/**
 * What a subcommand is: one table row each, from which come the parsing of
 * its arguments, its help and the suggestions for what was mistyped.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Io } from "./io.ts";
import type { Output } from "./output.ts";

/** An option of a subcommand. */
export interface Option {
  /** Its name, without the two hyphens. */
  readonly name: string;
  /** A one-letter name. */
  readonly short?: string;
  /** Further names that mean the same. */
  readonly aliases?: readonly string[];
  /** What its value is called in the help; absent for a switch. */
  readonly value?: string;
  /** The values it takes; absent where any will do. */
  readonly choices?: readonly string[];
  /** Whether it may be given more than once. @default {false} */
  readonly repeatable?: boolean;
  /** What it does, in a few words. */
  readonly summary: string;
}

/** A word that a subcommand takes beside its options. */
export interface Operand {
  /** What it is called in the help, in capitals. */
  readonly name: string;
  /** Whether it may be left out. @default {false} */
  readonly optional?: boolean;
  /** What it stands for. */
  readonly summary: string;
}

/** A command line that works, shown first in the help. */
export interface Example {
  /** The whole line, as typed in a shell. */
  readonly line: string;
  /** What it does. */
  readonly what: string;
}

/** A subcommand of `rsm`. */
export interface Command {
  /** One word, or two for a group, such as `pool create`. */
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** More to know, in paragraphs. */
  readonly details?: readonly string[];
  readonly operands: readonly Operand[];
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  /** Does the work; resolves to the exit status, 0 where there is none. */
  run(context: Context, args: Arguments): Promise<number | void>;
}

/** Splits a command line; the shape that `parseArgs` of `@std/cli` has. */
export type ParseArguments = (
  args: readonly string[],
  options: ParseTable,
) => object;

/** What is to be recognised on a command line. */
export interface ParseTable {
  readonly string: string[];
  readonly boolean: string[];
  readonly collect: string[];
  readonly alias: Record<string, string[]>;
  readonly unknown: (arg: string, key?: string) => boolean;
}

/** The program that a command line is for. */
export interface Program {
  readonly version: string;
  /** All subcommands, in the order the help shows them. */
  readonly commands: readonly Command[];
  readonly parse: ParseArguments;
}

/** What a running subcommand has at hand. */
export interface Context {
  readonly program: Program;
  readonly io: Io;
  readonly output: Output;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}
