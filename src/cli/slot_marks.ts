/**
 * What a slot shows on the map: a sign, and what the sign means.
 *
 * @module
 */

import type { MapCartridge, MapSlot } from "../model/calls.ts";
import type { SideState } from "../model/states.ts";
import type { Colour } from "./style.ts";

/** A sign on the map. One column of ASCII, so that it looks the same everywhere. */
export interface Mark {
  readonly sign: string;
  readonly meaning: string;
  readonly colour: Colour;
}

/** The signs, in the order the legend shows them. */
export const MARKS = {
  allocated: { sign: "*", meaning: "allocated", colour: "green" },
  complete: { sign: "c", meaning: "complete", colour: "green" },
  available: { sign: "o", meaning: "available", colour: "cyan" },
  unprepared: { sign: "u", meaning: "to be labelled", colour: "cyan" },
  import: { sign: "i", meaning: "to be imported", colour: "yellow" },
  unrecognized: { sign: "?", meaning: "not recognized", colour: "yellow" },
  decommissioned: { sign: "d", meaning: "decommissioned", colour: "dim" },
  incompatible: { sign: "x", meaning: "incompatible", colour: "red" },
  attention: { sign: "!", meaning: "needs attention", colour: "red" },
  inDrive: { sign: "^", meaning: "in a drive", colour: "bold" },
  empty: { sign: ".", meaning: "empty", colour: "dim" },
  notPresent: { sign: "-", meaning: "not present", colour: "dim" },
} as const satisfies Readonly<Record<string, Mark>>;

/** Sides of a cartridge count in this order: the first state found tells. */
const BY_SIDE_STATE: readonly (readonly [SideState, Mark])[] = [
  ["allocated", MARKS.allocated],
  ["complete", MARKS.complete],
  ["reserved", MARKS.allocated],
  ["available", MARKS.available],
  ["unprepared", MARKS.unprepared],
  ["import", MARKS.import],
  ["incompatible", MARKS.incompatible],
  ["decommissioned", MARKS.decommissioned],
];

/** The sign of a cartridge in its slot. */
export function markOfCartridge(cartridge: MapCartridge): Mark {
  const troubled = !cartridge.enabled ||
    cartridge.barCodeState === "unreadable" ||
    cartridge.state === "operationError" ||
    cartridge.state === "operatorRequest";
  if (troubled) return MARKS.attention;
  const row = BY_SIDE_STATE.find(([state]) =>
    cartridge.sides.some((side) => side.state === state)
  );
  return row?.[1] ?? MARKS.unrecognized;
}

/** The sign of a slot: what is in it, or what belongs to it and is in a drive. */
export function markOfSlot(
  slot: MapSlot,
  inside: MapCartridge | undefined,
  away: MapCartridge | undefined,
): Mark {
  if (slot.state === "notPresent") return MARKS.notPresent;
  if (!slot.enabled) return MARKS.attention;
  if (inside !== undefined) return markOfCartridge(inside);
  if (slot.state !== "empty") return MARKS.unrecognized;
  return away === undefined ? MARKS.empty : MARKS.inDrive;
}
