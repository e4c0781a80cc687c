/**
 * Media pools after they were made: their paths, their end, and the way of
 * cartridges from one to another.
 *
 * @module
 */

import {
  contentOfPool,
  deleteObject,
  findCartridge,
  findLibraryById,
  findObjectRow,
  findPool,
  isCleanerType,
  moveToPool,
  type PoolRow,
  type Reader,
  type SideRow,
  sidesOf,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type MediaPoolId,
  type MoveToPoolInput,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import { nextSideState } from "./lifecycle.ts";
import type { PoolManager } from "./managing.ts";
import { isInUse } from "./media_use.ts";
import { checkDelete, checkMove, type MoveFacts } from "./pool_rules.ts";

/** Calls on the pools of one catalogue. */
export class PoolChanges implements PoolManager {
  readonly #ready: () => { readonly context: Context };
  readonly #moved: (cartridge: string) => void;

  /** `ready` rejects calls that come before the manager is ready; `moved` hears of each cartridge in another pool. */
  constructor(
    ready: () => { readonly context: Context },
    moved: (cartridge: string) => void = () => {},
  ) {
    this.#ready = ready;
    this.#moved = moved;
  }

  async pathOf(pool: MediaPoolId): Promise<string> {
    const { database } = this.#ready().context;
    return (await database.read((db) => requirePool(db, pool))).path;
  }

  async delete(caller: Caller, pool: MediaPoolId): Promise<void> {
    const { context } = this.#ready();
    await commit(context, "pool", async (db) => {
      const row = await requirePool(db, pool);
      checkDelete(row, await contentOfPool(db, pool));
      await deleteObject(db, pool);
      await keepAnswer(db, context, caller, {});
    });
  }

  async move(caller: Caller, input: MoveToPoolInput): Promise<void> {
    const { context } = this.#ready();
    const waits = await commit(context, "mediumLife", async (db) => {
      const waits = await moveCartridge(
        db,
        input,
        (facts) => Promise.resolve(checkMove(facts)),
      );
      await keepAnswer(db, context, caller, {});
      return waits;
    });
    const { pool: id } = input;
    // The end of the request that writes the free label is told by itself.
    if (!waits) {
      context.database.tell({ operation: "complete", type: "mediaPool", id });
    }
    this.#moved(input.cartridge);
  }
}

async function requirePool(db: Reader, id: string): Promise<PoolRow> {
  const pool = await findPool(db, id);
  if (pool !== null) return pool;
  throw new NtmsError("ERROR_INVALID_MEDIA_POOL", `There is no pool ${id}`);
}

/** Puts a cartridge into another pool, if `check` does not refuse it; whether it waits for its free label there. */
export async function moveCartridge(
  db: Writer,
  input: MoveToPoolInput,
  check: (facts: MoveFacts, libraryId: string) => Promise<void>,
): Promise<boolean> {
  const cartridge = await findCartridge(db, input.cartridge);
  if (cartridge === null) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot move cartridge ${input.cartridge}: there is no such cartridge`,
    );
  }
  const target = await requirePool(db, input.pool);
  const source = await requirePool(db, cartridge.poolId);
  if (
    source.id !== target.id && await isCleanerType(db, cartridge.mediaTypeId)
  ) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot move cartridge ${cartridge.barCode}: it is a cleaning cartridge`,
    );
  }
  const sides = await sidesOf(db, cartridge.id);
  const name = (await findObjectRow(db, cartridge.id))?.name ?? cartridge.id;
  await check({
    cartridge: { name, mediaTypeId: cartridge.mediaTypeId },
    sides: sides.map(({ state }) => state),
    inUse: await isInUse(db, cartridge.id, sides),
    source,
    target,
  }, cartridge.libraryId);
  let waits = false;
  if (target.kind === "free") {
    const { trustBarCodes } = await findLibraryById(db, cartridge.libraryId);
    // Those that are available in a free pool have their label.
    const unlabelled = sides.filter(({ state }) =>
      source.id !== target.id || state !== "available"
    );
    await setFree(db, unlabelled, trustBarCodes === 1);
    waits = trustBarCodes === 0 && unlabelled.length > 0;
  }
  if (source.id !== target.id) await moveToPool(db, cartridge.id, target.id);
  return waits;
}

/** Into a free pool: sides wait for their free label where bar codes do not do instead. */
async function setFree(
  db: Writer,
  sides: readonly SideRow[],
  trusted: boolean,
): Promise<void> {
  for (const { id, state } of sides) {
    const unprepared = nextSideState(state, "free");
    await updateSide(db, id, {
      state: trusted ? nextSideState(unprepared, "label") : unprepared,
    });
  }
}
