/**
 * Where cartridges go that leave a drive or a port: home, or to a free slot
 * that no other one is on its way to.
 *
 * @module
 */

import {
  type CartridgeRow,
  findFreeSlot,
  type Place,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { askOperatorOnce } from "./operators.ts";

/** The free slots of one library. */
export class FreeSlots {
  readonly #context: Context;
  readonly #libraryId: string;
  /** Slots that cartridges are on their way to, by id. */
  readonly #taken = new Set<string>();

  /** The slots of a library that no step is under way to. */
  constructor(context: Context, libraryId: string) {
    this.#context = context;
    this.#libraryId = libraryId;
  }

  /**
   * Has `step` bring a cartridge to a slot that is its own until that has ended.
   *
   * @throws {NtmsError} ERROR_LIBRARY_FULL when no slot is free.
   */
  async with<T>(
    cartridge: CartridgeRow,
    step: (slot: Place) => Promise<T>,
  ): Promise<T> {
    const slot = await this.#take(cartridge);
    if (slot === null) return await this.#ask(cartridge);
    try {
      return await step(slot);
    } finally {
      this.#taken.delete(slot.id);
    }
  }

  async #take(cartridge: CartridgeRow): Promise<Place | null> {
    for (;;) {
      const slot = await this.#context.database.read((db) =>
        findFreeSlot(db, this.#libraryId, cartridge, this.#taken)
      );
      // Another step may have taken it while the catalogue was read.
      if (slot !== null && this.#taken.has(slot.id)) continue;
      if (slot !== null) this.#taken.add(slot.id);
      return slot;
    }
  }

  async #ask({ barCode, sequenceNumber }: CartridgeRow): Promise<never> {
    const message = `No slot is free for cartridge ${
      barCode || sequenceNumber
    }; take a cartridge out of the library`;
    await this.#context.database.write((db) =>
      askOperatorOnce(db, this.#context, {
        command: "deviceService",
        message,
        about: { type: "library", id: this.#libraryId },
      })
    );
    throw new NtmsError("ERROR_LIBRARY_FULL", message);
  }
}
