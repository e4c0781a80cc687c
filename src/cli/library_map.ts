/**
 * Draws libraries as a person wants to see them: drives, ports, slots, pools
 * and what waits. A plain function of the records.
 *
 * @module
 */

import type { LibraryMap } from "../model/calls.ts";
import { troubleOf } from "./device_trouble.ts";
import {
  driveColumns,
  healthOf,
  POOL_COLUMNS,
  poolRows,
  portColumns,
  requestColumns,
} from "./map_tables.ts";
import { counted, grouped } from "./numbers.ts";
import { drawSlots, slotCells } from "./slot_grid.ts";
import type { Paint, Style } from "./style.ts";
import { drawTable, type TableOptions } from "./table.ts";
import { cut, printable, wrap } from "./width.ts";

/** How maps are laid out. */
export interface MapLayout {
  readonly columns: number;
  readonly style: Style;
  /** Every slot with its bar code. @default {false} */
  readonly all?: boolean;
  /** Lines may be longer than the columns, so that nothing is cut. @default {false} */
  readonly whole?: boolean;
  /** Milliseconds since 1970, to tell how long requests wait. */
  readonly nowMs: number;
}

const INDENT = "  ";

function healthPaint(health: string, style: Style): Paint {
  return health === "ready" ? style.green : style.red;
}

function tableWidth(layout: MapLayout): Pick<TableOptions, "width"> {
  return layout.whole ? {} : { width: layout.columns };
}

function heading(map: LibraryMap, layout: MapLayout): string[] {
  const { library } = map;
  const { style } = layout;
  const health = healthOf(library);
  const full = new Set(map.cartridges.map(({ location }) => location));
  const fullSlots = map.slots.filter(({ id }) => full.has(id)).length;
  const counts = [
    counted(map.drives.length, "drive"),
    `${counted(map.slots.length, "slot")} (${grouped(fullSlots)} full)`,
    counted(map.ports.length, "port"),
    counted(map.cartridges.length, "cartridge"),
  ].join(", ");
  const width = layout.whole ? Infinity : layout.columns;
  const name = cut(printable(library.name), width - health.length - 2);
  const device = library.device === library.name
    ? []
    : [style.dim(cut(INDENT + printable(library.device), width))];
  const obstacle = map.obstacle === null
    ? []
    : wrap(printable(map.obstacle), layout.columns - INDENT.length);
  const trouble = [
    troubleOf(library),
    ...map.drives.map((drive) => {
      const text = troubleOf(drive);
      return text === "" ? "" : `Drive ${drive.number}: ${text}`;
    }),
  ].filter((text) => text !== "").flatMap((text) =>
    wrap(printable(text), layout.columns - INDENT.length)
  );
  return [
    `${style.bold(name)}  ${healthPaint(health, style)(health)}`,
    ...device,
    ...[...obstacle, ...trouble].map((line) => style.red(INDENT + line)),
    cut(INDENT + counts, width),
  ];
}

function drawLibrary(map: LibraryMap, layout: MapLayout): string[] {
  const { style, columns } = layout;
  const table = { style, ...tableWidth(layout), indent: INDENT };
  const inside = new Map(
    map.cartridges.flatMap((each) =>
      each.location === null ? [] : [[each.location, each] as const]
    ),
  );
  const parts: string[][] = [];
  if (map.drives.length > 0) {
    parts.push(drawTable(map.drives, driveColumns(inside, style), table));
  }
  if (map.ports.length > 0) {
    parts.push(drawTable(map.ports, portColumns(inside), table));
  }
  const cells = slotCells(map.slots, map.cartridges);
  parts.push(drawSlots(cells, { columns, style, all: layout.all ?? false }));
  if (map.requests.length > 0) {
    parts.push(
      drawTable(map.requests, requestColumns(map, layout.nowMs), table),
    );
  }
  const drawn = parts.filter((part) => part.length > 0);
  return [...heading(map, layout), ...drawn.flatMap((part) => ["", ...part])];
}

/** Draws the maps of libraries, and what the pools hold of all of them. */
export function drawMaps(
  maps: readonly LibraryMap[],
  layout: MapLayout,
): string {
  if (maps.length === 0) return "No library";
  const pools = poolRows(maps.flatMap(({ cartridges }) => cartridges));
  const sections = maps.map((map) => drawLibrary(map, layout).join("\n"));
  if (pools.length > 0) {
    sections.push(
      drawTable(pools, POOL_COLUMNS, {
        style: layout.style,
        ...tableWidth(layout),
      }).join("\n"),
    );
  }
  return sections.join("\n\n");
}
