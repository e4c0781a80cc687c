/**
 * Runs one command line from its words to its exit status.
 *
 * @module
 */

import { readArguments } from "./arguments.ts";
import type { Command, Context, Program } from "./command.ts";
import { EXIT } from "./exit_codes.ts";
import { findCommand, groupOf, unknownCommand } from "./find_command.ts";
import { commandHelp, commandList, programHelp } from "./help_text.ts";
import type { Io, StopSignal } from "./io.ts";
import { fromOldSwitches } from "./old_switches.ts";
import { Output } from "./output.ts";
import { reportError } from "./report_error.ts";
import { UsageError } from "./usage_error.ts";

const STOPPED: Readonly<Record<StopSignal, number>> = {
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
};

/** A subcommand and the words that are left for it. */
interface Call {
  readonly command: Command;
  readonly words: readonly string[];
}

function readCall(argv: readonly string[], program: Program): Call {
  const at = argv.findIndex((word) => !word.startsWith("-"));
  const before = argv.slice(0, at);
  const words = argv.slice(at);
  const found = findCommand(words, program.commands);
  if (found === null) throw unknownCommand(words, program.commands);
  return {
    command: found.command,
    words: [...before, ...words.slice(found.taken)],
  };
}

/** A command line of nothing but options: it asks for help or the version, or is not understood. */
function withoutCommand(argv: readonly string[], program: Program): Call {
  const name = argv.includes("--version") || argv.includes("-V")
    ? "version"
    : "help";
  const command = program.commands.find((each) => each.name === name);
  const known = ["--version", "-V", "--help", "-h", "--json"];
  const strange = argv.find((word) => !known.includes(word));
  if (command === undefined || strange !== undefined) {
    throw new UsageError(
      `Unknown option "${strange ?? name}" of "rsm"`,
      'Options of a command come after it. See "rsm help"',
    );
  }
  return { command, words: argv.includes("--json") ? ["--json"] : [] };
}

async function runCall(call: Call, context: Context): Promise<number> {
  const { command } = call;
  const { output, program } = context;
  const args = readArguments(command, call.words, program.parse);
  if (!args.flag("help")) return await command.run(context, args) ?? EXIT.ok;
  output.data(
    commandHelp(command, { style: output.style, columns: output.columns }),
  );
  return EXIT.ok;
}

async function dispatch(
  typed: readonly string[],
  context: Context,
): Promise<number> {
  const argv = fromOldSwitches(typed);
  const { output, program } = context;
  const layout = { style: output.wordStyle, columns: output.columns };
  if (argv.length === 0) {
    output.words(programHelp(program, layout));
    return EXIT.usage;
  }
  const words = argv.filter((word) => !word.startsWith("-"));
  if (words.length === 0) {
    return await runCall(withoutCommand(argv, program), context);
  }
  const group = groupOf(words[0] ?? "", program.commands);
  const asksHelp = argv.includes("--help") || argv.includes("-h");
  if (group.length > 0 && words.length === 1 && asksHelp) {
    output.data(
      commandList(group, { ...layout, style: output.style }).join("\n"),
    );
    return EXIT.ok;
  }
  return await runCall(readCall(argv, program), context);
}

/**
 * Runs a command line.
 *
 * The first Ctrl-C or SIGTERM cancels what waits; a second one ends the
 * process at once.
 *
 * @param argv The words after `rsm`.
 * @returns The exit status.
 */
export async function main(
  argv: readonly string[],
  program: Program,
  io: Io,
): Promise<number> {
  const stop = new AbortController();
  let stoppedBy: StopSignal | null = null;
  const release = io.onStop((signal) => {
    if (stoppedBy !== null) io.exit(STOPPED[signal]);
    stoppedBy = signal;
    stop.abort();
  });
  const output = new Output(io, argv.includes("--json"));
  try {
    return await dispatch(argv, { program, io, output, signal: stop.signal });
  } catch (error) {
    // The reader of the data went away, as `head` does: nothing is wrong.
    if (error instanceof Deno.errors.BrokenPipe) return EXIT.ok;
    if (stoppedBy === null) return reportError(error, output, io);
    output.words("rsm: Interrupted");
    return STOPPED[stoppedBy];
  } finally {
    release();
  }
}
