/**
 * `rsm watch`.
 *
 * @module
 */

import type { Notifications, Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import type { ObjectNotification } from "../model/notifications.ts";
import type { ChangeOperation, ObjectType } from "../model/states.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { typeOfWord } from "./resolve_object.ts";
import { UsageError } from "./usage_error.ts";
import { VIEW_TYPES } from "./view_types.ts";
import { printable } from "./width.ts";

const DONE: Readonly<Record<ChangeOperation, string>> = {
  insert: "new",
  update: "changed",
  delete: "gone",
  complete: "done",
};

/** Width of the columns before the name. */
const WIDEST_DONE = 7;
const WIDEST_TYPE = 16;

function typeOf(args: Arguments): ObjectType | null {
  const word = args.text("type");
  return word === undefined ? null : typeOfWord(word).type;
}

function countOf(args: Arguments): number {
  const text = args.text("count");
  if (text === undefined) return Infinity;
  const count = Number(text);
  if (/^\d+$/.test(text) && count > 0) return count;
  throw new UsageError(
    `Cannot read "--count": "${text}" is no number of changes`,
    "Give a whole number from 1",
  );
}

/** What an object is called and how it is now; nothing of one that is gone already. */
async function nameOf(session: Session, id: string): Promise<string> {
  try {
    const object = await session.object(id);
    const name = object.type === "mediaPool" ? object.path : object.name;
    return "state" in object ? `${name}: ${object.state}` : name;
  } catch (error) {
    const gone = error instanceof NtmsError &&
      error.code === "ERROR_OBJECT_NOT_FOUND";
    if (!gone) throw error;
    return "";
  }
}

async function line(
  session: Session,
  { id, operation, type }: ObjectNotification,
  { io }: Context,
): Promise<string> {
  const time = new Date(io.clock.now()).toISOString().slice(11, 19);
  const word = VIEW_TYPES.find((row) => row.type === type)?.word ?? type;
  const name = operation === "delete" ? "" : await nameOf(session, id);
  const columns = [
    time,
    DONE[operation].padEnd(WIDEST_DONE),
    word.padEnd(WIDEST_TYPE),
    id,
    printable(name),
  ];
  return columns.join("  ").trimEnd();
}

/** Writes changes until there were enough, or the channel fails. */
async function follow(
  session: Session,
  notifications: Notifications,
  progress: { left: number },
  context: Context,
): Promise<void> {
  const { output } = context;
  for await (const change of notifications) {
    output.data(
      output.json
        ? JSON.stringify(change)
        : await line(session, change, context),
    );
    if (--progress.left === 0) return;
  }
}

/** Follows changes until Ctrl-C, by another channel where one fell behind. */
async function watchAll(
  session: Session,
  context: Context,
  args: Arguments,
): Promise<void> {
  const { output, signal } = context;
  const type = typeOf(args);
  const progress = { left: countOf(args) };
  while (progress.left > 0) {
    const notifications = session.notifications({ type, signal });
    try {
      await notifications.opened;
      output.words("Watching; Ctrl-C ends");
      await follow(session, notifications, progress, context);
    } catch (error) {
      if (signal.aborted) return;
      const behind = error instanceof NtmsError &&
        error.code === "ERROR_NO_DATA";
      if (!behind) throw error;
      output.words(
        'rsm: Fell too far behind: changes are missing. "rsm view" lists the objects as they are',
      );
    }
  }
}

/** Shows each change of objects as it happens. */
export const watch: Command = {
  name: "watch",
  summary: "Show each change of objects as it happens",
  details: [
    "Every change is shown in the order in which it was made, and the end of work as done, until Ctrl-C. With --json each is one line: number, operation (insert, update, delete or complete), type and id. A reader that falls 10,000 changes behind is told so on the standard error and goes on with what comes next.",
  ],
  operands: [],
  options: [
    {
      name: "type",
      short: "t",
      value: "TYPE",
      summary: 'Only objects of this type; "rsm view" lists the types',
    },
    { name: "count", value: "NUMBER", summary: "End after so many changes" },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm watch", what: "Show all that happens" },
    {
      line: "rsm watch --type operator-request --json",
      what: "Hand what people are asked for to a program",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    // Mistakes in the words are told before anything else.
    typeOf(args);
    countOf(args);
    await withSession(
      context,
      args,
      (session) => watchAll(session, context, args),
    );
  },
};
