/**
 * What client programs under load tell of their calls, a line of JSON each.
 *
 * @module
 */

/** One line. */
export type Told =
  | {
    readonly program: string;
    readonly is: "asked";
    readonly call: number;
    readonly operation:
      | "allocate"
      | "deallocate"
      | "mount"
      | "dismount"
      | "inventory";
    /** The logical medium that it is about. */
    readonly medium?: string;
    /** Of an allocation: the name it is to have. */
    readonly name?: string;
    /** Of a dismount: it is answered when the robot is done. */
    readonly waits?: boolean;
  }
  | {
    readonly program: string;
    readonly is: "acknowledged";
    readonly call: number;
    /** Of an allocation: the logical medium. */
    readonly medium?: string;
    readonly requests?: readonly string[];
  }
  | {
    readonly program: string;
    readonly is: "refused";
    readonly call: number;
    readonly code: string;
  }
  /** What was in the drive of a mounted medium is not what the program wrote on it. */
  | {
    readonly program: string;
    readonly is: "misread";
    readonly medium: string;
    readonly found: string;
  }
  /** The service is gone; it waits for the next "go". */
  | { readonly program: string; readonly is: "down" };
