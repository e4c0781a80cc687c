/**
 * What the calls on cleaning cartridges check, and what they begin.
 *
 * @module
 */

import {
  findLibraryById,
  findSlot,
  portsOf,
  type Reader,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import type { Libraries } from "./libraries.ts";
import type { Library } from "./library.ts";
import type { PortOperation } from "./port_work.ts";

/** Begins an operation, after which there may be a cleaning cartridge for who waits for one. */
export function begin(library: Library, operation: PortOperation): void {
  library.ports.begin({
    id: operation.id,
    kind: operation.kind,
    end: (reason) => operation.end(reason),
    run: async () => {
      await operation.run();
      library.cleanings.lookAgain();
    },
  });
}

/** The reserved slot, which has to be there. */
export async function requireSlot(
  db: Reader,
  library: Library,
): Promise<string> {
  const { cleanerSlotId } = await findLibraryById(db, library.id);
  const slot = cleanerSlotId === null
    ? null
    : await findSlot(db, cleanerSlotId);
  if (slot === null) {
    throw new NtmsError(
      "ERROR_CLEANER_SLOT_NOT_SET",
      `No slot of library ${library.name} is reserved for a cleaning cartridge ("rsm cleaner reserve")`,
    );
  }
  if (slot.state === "notPresent") {
    throw new NtmsError(
      "ERROR_RESOURCE_NOT_PRESENT",
      `The reserved slot ${slot.number} of library ${library.name} is not installed`,
    );
  }
  return slot.id;
}

/** Whether cartridges come and go through ports, and not by the door. */
export async function hasPorts(
  context: Context,
  library: Library,
): Promise<boolean> {
  const ports = await context.database.read((db) => portsOf(db, library.id));
  return ports.length > 0;
}

/** A library that cannot be reached has nothing present. */
export function libraryAtWork(libraries: Libraries, id: string): Library {
  try {
    return libraries.find(id);
  } catch (error) {
    if (!(error instanceof NtmsError)) throw error;
    throw new NtmsError("ERROR_RESOURCE_NOT_PRESENT", error.message, {
      cause: error,
    });
  }
}
