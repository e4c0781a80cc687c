/**
 * The life of media between allocation and the end: complete, exchanged,
 * retired, forgotten.
 *
 * @module
 */

import {
  completeOperatorRequests,
  deleteObject,
  findCartridge,
  findLibraryById,
  findMedium,
  type Medium,
  type Reader,
  sidesOf,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type CartridgeId,
  type CreatedMedium,
  type CreateMediumInput,
  type LogicalMediumId,
  NtmsError,
  type SideId,
  type SwapMediaInput,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import { nextSideState } from "./lifecycle.ts";
import type { MediaManager } from "./managing.ts";
import { createMedium } from "./media_creation.ts";
import { isInUse } from "./media_use.ts";

/** Calls on the media of one catalogue. */
export class MediaLife implements MediaManager {
  readonly #ready: () => { readonly context: Context };

  /** `ready` rejects calls that come before the manager is ready. */
  constructor(ready: () => { readonly context: Context }) {
    this.#ready = ready;
  }

  complete(caller: Caller, logicalMedium: LogicalMediumId): Promise<void> {
    return this.#change(caller, (db) => complete(db, logicalMedium));
  }

  decommission(caller: Caller, side: SideId): Promise<void> {
    return this.#change(caller, (db) => decommission(db, side));
  }

  delete(caller: Caller, cartridge: CartridgeId): Promise<void> {
    return this.#change(caller, (db, now) => forget(db, cartridge, now));
  }

  create(caller: Caller, input: CreateMediumInput): Promise<CreatedMedium> {
    return createMedium(this.#ready().context, caller, input);
  }

  swap(caller: Caller, input: SwapMediaInput): Promise<void> {
    return this.#change(caller, (db) => swap(db, input));
  }

  async #change(
    caller: Caller,
    work: (db: Writer, now: number) => Promise<void>,
  ): Promise<void> {
    const { context } = this.#ready();
    await commit(context, "mediumLife", async (db) => {
      await work(db, context.clock.now());
      await keepAnswer(db, context, caller, {});
    });
  }
}

/** The medium of a logical medium's id; a side's id is not taken for one. */
async function requireLogicalMedium(
  db: Reader,
  id: string,
  verb: string,
): Promise<Medium> {
  const medium = await findMedium(db, id);
  if (medium?.side.logicalMediumId === id) return medium;
  throw new NtmsError(
    "ERROR_INVALID_MEDIA",
    `Cannot ${verb} ${id}: there is no such logical medium`,
  );
}

async function complete(db: Writer, logicalMedium: string): Promise<void> {
  const verb = "complete";
  const medium = await requireLogicalMedium(db, logicalMedium, verb);
  const { cartridge, side } = medium;
  const state = nextSideState(side.state, "complete");
  if (await isInUse(db, cartridge.id, [side])) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot ${verb} cartridge ${cartridge.name}: it is mounted or about to be; dismount it first`,
    );
  }
  await updateSide(db, side.id, { state });
}

async function decommission(db: Writer, id: string): Promise<void> {
  const medium = await findMedium(db, id);
  if (medium === null || medium.side.id !== id) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot decommission ${id}: there is no such side`,
    );
  }
  const state = nextSideState(medium.side.state, "decommission");
  await updateSide(db, id, { state });
}

async function forget(db: Writer, id: string, now: number): Promise<void> {
  const cartridge = await findCartridge(db, id);
  if (cartridge === null) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot delete cartridge ${id}: there is no such cartridge`,
    );
  }
  const sides = await sidesOf(db, id);
  const library = await findLibraryById(db, cartridge.libraryId);
  const owned = sides.find(({ state }) =>
    state === "allocated" || state === "complete" || state === "reserved"
  );
  const reason = library.kind !== "offline"
    ? "it is in a library; only one that is in none can be forgotten"
    : owned !== undefined
    ? `a side of it is ${owned.state}; deallocate it first`
    : await isInUse(db, id, sides)
    ? "a mount waits for it"
    : null;
  if (reason !== null) {
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot delete cartridge ${cartridge.barCode || id}: ${reason}`,
    );
  }
  for (const side of sides) await deleteObject(db, side.id);
  await deleteObject(db, id);
  await completeOperatorRequests(db, "moveMedia", [id], now);
}

async function swap(
  db: Writer,
  { first, second }: SwapMediaInput,
): Promise<void> {
  if (first === second) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `Cannot swap ${first} with itself; name two logical media`,
    );
  }
  const verb = "swap";
  const one = await requireLogicalMedium(db, first, verb);
  const other = await requireLogicalMedium(db, second, verb);
  if (one.cartridge.poolId !== other.cartridge.poolId) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `Cannot swap ${one.cartridge.name} and ${other.cartridge.name}: they are in different pools`,
    );
  }
  for (const { cartridge, side } of [one, other]) {
    if (side.state !== "allocated") {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot swap cartridge ${cartridge.name}: the side is ${side.state}, not allocated`,
      );
    }
    if (await isInUse(db, cartridge.id, [side])) {
      throw new NtmsError(
        "ERROR_INVALID_MEDIA",
        `Cannot swap cartridge ${cartridge.name}: it is mounted or about to be; dismount it first`,
      );
    }
  }
  await updateSide(db, one.side.id, { logicalMediumId: second });
  await updateSide(db, other.side.id, { logicalMediumId: first });
}
