/**
 * The `rsm` command: runs the service, shows libraries, allocates and mounts
 * media.
 *
 * ```sh
 * deno run -A jsr:@ntms/rsm/cli demo
 * ```
 *
 * Each subcommand is one file of `src/cli`; this is the table of them.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import packageJson from "./deno.json" with { type: "json" };
import { allocate } from "./src/cli/allocate.ts";
import type { Command, Program } from "./src/cli/command.ts";
import type { ParseArguments } from "./src/cli/grammar.ts";
import { deallocate } from "./src/cli/deallocate.ts";
import { demo } from "./src/cli/demo.ts";
import { dismount } from "./src/cli/dismount.ts";
import { doctor } from "./src/cli/doctor.ts";
import { help } from "./src/cli/help.ts";
import { inventory } from "./src/cli/inventory.ts";
import {
  type Clock,
  type Io,
  processIo,
  type StopSignal,
  type Timer,
} from "./src/cli/io.ts";
import { main } from "./src/cli/main.ts";
import { mount } from "./src/cli/mount.ts";
import { poolCreate } from "./src/cli/pool_create.ts";
import { poolList } from "./src/cli/pool_list.ts";
import { serve } from "./src/cli/serve.ts";
import { status } from "./src/cli/status.ts";
import { version } from "./src/cli/version.ts";
import { view } from "./src/cli/view.ts";

const COMMANDS: readonly Command[] = [
  demo,
  doctor,
  serve,
  status,
  inventory,
  allocate,
  mount,
  dismount,
  deallocate,
  poolCreate,
  poolList,
  view,
  help,
  version,
];

const parse: ParseArguments = (args, table) => parseArgs([...args], table);

const PROGRAM: Program = {
  version: packageJson.version,
  commands: COMMANDS,
  parse,
};

export type { Clock, Io, StopSignal, Timer };

/**
 * Runs one command line of `rsm`.
 *
 * @param argv The words after `rsm`.
 * @param io The outside world it works in; without it, that of this process.
 * @returns The exit status; `rsm help exit-codes` lists them.
 */
export function rsm(
  argv: readonly string[],
  io: Io = processIo(),
): Promise<number> {
  return main(argv, PROGRAM, io);
}

if (import.meta.main) Deno.exit(await rsm(Deno.args));
