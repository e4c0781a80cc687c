/**
 * Finds the subcommand that words name.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "./usage_error.ts";

/** Finds the subcommand a command line is for, by its first word or two. */
export function findCommand(
  words: readonly string[],
  commands: readonly Command[],
): { command: Command; taken: number } | null {
  for (const taken of [2, 1]) {
    if (words.length < taken) continue;
    const name = words.slice(0, taken).join(" ");
    const command = commands.find((each) => each.name === name);
    if (command !== undefined) return { command, taken };
  }
  return null;
}

/** The subcommands of a group, such as those whose names begin with `pool`. */
export function groupOf(
  word: string,
  commands: readonly Command[],
): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `));
}

/** The error of a word that is no subcommand. */
export function unknownCommand(
  words: readonly string[],
  commands: readonly Command[],
): UsageError {
  const [word = "", second] = words;
  const group = groupOf(word, commands);
  if (group.length === 0) {
    const known = commands.flatMap(({ name }) => [name, name.split(" ")[0]])
      .filter((name) => name !== undefined);
    return new UsageError(
      `Unknown command "${word}"`,
      didYouMean(word, [...new Set(known)]) || 'See "rsm help"',
    );
  }
  const names = group.map(({ name }) => name.slice(word.length + 1));
  return new UsageError(
    second === undefined
      ? `"rsm ${word}" needs one more word`
      : `Unknown command "${word} ${second}"`,
    didYouMean(second ?? "", names) || `It is one of: ${names.join(", ")}`,
  );
}
