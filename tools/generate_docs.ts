/**
 * Writes the pages of docs/ that are made from tables of the code.
 *
 *     deno run --allow-write=docs tools/generate_docs.ts
 *
 * A test fails when a page is not what this writes.
 *
 * @module
 */

import { ERROR_CODES, type RetryAdvice } from "../src/model/errors.ts";

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
  return [{ path: "docs/error_codes.md", text: errorCodesPage() }];
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
