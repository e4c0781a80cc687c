/**
 * Draws the slots of a library: each with its bar code where there are few,
 * one sign each where there are many.
 *
 * @module
 */

import type { MapCartridge, MapSlot } from "../model/calls.ts";
import { grouped } from "./numbers.ts";
import { type Mark, markOfSlot, MARKS } from "./slot_marks.ts";
import type { Style } from "./style.ts";
import { cut, displayWidth, pad, printable } from "./width.ts";

/** A slot as it is drawn. */
export interface SlotCell {
  readonly number: number;
  readonly mark: Mark;
  /** Bar code or name of the cartridge; empty for an empty slot. */
  readonly label: string;
}

/** How the grid is laid out. */
export interface GridLayout {
  readonly columns: number;
  readonly style: Style;
  /** Every slot with its bar code, nothing condensed. */
  readonly all: boolean;
}

const INDENT = "  ";
const GAP = "  ";
/** With more cartridges than this, a bar code for each would fill screens. */
const LABELLED_AT_MOST = 120;
const LABEL_AT_MOST = 16;
/** Signs that stand together without a blank. */
const COUNTABLE = 10;

/** How the cartridge is called: its bar code, or else its name. */
export function labelOf(cartridge: MapCartridge): string {
  return cartridge.barCode === "" ? cartridge.name : cartridge.barCode;
}

/** What each slot shows, in the order of their numbers. */
export function slotCells(
  slots: readonly MapSlot[],
  cartridges: readonly MapCartridge[],
): SlotCell[] {
  const inside = new Map<string, MapCartridge>();
  const away = new Map<string, MapCartridge>();
  for (const cartridge of cartridges) {
    if (cartridge.location !== null) inside.set(cartridge.location, cartridge);
    if (cartridge.locationType === "drive" && cartridge.homeSlot !== null) {
      away.set(cartridge.homeSlot, cartridge);
    }
  }
  return slots.map((slot) => {
    const here = inside.get(slot.id);
    const gone = away.get(slot.id);
    const shown = here ?? gone;
    return {
      number: slot.number,
      mark: markOfSlot(slot, here, gone),
      label: shown === undefined ? "" : printable(labelOf(shown)),
    };
  }).sort((a, b) => a.number - b.number);
}

/** Cuts a list where `same` stops holding between neighbours. */
function runs<T>(list: readonly T[], same: (a: T, b: T) => boolean): T[][] {
  const all: T[][] = [];
  for (const item of list) {
    const run = all.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && same(last, item)) {
      run.push(item);
    } else {
      all.push([item]);
    }
  }
  return all;
}

function rangeLabel(cells: readonly SlotCell[]): string {
  const first = cells[0]?.number ?? 0;
  const last = cells.at(-1)?.number ?? first;
  return first === last ? grouped(first) : `${grouped(first)}-${grouped(last)}`;
}

function paint(mark: Mark, style: Style, text: string = mark.sign): string {
  return style[mark.colour](text);
}

function labelledRows(
  cells: readonly SlotCell[],
  layout: GridLayout,
): string[] {
  const { style } = layout;
  const digits = String(cells.at(-1)?.number ?? 0).length;
  const widest = Math.max(0, ...cells.map(({ label }) => displayWidth(label)));
  const labelWidth = Math.min(widest, LABEL_AT_MOST);
  const cellWidth = digits + 3 + labelWidth + GAP.length;
  const room = layout.columns - INDENT.length + GAP.length;
  const perRow = Math.max(1, Math.floor(room / cellWidth));
  const rows: string[] = [];
  let row: string[] = [];
  const finishRow = () => {
    if (row.length > 0) rows.push((INDENT + row.join(GAP)).trimEnd());
    row = [];
  };
  const isEmpty = ({ mark }: SlotCell) => mark === MARKS.empty;
  for (const run of runs(cells, (a, b) => isEmpty(a) && isEmpty(b))) {
    const [first] = run;
    if (first === undefined) continue;
    if (!layout.all && run.length > 1 && run.length >= perRow) {
      finishRow();
      const text = `${first.mark.sign} ${rangeLabel(run)} empty`;
      rows.push(INDENT + " ".repeat(digits + 1) + style.dim(text));
      continue;
    }
    for (const { number, mark, label } of run) {
      row.push(
        `${style.dim(pad(String(number), digits, "right"))} ${
          paint(mark, style)
        } ${pad(cut(label, labelWidth), labelWidth)}`,
      );
      if (row.length === perRow) finishRow();
    }
  }
  finishRow();
  return rows;
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const all: T[][] = [];
  for (let at = 0; at < list.length; at += size) {
    all.push(list.slice(at, at + size));
  }
  return all;
}

/** The mark of a row whose slots all show the same one. */
function onlyMark(cells: readonly SlotCell[]): Mark | null {
  const mark = cells[0]?.mark ?? null;
  return cells.every((cell) => cell.mark === mark) ? mark : null;
}

/** The signs of a row in groups that can be counted, those that are alike coloured together. */
function signsOf(cells: readonly SlotCell[], style: Style): string {
  return chunks(cells, COUNTABLE).map((group) =>
    runs(group, (a, b) => a.mark === b.mark).map((same) => {
      const mark = same[0]?.mark ?? MARKS.empty;
      return paint(mark, style, mark.sign.repeat(same.length));
    }).join("")
  ).join(" ");
}

function signRows(cells: readonly SlotCell[], layout: GridLayout): string[] {
  const { style } = layout;
  // Wide enough for the widest range there can be.
  const labelWidth = 2 * grouped(cells.at(-1)?.number ?? 0).length + 1;
  const room = layout.columns - INDENT.length - labelWidth - GAP.length;
  const groups = Math.floor((room + 1) / (COUNTABLE + 1));
  const perRow = Math.max(1, groups) * COUNTABLE;
  const together = runs(chunks(cells, perRow), (a, b) => {
    const mark = onlyMark(a);
    return mark !== null && mark === onlyMark(b);
  });
  return together.map((rows) => {
    const run = rows.flat();
    const mark = rows.length > 1 ? onlyMark(run) : null;
    const signs = mark === null
      ? signsOf(run, style)
      : paint(mark, style, `${mark.sign} all ${mark.meaning}`);
    const label = pad(rangeLabel(run), labelWidth, "right");
    return INDENT + style.dim(label) + GAP + signs;
  });
}

/** The signs in use with their meanings, as one or more lines. */
function legend(cells: readonly SlotCell[], layout: GridLayout): string[] {
  const used = new Set(cells.map(({ mark }) => mark));
  const lines: string[] = [];
  let line = "";
  for (const mark of Object.values(MARKS)) {
    if (!used.has(mark)) continue;
    const entry = `${mark.sign} ${mark.meaning}`;
    const longer = line === "" ? entry : `${line}${GAP} ${entry}`;
    if (line !== "" && longer.length + INDENT.length > layout.columns) {
      lines.push(line);
      line = entry;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((text) => INDENT + layout.style.dim(text));
}

/** Draws slots as lines, with the legend of the signs that are used. */
export function drawSlots(
  cells: readonly SlotCell[],
  layout: GridLayout,
): string[] {
  if (cells.length === 0) return [];
  const labelled = cells.filter(({ label }) => label !== "").length;
  const rows = layout.all || labelled <= LABELLED_AT_MOST
    ? labelledRows(cells, layout)
    : signRows(cells, layout);
  return [...rows, ...legend(cells, layout)];
}
