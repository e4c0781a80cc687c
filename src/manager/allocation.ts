/**
 * Allocation of media: who gets which side, and what happens when there is
 * none.
 *
 * @module
 */

import {
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
import type { Choice } from "./allocation_choice.ts";
import { AllocationCall, AllocationQueue } from "./allocation_queue.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { nextSideState } from "./lifecycle.ts";
import { askOperator } from "./operators.ts";
import { cancelled, deferred, timedOut, within } from "./waiting.ts";

/** Calls for media, those that wait woken by commits. */
export class Allocator {
  readonly #context: Context;
  readonly #queue: AllocationQueue;
  /** How many calls wait. */
  #waiting = 0;
  #closed = false;

  /** An allocator for one catalogue. */
  constructor(context: Context) {
    this.#context = context;
    this.#queue = new AllocationQueue(
      context,
      (db, choice, input) => allocateSide(db, context, choice, input),
    );
  }

  /** Allocates a side, waiting for one if need be. */
  async allocate(
    caller: Caller,
    input: AllocateInput,
    signal?: AbortSignal,
  ): Promise<Allocation> {
    checkInput(input);
    const call = new AllocationCall(caller, input);
    this.#queue.enter(call);
    try {
      await this.#queue.look();
      if (call.settled) return await call.done.promise;
      if (input.errorIfUnavailable) throw unavailable(input.pool);
      if (input.timeoutMs === 0) throw timedOut("The allocation", 0);
      return await this.#wait(call, signal);
    } catch (error) {
      // What is being written down for it is its own.
      if (!this.#queue.leave(call)) return await call.done.promise;
      throw error;
    }
  }

  /** Looks again for those who wait: something changed. */
  wake(): void {
    this.#queue.wake();
  }

  /** Fails all calls that wait. */
  close(): void {
    this.#closed = true;
    this.#queue.close();
  }

  async #wait(
    call: AllocationCall,
    signal: AbortSignal | undefined,
  ): Promise<Allocation> {
    const { waitingAllocations } = this.#context.limits;
    if (this.#waiting >= waitingAllocations) {
      throw new NtmsError(
        "ERROR_BUSY",
        `${waitingAllocations} allocations wait already; try again later`,
      );
    }
    this.#waiting++;
    let asked: AskedFor | null = null;
    try {
      const request = await commit(
        this.#context,
        "mediumWanted",
        (db) => this.#ask(db, call),
      );
      let changed = deferred<void>();
      asked = new AskedFor(this.#context, request, () => changed.resolve());
      const { clock } = this.#context;
      const started = clock.monotonic();
      const { timeoutMs } = call.input;
      while (!call.settled) {
        call.request = asked.request;
        if (this.#closed) throw cancelled("The allocation (the service stops)");
        await within(Promise.race([call.done.promise, changed.promise]), {
          clock,
          timeoutMs: remaining(timeoutMs, clock.monotonic() - started),
          signal,
          what: "The allocation",
        });
        changed = deferred();
        if (asked.isChanged) await this.#followUp(asked, call);
      }
      return await call.done.promise;
    } catch (error) {
      throw error instanceof NtmsError && error.code === "ERROR_TIMEOUT"
        ? timedOut("The allocation", call.input.timeoutMs)
        : error;
    } finally {
      if (asked !== null && call.completed === asked.request) asked.stop();
      else await asked?.end();
      this.#waiting--;
    }
  }

  /** The operator did something about the request: refused it, or is done and no medium has come. */
  async #followUp(asked: AskedFor, call: AllocationCall): Promise<void> {
    await this.#queue.look();
    if (call.settled) return;
    const state = await asked.state();
    if (state === "refused") {
      throw cancelled("The allocation (the operator refused to bring media)");
    }
    if (state !== "complete" && state !== null) return;
    await asked.again((db) => this.#ask(db, call));
  }

  async #ask(
    db: Writer,
    { caller, input }: AllocationCall,
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
