/**
 * Inventory calls.
 *
 * @module
 */

import { findLibraryById } from "../database/mod.ts";
import {
  type Caller,
  INFINITE,
  type InventoryInput,
  type InventoryMethod,
  type InventoryResult,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import type { Libraries } from "./libraries.ts";
import { within } from "./waiting.ts";

/** Takes an inventory by one of the methods, or stops those that run. */
export async function takeInventory(
  context: Context,
  libraries: Libraries,
  caller: Caller,
  input: InventoryInput,
  signal?: AbortSignal,
): Promise<InventoryResult> {
  const library = await libraries.require(input.library);
  if (!await startsInventory(context, library.id, input.method)) {
    if (input.method === "stop") await library.stopInventories();
    return { request: null, report: null };
  }
  library.requireRoom();
  const { request, done } = await library.inventory(caller, input.wait);
  if (!input.wait) return { request, report: null };
  const report = await within(done, {
    clock: context.clock,
    timeoutMs: INFINITE,
    signal,
    what: `The inventory of ${library.name}`,
  });
  return { request, report };
}

/** Whether an inventory by this method looks at the library; the library's own setting is its default. */
async function startsInventory(
  context: Context,
  libraryId: string,
  asked: InventoryMethod,
): Promise<boolean> {
  const method = asked === "default"
    ? (await context.database.read((db) => findLibraryById(db, libraryId)))
      .inventoryMethod
    : asked;
  switch (method) {
    case "fast":
    case "default":
      return true;
    case "none":
    case "stop":
      return false;
    case "omid":
    case "slot":
      throw new NtmsError(
        "ERROR_NOT_SUPPORTED",
        `This version of rsm does not take an inventory by method "${method}", because it does not read labels on media yet; use "fast"`,
      );
  }
}
