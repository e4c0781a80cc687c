/**
 * `rsm token`: what programs on other computers show to be let in.
 *
 * @module
 */

import type { TokenFacts } from "../model/security.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand, Option } from "./grammar.ts";
import { type Column, drawTable } from "./table.ts";
import { UsageError } from "./usage_error.ts";

const NAME: Operand = { name: "NAME", summary: "Name of the token" };

const FILE: Option = {
  name: "file",
  value: "PATH",
  summary: "Write it to a new file for you alone, instead of showing it",
};

/** Opens a new file that its owner alone may read; before the token is made, so that none is made in vain. */
async function newFile(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const error = new UsageError(
      `Cannot write the token to ${path}: ${reason}`,
      "Name a file that is not there yet",
    );
    error.cause = cause;
    throw error;
  }
}

/** Makes a token. */
export const tokenCreate: Command = {
  name: "token create",
  summary: "Make a token, by which a program opens sessions over TCP",
  details: [
    'A token is shown once: the service keeps no more than its hash. A client takes it from RSM_TOKEN. Rights are given to it by "rsm acl grant OBJECT token:NAME RIGHTS".',
  ],
  operands: [],
  options: [
    { name: "name", value: "NAME", summary: "What to call it" },
    {
      name: "user",
      value: "NAME",
      summary: "Give it the rights of this user, too",
    },
    FILE,
    ...CLIENT_OPTIONS,
  ],
  examples: [{
    line: "rsm token create --name nightly --file nightly.token",
    what: "Make a token, and keep it in a file",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const name = args.text("name");
    const user = args.text("user");
    const path = args.text("file");
    if (name === undefined) {
      throw new UsageError("The token has no name", 'Give "--name"');
    }
    const make = () =>
      withSession(
        context,
        args,
        (session) =>
          session.tokens.create(name, user === undefined ? {} : { user }),
      );
    if (path === undefined) {
      const token = await make();
      if (output.json) return output.value({ token });
      output.words(`Made token ${name}; it is shown this once`);
      return output.data(token.secret);
    }
    const { sid } = await makeInto(path, make);
    if (output.json) return output.value({ token: { name, sid, file: path } });
    output.words(`Made token ${name}; it is in ${path}`);
  },
};

async function makeInto(
  path: string,
  make: () => Promise<{ readonly sid: string; readonly secret: string }>,
): Promise<{ readonly sid: string }> {
  using file = await newFile(path);
  try {
    const { secret, sid } = await make();
    const bytes = new TextEncoder().encode(`${secret}\n`);
    for (let sent = 0; sent < bytes.length;) {
      sent += await file.write(bytes.subarray(sent));
    }
    await file.sync();
    return { sid };
  } catch (error) {
    await Deno.remove(path);
    throw error;
  }
}

const COLUMNS: readonly Column<TokenFacts>[] = [
  { heading: "NAME", cell: ({ name }) => name, whole: true },
  { heading: "USER", cell: ({ user }) => user ?? "" },
  { heading: "SID", cell: ({ sid }) => sid, whole: true },
  { heading: "MADE", cell: ({ created }) => new Date(created).toISOString() },
];

/** Lists the tokens. */
export const tokenList: Command = {
  name: "token list",
  summary: "List the tokens",
  operands: [],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm token list", what: "List the tokens" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const tokens = await withSession(
      context,
      args,
      (session) => session.tokens.list(),
    );
    if (output.json) return output.value({ tokens });
    if (tokens.length === 0) return output.words("No tokens");
    output.data(
      drawTable(tokens, COLUMNS, {
        style: output.style,
        ...output.tableWidth,
      }).join("\n"),
    );
  },
};

/** Makes a token worthless. */
export const tokenRevoke: Command = {
  name: "token revoke",
  summary: "Make a token worthless, and end the sessions it opened",
  operands: [NAME],
  options: CLIENT_OPTIONS,
  examples: [{ line: "rsm token revoke nightly", what: "Revoke a token" }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const name = args.required(NAME.name);
    await withSession(context, args, (session) => session.tokens.revoke(name));
    if (output.json) return output.value({ token: name });
    output.words(`Revoked token ${name}`);
  },
};
