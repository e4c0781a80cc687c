/**
 * The bar codes that a virtual library begins with.
 *
 * @module
 */
import { NtmsError } from "../../model/mod.ts";
import type { VirtualCartridge } from "./library.ts";

/** Stands in a list for a cartridge whose label cannot be read. */
const UNREADABLE = "?";
const DEFAULT_PATTERN = "LAB%03dL6";
const DEFAULT_COUNT = 16;
/** They name files too, so they have no slashes and do not begin with a dot. */
const VALID = /^[A-Za-z0-9_$+-][A-Za-z0-9_$+.-]{0,31}$/;

/**
 * The cartridges of the first slots, null for a slot that is left empty. A
 * label may stand twice, as it may happen; their ids differ.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER.
 */
export function firstCartridges(
  barCodes: string | null,
  count: number | null,
  slots: number,
): readonly (VirtualCartridge | null)[] {
  const labels = labelsOf(barCodes ?? DEFAULT_PATTERN, count, slots);
  if (labels.length > slots) {
    throw refusal(`${labels.length} cartridges do not fit into ${slots} slots`);
  }
  const ids = new Set<string>();
  return labels.map((label, index) => {
    if (label === "") return null;
    return newCartridge(label, ids, `unlabelled-${index + 1}`);
  });
}

/** A cartridge with an id that is not among those taken; adds it to them. */
export function newCartridge(
  label: string,
  ids: Set<string>,
  unlabelledId: string,
): VirtualCartridge {
  const barCode = label === UNREADABLE ? null : label;
  if (barCode !== null && !VALID.test(barCode)) {
    throw refusal(
      `"${label}" is no bar code: 1 to 32 letters, digits, "_", "$", "+", "." and "-" are needed`,
    );
  }
  const base = barCode ?? unlabelledId;
  let id = base;
  for (let copy = 2; ids.has(id); copy++) id = `${base}~${copy}`;
  ids.add(id);
  return { id, barCode };
}

function labelsOf(
  text: string,
  count: number | null,
  slots: number,
): readonly string[] {
  const field = /%(?:0(\d))?d/.exec(text);
  if (field === null) {
    if (count !== null && text !== "") {
      throw refusal(
        `cartridges says how many times a pattern is used; "${text}" is a list`,
      );
    }
    return text === "" ? [] : text.split(",");
  }
  const width = Number(field[1] ?? "0");
  const before = text.slice(0, field.index);
  const after = text.slice(field.index + field[0].length);
  return Array.from(
    { length: count ?? Math.min(DEFAULT_COUNT, slots) },
    (_, i) => before + String(i + 1).padStart(width, "0") + after,
  );
}

function refusal(reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot make up the cartridges of the virtual library: ${reason}`,
  );
}
