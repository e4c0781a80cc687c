/**
 * What is done after a failed step of a mount, by what the robot or the drive
 * said. The class of the sense table decides; the rows here are those of which
 * it does not tell enough.
 *
 * @module
 */

import type { ChangerError } from "../changer/mod.ts";

/** Who said that a step failed. */
export type Speaker = "robot" | "drive";

/** What is done after a failed step; each begins with a look at the elements. */
export type Remedy =
  /** The same step after a pause. */
  | "again"
  /** The drive unloads once more, then the same step. */
  | "unload"
  /** An inventory, then the mount anew. */
  | "inventory"
  /** The cartridge goes home, and to another drive. */
  | "otherDrive"
  /** A person has to help first. */
  | "operator"
  /** The drive is used no more; another one. */
  | "stopDrive"
  /** The library is used no more. */
  | "stopLibrary"
  /** Nothing helps: what was asked for cannot be done. */
  | "fail";

/** Whose failure it is; null where it is nobody's. */
export type Blame = "drive" | "medium" | "library" | null;

/** What is done, and whose failure it was. */
export interface Judgement {
  readonly remedy: Remedy;
  readonly blame: Blame;
}

type Advice = ChangerError["advice"];

const BY_CLASS: Readonly<Record<Speaker, Readonly<Record<Advice, Remedy>>>> = {
  robot: {
    retry: "again",
    wait: "again",
    operator: "operator",
    media: "otherDrive",
    hardware: "inventory",
    programming: "fail",
  },
  // It was asked for minutes: what it waits for did not come.
  drive: {
    retry: "otherDrive",
    wait: "otherDrive",
    operator: "otherDrive",
    media: "otherDrive",
    hardware: "otherDrive",
    programming: "fail",
  },
};

/** Key, ASC and ASCQ (null for any), what is done, and whose failure it is. */
type Row = readonly [number, number, number | null, Remedy, Blame];

/** Of whom else an answer tells than its class says. */
const BY_CODE: Readonly<Record<Speaker, readonly Row[]>> = {
  robot: [
    // Of the drive, and not of the library.
    [0x2, 0x04, 0x87, "otherDrive", "drive"],
    [0x2, 0x04, 0x89, "otherDrive", "drive"],
    [0x2, 0x04, 0x9a, "otherDrive", "drive"],
    [0x2, 0x53, 0x00, "otherDrive", "drive"],
    [0x4, 0x53, 0x00, "otherDrive", "drive"],
    [0x4, 0x53, 0x09, "otherDrive", "drive"],
    [0x4, 0x53, 0x0d, "otherDrive", "drive"],
    [0x5, 0x3b, 0x18, "otherDrive", "drive"],
    [0x5, 0x3b, 0x1a, "otherDrive", "drive"],
    // A drive that keeps its cartridge, or has broken the tape.
    [0x3, 0x53, 0x04, "stopDrive", "drive"],
    [0x4, 0x53, 0x01, "stopDrive", "drive"],
    [0x4, 0x53, 0x04, "stopDrive", "drive"],
    [0x4, 0x53, 0x0a, "stopDrive", "drive"],
    [0x4, 0x53, 0x0c, "stopDrive", "drive"],
    // It has let go as far as it knows, and the robot cannot have it.
    [0x5, 0x3a, 0x00, "unload", "drive"],
    [0x5, 0x3b, 0x83, "unload", "drive"],
    [0x2, 0x53, 0x02, "unload", null],
    [0x5, 0x53, 0x02, "unload", null],
    [0x5, 0x53, 0x03, "unload", "drive"],
    // Our picture is old, or the library's is.
    [0x2, 0x3a, 0x00, "inventory", null],
    [0x4, 0x53, 0x0b, "inventory", "drive"],
    [0x5, 0x21, 0x01, "inventory", null],
    [0x5, 0x3b, 0x0d, "inventory", null],
    [0x5, 0x3b, 0x0e, "inventory", null],
    [0x5, 0x44, null, "inventory", null],
    [0x5, 0x53, 0x08, "inventory", null],
    [0x5, 0xa0, null, "inventory", null],
    // No other drive has another label.
    [0x5, 0x53, 0x05, "fail", null],
    [0x5, 0x53, 0x06, "fail", null],
    [0x7, 0x27, 0x00, "fail", null],
    // Only who repairs it can help.
    [0x2, 0x04, 0x20, "stopLibrary", "library"],
    [0x2, 0x4c, 0x00, "stopLibrary", "library"],
    [0x4, 0x4c, 0x00, "stopLibrary", "library"],
  ],
  drive: [
    [0x3, 0x53, 0x04, "stopDrive", "drive"],
    [0x4, 0x4c, 0x00, "stopDrive", "drive"],
    [0x4, 0x53, 0x01, "stopDrive", "drive"],
    [0x4, 0x53, 0x04, "stopDrive", "drive"],
    [0x4, 0x53, 0x0a, "stopDrive", "drive"],
    [0x4, 0x53, 0x0c, "stopDrive", "drive"],
    // The library has put a cartridge into it.
    [0x2, 0x3a, 0x00, "otherDrive", "drive"],
    [0x5, 0x25, 0x00, "otherDrive", "drive"],
    // It is as its owner wants it, or as it was made.
    [0x7, 0x27, 0x00, "fail", null],
    [0x7, 0x30, null, "fail", null],
  ],
};

/** What is done after a failed step. */
export function judge(
  error: Pick<ChangerError, "advice" | "sense">,
  speaker: Speaker,
): Judgement {
  const { advice, sense } = error;
  const row = sense === null ? undefined : BY_CODE[speaker].find((
    [key, asc, ascq],
  ) =>
    key === sense.key && asc === sense.asc &&
    (ascq === null || ascq === sense.ascq)
  );
  if (row !== undefined) return { remedy: row[3], blame: row[4] };
  const remedy = BY_CLASS[speaker][advice];
  return { remedy, blame: blameOf(remedy, speaker, advice) };
}

function blameOf(remedy: Remedy, speaker: Speaker, advice: Advice): Blame {
  if (remedy === "fail" || remedy === "operator") return null;
  if (advice === "media") return "medium";
  if (speaker === "drive") return "drive";
  return advice === "hardware" ? "library" : null;
}
