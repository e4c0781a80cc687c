/**
 * The examples of a Markdown page, and how each is tested: the words after the
 * language say so.
 *
 * | fence | |
 * | --- | --- |
 * | `ts` | run by `deno test --doc` |
 * | `sh service` | a service, started before the others and stopped after them |
 * | `sh test` | run, in the order of the page, in one shell |
 * | `sh by-hand` | changes a machine or needs real hardware: not run |
 *
 * @module
 */

/** One fenced block. */
export interface Fence {
  readonly language: string;
  /** What follows the language. */
  readonly mark: string;
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

/** Languages that are examples; others are output, files and pictures. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  ts: [""],
  sh: ["service", "test", "by-hand"],
};

/** Every fenced block of a page. */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { info: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of markdown.split("\n").entries()) {
    const info = /^```(.*)$/.exec(line)?.[1];
    if (open === null) {
      if (info !== undefined) open = { info, line: index + 1, lines: [] };
    } else if (info === undefined) {
      open.lines.push(line);
    } else {
      const [language = "", ...mark] = open.info.trim().split(/\s+/);
      const text = `${open.lines.join("\n")}\n`;
      fences.push({ language, mark: mark.join(" "), text, line: open.line });
      open = null;
    }
  }
  return fences;
}

/** Examples that no test would run, or that are in an unknown language. */
export function untested(path: string, fences: readonly Fence[]): string[] {
  return fences.flatMap(({ language, mark, line }) => {
    const marks = EXAMPLES[language];
    if (marks === undefined) {
      return /^(?:typescript|js|javascript|bash|shell|console)$/.test(language)
        ? [`${path}:${line}: write "${language}" as ts or sh`]
        : [];
    }
    if (marks.includes(mark)) return [];
    const known = marks.filter((known) => known !== "").join(", ");
    return [`${path}:${line}: "${mark}" is none of: ${known}`];
  });
}

/** The text of all blocks with a mark, in order. */
export function textOf(fences: readonly Fence[], mark: string): string {
  return fences
    .filter((fence) => fence.language === "sh" && fence.mark === mark)
    .map(({ text }) => text)
    .join("");
}
