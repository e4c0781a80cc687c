/**
 * Calls for media, served in the order they came: a medium goes to the first
 * call that can have it, however many look for one.
 *
 * @module
 */

import {
  completeOperatorRequest,
  type Reader,
  type Writer,
} from "../database/mod.ts";
import type { AllocateInput, Allocation, Caller } from "../model/mod.ts";
import { type Choice, choose } from "./allocation_choice.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import { cancelled, type Deferred, deferred } from "./waiting.ts";

/** A call for a medium. */
export class AllocationCall {
  readonly caller: Caller;
  readonly input: AllocateInput;
  readonly done: Deferred<Allocation> = deferred();
  /** The operator's request that is complete when it is served; null for none. */
  request: string | null = null;
  /** The request that was completed with it. */
  completed: string | null = null;
  /** Whether its medium is being written down: it is too late to give up. */
  serving = false;
  /** Whether it has a medium, or never will. */
  settled = false;

  /** A call that has just come. */
  constructor(caller: Caller, input: AllocateInput) {
    this.caller = caller;
    this.input = input;
  }
}

/** Allocates what was chosen for a call. */
export type Allocate = (
  db: Writer,
  choice: Choice,
  input: AllocateInput,
) => Promise<Allocation>;

/** Calls for media that have come and not been served. */
export class AllocationQueue {
  readonly #context: Context;
  readonly #allocate: Allocate;
  readonly #calls = new Set<AllocationCall>();
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  /** A queue that nobody has called. */
  constructor(context: Context, allocate: Allocate) {
    this.#context = context;
    this.#allocate = allocate;
  }

  /** Puts a call behind all that wait. */
  enter(call: AllocationCall): void {
    this.#calls.add(call);
  }

  /** Takes a call out; false where it is served, or will be in a moment. */
  leave(call: AllocationCall): boolean {
    return !call.serving && this.#calls.delete(call);
  }

  /** Serves who can be served; resolves when all that are left have been looked at once more. */
  look(): Promise<void> {
    if (this.#next !== null) return this.#next;
    const pass = this.#last.then(async () => {
      this.#next = null;
      while (await this.#serveFirst());
    });
    this.#last = pass.catch(() => {});
    return this.#next = pass;
  }

  /** Something changed: looks again, where anybody waits. */
  wake(): void {
    if (this.#calls.size === 0) return;
    this.#context.background.run("look for media", this.look());
  }

  /** Fails all calls that wait. */
  close(): void {
    for (const call of this.#calls) {
      if (call.serving) continue;
      this.#fail(call, cancelled("The allocation (the service stops)"));
    }
  }

  /** Serves the first call that can be; whether there was one, served or failed. */
  async #serveFirst(): Promise<boolean> {
    // A look first: a commit that finds nothing would only wake the queue.
    if (await this.#context.database.read((db) => this.#first(db)) === null) {
      return false;
    }
    let call: AllocationCall | null = null;
    try {
      const allocation = await commit(
        this.#context,
        "allocation",
        async (db) => {
          const first = await this.#first(db);
          if (first === null) return null;
          call = first.call;
          call.serving = true;
          return await this.#serve(db, first.call, first.choice);
        },
      );
      if (call !== null && allocation !== null) {
        this.#settle(call).resolve(allocation);
      }
    } catch (error) {
      if (call === null) return false;
      this.#fail(call, error);
    }
    return true;
  }

  async #serve(
    db: Writer,
    call: AllocationCall,
    choice: Choice,
  ): Promise<Allocation> {
    const { caller, input, request } = call;
    if (request !== null) {
      await completeOperatorRequest(db, request, this.#context.clock.now());
    }
    const allocation = await this.#allocate(db, choice, input);
    await keepAnswer(db, this.#context, caller, allocation);
    call.completed = request;
    return allocation;
  }

  /** The first call that can be served; those that never can be fail. */
  async #first(
    db: Reader,
  ): Promise<{ call: AllocationCall; choice: Choice } | null> {
    for (const call of this.#calls) {
      try {
        const choice = await choose(db, call.input);
        // It may have been given up while the catalogue was read.
        if (choice !== null && this.#calls.has(call)) return { call, choice };
      } catch (error) {
        this.#fail(call, error);
      }
    }
    return null;
  }

  #fail(call: AllocationCall, error: unknown): void {
    this.#settle(call).reject(error);
  }

  #settle(call: AllocationCall): Deferred<Allocation> {
    this.#calls.delete(call);
    call.settled = true;
    return call.done;
  }
}
