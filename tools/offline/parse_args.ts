/**
 * What `rsm` uses of `@std/cli/parse-args`, over `node:util`, for machines
 * that reach npm but not JSR. `make` selects it by import map.
 *
 * @module
 */
import { parseArgs as parseTokens, type ParseArgsConfig } from "node:util";

/** The options that `rsm` uses. */
export interface ParseOptions {
  /** Names that take a value; `_` keeps operands from turning into numbers. */
  string?: readonly string[];
  /** Names that take none. */
  boolean?: readonly string[];
  /** Names that may be repeated, and give an array. */
  collect?: readonly string[];
  /** Other names of a name. */
  alias?: Readonly<Record<string, readonly string[]>>;
  /** Called with each name that is not listed; `false` leaves it out. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Operands of this form become numbers, unless `string` names `_`. */
const NUMERIC = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/;

type Value = string | boolean | string[];
type Config = NonNullable<ParseArgsConfig["options"]>;

/**
 * A value never begins with a hyphen unless it follows `=`; `node:util` takes
 * the next argument whatever it is, so an option without a value is told so.
 */
function closeEmptyOptions(args: readonly string[], options: Config): string[] {
  const closed: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") return [...closed, ...args.slice(i)];
    const name = /^--?([^=-][^=]*)$/.exec(arg)?.[1];
    if (name === undefined || options[name]?.type !== "string") {
      closed.push(arg);
      continue;
    }
    const next = args[i + 1];
    if (next === undefined || (next.startsWith("-") && next !== "-")) {
      closed.push(`--${name}=`);
    } else {
      closed.push(`--${name}=${next}`);
      i++;
    }
  }
  return closed;
}

/** Splits a command line into options, by name, and operands, as `_`. */
export function parseArgs(
  args: readonly string[],
  options: ParseOptions = {},
): Record<string, unknown> & { _: (string | number)[] } {
  const config: Config = {};
  const canonical = new Map<string, string>();
  const namesOf = (name: string) => [name, ...options.alias?.[name] ?? []];
  const declare = (name: string, type: "string" | "boolean") => {
    for (const each of namesOf(name)) {
      canonical.set(each, name);
      config[each] = each.length === 1 ? { type, short: each } : { type };
    }
  };
  for (const name of options.boolean ?? []) declare(name, "boolean");
  for (const name of options.string ?? []) {
    if (name !== "_") declare(name, "string");
  }

  const values = new Map<string, Value>();
  for (const name of options.boolean ?? []) values.set(name, false);
  for (const name of options.collect ?? []) values.set(name, []);
  const operands: string[] = [];
  const { tokens } = parseTokens({
    args: closeEmptyOptions(args, config),
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const name = canonical.get(token.name);
    if (name === undefined) {
      const taken = options.unknown?.(token.rawName, token.name, token.value);
      if (taken !== false) values.set(token.name, token.value ?? true);
      continue;
    }
    const isText = config[name]?.type === "string";
    const value = isText ? token.value ?? "" : token.value !== "false";
    const list = values.get(name);
    if (Array.isArray(list)) list.push(String(value));
    else values.set(name, value);
  }
  const named: Record<string, unknown> = {};
  for (const [name, value] of values) {
    for (const each of namesOf(name)) named[each] = value;
  }
  const keep = options.string?.includes("_") ?? false;
  const _ = operands.map((word) =>
    keep || !NUMERIC.test(word) ? word : Number(word)
  );
  return Object.assign(named, { _ });
}
