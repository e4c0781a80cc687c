/**
 * The subcommands of the documented `rsm.exe` that have another name here, by
 * their old names.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { mediaFree } from "./media_free.ts";
import { poolDelete } from "./pool_commands.ts";
import { poolCreate } from "./pool_create.ts";

function oldName(name: string, command: Command, example: string): Command {
  return {
    ...command,
    name,
    summary: `Old name of "rsm ${command.name}"`,
    examples: [{ line: example, what: command.summary }],
  };
}

/** Commands under their old names. */
export const OLD_NAMES: readonly Command[] = [
  oldName("createpool", poolCreate, "rsm createpool /mbackup /tfLTO-6 /d /r"),
  oldName("deletepool", poolDelete, "rsm deletepool /marchive"),
  oldName("freemedia", mediaFree, "rsm freemedia /lfmonday"),
];
