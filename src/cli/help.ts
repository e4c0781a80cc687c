/**
 * `rsm help`.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { exitStatuses } from "./exit_codes.ts";
import {
  commandHelp,
  commandList,
  exitCodesHelp,
  programHelp,
} from "./help_text.ts";
import { findCommand, groupOf, unknownCommand } from "./find_command.ts";

function tableOf({ run: _run, ...row }: Command): Omit<Command, "run"> {
  return row;
}

function helpOf(words: readonly string[], context: Context): void {
  const { output, program } = context;
  const layout = { style: output.style, columns: output.columns };
  const found = findCommand(words, program.commands);
  const group = groupOf(words[0] ?? "", program.commands);
  if (found?.taken === words.length) {
    if (output.json) output.value(tableOf(found.command));
    else output.data(commandHelp(found.command, layout));
  } else if (words.length === 1 && group.length > 0) {
    if (output.json) output.value({ commands: group.map(tableOf) });
    else output.data(commandList(group, layout).join("\n"));
  } else {
    throw unknownCommand(words, program.commands);
  }
}

/** Shows help. */
export const help: Command = {
  name: "help",
  summary: "Show help: of rsm, of a command, or on exit-codes",
  operands: [
    { name: "COMMAND", optional: true, summary: "A command, or exit-codes" },
    { name: "SECOND", optional: true, summary: "Its second word" },
  ],
  options: [],
  examples: [
    { line: "rsm help mount", what: "Show the help of one command" },
    { line: "rsm help exit-codes", what: "Show what each exit status means" },
  ],
  run(context: Context, args: Arguments): Promise<void> {
    const { output, program } = context;
    const layout = { style: output.style, columns: output.columns };
    const words = [args.operand("COMMAND"), args.operand("SECOND")]
      .filter((word) => word !== undefined);
    if (words.length === 1 && words[0] === "exit-codes") {
      if (output.json) output.value({ exitStatuses: exitStatuses() });
      else output.data(exitCodesHelp(layout));
    } else if (words.length > 0) {
      helpOf(words, context);
    } else if (output.json) {
      output.value({
        version: program.version,
        commands: program.commands.map(tableOf),
      });
    } else {
      output.data(programHelp(program, layout));
    }
    return Promise.resolve();
  },
};
