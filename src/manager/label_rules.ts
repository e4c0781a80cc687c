/**
 * What follows from the label that was read from a medium. Rules only: no
 * waiting, no device, no catalogue.
 *
 * @module
 */

import type { Identification } from "../labels/mod.ts";
import type { SideState } from "../model/mod.ts";

/** A label, as the catalogue keeps it; empty where there is none. */
export interface SideLabel {
  readonly type: string;
  /** Hexadecimal digits; empty where the format says nothing of the medium. */
  readonly id: string;
  readonly info: string;
}

/** What was read from a medium. */
export interface FoundLabel {
  readonly status: Identification["status"];
  readonly label: SideLabel;
  /** It is our own label of free media. */
  readonly isFree: boolean;
  /** Names of label libraries that failed: one of them might have known the medium. */
  readonly failed: readonly string[];
}

/** A side as the catalogue has it. */
export interface KnownSide {
  readonly state: SideState;
  readonly label: SideLabel;
  /** Whether its owner told of the label: then it must be there. */
  readonly binds: boolean;
}

/** The other side of the catalogue that has the label which was found. */
export interface LabelOwner {
  /** Whether it is known to be in another place. */
  readonly isElsewhere: boolean;
  /** Whether neither medium has a bar code that tells where it is. */
  readonly placesAreGuesses: boolean;
}

/** What an unowned medium is, by its label. */
export type Nature = "import" | "foreign" | "free";

/** What to make of a label. */
export type Verdict =
  /** The medium is the one it was taken for, as far as anybody can tell. */
  | { readonly kind: "same" }
  /** It is, and has this label now; null for none. */
  | { readonly kind: "keep"; readonly label: SideLabel | null }
  /** Nobody owns it, and this is what it is. */
  | { readonly kind: "enter"; readonly nature: Nature }
  /** It was taken for a new one, and is the one that has the label. */
  | { readonly kind: "known" }
  /** It and the one that has the label stand in each other's places. */
  | { readonly kind: "exchanged" }
  /** It is not the one it was taken for. */
  | { readonly kind: "clash" }
  /** A label library failed: nothing follows. */
  | { readonly kind: "doubt" };

/** States of sides that were never anybody's here, as far as is known. */
const NEW: ReadonlySet<SideState> = new Set(["unknown", "foreign", "import"]);
/** States of sides that have an owner, or had one until the end. */
const OWNED: ReadonlySet<SideState> = new Set([
  "allocated",
  "complete",
  "reserved",
  "decommissioned",
]);

/** Whether two labels are those of one medium: type and id; without an id, nobody can tell. */
export function isSameLabel(a: SideLabel, b: SideLabel): boolean {
  return a.id !== "" && a.id === b.id && a.type === b.type;
}

/** What an unowned medium with this label is. */
export function natureOf({ isFree, status }: FoundLabel): Nature {
  if (isFree) return "free";
  return status === "claimed" || status === "recognized" ? "import" : "foreign";
}

/**
 * What follows from a label.
 *
 * @param freeLabelType The type of our own labels.
 * @param owner The other side that has the label; null where there is none.
 */
export function judgeLabel(
  side: KnownSide,
  found: FoundLabel,
  owner: LabelOwner | null,
  freeLabelType: string,
): Verdict {
  const hadLabel = side.label.id !== "";
  if (isSameLabel(side.label, found.label)) return { kind: "same" };
  if (hadLabel && found.failed.length > 0) return { kind: "doubt" };
  if (owner !== null) return judgeOwned(side, owner);
  if (NEW.has(side.state)) return { kind: "enter", nature: natureOf(found) };
  const keep: Verdict = {
    kind: "keep",
    label: found.status === "claimed" || found.status === "recognized"
      ? found.label
      : null,
  };
  const hadFreeLabel = hadLabel && side.label.type === freeLabelType;
  if (OWNED.has(side.state)) {
    // The owner may have written over the label of a free medium, but not
    // have made another free medium of it.
    const differs = side.binds || (hadFreeLabel && found.isFree);
    return hadLabel && differs ? { kind: "clash" } : keep;
  }
  // Nobody moved another medium to the free pool than the one that was there,
  // and a medium that was free by its label and has another one is not free.
  const differs = hadLabel && (side.state === "unprepared" || hadFreeLabel);
  return differs || (side.state === "unprepared" && found.isFree)
    ? { kind: "enter", nature: natureOf(found) }
    : keep;
}

/** The label is that of another medium of the catalogue. */
function judgeOwned(side: KnownSide, owner: LabelOwner): Verdict {
  if (NEW.has(side.state) && !owner.isElsewhere) return { kind: "known" };
  return owner.isElsewhere && owner.placesAreGuesses
    ? { kind: "exchanged" }
    : { kind: "clash" };
}
