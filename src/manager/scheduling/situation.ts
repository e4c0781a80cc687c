/**
 * What the rules of scheduling know when they choose, and what they answer.
 *
 * @module
 */

/** A drive as the rules see it. */
export interface DriveSituation {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  /** Whether the library has it, connected. */
  readonly present: boolean;
  /** Whether a robot step or a mount has hold of it. */
  readonly busy: boolean;
  /** Whether it may be mounted in; what is in it may leave in any case. */
  readonly enabled: boolean;
  /** The cartridge in it; null when empty. */
  readonly cartridgeId: string | null;
  /** Who has it mounted, or has it loaded just now; null for nobody. */
  readonly holder: string | null;
  /** Since when; 0 for nobody. */
  readonly heldSince: number;
  /** When the medium in it may go without asking; null when it may not. */
  readonly evictableFrom: number | null;
  /** Whether that medium has been unloaded, and waits for the arm only. */
  readonly unloaded: boolean;
  /** Priority of the mount that left the medium in it. */
  readonly leftPriority: number;
  /** Media types it takes, by id. */
  readonly mediaTypes: ReadonlySet<string>;
  /** Those of them that it writes. */
  readonly writableTypes: ReadonlySet<string>;
  /** Where it is on the way of the arm, in the unit of the media's places; null when not known. */
  readonly position: number | null;
  /** Where the cartridge in it goes when it is put away; null when empty or not known. */
  readonly homePosition: number | null;
}

/** A cartridge that a mount wants. */
export interface WantedMedium {
  readonly cartridgeId: string;
  readonly mediaTypeId: string;
  /** Bar code or name, for people. */
  readonly label: string;
  /** The drive asked for; null for any. */
  readonly driveId: string | null;
  /** Drives that failed with it. @default {[]} */
  readonly avoidDriveIds?: readonly string[];
  /** The drive in which the caller has it mounted already; null when it has not. */
  readonly heldDriveId: string | null;
  /** Whether it is in the library. */
  readonly online: boolean;
  /** Whether it is to be written, for which it needs a drive that does. */
  readonly write: boolean;
  /** Where it is on the way of the arm; null when it is in a drive or not known. */
  readonly position: number | null;
}

/** Work in a library's queue. */
export type Work =
  & {
    readonly arrival: number;
    /** When it came, by the clock that the situation goes by. */
    readonly submitted: number;
    readonly priority: number;
    /** Its order number among mounts of one priority; low goes first. */
    readonly order: number;
    /** Whose it is: what holders of drives are called. */
    readonly owner: string;
  }
  & (
    | { readonly kind: "inventory" }
    | { readonly kind: "door" }
    | {
      readonly kind: "transfer";
      readonly cartridgeId: string;
      /** Whether it ends where the cartridge has left its port for a drive. */
      readonly fromPort: boolean;
    }
    | {
      readonly kind: "dismount";
      readonly cartridgeId: string;
      readonly driveId: string;
    }
    | {
      readonly kind: "clean";
      /** The cleaning cartridge. */
      readonly cartridgeId: string;
      readonly driveId: string;
    }
    | { readonly kind: "mount"; readonly media: readonly WantedMedium[] }
  );

/** Work of one kind in a library's queue. */
export type WorkOf<K extends Work["kind"]> = Extract<Work, { kind: K }>;

/** A mount in a library's queue. */
export type MountWork = WorkOf<"mount">;

/** What the rules know when they choose. */
export interface Situation {
  readonly now: number;
  /** How long a request may be overtaken by others of its rank, at most. */
  readonly ageingLimitMs: number;
  readonly drives: readonly DriveSituation[];
  /** Cartridges that a robot step or a mount has hold of, by id. */
  readonly busyCartridges: ReadonlySet<string>;
  /** Cartridges that a person is about to have: only a transfer may take them. */
  readonly heldCartridges: ReadonlySet<string>;
  /** Why nothing but an inventory may start; null when all may. */
  readonly frozen: string | null;
  /** Whether any robot step is under way. */
  readonly working: boolean;
}

/** What comes of asking whether work can start. */
export type Verdict =
  | { readonly start: true; readonly driveIds: readonly string[] }
  | {
    readonly start: false;
    readonly waitsFor: string;
    /** The cartridge that the operator has to bring, if it waits for one. */
    readonly offline?: { readonly cartridgeId: string; readonly label: string };
  };

/** What becomes of work now. */
export interface Decision {
  readonly work: Work;
  readonly verdict: Verdict;
}
