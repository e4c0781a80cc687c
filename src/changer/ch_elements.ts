/**
 * Elements as the kernel's changer driver tells them.
 *
 * @module
 */
import type { ChangerElement } from "../../ffi/mod.ts";
import { addressOfUnit } from "./ch_units.ts";
import type { Element, ElementLayout, ElementType } from "./changer.ts";
import { isCleaning, readableBarCode } from "./elements.ts";

/** CESTATUS bits of `<linux/chio.h>`. */
const STATUS_BIT = { full: 1, byOperator: 2, exception: 4, accessible: 8 };

/** Whether a status byte says that a cartridge is there. */
export function isFull(status: number): boolean {
  return (status & STATUS_BIT.full) !== 0;
}

/** Whether a status byte says that the transport can reach it. */
export function isAccessible(status: number): boolean {
  return (status & STATUS_BIT.accessible) !== 0;
}

/** An element as the rules see it. */
export function elementOf(
  layout: ElementLayout,
  type: ElementType,
  found: ChangerElement,
  driveSerialNumber: string,
): Element {
  const full = isFull(found.status);
  const barCode = full ? readableBarCode(tagText(found.primaryTag)) : null;
  const elementAddress = addressOfUnit(layout, found) ?? 0;
  return {
    elementAddress,
    type,
    full,
    accessible: type === "transport" || isAccessible(found.status),
    barCode,
    sourceAddress: full && found.source !== undefined
      ? addressOfUnit(layout, found.source)
      : null,
    exception: (found.status & STATUS_BIT.exception) !== 0
      ? "abnormal; the kernel's changer driver does not tell more"
      : null,
    cleaning: full && isCleaning(0, barCode),
    byOperator: type === "importExport" && full &&
      (found.status & STATUS_BIT.byOperator) !== 0,
    driveSerialNumber,
  };
}

/** Characters of a volume tag, before its reserved bytes and sequence number. */
const TAG_CHARACTERS = 32;

function tagText(tag: Uint8Array | undefined): string | null {
  if (tag === undefined) return null;
  return new TextDecoder().decode(tag.subarray(0, TAG_CHARACTERS))
    .replaceAll(/[\0\s]+/g, " ").trim().replaceAll(/\p{Cc}/gu, "\uFFFD");
}
