/**
 * The help of `rsm` and of each subcommand, made from the table: examples
 * first.
 *
 * @module
 */

import { COMMON_OPTIONS } from "./arguments.ts";
import type { Command, Program } from "./command.ts";
import type { Option } from "./grammar.ts";
import { exitStatuses } from "./exit_codes.ts";
import type { Style } from "./style.ts";
import { displayWidth, pad, wrap } from "./width.ts";

/** How help is laid out. */
export interface HelpLayout {
  readonly style: Style;
  readonly columns: number;
}

const LONGEST_LINE = 100;

/** Texts beside each other: names on the left, what they mean on the right. */
function definitions(
  rows: readonly (readonly [string, string])[],
  layout: HelpLayout,
): string[] {
  const left = Math.max(...rows.map(([name]) => displayWidth(name))) + 2;
  const right = Math.min(layout.columns, LONGEST_LINE) - left - 2;
  return rows.flatMap(([name, text]) =>
    wrap(text, right).map((line, index) =>
      `  ${pad(index === 0 ? name : "", left)}${line}`.trimEnd()
    )
  );
}

function section(
  title: string,
  lines: readonly string[],
  layout: HelpLayout,
): string[] {
  return ["", layout.style.bold(title), ...lines];
}

/** A subcommand with the words it takes, as in `rsm view TYPE [CONTAINER]`. */
export function usageOf(command: Command): string {
  const operands = command.operands.map(({ name, optional }) =>
    optional ? `[${name}]` : name
  );
  return ["rsm", command.name, ...operands, "[options]"].join(" ");
}

function optionLabel(option: Option): string {
  const short = option.short === undefined ? "" : `-${option.short}, `;
  const names = [option.name, ...option.aliases ?? []]
    .map((name) => `--${name}`).join(", ");
  return option.value === undefined
    ? short + names
    : `${short}${names} ${option.value}`;
}

function optionText(option: Option): string {
  const choices = option.choices === undefined
    ? ""
    : ` (${option.choices.join(", ")})`;
  return option.summary + choices + (option.repeatable ? "; repeatable" : "");
}

/** The help of one subcommand. */
export function commandHelp(command: Command, layout: HelpLayout): string {
  const { style } = layout;
  const examples = command.examples.flatMap(({ line, what }) => [
    `  ${style.cyan(line)}`,
    ...wrap(what, Math.min(layout.columns, LONGEST_LINE) - 6)
      .map((text) => `      ${text}`),
  ]);
  const options = [...command.options, ...COMMON_OPTIONS];
  const lines = [
    `${style.bold(`rsm ${command.name}`)}: ${command.summary}`,
    ...section("Examples", examples, layout),
    ...section("Usage", [`  ${usageOf(command)}`], layout),
  ];
  if (command.operands.length > 0) {
    const rows = command.operands.map(({ name, summary }) =>
      [name, summary] as const
    );
    lines.push("", ...definitions(rows, layout));
  }
  const rows = options.map((option) =>
    [optionLabel(option), optionText(option)] as const
  );
  lines.push(...section("Options", definitions(rows, layout), layout));
  for (const paragraph of command.details ?? []) {
    lines.push("", ...wrap(paragraph, Math.min(layout.columns, LONGEST_LINE)));
  }
  return lines.join("\n");
}

/** Several subcommands with what they do. */
export function commandList(
  commands: readonly Command[],
  layout: HelpLayout,
): string[] {
  return definitions(
    commands.map(({ name, summary }) => [name, summary] as const),
    layout,
  );
}

/** The help of `rsm` itself. */
export function programHelp(program: Program, layout: HelpLayout): string {
  const { style } = layout;
  return [
    `${style.bold("rsm")} ${program.version}: removable storage manager`,
    ...section("Examples", [
      `  ${style.cyan("rsm demo")}`,
      "      Show the whole path on a virtual library; needs no hardware",
      `  ${style.cyan("rsm doctor")}`,
      "      Tell what media changers and drives this computer has",
      `  ${style.cyan("rsm status")}`,
      "      Show the map of each library",
    ], layout),
    ...section("Usage", ["  rsm COMMAND [words] [options]"], layout),
    ...section("Commands", commandList(program.commands, layout), layout),
    "",
    'Help of one command: "rsm help COMMAND". Exit statuses: "rsm help exit-codes".',
  ].join("\n");
}

/** The page on exit statuses. */
export function exitCodesHelp(layout: HelpLayout): string {
  const { style } = layout;
  const rows = exitStatuses().flatMap(({ status, meaning, codes }) => {
    const label = String(status).padStart(3);
    return codes.length === 0
      ? [[label, meaning] as const]
      : [[label, meaning] as const, ["", codes.join(", ")] as const];
  });
  return [
    `${style.bold("rsm help exit-codes")}: how commands end`,
    "",
    ...definitions(rows, layout),
  ].join("\n");
}
