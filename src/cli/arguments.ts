/**
 * Reads the arguments of a subcommand by its table, and hands them out by
 * name. What the table does not know is refused here.
 *
 * @module
 */

import { INFINITE, LIMITS } from "../model/limits.ts";
import type {
  Grammar,
  Operand,
  Option,
  ParseArguments,
  ParseTable,
} from "./grammar.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";

/** The options that every subcommand has. */
export const COMMON_OPTIONS: readonly Option[] = [
  { name: "json", summary: "Print JSON, in a shape that stays" },
  { name: "help", short: "h", summary: "Show this help" },
];

/** The arguments of one call, as read. */
export class Arguments {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #operands: ReadonlyMap<string, string>;
  readonly #command: Grammar;

  /** Takes what {@linkcode readArguments} found. */
  constructor(
    command: Grammar,
    values: ReadonlyMap<string, unknown>,
    operands: ReadonlyMap<string, string>,
  ) {
    this.#command = command;
    this.#values = values;
    this.#operands = operands;
  }

  /** Whether a switch was given. */
  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  /** The value of an option; undefined where it was not given. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === "string" ? value : undefined;
  }

  /** All values of an option that may be repeated. */
  list(name: string): readonly string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** A word beside the options; undefined where it was left out. */
  operand(name: string): string | undefined {
    return this.#operands.get(name);
  }

  /** A word beside the options that the table demands. */
  required(name: string): string {
    const value = this.#operands.get(name);
    if (value === undefined) throw missing(this.#command, name);
    return value;
  }

  /** Seconds as milliseconds; waiting for ever where the option was not given. */
  waitMs(name: string): number {
    const text = this.text(name);
    if (text === undefined) return INFINITE;
    const milliseconds = Math.round(Number(text) * 1000);
    const valid = /^\d+(\.\d+)?$/.test(text) &&
      milliseconds <= LIMITS.longestWaitMs;
    if (!valid) {
      throw new UsageError(
        `Cannot read "--${name}": "${text}" is no number of seconds`,
        `Give a number from 0 to ${
          Math.floor(LIMITS.longestWaitMs / 1000)
        }, or leave the option out to wait for ever`,
      );
    }
    return milliseconds;
  }
}

/** How to get at the help of a subcommand. */
export function seeHelp(command: Grammar): string {
  return `See "rsm ${command.name} --help"`;
}

function missing(command: Grammar, name: string): UsageError {
  return new UsageError(
    `Cannot run "rsm ${command.name}": ${name} is missing`,
    seeHelp(command),
  );
}

function parseTable(
  command: Grammar,
  options: readonly Option[],
): ParseTable {
  const table: ParseTable = {
    string: ["_"],
    boolean: [],
    collect: [],
    alias: {},
    unknown(arg, key) {
      if (key === undefined) return true;
      const known = options.flatMap((each) => [
        each.name,
        ...each.aliases ?? [],
      ]);
      throw new UsageError(
        `Unknown option "${arg}" of "rsm ${command.name}"`,
        didYouMean(key, known, "--") || seeHelp(command),
      );
    },
  };
  for (const option of options) {
    (option.value === undefined ? table.boolean : table.string)
      .push(option.name);
    if (option.repeatable) table.collect.push(option.name);
    const others = [...option.aliases ?? []];
    if (option.short !== undefined) others.push(option.short);
    if (others.length > 0) table.alias[option.name] = others;
  }
  return table;
}

function checkValue(command: Grammar, option: Option, value: unknown): void {
  if (value === undefined || option.value === undefined) return;
  for (const text of Array.isArray(value) ? value : [value]) {
    if (text === "") {
      throw new UsageError(
        `Option "--${option.name}" needs a value: ${option.value}`,
        `A value that begins with a hyphen is written "--${option.name}=-..."`,
      );
    }
    if (option.choices !== undefined && !option.choices.includes(text)) {
      throw new UsageError(
        `Option "--${option.name}" does not take "${text}"`,
        didYouMean(text, option.choices) ||
          `It takes one of: ${option.choices.join(", ")}. ${seeHelp(command)}`,
      );
    }
  }
}

function readOperands(
  command: Grammar,
  words: readonly string[],
): Map<string, string> {
  const operands = new Map<string, string>();
  command.operands.forEach((operand: Operand, index) => {
    const word = words[index];
    if (word !== undefined && word !== "") operands.set(operand.name, word);
    else if (!operand.optional) throw missing(command, operand.name);
  });
  const extra = words[command.operands.length];
  if (extra !== undefined) {
    throw new UsageError(
      `Too many words for "rsm ${command.name}": "${extra}"`,
      `Put words with blanks in quotes. ${seeHelp(command)}`,
    );
  }
  return operands;
}

/** Reads the arguments of a subcommand; with `--help`, missing words do not matter. */
export function readArguments(
  command: Grammar,
  words: readonly string[],
  parse: ParseArguments,
): Arguments {
  const options = [...command.options, ...COMMON_OPTIONS];
  const parsed: object = parse(words, parseTable(command, options));
  const values = new Map<string, unknown>(Object.entries(parsed));
  for (const option of options) {
    checkValue(command, option, values.get(option.name));
  }
  const rest: unknown = values.get("_");
  const operands = values.get("help") === true
    ? new Map<string, string>()
    : readOperands(command, Array.isArray(rest) ? rest.map(String) : []);
  return new Arguments(command, values, operands);
}
