/**
 * What the kernel's changer driver makes of sense data, and what can be
 * concluded from it.
 *
 * @module
 */
import type { ErrnoError } from "../../ffi/mod.ts";
import { ChangerError } from "./changer.ts";
import type { Effect } from "./failures.ts";

/** The sense code behind an errno, and whether the command surely did nothing. */
interface Meaning {
  readonly sense: ChangerError["sense"];
  readonly advice: ChangerError["advice"];
  readonly surelyNotDone: boolean;
}

/**
 * EBADE (source empty) and EXFULL (target full) do not prove that nothing was
 * moved: when the connection breaks under a move, the kernel sends it again,
 * and the second one fails because the first was done. (Seen in the lab with
 * EBADE; a changer that looks at the target first gives EXFULL.)
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  EBADSLT: {
    sense: { key: 5, asc: 0x21, ascq: 0x01 },
    advice: "programming",
    surelyNotDone: true,
  },
  EBADRQC: {
    sense: { key: 5, asc: 0x20, ascq: 0x00 },
    advice: "programming",
    surelyNotDone: true,
  },
  EXFULL: {
    sense: { key: 5, asc: 0x3b, ascq: 0x0d },
    advice: "programming",
    surelyNotDone: false,
  },
  // Also 28/01, import/export element accessed; which one it was is lost.
  EBADE: { sense: null, advice: "programming", surelyNotDone: false },
};

/** Everything else: not ready, locked, broken. The driver tells no more. */
const ANYTHING: Meaning = {
  sense: null,
  advice: "hardware",
  surelyNotDone: false,
};

/**
 * The error of a call to the kernel's changer driver.
 *
 * @param act Completes "Cannot ...".
 */
export function chFailure(
  act: string,
  error: ErrnoError,
  effect: Effect,
): ChangerError {
  const meaning = MEANINGS[error.code] ?? ANYTHING;
  const { advice, sense, surelyNotDone } = meaning;
  const reason = error.code === "EIO"
    ? "the kernel says EIO; its log has the sense data"
    : error.message;
  return new ChangerError(`Cannot ${act}: ${reason}`, {
    outcome: effect === "moves" && !surelyNotDone ? "unknown" : "failed",
    advice,
    sense,
    cause: error,
  });
}
