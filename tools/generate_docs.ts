/**
 * Writes the pages of docs/ that are made from tables of the code.
 *
 *     deno run --allow-read=src --allow-write=docs tools/generate_docs.ts
 *
 * A test fails when a page is not what this writes.
 *
 * @module
 */

import { ERROR_CODES, type RetryAdvice } from "../src/model/errors.ts";
import { LIMITS } from "../src/model/limits.ts";

const LIMITS_SOURCE = Deno.readTextFileSync(
  new URL("../src/model/limits.ts", import.meta.url),
);

/** The limits with what is said of each in the source: of what it is, and what the answer is. */
const LIMIT_ROWS = Object.entries(LIMITS).map(([name, value]) => {
  const comment = new RegExp(`/\\*\\* ([^;]+); (.+)\\. \\*/\\n  ${name}:`)
    .exec(LIMITS_SOURCE);
  if (comment === null) {
    throw new Error(`src/model/limits.ts does not say what ${name} is`);
  }
  const [, what = "", answer = ""] = comment;
  return { name, value, what, answer: asCode(answer) };
});

/** Names of error codes as Markdown writes code. */
function asCode(text: string): string {
  return text.replace(/ERROR_[A-Z_]+/g, "`$&`");
}

/** A page and its text. */
export interface Page {
  /** Path from the top of the checkout. */
  readonly path: string;
  /** What it has to say. */
  readonly text: string;
}

const RETRY: Readonly<Record<RetryAdvice, string>> = {
  never: "no",
  after: "after a while",
  operator: "after a person helped",
};

/** All pages, as they have to be. */
export function generatedPages(): readonly Page[] {
  return [
    { path: "docs/error_codes.md", text: errorCodesPage() },
    { path: "docs/limits.md", text: limitsPage() },
  ];
}

function errorCodesPage(): string {
  const rows = Object.entries(ERROR_CODES).map(([name, row]) => [
    `\`${name}\``,
    `${row.win32}`,
    row.meaning,
    RETRY[row.retry],
    `${row.http}`,
    `${row.exit}`,
  ]);
  const head = ["Code", "Number", "Meaning", "Try again", "HTTP", "Exit"];
  return `# Error codes

<!-- Written by tools/generate_docs.ts from src/model/errors.ts; change it there. -->

Every failure has one of these codes, whichever way it is met:

- The documented functions resolve to the number, and \`GetLastError()\` gives it.
  \`lastErrorDetail()\` gives the error with its message.
- A \`Session\` rejects with an \`NtmsError\`, whose \`code\` is the name, \`win32\` the
  number and \`retry\` the advice: \`never\`, \`after\` (a while) or \`operator\`.
- The service answers with the HTTP status and a problem document that holds
  name and number.
- \`rsm\` ends with the exit status.

${table(head, rows)}
`;
}

function limitsPage(): string {
  const rows = LIMIT_ROWS.map(({ answer, name, value, what }) => [
    `\`${name}\``,
    value.toLocaleString("en"),
    what,
    answer,
  ]);
  return `# Limits

<!-- Written by tools/generate_docs.ts from src/model/limits.ts; change it there. -->

Everything that a caller can make more of has a limit, and an answer when it is
reached. Lengths are in UTF-16 units; names that end in \`Ms\` are times in
milliseconds. A test reaches each of them; \`tests/model/limits_test.ts\` names
it.

${table(["Limit", "Value", "Of what", "When it is reached"], rows)}

The service takes fewer connections where it may have fewer files open: 384 are
kept for libraries, drives, the catalogue and connections on their way out.
`;
}

/** A table of Markdown, its columns as wide as \`deno fmt\` makes them. */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0))
  );
  const line = (cells: readonly string[], fill: string) =>
    `| ${
      cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill))
        .join(" | ")
    } |`;
  return [
    line(head, " "),
    line(head.map(() => ""), "-"),
    ...rows.map((row) => line(row, " ")),
  ].join("\n");
}

if (import.meta.main) {
  for (const { path, text } of generatedPages()) {
    await Deno.writeTextFile(path, text);
  }
}
