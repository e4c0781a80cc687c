/**
 * Log pages (SPC-4 7.3), TapeAlert first of all.
 *
 * @module
 */
import {
  concatBytes,
  copyBytes,
  hex,
  readUint16,
  readUint8,
  requireBytes,
  requireInteger,
  truncate,
  viewOf,
} from "./bytes.ts";

/** Codes of the log pages used here. */
export const LOG_PAGE = {
  supportedPages: 0x00,
  tapeAlert: 0x2e,
} as const;

/** One parameter of a log page. */
export interface LogParameter {
  /** Parameter code. */
  readonly code: number;
  /** Control byte. */
  readonly control: number;
  /** The value as it came. */
  readonly value: Uint8Array;
}

/** A log page. */
export interface LogPage {
  /** Page code, without the DS and SPF bits. */
  readonly page: number;
  /** Subpage code, 0 for a page without. */
  readonly subpage: number;
  /** The parameters, in the device's order. */
  readonly parameters: readonly LogParameter[];
  /** Whether parameters are missing because the answer was cut. */
  readonly truncated: boolean;
}

/**
 * Decodes an answer to LOG SENSE whose page consists of parameters, which all
 * do but the list of pages.
 *
 * @throws {RangeError} When a parameter does not fit into the page.
 */
export function decodeLogPage(answer: Uint8Array): LogPage {
  requireBytes(answer, 0, 4, "the log page header");
  const first = answer[0] ?? 0;
  const announced = 4 + readUint16(answer, 2, "the log page length");
  const data = answer.subarray(0, announced);
  const cut = data.length < announced;
  const parameters: LogParameter[] = [];
  let offset = 4;
  // Every parameter has a header, so the walk always advances.
  while (offset < data.length) {
    if (cut && offset + 4 > data.length) break;
    const size = readUint8(data, offset + 3, "a log parameter length");
    const next = offset + 4 + size;
    if (next > announced) {
      throw new RangeError(
        `Cannot decode a log parameter: ${size} bytes at offset ${
          offset + 4
        } needed, the page is said to end at ${announced}`,
      );
    }
    if (next > data.length) break;
    parameters.push({
      code: readUint16(data, offset, "a log parameter code"),
      control: readUint8(data, offset + 2, "a log parameter control byte"),
      value: copyBytes(data, offset + 4, size, "a log parameter"),
    });
    offset = next;
  }
  return {
    page: first & 0x3f,
    subpage: (first & 0x40) !== 0 ? answer[1] ?? 0 : 0,
    parameters,
    truncated: offset < announced,
  };
}

/**
 * Encodes a log page, cut to the allocation length of the command.
 *
 * @throws {RangeError} When a field does not fit its place.
 */
export function encodeLogPage(
  page: Pick<LogPage, "page" | "subpage" | "parameters">,
  allocationLength = 0xffff,
): Uint8Array {
  const parameters = concatBytes(page.parameters.flatMap((parameter) => [
    parameterHeader(parameter),
    parameter.value,
  ]));
  const header = new Uint8Array(4);
  const view = viewOf(header);
  view.setUint8(
    0,
    requireInteger(page.page, 0x3f, "page code") |
      (page.subpage !== 0 ? 0x40 : 0),
  );
  view.setUint8(1, requireInteger(page.subpage, 0xff, "subpage code"));
  view.setUint16(2, requireInteger(parameters.length, 0xffff, "page length"));
  return truncate(concatBytes([header, parameters]), allocationLength);
}

function parameterHeader(parameter: LogParameter): Uint8Array {
  const header = new Uint8Array(4);
  const view = viewOf(header);
  view.setUint16(0, requireInteger(parameter.code, 0xffff, "parameter code"));
  view.setUint8(2, requireInteger(parameter.control, 0xff, "control byte"));
  view.setUint8(
    3,
    requireInteger(parameter.value.length, 0xff, "parameter length"),
  );
  return header;
}

const ALERT_FLAGS = 64;
/** What libraries send: DS, and list parameters in binary. */
const ALERT_CONTROL = 0xc0;

/**
 * The numbers of the TapeAlert flags that are set, 1 to 64, ascending. What
 * they mean differs between drives and changers.
 *
 * @throws {RangeError} When it is another page or malformed.
 */
export function decodeTapeAlert(answer: Uint8Array): readonly number[] {
  const { page, parameters } = decodeLogPage(answer);
  if (page !== LOG_PAGE.tapeAlert) {
    throw new RangeError(
      `Cannot decode TapeAlert: the page code at offset 0 is ${
        hex(page)
      }h, not 2Eh`,
    );
  }
  const flags = new Set<number>();
  for (const { code, value } of parameters) {
    const set = ((value[0] ?? 0) & 1) !== 0;
    if (set && code >= 1 && code <= ALERT_FLAGS) flags.add(code);
  }
  return [...flags].sort((left, right) => left - right);
}

/**
 * Encodes the TapeAlert page with these flags set.
 *
 * @throws {RangeError} When a flag is none of 1 to 64.
 */
export function encodeTapeAlert(
  flags: readonly number[],
  allocationLength = 0xffff,
): Uint8Array {
  const set = new Set(flags);
  for (const flag of set) {
    if (flag === 0) throw new RangeError("TapeAlert has no flag 0");
    requireInteger(flag, ALERT_FLAGS, "TapeAlert flag");
  }
  const parameters = Array.from({ length: ALERT_FLAGS }, (_, index) => ({
    code: index + 1,
    control: ALERT_CONTROL,
    value: Uint8Array.of(set.has(index + 1) ? 1 : 0),
  }));
  return encodeLogPage(
    { page: LOG_PAGE.tapeAlert, subpage: 0, parameters },
    allocationLength,
  );
}
