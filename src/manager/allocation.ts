/**
 * Allocation of media: who gets which side, and what happens when there is
 * none.
 *
 * @module
 */

import {
  completeOperatorRequest,
  findPool,
  insertLogicalMedium,
  moveToPool,
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
import { AskedFor } from "./asked_for.ts";
import { type Choice, choose } from "./allocation_choice.ts";
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

/** Calls that wait for media, woken by commits, served in order. */
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
    let asked: AskedFor | null = null;
    try {
      const request = await commit(
        this.#context,
        "mediumWanted",
        (db) => this.#ask(db, caller, input),
      );
      asked = new AskedFor(this.#context, request, () => this.wake());
      for (;;) {
        const change = deferred<void>();
        this.#waiting.add(change);
        // A medium may have come between the last look and this wait.
        const allocation = await this.#try(caller, input, asked.request);
        if (allocation !== null) {
          this.#waiting.delete(change);
          asked.stop();
          return allocation;
        }
        if (asked.isChanged) await this.#followUp(asked, caller, input);
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
      await asked?.end();
      throw error instanceof NtmsError && error.code === "ERROR_TIMEOUT"
        ? timedOut("The allocation", input.timeoutMs)
        : error;
    } finally {
      this.#calls--;
    }
  }

  /** The operator did something about the request: refused it, or is done and no medium has come. */
  async #followUp(
    asked: AskedFor,
    caller: Caller,
    input: AllocateInput,
  ): Promise<void> {
    const state = await asked.state();
    if (state === "refused") {
      throw cancelled("The allocation (the operator refused to bring media)");
    }
    if (state !== "complete" && state !== null) return;
    await asked.again((db) => this.#ask(db, caller, input));
  }

  async #ask(
    db: Writer,
    caller: Caller,
    input: AllocateInput,
  ): Promise<string> {
    const pool = await findPool(db, input.pool);
    return await askOperator(db, this.#context, {
      command: "newMedia",
      message: `Pool ${
        pool?.path ?? input.pool
      } has no medium available; put in new media or give some back`,
      about: { type: "mediaPool", id: input.pool },
    }, caller);
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
