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
import { attributeGet, attributeSet } from "./src/cli/attributes.ts";
import { dbCheck, dbRebuild } from "./src/cli/db_care.ts";
import { dbExport, dbImport } from "./src/cli/db_copies.ts";
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
import {
  mediaComplete,
  mediaDecommission,
  mediaDelete,
  mediaList,
  mediaMove,
} from "./src/cli/media_commands.ts";
import { mount } from "./src/cli/mount.ts";
import { poolDelete, poolMove, poolShow } from "./src/cli/pool_commands.ts";
import { operatorList } from "./src/cli/operator_list.ts";
import {
  operatorAck,
  operatorRefuse,
  operatorSatisfy,
} from "./src/cli/operator_settle.ts";
import { operatorShow } from "./src/cli/operator_show.ts";
import { operatorSubmit } from "./src/cli/operator_submit.ts";
import { poolCreate } from "./src/cli/pool_create.ts";
import { poolList } from "./src/cli/pool_list.ts";
import { poolSet } from "./src/cli/pool_set.ts";
import { serve } from "./src/cli/serve.ts";
import { status } from "./src/cli/status.ts";
import { disable, enable } from "./src/cli/switching.ts";
import { typeAdd, typeChange, typeDelete } from "./src/cli/type_changes.ts";
import { typeList, typeShow } from "./src/cli/type_list.ts";
import { version } from "./src/cli/version.ts";
import { view } from "./src/cli/view.ts";
import { watch } from "./src/cli/watch.ts";

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
  poolShow,
  poolSet,
  poolMove,
  poolDelete,
  mediaList,
  mediaComplete,
  mediaDecommission,
  mediaMove,
  mediaDelete,
  typeList,
  typeShow,
  typeAdd,
  typeDelete,
  typeChange,
  attributeGet,
  attributeSet,
  enable,
  disable,
  operatorList,
  operatorShow,
  operatorSubmit,
  operatorAck,
  operatorSatisfy,
  operatorRefuse,
  dbExport,
  dbImport,
  dbCheck,
  dbRebuild,
  watch,
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
