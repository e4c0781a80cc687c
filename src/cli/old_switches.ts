/**
 * Command lines as the documented `rsm.exe` takes them: switches with a slash,
 * their values behind them without a blank. They are written anew with the
 * options of here, so that both kinds do the same.
 *
 * @module
 */

import { UsageError } from "./usage_error.ts";

/** What a switch becomes: options, and words that stand by themselves. */
interface Rewritten {
  readonly options?: readonly string[];
  readonly words?: readonly string[];
}

type Rewrite = (value: string) => Rewritten;

/** An old subcommand. */
interface OldCommand {
  /** What it is called here, in one word or two. */
  readonly now: readonly string[];
  /** Its switches, without the slash. */
  readonly switches: Readonly<Record<string, Rewrite>>;
  /** What it is without one of some options. */
  readonly otherwise?: { readonly all: RegExp; readonly option: string };
}

const word: Rewrite = (value) => ({ words: [value] });
const nothing: Rewrite = () => ({});
const flag = (name: string): Rewrite => () => ({ options: [`--${name}`] });
const option = (name: string): Rewrite => (value) => ({
  options: [`--${name}=${value}`],
});

/** Milliseconds as `--wait` takes them. */
const time: Rewrite = (value) => {
  if (!/^\d+$/.test(value)) {
    throw new UsageError(
      `Cannot read "/t${value}": it is no number of milliseconds`,
      "Give one without a blank, such as /t5000",
    );
  }
  return { options: [`--wait=${Number(value) / 1000}`] };
};

/** A member of a table, and nothing that every object has. */
function own<Value>(
  table: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function oneOf(
  name: string,
  values: Readonly<Record<string, Rewritten>>,
): Rewrite {
  return (value) => {
    const found = own(values, value.toLowerCase());
    if (found !== undefined) return found;
    throw new UsageError(
      `Switch "/${name}" does not take "${value}"`,
      `It takes one of: ${Object.keys(values).join(", ")}`,
    );
  };
}

function refused(reason: string): Rewrite {
  return () => {
    throw new UsageError("That switch has no equal here", reason);
  };
}

const MEDIUM = { lg: word, lf: word, pg: word, pf: word };
/** An inventory also sees what a library does not tell of. */
const inventoried: Rewrite = (value) => ({
  words: ["inventory", value],
  options: ["--method=fast"],
});
const looked = (type: string): Rewrite => (value) => ({
  words: ["refresh", type, value],
});
const NO_WAIT = { options: ["--wait=0"] };

/** What becomes of each old subcommand; docs/old_commands.md shows it. */
const OLD_COMMANDS: Readonly<Record<string, OldCommand>> = {
  allocate: {
    now: ["allocate"],
    switches: {
      m: option("pool"),
      o: oneOf("o", {
        errunavail: NO_WAIT,
        new: { options: ["--new"] },
        next: {},
      }),
      lg: option("next"),
      lf: option("next"),
      pg: option("side"),
      pf: option("side"),
      ln: option("name"),
      ld: option("description"),
      pn: refused('Name the side with "rsm rename side"'),
      pd: refused('Describe the side with "rsm rename side"'),
      t: time,
      b: nothing,
    },
  },
  createpool: {
    now: ["createpool"],
    switches: {
      m: word,
      a: oneOf("a", {
        always: { options: ["--if-missing"] },
        existing: { options: ["--existing"] },
        new: {},
      }),
      tg: option("type"),
      tf: option("type"),
      d: flag("draw"),
      r: flag("return"),
    },
    otherwise: { all: /^--type=/, option: "--pools" },
  },
  deallocate: { now: ["deallocate"], switches: MEDIUM },
  deletepool: { now: ["deletepool"], switches: { m: word } },
  dismount: {
    now: ["dismount"],
    switches: {
      ...MEDIUM,
      o: oneOf("o", { deferred: { options: ["--deferred"] } }),
    },
  },
  eject: {
    now: ["eject"],
    switches: {
      pg: word,
      pf: word,
      o: option("stop"),
      a: oneOf("a", {
        start: {},
        stop: {},
        queue: { options: ["--queue"] },
      }),
      b: nothing,
    },
    otherwise: { all: /^--(?:stop=|queue$)/, option: "--no-wait" },
  },
  freemedia: { now: ["freemedia"], switches: MEDIUM },
  inventory: {
    now: ["inventory"],
    switches: {
      lg: word,
      lf: word,
      a: oneOf("a", {
        full: { options: ["--method=omid", "--queue"] },
        fast: { options: ["--method=fast", "--queue"] },
        default: { options: ["--method=default", "--queue"] },
        none: { options: ["--method=none", "--queue"] },
        stop: { options: ["--method=stop"] },
      }),
    },
  },
  mount: {
    now: ["mount"],
    switches: {
      ...MEDIUM,
      dg: option("drive"),
      df: option("drive"),
      o: oneOf("o", {
        errunavail: NO_WAIT,
        drive: {},
        read: { options: ["--read"] },
        write: { options: ["--write"] },
        offline: NO_WAIT,
      }),
      r: option("priority"),
      t: time,
    },
  },
  refresh: {
    now: [],
    switches: {
      lg: inventoried,
      lf: inventoried,
      pg: looked("cartridge"),
      pf: looked("cartridge"),
      tg: looked("media-type"),
    },
  },
  view: {
    now: ["view"],
    switches: {
      t: word,
      cg: word,
      guiddisplay: nothing,
      b: refused('Read the ids from "rsm view TYPE --json"'),
    },
  },
};

/** Old subcommands that nothing here does, with what to do instead. */
const NOT_HERE: Readonly<Record<string, string>> = {
  ejectatapi: 'ATAPI changers are no libraries of RSM; see "rsm doctor"',
  erase:
    'Mount the medium and erase it with "mt erase"; "rsm prepare" writes a free label',
};

/** A switch that was found in its table. */
interface Found {
  /** Where it stands in the table, which is the order of the words. */
  readonly order: number;
  readonly rewrite: Rewrite;
  readonly value: string;
}

function find({ switches }: OldCommand, text: string): Found | null {
  if (!text.startsWith("/")) return null;
  const body = text.slice(1);
  // No switch of a subcommand begins like another one of it.
  const names = Object.keys(switches);
  const order = names.findIndex((name) => body.toLowerCase().startsWith(name));
  const name = names[order] ?? "";
  const rewrite = switches[name];
  if (rewrite === undefined) return null;
  return { order, rewrite, value: body.slice(name.length) };
}

function rewrite(
  old: OldCommand,
  found: readonly Found[],
  common: readonly string[],
): readonly string[] {
  const parts = found.toSorted((one, other) => one.order - other.order)
    .map(({ rewrite, value }) => rewrite(value));
  const options = [...common, ...parts.flatMap(({ options }) => options ?? [])];
  const { otherwise } = old;
  if (otherwise && !options.some((option) => otherwise.all.test(option))) {
    options.push(otherwise.option);
  }
  const words = parts.flatMap(({ words }) => words ?? []);
  return [...old.now, ...new Set(options), ...words];
}

/**
 * Writes an old command line anew; any other stays as it is. Old ones consist
 * of switches and nothing else, but for options with two hyphens.
 */
export function fromOldSwitches(argv: readonly string[]): readonly string[] {
  const [first = "", ...rest] = argv;
  const name = first.toLowerCase();
  const given = rest.filter((text) => !text.startsWith("--"));
  const old = own(OLD_COMMANDS, name);
  const found = given.map((text) => old ? find(old, text) : null);
  if (old === undefined || found.every((each) => each === null)) {
    const advice = own(NOT_HERE, name);
    if (advice === undefined) return argv;
    throw new UsageError(`There is no "rsm ${name}" here`, advice);
  }
  const unknown = given.find((_, index) => found[index] === null);
  if (unknown !== undefined) {
    throw new UsageError(
      `Unknown switch "${unknown}" of "rsm ${name}"`,
      `Old switches are ${
        Object.keys(old.switches).map((one) => `/${one}`).join(", ")
      }, and go with no other words`,
    );
  }
  return rewrite(
    old,
    found.filter((each) => each !== null),
    rest.filter((text) => text.startsWith("--")),
  );
}
