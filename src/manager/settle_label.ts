/**
 * Brings the catalogue in line with the label that was read from a medium.
 *
 * @module
 */

import {
  addMediaType,
  type CartridgeRow,
  clearPlaces,
  completeOperatorRequests,
  deleteObject,
  disableRow,
  findCartridge,
  findObjectRow,
  findSystemPool,
  moveToPool,
  type Reader,
  type SideRow,
  sidesOf,
  sidesOfLabel,
  updateCartridge,
  updateDrive,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import { FREE_LABEL_TYPE } from "../labels/mod.ts";
import type { Context } from "./context.ts";
import { describeLabel, NO_LABEL } from "./label_reading.ts";
import {
  type FoundLabel,
  judgeLabel,
  type LabelOwner,
  type Nature,
  type SideLabel,
  type Verdict,
} from "./label_rules.ts";
import { nextSideState } from "./lifecycle.ts";
import { askOperatorOnce } from "./operators.ts";
import { addSystemPools } from "./system_objects.ts";

/** What became of a medium whose label was read. */
export interface Settled {
  readonly verdict: Verdict["kind"];
  /** The cartridge that it is; another one than it was taken for where `known` or `exchanged`. */
  readonly cartridgeId: string;
  /** What happened, for people. */
  readonly message: string;
}

/** The medium whose label was read. */
export interface ReadMedium {
  readonly cartridge: CartridgeRow;
  readonly side: SideRow;
  /** The drive it is in. */
  readonly driveId: string;
}

/** The pool that a medium belongs in by its nature, and the event of its side. */
const NATURES = {
  import: { pool: "import", event: "find import" },
  foreign: { pool: "unrecognized", event: "find foreign" },
  free: { pool: "free", event: "find free" },
} as const;

/** Notes what a label says of its medium. */
export async function settleLabel(
  db: Writer,
  context: Context,
  medium: ReadMedium,
  found: FoundLabel,
): Promise<Settled> {
  const { cartridge, side } = medium;
  const other = await otherOfLabel(db, side, found.label);
  const verdict = judgeLabel(
    { state: side.state, label: labelOf(side), binds: side.labelBinds === 1 },
    found,
    other === null ? null : ownerOf(cartridge, other),
    FREE_LABEL_TYPE,
  );
  const name = await nameOf(db, cartridge);
  const settled = (message: string, cartridgeId = cartridge.id): Settled => ({
    verdict: verdict.kind,
    cartridgeId,
    message: `${name}: ${message}`,
  });
  const words = describeLabel(found);
  switch (verdict.kind) {
    case "same":
      return settled(words);
    case "doubt":
      return settled(
        `nothing follows from its label, because ${
          found.failed.join(", ")
        } failed`,
      );
    case "keep":
      await updateSide(
        db,
        side.id,
        labelColumns(verdict.label ?? NO_LABEL, false),
      );
      return settled(words);
    case "enter":
      await enter(db, context, medium, found, verdict.nature);
      return settled(words);
    case "known":
    case "exchanged":
      if (other === null) return settled(words);
      return settled(
        await takeForOther(db, context, medium, other, verdict.kind),
        other.id,
      );
    case "clash": {
      const message = await quarantine(db, context, cartridge, name, {
        found: words,
        other: other === null ? null : await nameOf(db, other),
        expected: side.labelInfo || side.labelType,
      });
      return settled(message);
    }
  }
}

/** The cartridge of another side that has the label; null where there is none. */
async function otherOfLabel(
  db: Reader,
  side: SideRow,
  label: SideLabel,
): Promise<CartridgeRow | null> {
  if (label.id === "") return null;
  const others = await sidesOfLabel(db, label);
  const [first] = others.filter(({ cartridgeId }) =>
    cartridgeId !== side.cartridgeId
  );
  return first === undefined
    ? null
    : await findCartridge(db, first.cartridgeId);
}

function ownerOf(cartridge: CartridgeRow, other: CartridgeRow): LabelOwner {
  return {
    isElsewhere: other.placeId !== null,
    placesAreGuesses: cartridge.barCode === "" && other.barCode === "" &&
      cartridge.libraryId === other.libraryId,
  };
}

function labelOf(side: SideRow): SideLabel {
  return { type: side.labelType, id: side.labelId, info: side.labelInfo };
}

/** A label as columns of its side. */
export function labelColumns(label: SideLabel, binds: boolean) {
  return {
    labelType: label.type,
    labelId: label.id,
    labelInfo: label.info,
    labelBinds: binds ? 1 : 0,
  } as const;
}

async function nameOf(db: Reader, { id }: CartridgeRow): Promise<string> {
  return (await findObjectRow(db, id))?.name ?? id;
}

/** Puts a medium that nobody owns where its label says. */
async function enter(
  db: Writer,
  context: Context,
  { cartridge, side }: ReadMedium,
  found: FoundLabel,
  nature: Nature,
): Promise<void> {
  const { event, pool } = NATURES[nature];
  await updateSide(db, side.id, {
    state: nextSideState(side.state, event),
    // A recognized label that is lost again is a medium that was exchanged.
    ...labelColumns(found.label, nature === "import"),
  });
  const poolId = await systemPool(db, context, cartridge, pool);
  if (poolId !== cartridge.poolId) await moveToPool(db, cartridge.id, poolId);
}

async function systemPool(
  db: Writer,
  context: Context,
  { libraryId, mediaTypeId, poolId }: CartridgeRow,
  kind: "free" | "import" | "unrecognized",
): Promise<string> {
  const found = await findSystemPool(db, kind, mediaTypeId);
  if (found !== null) return found.id;
  const name = (await findObjectRow(db, mediaTypeId))?.name ?? mediaTypeId;
  await addMediaType(db, libraryId, mediaTypeId);
  await addSystemPools(
    db,
    { id: mediaTypeId, name },
    context.random,
    context.clock.now(),
  );
  return (await findSystemPool(db, kind, mediaTypeId))?.id ?? poolId;
}

/** The medium is one that was known already: that one is where it is. */
async function takeForOther(
  db: Writer,
  context: Context,
  { cartridge, driveId, side }: ReadMedium,
  other: CartridgeRow,
  kind: "known" | "exchanged",
): Promise<string> {
  const now = context.clock.now();
  const [name, otherName] = [
    await nameOf(db, cartridge),
    await nameOf(db, other),
  ];
  const place = placeOf(cartridge);
  const otherPlace = placeOf(other);
  await clearPlaces(db, [cartridge.id, other.id]);
  if (kind === "known") {
    for (const one of await sidesOf(db, cartridge.id)) {
      await deleteObject(db, one.id);
    }
    await deleteObject(db, cartridge.id);
  } else {
    await updateCartridge(db, cartridge.id, { ...otherPlace, state: "idle" });
  }
  await updateCartridge(db, other.id, {
    ...place,
    state: cartridge.state,
    barCode: cartridge.barCode || other.barCode,
  });
  const [otherSide] = await sidesOf(db, other.id);
  await updateDrive(db, driveId, {
    state: "dismountable",
    sideId: otherSide?.id ?? null,
    dismountableSince: now,
    dismountablePriority: 0,
  });
  await completeOperatorRequests(
    db,
    "moveMedia",
    [other.id],
    now,
    place.libraryId,
  );
  if (kind === "known") return `is ${otherName}, by its label`;
  const message =
    `${name} and ${otherName} stand in each other's places, by the label of ${otherName}`;
  await askOperatorOnce(db, context, {
    command: "deviceService",
    message: `${message}; take an inventory by labels`,
    about: { type: "cartridge", id: side.cartridgeId },
  });
  return message;
}

function placeOf(cartridge: CartridgeRow) {
  const { homeSlotId, libraryId, placeId, placeType } = cartridge;
  return { homeSlotId, libraryId, placeId, placeType };
}

/** Nobody gets a medium that is not what it was taken for, until a person has looked at it. */
async function quarantine(
  db: Writer,
  context: Context,
  cartridge: CartridgeRow,
  name: string,
  { expected, found, other }: {
    readonly expected: string;
    readonly found: string;
    readonly other: string | null;
  },
): Promise<string> {
  const message = other === null
    ? `its label is not the one it had: found "${found}", expected "${expected}"`
    : `its label is that of ${other}: "${found}"`;
  await disableRow(db, cartridge.id, context.clock.now());
  await askOperatorOnce(db, context, {
    command: "deviceService",
    message:
      `Cartridge ${name} is not what it was: ${message}. Find the right one, or enable ${name} to take it as it is`,
    about: { type: "cartridge", id: cartridge.id },
  });
  return message;
}
