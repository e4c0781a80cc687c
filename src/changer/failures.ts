/**
 * What a refused or failed command means: the error for the rules above, and
 * whether the command may have been carried out all the same.
 *
 * @module
 */
import {
  describeSense,
  type Sense,
  SENSE_KEY,
  senseAction,
  senseLeavesOutcomeUnknown,
} from "../scsi/mod.ts";
import { ChangerError } from "./changer.ts";
import type { Reply } from "./reply.ts";

/** Whether the command that failed would have moved something. */
export type Effect = "reads" | "moves";

/**
 * Unit attentions after which what is known of the content may be wrong, by
 * ASC; null stands for every ASCQ.
 */
const CONTENT_ATTENTIONS: readonly (readonly [number, number | null])[] = [
  [0x28, null], // a door, port or magazine was used
  [0x29, null], // reset: the library looks again, locks are gone
  [0x2a, 0x01], // mode parameters: other element counts
  [0x2f, null], // commands were cleared
  [0x3b, null], // magazines, elements and drives come and go
  [0x3f, 0x0e], // other logical units
];

/** Whether a unit attention tells of a change of content. */
export function attentionChangesContent(sense: Sense): boolean {
  return CONTENT_ATTENTIONS.some(([asc, ascq]) =>
    asc === sense.asc && (ascq === null || ascq === sense.ascq)
  );
}

/** The error of a command that a device answered with sense data. */
export class SenseError extends ChangerError {
  /** All that the sense data says. */
  readonly detail: Sense;

  /** Makes the error of a command. */
  constructor(act: string, sense: Sense, effect: Effect) {
    const { key, asc, ascq } = sense;
    super(`Cannot ${act}: ${describeSense(sense)}`, {
      outcome: effect === "moves" && !wasNotBegun(sense) ? "unknown" : "failed",
      advice: senseAction(sense).class,
      sense: { key, asc, ascq },
    });
    this.detail = sense;
  }
}

/** Whether a device said that it does not do this. */
export function isRefusal(error: unknown): error is SenseError {
  return error instanceof SenseError &&
    error.detail.key === SENSE_KEY.illegalRequest;
}

/** Whether a device said that it does not know the command at all. */
export function isUnknownCommand(error: unknown): error is SenseError {
  return isRefusal(error) && error.detail.asc === 0x20;
}

/** The error of an answer that makes no sense. */
export function malformed(act: string, cause: RangeError): ChangerError {
  return new ChangerError(
    `Cannot ${act}: the answer is malformed: ${cause.message}`,
    { outcome: "failed", advice: "hardware", cause },
  );
}

/** The error of a command that did not succeed. */
export function failureOf(
  act: string,
  reply: Exclude<Reply, { kind: "good" }>,
  effect: Effect,
): ChangerError {
  switch (reply.kind) {
    case "busy":
      return new ChangerError(
        `Cannot ${act}: the device is busy; try again later`,
        { outcome: "failed", advice: "wait" },
      );
    case "sense":
      return new SenseError(act, reply.sense, effect);
    case "lost":
      return new ChangerError(`Cannot ${act}: ${reply.reason}`, {
        outcome: effect === "moves" && !reply.conflict ? "unknown" : "failed",
        advice: reply.conflict ? "operator" : "hardware",
      });
  }
}

/**
 * Whether the device refused a command before it moved anything. Illegal
 * requests are refused, and a unit attention stands in the place of the
 * command, unless it tells of commands that were lost. Of the "not ready"
 * answers only 04/xx, open doors and missing magazines say so: 53/00 and 3A/00
 * come from attempts.
 */
function wasNotBegun(sense: Sense): boolean {
  if (senseLeavesOutcomeUnknown(sense)) return false;
  switch (sense.key) {
    case SENSE_KEY.illegalRequest:
    case SENSE_KEY.unitAttention:
      return true;
    case SENSE_KEY.notReady:
      return sense.asc === 0x04 || sense.asc === 0x3b ||
        (sense.asc === 0x3a && sense.ascq === 0x02);
    default:
      return false;
  }
}
