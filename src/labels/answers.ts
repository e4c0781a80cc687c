/**
 * How the built-in libraries answer, and how every answer is checked.
 *
 * @module
 */
import {
  type LabelDetails,
  LONGEST_LABEL_ID_BYTES,
  type MediaLabelAnswer,
  NTMSMLI_MAXAPPDESCR,
  NTMSMLI_MAXTYPE,
} from "./media_label_library.ts";
import { cleanText } from "./text.ts";

/** The longest text of {@linkcode LabelDetails}. */
const LONGEST_DETAIL = 255;

/** The details that are text. */
const TEXT_DETAILS = [
  "volumeName",
  "owner",
  "application",
  "computer",
  "pool",
  "mediaType",
] as const;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a built-in library found, in the medium's own words. */
export interface Finding extends LabelDetails {
  /** Format or program. */
  readonly type: string;
  /** Identity of the medium; empty for none. */
  readonly id: Uint8Array;
  /** The medium in words. */
  readonly description: string;
}

/** Claims a label; texts are cleaned and cut, and empty details left out. */
export function claim(finding: Finding): MediaLabelAnswer {
  const { type, id, description, written } = finding;
  if (id.length > LONGEST_LABEL_ID_BYTES) {
    return notOurs(
      `The id has ${id.length} bytes, more than ${LONGEST_LABEL_ID_BYTES}`,
    );
  }
  const details: Writable<LabelDetails> = {};
  for (const name of TEXT_DETAILS) {
    const clean = cleanText(finding[name] ?? "", LONGEST_DETAIL);
    if (clean !== "") details[name] = clean;
  }
  if (isDate(written)) details.written = written;
  return {
    status: "NO_ERROR",
    label: {
      LabelType: cleanText(type, NTMSMLI_MAXTYPE - 1),
      // A copy: the bytes of the medium are not kept alive by its id.
      LabelID: new Uint8Array(id),
      LabelAppDescr: cleanText(description, NTMSMLI_MAXAPPDESCR - 1),
    },
    details,
  };
}

/** Leaves a medium to other libraries. */
export function notOurs(reason?: string): MediaLabelAnswer {
  return reason === undefined
    ? { status: "ERROR_BAD_FORMAT" }
    : { status: "ERROR_BAD_FORMAT", reason };
}

/**
 * Checks what a library answered, which for a library of a site is whatever
 * its author wrote, and brings it into the form of the contract.
 *
 * @throws {TypeError} Naming the field that breaks the contract.
 */
export function checkedAnswer(answer: unknown): MediaLabelAnswer {
  if (!isObject(answer)) throw new TypeError("the answer is no object");
  if (answer.status === "ERROR_BAD_FORMAT") {
    const { reason } = answer;
    return notOurs(
      typeof reason === "string"
        ? cleanText(reason, LONGEST_DETAIL)
        : undefined,
    );
  }
  if (answer.status !== "NO_ERROR") {
    throw new TypeError(
      '"status" is neither "NO_ERROR" nor "ERROR_BAD_FORMAT"',
    );
  }
  const { label, details = {} } = answer;
  if (!isObject(label)) throw new TypeError('"label" is no object');
  const { LabelType, LabelID, LabelAppDescr } = label;
  checkText("LabelType", LabelType, NTMSMLI_MAXTYPE - 1);
  checkText("LabelAppDescr", LabelAppDescr, NTMSMLI_MAXAPPDESCR - 1);
  if (LabelType.trim() === "") throw new TypeError('"LabelType" is empty');
  if (!(LabelID instanceof Uint8Array)) {
    throw new TypeError('"LabelID" is no Uint8Array');
  }
  if (LabelID.length > LONGEST_LABEL_ID_BYTES) {
    throw new TypeError(
      `"LabelID" has ${LabelID.length} bytes, more than ${LONGEST_LABEL_ID_BYTES}`,
    );
  }
  return claim({
    ...checkedDetails(details),
    type: LabelType,
    id: LabelID,
    description: LabelAppDescr,
  });
}

function checkedDetails(details: unknown): LabelDetails {
  if (!isObject(details)) throw new TypeError('"details" is no object');
  const checked: Writable<LabelDetails> = {};
  for (const name of TEXT_DETAILS) {
    const text = details[name];
    if (text === undefined) continue;
    checkText(name, text, LONGEST_DETAIL);
    checked[name] = text;
  }
  const { written } = details;
  if (written === undefined) return checked;
  if (!isDate(written)) throw new TypeError('"written" is no valid Date');
  return { ...checked, written };
}

function checkText(
  name: string,
  value: unknown,
  length: number,
): asserts value is string {
  if (typeof value !== "string") throw new TypeError(`"${name}" is no string`);
  if (value.length > length) {
    throw new TypeError(
      `"${name}" has ${value.length} characters, more than ${length}`,
    );
  }
}

/** Whether it is a Date that is a point in time. */
function isDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

/** Whether properties can be read from it. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
