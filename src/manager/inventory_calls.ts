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
  type LibraryId,
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
  const { isDefault, method } = await methodOf(
    context,
    library.id,
    input.method,
  );
  if (method === "stop") await library.stopInventories();
  if (method === "stop" || method === "none") {
    return { request: null, report: null };
  }
  if (method === "omid") library.labels.requireReading();
  library.requireRoom();
  const { request, done } = await library.inventory(caller, input.wait);
  // Asked for by name, labels are read of all media, else of what is not known.
  const identified = method !== "omid"
    ? null
    : done.then(() =>
      isDefault
        ? library.labels.identifyNew()
        : library.labels.identifyAll(caller, false)
    );
  context.background.run(
    "tell the end of an inventory",
    tellEnd(context, library.id, identified ?? done),
  );
  if (!input.wait) {
    if (identified !== null) {
      const ended = identified.catch((error: unknown) => {
        // The request of the inventory tells of its failure.
        if (!(error instanceof NtmsError)) throw error;
      });
      context.background.run("read the labels of media", ended);
    }
    return { request, report: null };
  }
  const both = Promise.all([done, identified]);
  const [report, lines] = await within(both, {
    clock: context.clock,
    timeoutMs: INFINITE,
    signal,
    what: `The inventory of ${library.name}`,
  });
  return {
    request,
    report: lines === null ? report : { ...report, identified: lines },
  };
}

/** Tells the end of an inventory, which is that of reading labels where they are read. */
async function tellEnd(
  { database }: Context,
  id: LibraryId,
  work: Promise<unknown>,
): Promise<void> {
  await Promise.allSettled([work]);
  database.tell({ operation: "complete", type: "library", id });
}

/** The method by which a library is looked at; its own setting is the default. */
async function methodOf(
  context: Context,
  libraryId: string,
  asked: InventoryMethod,
): Promise<{ method: "none" | "fast" | "omid" | "stop"; isDefault: boolean }> {
  const isDefault = asked === "default";
  const method = isDefault
    ? (await context.database.read((db) => findLibraryById(db, libraryId)))
      .inventoryMethod
    : asked;
  switch (method) {
    case "default":
      return { method: "fast", isDefault };
    case "fast":
    case "none":
    case "stop":
    case "omid":
      return { method, isDefault };
    case "slot":
      throw new NtmsError(
        "ERROR_NOT_SUPPORTED",
        'No document tells what an inventory by method "slot" is; identify the slot instead',
      );
  }
}
