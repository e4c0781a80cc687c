/**
 * What a subcommand is: one table row each, from which come the parsing of
 * its arguments, its help and the suggestions for what was mistyped.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Grammar, ParseArguments } from "./grammar.ts";
import type { Io } from "./io.ts";
import type { Output } from "./output.ts";

/** A command line that works, shown first in the help. */
export interface Example {
  /** The whole line, as typed in a shell. */
  readonly line: string;
  /** What it does. */
  readonly what: string;
}

/** A subcommand of `rsm`. */
export interface Command extends Grammar {
  /** What it does, in a few words. */
  readonly summary: string;
  /** More to know, in paragraphs. */
  readonly details?: readonly string[];
  readonly examples: readonly Example[];
  /** Does the work; resolves to the exit status, 0 where there is none. */
  run(context: Context, args: Arguments): Promise<number | void>;
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
