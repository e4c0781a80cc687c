/**
 * The end of library requests: under whose ids the documents have it notified.
 *
 * @module
 */

import type { LibraryOperation, RequestState } from "../model/mod.ts";

/** States of a request that is not finished. */
export const UNFINISHED: readonly RequestState[] = [
  "queued",
  "inProcess",
  "waiting",
  "deferred",
];

/** Ids of objects, `NEW` for the row of a request, and the operations whose end they are told of. */
const TOLD: readonly (readonly [
  id: string,
  operations: readonly LibraryOperation[],
])[] = [
  [`NEW."id"`, ["mount", "eject", "inject", "ejectCleaner", "injectCleaner"]],
  // A cancellation: the request that it ended.
  [`NEW."workItemId"`, ["remove"]],
  [`NEW."libraryId"`, ["doorAccess", "reserveCleaner", "releaseCleaner"]],
  // DismountNtmsMedia goes by the medium, DismountNtmsDrive by the drive.
  [`NEW."driveId"`, ["cleanDrive", "dismount"]],
  [`NEW."sideId"`, ["dismount"]],
  [
    `(SELECT "logicalMediumId" FROM main."side" WHERE "id" = NEW."sideId")`,
    ["dismount"],
  ],
  [`NEW."slotId"`, ["processOmid"]],
  // The end of a move to a free pool.
  [
    `(SELECT "poolId" FROM main."cartridge" WHERE "id" = NEW."cartridgeId")`,
    ["writeScratch"],
  ],
];

const list = (names: readonly string[]): string =>
  names.map((name) => `'${name}'`).join();

/** Whether an update of a request ends it. */
export const ENDS = `OLD."state" IN (${list(UNFINISHED)})` +
  ` AND NEW."state" NOT IN (${list(UNFINISHED)})`;

/** Ids of the objects that the end of a request is told of. */
export const TOLD_OF_END: string = TOLD.map(([id, operations]) =>
  `CASE WHEN NEW."operation" IN (${list(operations)}) THEN ${id} END`
).join();
