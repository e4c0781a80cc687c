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
import { aclGrant, aclRevoke, aclSet, aclShow } from "./src/cli/acl.ts";
import { allocate } from "./src/cli/allocate.ts";
import {
  clean,
  cleanerEject,
  cleanerInject,
  cleanerRelease,
  cleanerReserve,
} from "./src/cli/cleaning.ts";
import type { Command, Program } from "./src/cli/command.ts";
import type { ParseArguments } from "./src/cli/grammar.ts";
import { deallocate } from "./src/cli/deallocate.ts";
import { attributeGet, attributeSet } from "./src/cli/attributes.ts";
import { audit } from "./src/cli/audit.ts";
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
import { mediaCreate } from "./src/cli/media_create.ts";
import { mount } from "./src/cli/mount.ts";
import { mediaFree } from "./src/cli/media_free.ts";
import { OLD_NAMES } from "./src/cli/old_names.ts";
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
import { door, eject, inject } from "./src/cli/ports.ts";
import { rename } from "./src/cli/rename.ts";
import { queue } from "./src/cli/queue.ts";
import {
  queueCancel,
  queueOrder,
  queuePurge,
} from "./src/cli/queue_changes.ts";
import { serve } from "./src/cli/serve.ts";
import { status } from "./src/cli/status.ts";
import { identify, label, prepare } from "./src/cli/label_commands.ts";
import {
  driveDismount,
  driveEject,
  driveVolumes,
} from "./src/cli/drive_commands.ts";
import { driveDelete, libraryDelete, refresh } from "./src/cli/devices.ts";
import { librarySet } from "./src/cli/library_set.ts";
import { disable, enable } from "./src/cli/switching.ts";
import { tokenCreate, tokenList, tokenRevoke } from "./src/cli/tokens.ts";
import { typeAdd, typeChange, typeDelete } from "./src/cli/type_changes.ts";
import { typeList, typeShow } from "./src/cli/type_list.ts";
import { uiAdd, uiClear, uiList, uiRemove } from "./src/cli/ui_lists.ts";
import { uiTest } from "./src/cli/ui_test_command.ts";
import {
  virtualAlert,
  virtualDoor,
  virtualInsert,
  virtualRemove,
} from "./src/cli/virtual.ts";
import { virtualPlug, virtualUnplug } from "./src/cli/virtual_devices.ts";
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
  eject,
  inject,
  door,
  poolCreate,
  poolList,
  poolShow,
  poolSet,
  poolMove,
  poolDelete,
  mediaList,
  mediaCreate,
  mediaComplete,
  mediaDecommission,
  mediaMove,
  mediaFree,
  mediaDelete,
  typeList,
  typeShow,
  typeAdd,
  typeDelete,
  typeChange,
  attributeGet,
  attributeSet,
  librarySet,
  libraryDelete,
  driveDismount,
  driveEject,
  driveVolumes,
  driveDelete,
  refresh,
  clean,
  cleanerReserve,
  cleanerRelease,
  cleanerInject,
  cleanerEject,
  identify,
  prepare,
  label,
  enable,
  disable,
  operatorList,
  operatorShow,
  operatorSubmit,
  operatorAck,
  operatorSatisfy,
  operatorRefuse,
  queue,
  queueCancel,
  queueOrder,
  queuePurge,
  uiList,
  uiAdd,
  uiRemove,
  uiClear,
  uiTest,
  dbExport,
  dbImport,
  dbCheck,
  dbRebuild,
  virtualInsert,
  virtualRemove,
  virtualDoor,
  virtualAlert,
  virtualPlug,
  virtualUnplug,
  watch,
  aclShow,
  aclGrant,
  aclRevoke,
  aclSet,
  audit,
  tokenCreate,
  tokenList,
  tokenRevoke,
  rename,
  view,
  ...OLD_NAMES,
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
