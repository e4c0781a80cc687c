/**
 * What a subcommand takes on its command line.
 *
 * @module
 */

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

/** What a subcommand is called and takes. */
export interface Grammar {
  /** One word, or two for a group, such as `pool create`. */
  readonly name: string;
  readonly operands: readonly Operand[];
  readonly options: readonly Option[];
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
