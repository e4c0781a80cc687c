/**
 * `rsm acl`: who may do what to pools, libraries and the computer.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { AccessChange, AccessEntry, ObjectAccess } from "../model/mod.ts";
import {
  granted,
  inOrder,
  readEntry,
  readRights,
  revoked,
} from "./access_entries.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand } from "./grammar.ts";
import { resolveSecurable, SECURABLE } from "./resolve_securable.ts";
import { type Column, drawTable } from "./table.ts";
import { UsageError } from "./usage_error.ts";

const WHO: Operand = {
  name: "WHO",
  summary: "user:NAME, group:NAME, token:NAME, everyone or administrators",
};
const RIGHTS: Operand = {
  name: "RIGHTS",
  summary: "Rights with commas between them, such as use,control; or all",
};

const DETAILS = [
  "USE is to look and to mount, CONTROL to allocate and to operate, MODIFY to change and to delete; readControl and writeDac are to read and to change the list itself. The first entry that is about a caller and a right decides; where there is none, the caller has not the right. Administrators (root, the service's user, the members of group rsm) may do everything, and the owner may always change the list.",
];

const COLUMNS: readonly Column<AccessEntry>[] = [
  {
    heading: "ENTRY",
    cell: ({ allow = true }) => allow ? "allow" : "deny",
  },
  { heading: "WHO", cell: ({ who }) => who, whole: true },
  { heading: "RIGHTS", cell: ({ rights }) => rights.join(",") },
  {
    heading: "FROM",
    cell: ({ inherited }) => inherited ? "the pool above" : "",
  },
];

/** Shows who may do what. */
export const aclShow: Command = {
  name: "acl show",
  summary: "Show who may do what to a pool, a library or the computer",
  details: DETAILS,
  operands: [SECURABLE],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm acl show backup", what: "Show it for a pool" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(SECURABLE.name);
    const { access, object } = await withSession(
      context,
      args,
      async (session) => {
        const object = await resolveSecurable(session, word);
        return { object, access: await session.access(object.id) };
      },
    );
    if (output.json) return output.value({ object: object.id, access });
    const { entries, isDefault, owner } = access;
    const heading = `Owner  ${owner}${
      isDefault ? " (nobody has set this list)" : ""
    }`;
    const table = drawTable(entries, COLUMNS, {
      style: output.style,
      ...output.tableWidth,
    });
    output.data([heading, ...entries.length === 0 ? [] : table].join("\n"));
  },
};

/** Changes the list of the object that a command line names. */
async function change(
  context: Context,
  args: Arguments,
  what: (access: ObjectAccess, session: Session) => AccessChange,
): Promise<void> {
  const { output } = context;
  const word = args.required(SECURABLE.name);
  const { access, name } = await withSession(context, args, async (session) => {
    const { id, name } = await resolveSecurable(session, word);
    const before = await session.access(id);
    await session.setAccess(id, what(before, session));
    return { name, access: await session.access(id) };
  });
  if (output.json) return output.value({ access });
  output.words(`Set who may do what to ${name}`);
}

/** Gives or denies rights. */
export const aclGrant: Command = {
  name: "acl grant",
  summary: "Give rights on a pool, a library or the computer, or deny them",
  details: DETAILS,
  operands: [SECURABLE, WHO, RIGHTS],
  options: [
    { name: "deny", summary: "Deny the rights, also to whose group has them" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm acl grant backup user:root use,control",
      what: "Let a user allocate and mount media of a pool",
    },
    {
      line: "rsm acl grant backup everyone modify --deny",
      what: "Let nobody but administrators change a pool",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const who = args.required(WHO.name);
    const rights = readRights(args.required(RIGHTS.name));
    await change(context, args, ({ entries }) => ({
      entries: granted(entries, who, rights, !args.flag("deny")),
    }));
  },
};

/** Takes entries out. */
export const aclRevoke: Command = {
  name: "acl revoke",
  summary: "Take someone's entries out of the list of an object",
  details: DETAILS,
  operands: [SECURABLE, WHO, { ...RIGHTS, optional: true }],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm acl revoke computer everyone use",
    what: "Let nobody in who has no entry of his own",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const who = args.required(WHO.name);
    const rights = readRights(args.operand(RIGHTS.name) ?? "all");
    await change(context, args, ({ entries }) => ({
      entries: revoked(entries, who, rights),
    }));
  },
};

/** Sets the whole list. */
export const aclSet: Command = {
  name: "acl set",
  summary: "Set the owner, or all entries of an object's list",
  details: DETAILS,
  operands: [SECURABLE],
  options: [
    {
      name: "entry",
      value: "WHO=RIGHTS",
      repeatable: true,
      summary: "An entry, which denies with ! before it; may be repeated",
    },
    { name: "owner", value: "WHO", summary: "The new owner" },
    ...CLIENT_OPTIONS,
  ],
  examples: [{
    line: "rsm acl set backup --entry user:root=all --entry everyone=use",
    what: "Say anew who may do what to a pool",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const entries = args.list("entry").map(readEntry);
    const owner = args.text("owner");
    if (entries.length === 0 && owner === undefined) {
      throw new UsageError(
        "There is nothing to set",
        'Give "--entry" or "--owner"',
      );
    }
    await change(context, args, () => ({
      ...entries.length === 0 ? {} : { entries: inOrder(entries) },
      ...owner === undefined ? {} : { owner },
    }));
  },
};
