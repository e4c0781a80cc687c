/**
 * The cleaning cartridge of a library in the catalogue: which one it is, what
 * it is still good for.
 *
 * @module
 */

import {
  type CartridgeRow,
  cleanerOf,
  completeOperatorRequests,
  findLibraryById,
  firstCleaner,
  hasOpenOperatorRequest,
  type Reader,
  updateLibrary,
  type Writer,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { askOperatorOnce } from "./operators.ts";
import { libraryFlags, UNCOUNTED } from "./settings_rules.ts";

/** NtmsLibraryFlags. */
const FLAG = { cleanerPresent: 0x2, recognizeCleaner: 0x10 } as const;

/** The cleaning cartridge of a library; null where it has none that can still clean. */
export async function usableCleaner(
  db: Reader,
  libraryId: string,
): Promise<CartridgeRow | null> {
  const library = await findLibraryById(db, libraryId);
  if (library.cleanerUsesRemaining === 0) return null;
  const cleaner = await cleanerOf(db, library);
  // One in a port is on its way out, or not in yet.
  return cleaner?.placeType === "port" ? null : cleaner;
}

/**
 * Brings the library in line with where its cleaning cartridges are. Where no
 * slot is reserved and the library goes by bar codes, the first cleaning
 * cartridge has its slot for itself.
 */
export async function settleCleaner(
  db: Writer,
  libraryId: string,
): Promise<void> {
  let library = await findLibraryById(db, libraryId);
  const recognizes = (library.flags & FLAG.recognizeCleaner) !== 0;
  if (library.cleanerSlotId === null && recognizes) {
    const found = await firstCleaner(db, libraryId);
    const cleanerSlotId = found?.placeId ?? null;
    if (cleanerSlotId === null) return;
    await updateLibrary(db, libraryId, { cleanerSlotId });
    library = { ...library, cleanerSlotId };
  }
  const isThere = await cleanerOf(db, library) !== null;
  const wasThere = (library.flags & FLAG.cleanerPresent) !== 0;
  if (isThere === wasThere) return;
  // Of one that nobody said anything of, the drives tell when it is used up.
  const uses = isThere ? library.cleanerUsesRemaining || UNCOUNTED : 0;
  await setUses(db, libraryId, uses, isThere);
}

/** Sets how many cleanings are left. */
export async function setUses(
  db: Writer,
  libraryId: string,
  uses: number,
  isThere: boolean,
): Promise<void> {
  const { flags } = await findLibraryById(db, libraryId);
  const present = isThere
    ? flags | FLAG.cleanerPresent
    : flags & ~FLAG.cleanerPresent;
  await updateLibrary(db, libraryId, {
    cleanerUsesRemaining: uses,
    flags: libraryFlags(present, { cleanerUsesRemaining: uses }),
  });
}

/** A cleaning has taken one use; the last one has the operator asked for another cartridge. */
export async function takeUse(
  db: Writer,
  context: Context,
  libraryId: string,
  name: string,
): Promise<void> {
  const { cleanerUsesRemaining } = await findLibraryById(db, libraryId);
  if (cleanerUsesRemaining === UNCOUNTED || cleanerUsesRemaining === 0) return;
  const uses = cleanerUsesRemaining - 1;
  await setUses(db, libraryId, uses, true);
  if (uses === 0) await askForCleaner(db, context, libraryId, name);
}

/** Asks the operator for a cleaning cartridge, unless that is asked already. */
export function askForCleaner(
  db: Writer,
  context: Context,
  libraryId: string,
  name: string,
): Promise<void> {
  return askOperatorOnce(db, context, {
    command: "cleaner",
    message:
      `Bring library ${name} a cleaning cartridge: it has none that can be used ("rsm cleaner inject")`,
    about: { type: "library", id: libraryId },
  });
}

/** Tells the operator which slot to fill, in a library without ports. */
export function askToFill(
  db: Writer,
  context: Context,
  library: { readonly name: string },
  slot: { readonly id: string; readonly number: number },
): Promise<void> {
  return askOperatorOnce(db, context, {
    command: "cleaner",
    message:
      `Open the door of library ${library.name}, and put a cleaning cartridge into slot ${slot.number}`,
    about: { type: "slot", id: slot.id },
  });
}

/** Whether the operator is asked for a cleaning cartridge. */
export function isAskedForCleaner(
  db: Reader,
  libraryId: string,
): Promise<boolean> {
  return hasOpenOperatorRequest(db, "cleaner", libraryId);
}

/** The operator has brought one. */
export function cleanerCame(
  db: Writer,
  context: Context,
  libraryId: string,
  slotId: string,
): Promise<void> {
  const now = context.clock.now();
  return completeOperatorRequests(db, "cleaner", [libraryId, slotId], now);
}
