/**
 * `rsm audit`: who did what.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { AuditQuery, AuditRecord } from "../model/audit.ts";
import { parseGuid } from "../model/ids.ts";
import { LIMITS } from "../model/limits.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { resolveSecurable, SECURABLE } from "./resolve_securable.ts";
import { type Column, drawTable } from "./table.ts";
import { UsageError } from "./usage_error.ts";

const USUAL_LIMIT = 100;

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A moment: how long ago, such as 2h, or a date and time. */
export function readMoment(text: string, now: number): number {
  const [, count, unit = ""] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNIT_MS[unit] ?? 0);
  const time = /^\d{4}-/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(
    `"${text}" is no time`,
    "Give how long ago, such as 30m, 2h or 7d, or a date and time, such as 2026-11-22T17:00",
  );
}

function readLimit(text: string | undefined): number {
  const limit = text === undefined ? USUAL_LIMIT : Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new UsageError(
    `"${text}" is no number of records`,
    "Give a whole number from 1 on",
  );
}

const COLUMNS: readonly Column<AuditRecord>[] = [
  { heading: "NUMBER", cell: ({ number }) => `${number}`, align: "right" },
  {
    heading: "TIME",
    cell: ({ time }) => new Date(time).toISOString(),
    whole: true,
  },
  {
    heading: "WHO",
    cell: ({ token, user }) =>
      token === null || user === `token:${token}` ? user : `${user} (${token})`,
  },
  { heading: "APPLICATION", cell: ({ application }) => application },
  { heading: "FROM", cell: ({ computer }) => computer },
  { heading: "OPERATION", cell: ({ operation }) => operation },
  { heading: "OUTCOME", cell: ({ outcome }) => outcome },
  { heading: "OBJECT", cell: ({ object }) => object ?? "", whole: true },
  { heading: "WHY", cell: ({ reason }) => reason },
];

/** Reads as many records as are wanted, in as many answers as it takes. */
async function readAll(
  session: Session,
  query: AuditQuery,
  limit: number,
): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for (;;) {
    const last = records.at(-1);
    const most = Math.min(
      limit - records.length,
      LIMITS.auditRecordsInOneAnswer,
    );
    if (most === 0) return records;
    const more = await session.audit({
      ...query,
      ...last === undefined ? {} : { before: last.number },
      limit: most,
    });
    records.push(...more);
    if (more.length < most) return records;
  }
}

/** Shows the audit. */
export const audit: Command = {
  name: "audit",
  summary: "Show who did what, to what, why and with what outcome",
  details: [
    "Every call that changes something is there, done or not, and every one that was refused; the newest first. The service only adds to it, and purges what is older than a year or more than 250,000 records.",
  ],
  operands: [],
  options: [
    {
      name: "since",
      value: "TIME",
      summary: "Not before this time, such as 2h or 2026-11-22T17:00",
    },
    { name: "who", value: "NAME", summary: "Of this user or token alone" },
    {
      name: "object",
      value: SECURABLE.name,
      summary: "About this object first of all: an id, or as for rsm acl",
    },
    {
      name: "operation",
      value: "NAME",
      summary: "This operation alone, such as AllocateNtmsMedia",
    },
    {
      name: "limit",
      value: "NUMBER",
      summary: `How many at most (default: ${USUAL_LIMIT})`,
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    { line: "rsm audit --since 1d", what: "Show what was done today" },
    {
      line: "rsm audit --who root --operation CreateNtmsMediaPool --json",
      what: "Read it with a program",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { io, output } = context;
    const since = args.text("since");
    const operation = args.text("operation");
    const who = args.text("who");
    const object = args.text("object");
    const limit = readLimit(args.text("limit"));
    const query: AuditQuery = {
      ...since === undefined
        ? {}
        : { since: readMoment(since, io.clock.now()) },
      ...operation === undefined ? {} : { operation },
      ...who === undefined ? {} : { who },
    };
    const records = await withSession(context, args, async (session) => {
      if (object === undefined) return await readAll(session, query, limit);
      const id = parseGuid(object) ?? (await resolveSecurable(session, object))
        .id;
      return await readAll(session, { ...query, object: id }, limit);
    });
    if (output.json) return output.value({ records });
    if (records.length === 0) return output.words("No records");
    output.data(
      drawTable(records, COLUMNS, {
        style: output.style,
        ...output.tableWidth,
      }).join("\n"),
    );
  },
};
