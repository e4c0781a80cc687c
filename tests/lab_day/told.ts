/**
 * What the programs of the day in the kernel lab are told, and tell.
 *
 * @module
 */

/** What a program is to do, as JSON in the argument of its process. */
export interface ProgramOptions {
  readonly socket: string;
  readonly seed: number;
  readonly name: string;
  /** How many media it has. */
  readonly media: number;
  /** How many mounts it is to have had in the end. */
  readonly mounts: number;
}

/** A line of a program. */
export type Told =
  | {
    readonly is: "mounted";
    /** How many cartridges at once. */
    readonly media: number;
    /** Of them those on which was what it wrote at the mount before. */
    readonly readBack: number;
    /** How long it has waited for them. */
    readonly waitedMs: number;
  }
  | { readonly is: "dismounted"; readonly way: Dismount }
  /** A mount was given up because somebody has cancelled it. */
  | { readonly is: "cancelled" }
  | { readonly is: "wrong"; readonly what: string }
  /** It has done what it was to do. */
  | {
    readonly is: "done";
    /** What it has written last, by bar codes. */
    readonly written: Readonly<Record<string, string>>;
  };

/** How a program dismounts: waiting for the robot, not waiting, or when the drive is needed. */
export type Dismount = "waited for" | "queued" | "deferred";
