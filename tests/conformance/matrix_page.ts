/**
 * The conformance matrix as a page of docs/.
 *
 * @module
 */

import type { Entry, FunctionEntry } from "./matrix.ts";

/** The page, in Markdown that is still to be laid out. */
export function matrixPage(matrix: readonly FunctionEntry[]): string {
  const built = matrix.filter(({ built }) => built);
  return `# Conformance

<!-- Written by \`make conformance\` from a run of tests/conformance; nothing here is typed in. -->

The tests of \`tests/conformance\` call the documented functions, by their
documented names, against a running service. This page is what such a run wrote
down: which documented errors came about, from which cause, and which tests hold
the lines of behaviour. An error is listed as produced only where a test of the
run got it, and the reason is given where none can.

${overview(matrix, built)}

${built.map(section).join("\n\n")}
`;
}

function overview(
  matrix: readonly FunctionEntry[],
  built: readonly FunctionEntry[],
): string {
  const shown = (entries: readonly Entry[]) =>
    entries.filter(({ tests }) => tests.length > 0).length;
  const row = (
    title: string,
    errors: readonly Entry[],
    lines: readonly Entry[],
  ) =>
    `| ${title} | ${shown(errors)} of ${errors.length} | ${
      shown(lines)
    } of ${lines.length} |`;
  const errors = built.flatMap((one) => one.errors);
  const lines = built.flatMap((one) => one.lines);
  return [
    "| Function | Errors produced | Behaviour lines held |",
    "| --- | --- | --- |",
    ...matrix.map((one) =>
      one.built
        ? row(
          `[${code(one.name)}](#${anchor(one.name)})`,
          one.errors,
          one.lines,
        )
        : `| ${code(one.name)} | not built | not built |`
    ),
    row(`**${built.length} of ${matrix.length} functions**`, errors, lines),
  ].join("\n");
}

function section({ name, errors, lines }: FunctionEntry): string {
  const parts = [`## ${name}`];
  if (errors.length > 0) {
    parts.push([
      "| Error | Produced when |",
      "| --- | --- |",
      ...errors.map((entry) =>
        `| ${code(`${entry.what}`)} | ${proof(entry)} |`
      ),
    ].join("\n"));
  }
  parts.push([
    "| Line | What it says | Held by |",
    "| --- | --- | --- |",
    ...lines.map((entry) =>
      `| ${entry.what} | ${words(entry.line)} | ${proof(entry)} |`
    ),
  ].join("\n"));
  return parts.join("\n\n");
}

function proof({ tests, why }: Entry): string {
  if (tests.length > 0) return tests.toSorted().map(words).join("; ");
  return why === undefined ? "**no test yet**" : `not shown: ${words(why)}`;
}

const NAMES =
  /(\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b\w+Ntms\w+(?:\(\))?|\b[\w/]+\.(?:ts|md)\b)|[\\|*_<>[\]`]/g;

/** Text with its names as code, and nothing that Markdown would take for its own. */
function words(text: string): string {
  return text.replace(
    NAMES,
    (found, name?: string) => name === undefined ? `\\${found}` : code(name),
  );
}

function code(name: string): string {
  return `\`${name}\``;
}

function anchor(name: string): string {
  return name.toLowerCase();
}
