/**
 * Allocation of media: who gets which side, and what happens when there is
 * none.
 *
 * @module
 */

import {
  completeOperatorRequest,
  deleteOperatorRequest,
  findAvailable,
  findLibraryById,
  findMedium,
  findPool,
  findSystemPool,
  insertLogicalMedium,
  type Medium,
  moveToPool,
  type PoolRow,
  type Reader,
  sidesOf,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import {
  type AllocateInput,
  type Allocation,
  type Caller,
  isObjectName,
  LIMITS,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import { nextSideState } from "./lifecycle.ts";
import { askOperator } from "./operators.ts";
import {
  cancelled,
  type Deferred,
  deferred,
  timedOut,
  within,
} from "./waiting.ts";

/** Calls that wait for media, woken by every commit, served in order. */
export class Allocator {
  readonly #context: Context;
  readonly #waiting = new Set<Deferred<void>>();
  /** Calls that wait, also while they look again. */
  #calls = 0;
  #closed = false;

  /** An allocator for one catalogue. */
  constructor(context: Context) {
    this.#context = context;
  }

  /** Allocates a side, waiting for one if need be. */
  async allocate(
    caller: Caller,
    input: AllocateInput,
    signal?: AbortSignal,
  ): Promise<Allocation> {
    checkInput(input);
    const first = await this.#try(caller, input, null);
    if (first !== null) return first;
    if (input.errorIfUnavailable) throw unavailable(input.pool);
    if (input.timeoutMs === 0) throw timedOut("The allocation", 0);
    return await this.#wait(caller, input, signal);
  }

  /** Looks again for those who wait: something changed. */
  wake(): void {
    if (this.#waiting.size === 0) return;
    for (const waiter of this.#waiting) waiter.resolve();
    this.#waiting.clear();
  }

  /** Fails all calls that wait. */
  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiting) {
      waiter.reject(cancelled("The allocation (the service stops)"));
    }
    this.#waiting.clear();
  }

  async #wait(
    caller: Caller,
    input: AllocateInput,
    signal: AbortSignal | undefined,
  ): Promise<Allocation> {
    const { waitingAllocations } = this.#context.limits;
    if (this.#calls >= waitingAllocations) {
      throw new NtmsError(
        "ERROR_BUSY",
        `${waitingAllocations} allocations wait already; try again later`,
      );
    }
    const { clock } = this.#context;
    const started = clock.monotonic();
    this.#calls++;
    let request: string | null = null;
    try {
      request = await this.#ask(caller, input);
      for (;;) {
        const change = deferred<void>();
        this.#waiting.add(change);
        // A medium may have come between the last look and this wait.
        const allocation = await this.#try(caller, input, request);
        if (allocation !== null) {
          this.#waiting.delete(change);
          return allocation;
        }
        if (this.#closed) throw cancelled("The allocation (the service stops)");
        const left = remaining(input.timeoutMs, clock.monotonic() - started);
        await within(change.promise, {
          clock,
          timeoutMs: left,
          signal,
          what: "The allocation",
        }).finally(() => this.#waiting.delete(change));
      }
    } catch (error) {
      if (request !== null) await this.#unask(request);
      throw error instanceof NtmsError && error.code === "ERROR_TIMEOUT"
        ? timedOut("The allocation", input.timeoutMs)
        : error;
    } finally {
      this.#calls--;
    }
  }

  #unask(request: string): Promise<void> {
    return commit(
      this.#context,
      "wantEnded",
      (db) => deleteOperatorRequest(db, request),
    );
  }

  #ask(caller: Caller, input: AllocateInput): Promise<string> {
    return commit(this.#context, "mediumWanted", async (db) => {
      const pool = await findPool(db, input.pool);
      return await askOperator(db, this.#context, {
        command: "newMedia",
        message: `Pool ${
          pool?.path ?? input.pool
        } has no medium available; put in new media or give some back`,
        about: { type: "mediaPool", id: input.pool },
      }, caller);
    });
  }

  /** One attempt; null when nothing is available. */
  async #try(
    caller: Caller,
    input: AllocateInput,
    request: string | null,
  ): Promise<Allocation | null> {
    const { database, clock } = this.#context;
    // A look first: an attempt that finds nothing must not commit, or it
    // would wake itself.
    if (await database.read((db) => choose(db, input)) === null) return null;
    return await commit(this.#context, "allocation", async (db) => {
      const choice = await choose(db, input);
      if (choice === null) return null;
      if (request !== null) {
        await completeOperatorRequest(db, request, clock.now());
      }
      const allocation = await allocateSide(db, this.#context, choice, input);
      await keepAnswer(db, this.#context, caller, allocation);
      return allocation;
    });
  }
}

/** A side to allocate and the pools it goes from and to. */
interface Choice {
  readonly medium: Medium;
  readonly pool: PoolRow;
}

function checkInput(input: AllocateInput): void {
  const bad = input.wholeCartridge && input.nextOf !== undefined
    ? "NEW and NEXT exclude each other"
    : input.name !== undefined && !isObjectName(input.name)
    ? `"${input.name}" is no name of 1 to ${LIMITS.nameLength} characters without backslash and controls`
    : (input.description?.length ?? 0) > LIMITS.descriptionLength
    ? `the description is longer than ${LIMITS.descriptionLength} characters`
    : null;
  if (bad !== null) {
    throw new NtmsError("ERROR_INVALID_PARAMETER", `Cannot allocate: ${bad}`);
  }
}

async function choose(
  db: Reader,
  input: AllocateInput,
): Promise<Choice | null> {
  const pool = await applicationPool(db, input.pool);
  if (input.nextOf !== undefined) {
    return { medium: await nextSide(db, input.nextOf), pool };
  }
  if (input.side !== null) {
    return { medium: await particularSide(db, input.side, pool), pool };
  }
  const own = await findAvailable(db, pool.id);
  if (own !== null) return { medium: own, pool };
  if (pool.drawFromFree === 0 || pool.mediaTypeId === null) return null;
  const free = await findSystemPool(db, "free", pool.mediaTypeId);
  if (free === null) {
    throw new NtmsError(
      "ERROR_DEVICE_NOT_AVAILABLE",
      `Cannot allocate from pool ${pool.path}: no library handles its media type, so there is no free pool of it`,
    );
  }
  const drawn = await findAvailable(db, free.id);
  return drawn === null ? null : { medium: drawn, pool };
}

async function applicationPool(db: Reader, id: string): Promise<PoolRow> {
  const pool = await findPool(db, id);
  const reason = pool === null
    ? "there is no such pool"
    : pool.kind !== "application"
    ? `${pool.path} belongs to the service; allocate from an application pool`
    : pool.mediaTypeId === null
    ? `${pool.path} holds pools and no media; allocate from one of them`
    : null;
  if (pool === null || reason !== null) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `Cannot allocate from pool ${id}: ${reason}`,
    );
  }
  return pool;
}

async function nextSide(db: Reader, logicalMedium: string): Promise<Medium> {
  const current = await findMedium(db, logicalMedium);
  if (current?.side.logicalMediumId !== logicalMedium) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot allocate the next side: ${logicalMedium} is no logical medium`,
    );
  }
  const sides = await sidesOf(db, current.cartridge.id);
  const next = sides.find(({ state }) => state === "reserved");
  if (next === undefined) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot allocate the next side of cartridge ${current.cartridge.name}: no side of it is reserved`,
    );
  }
  return { side: next, cartridge: current.cartridge };
}

async function particularSide(
  db: Reader,
  sideId: string,
  pool: PoolRow,
): Promise<Medium> {
  const medium = await findMedium(db, sideId);
  if (medium === null || medium.side.id !== sideId) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Cannot allocate side ${sideId}: there is no such side`,
    );
  }
  const { side, cartridge } = medium;
  if (side.state !== "available" && side.state !== "import") {
    throw new NtmsError(
      "ERROR_MEDIA_UNAVAILABLE",
      `Cannot allocate cartridge ${cartridge.name}: the side is ${side.state}, not available`,
    );
  }
  if (cartridge.mediaTypeId !== pool.mediaTypeId) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `Cannot allocate cartridge ${cartridge.name} into pool ${pool.path}: the pool holds another media type`,
    );
  }
  const library = await findLibraryById(db, cartridge.libraryId);
  if (library.kind === "offline") {
    throw new NtmsError(
      "ERROR_MEDIA_OFFLINE",
      `Cannot allocate cartridge ${cartridge.name}: it is in no library`,
    );
  }
  await requireReachable(db, medium, pool);
  return medium;
}

/** A side of another application's pool is not to be had by its id. */
async function requireReachable(
  db: Reader,
  medium: Medium,
  pool: PoolRow,
): Promise<void> {
  if (medium.cartridge.poolId === pool.id) return;
  const source = await findPool(db, medium.cartridge.poolId);
  const open = source?.kind === "free" || source?.kind === "import";
  if (!open) {
    throw new NtmsError(
      "ERROR_MEDIA_UNAVAILABLE",
      `Cannot allocate cartridge ${medium.cartridge.name}: it is in pool ${
        source?.path ?? medium.cartridge.poolId
      }, not in ${pool.path}, a free pool or an import pool`,
    );
  }
}

async function allocateSide(
  db: Writer,
  context: Context,
  { medium, pool }: Choice,
  input: AllocateInput,
): Promise<Allocation> {
  const { side, cartridge } = medium;
  const id = context.random.guid();
  const now = context.clock.now();
  if (cartridge.poolId !== pool.id) {
    await moveToPool(db, cartridge.id, pool.id);
  }
  await insertLogicalMedium(
    db,
    {
      id,
      type: "logicalMedium",
      name: input.name ?? cartridge.name,
      description: input.description ?? "",
    },
    pool.id,
    now,
  );
  await updateSide(db, side.id, {
    state: nextSideState(side.state, "allocate"),
    logicalMediumId: id,
    allocateCount: side.allocateCount + 1,
  });
  if (input.wholeCartridge) {
    for (const other of await sidesOf(db, cartridge.id)) {
      if (other.state !== "available") continue;
      await updateSide(db, other.id, {
        state: nextSideState(other.state, "reserve"),
      });
    }
  }
  return { logicalMedium: id, side: side.id, allocatedFrom: cartridge.poolId };
}

function remaining(timeoutMs: number, spentMs: number): number {
  return timeoutMs > LIMITS.longestWaitMs
    ? timeoutMs
    : Math.max(0, timeoutMs - spentMs);
}

function unavailable(pool: string): NtmsError {
  return new NtmsError(
    "ERROR_MEDIA_UNAVAILABLE",
    `Pool ${pool} has no medium available; put in new media, give some back, or let the pool draw from the free pool`,
  );
}
