/**
 * Tables for people: a heading, columns as wide as they need to be.
 *
 * @module
 */

import { type Paint, PLAIN, type Style } from "./style.ts";
import { cut, displayWidth, pad, printable } from "./width.ts";

/** A column of a table. */
export interface Column<Row> {
  readonly heading: string;
  /** What it shows of a row; colour goes into `paint`. */
  readonly cell: (row: Row) => string;
  /** @default {"left"} */
  readonly align?: "left" | "right";
  /** Never cut, as ids are copied. @default {false} */
  readonly whole?: boolean;
  /** Colours a cell when it is laid out. */
  readonly paint?: (row: Row) => Paint;
}

/** How a table is laid out. */
export interface TableOptions {
  /** @default no colours */
  readonly style?: Style;
  /** Columns there are; cells are cut to fit. Absent: as wide as it is. */
  readonly width?: number;
  /** Put before each line. @default nothing */
  readonly indent?: string;
}

interface Laid<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly string[];
  width: number;
}

const GAP = "  ";
const NARROWEST = 6;
const unpainted: Paint = (text) => text;

function measure<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): Laid<Row>[] {
  const laid = columns.map((column) => {
    const cells = rows.map((row) => printable(column.cell(row)));
    let width = displayWidth(column.heading);
    for (const cell of cells) width = Math.max(width, displayWidth(cell));
    return { column, cells, width };
  });
  return laid.filter(({ cells }) => cells.some((cell) => cell !== ""));
}

/** Takes from the widest column, again and again, until all fit. */
function narrow<Row>(laid: readonly Laid<Row>[], room: number): void {
  const gaps = GAP.length * (laid.length - 1);
  let excess = laid.reduce((sum, { width }) => sum + width, gaps) - room;
  while (excess > 0) {
    let widest: Laid<Row> | null = null;
    for (const each of laid) {
      const canGive = each.width > NARROWEST && !each.column.whole;
      if (canGive && each.width > (widest?.width ?? 0)) widest = each;
    }
    if (widest === null) return;
    widest.width--;
    excess--;
  }
}

/** Lays out a table as lines; columns that are empty in every row are left out. */
export function drawTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  options: TableOptions = {},
): string[] {
  const style = options.style ?? PLAIN;
  const indent = options.indent ?? "";
  const laid = measure(rows, columns);
  if (options.width !== undefined) {
    narrow(laid, options.width - displayWidth(indent));
  }
  const lay = (text: string, paint: Paint, { column, width }: Laid<Row>) =>
    pad(paint(cut(text, width)), width, column.align);
  const heading = laid.map((each) => lay(each.column.heading, style.dim, each));
  const body = rows.map((row, at) =>
    laid.map((each) =>
      lay(each.cells[at] ?? "", each.column.paint?.(row) ?? unpainted, each)
    )
  );
  return [heading, ...body].map((cells) =>
    (indent + cells.join(GAP)).trimEnd()
  );
}
