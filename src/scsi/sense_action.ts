/**
 * What sense data means for us: its row in the table, and a line to show.
 *
 * @module
 */
import { hex } from "./bytes.ts";
import { type Sense, SENSE_KEY } from "./sense.ts";
import {
  SENSE_KEY_TABLE,
  SENSE_TABLE,
  type SenseClass,
  type SenseTuple,
} from "./sense_table.ts";

/** What a sense code means and who can help. */
export interface SenseRow {
  /** Sense key. */
  readonly key: number;
  /** Additional sense code, null for any. */
  readonly asc: number | null;
  /** Additional sense code qualifier, null for any. */
  readonly ascq: number | null;
  /**
   * Who can help. For a move, `retry` always means: read the elements, then
   * decide.
   */
  readonly class: SenseClass;
  /** Short name in lower case. */
  readonly name: string;
  /** What it tells and what helps. */
  readonly note: string;
  /** Whose code it is, where other makers may mean something else; else null. */
  readonly vendor: string | null;
}

function rowOf(tuple: SenseTuple): SenseRow {
  const [key, asc, ascq, class_, name, note, vendor] = tuple;
  return { key, asc, ascq, class: class_, name, note, vendor: vendor ?? null };
}

/** All rows: exact codes, whole ASCs, and one for each key. */
export const SENSE_ROWS: readonly SenseRow[] = [
  ...SENSE_TABLE,
  ...SENSE_KEY_TABLE,
].map(rowOf);

/** The part of sense data by which rows are found. */
export type SenseCode = Pick<Sense, "key" | "asc" | "ascq">;

function indexOf(key: number, asc: number | null, ascq: number | null): string {
  return `${key}/${asc ?? "*"}/${ascq ?? "*"}`;
}

const ROWS_BY_CODE: ReadonlyMap<string, SenseRow> = new Map(
  SENSE_ROWS.map((row) => [indexOf(row.key, row.asc, row.ascq), row]),
);

/** The row with exactly that code, or for its whole ASC; null where there is none. */
function namedRow({ key, asc, ascq }: SenseCode): SenseRow | null {
  return ROWS_BY_CODE.get(indexOf(key, asc, ascq)) ??
    ROWS_BY_CODE.get(indexOf(key, asc, null)) ?? null;
}

/**
 * The row for a sense code: for exactly this one, else for its ASC, else for
 * its key. Ask {@linkcode isSuccess} first.
 *
 * @throws {RangeError} When the key is none of 0 to 15.
 */
export function senseAction(sense: SenseCode): SenseRow {
  const row = namedRow(sense) ??
    ROWS_BY_CODE.get(indexOf(sense.key, null, null));
  if (row === undefined) {
    throw new RangeError(`A sense key is from 0 to 15, got ${sense.key}`);
  }
  return row;
}

/**
 * Whether the command was done in spite of its sense data, which is then only
 * a warning: recovered error, completed. Never repeat such a command.
 */
export function isSuccess(sense: Pick<Sense, "key">): boolean {
  return sense.key === SENSE_KEY.recoveredError ||
    sense.key === SENSE_KEY.completed;
}

/** Unit attentions that tell of commands lost on the way: reset, nexus lost, cleared, interface failure. */
const ATTENTIONS_OF_LOSS: readonly number[] = [0x29, 0x2f, 0x54];

/**
 * Whether sense data leaves open if the command was done: an aborted command,
 * deferred sense, or a unit attention that tells of lost commands. Before a
 * move is repeated the elements are read.
 */
export function senseLeavesOutcomeUnknown(
  sense: SenseCode & Pick<Sense, "deferred">,
): boolean {
  if (sense.deferred || sense.key === SENSE_KEY.abortedCommand) return true;
  return sense.key === SENSE_KEY.unitAttention &&
    ATTENTIONS_OF_LOSS.includes(sense.asc);
}

/**
 * Whether the device predicts its own failure (1/5D/xx), which is for the
 * operator to see. 5D/FF is sent for a test only.
 */
export function isFailurePrediction(sense: SenseCode): boolean {
  return sense.key === SENSE_KEY.recoveredError && sense.asc === 0x5d &&
    sense.ascq !== 0xff;
}

const KEY_NAMES: readonly string[] = [
  "no sense",
  "recovered error",
  "not ready",
  "medium error",
  "hardware error",
  "illegal request",
  "unit attention",
  "data protect",
  "blank check",
  "vendor specific",
  "copy aborted",
  "aborted command",
  "reserved",
  "volume overflow",
  "miscompare",
  "completed",
];

/**
 * Sense data in one line, such as "illegal request, 3B/0E: source element
 * empty", with the field that the device objects to and its progress.
 */
export function describeSense(sense: Sense): string {
  const key = KEY_NAMES[sense.key] ?? `sense key ${hex(sense.key, 1)}`;
  const name = isFailurePrediction(sense)
    ? "failure predicted"
    : namedRow(sense)?.name;
  const details: string[] = [];
  if (sense.fieldPointer !== null) {
    const { bit, byte, inCdb } = sense.fieldPointer;
    details.push(
      `byte ${byte}${bit === null ? "" : ` bit ${bit}`} of the ${
        inCdb ? "command" : "data"
      }`,
    );
  }
  if (sense.progress !== null) {
    details.push(`${Math.floor(sense.progress * 100)} % done`);
  }
  if (sense.deferred) details.push("of an earlier command");
  return `${key}, ${hex(sense.asc)}/${hex(sense.ascq)}` +
    (name === undefined ? "" : `: ${name}`) +
    (details.length === 0 ? "" : ` (${details.join(", ")})`);
}
