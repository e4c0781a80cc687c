/**
 * Loaders of the records of library requests and operator requests.
 *
 * @module
 */

import type { ObjectType } from "../model/mod.ts";
import { COMMON, common, dateOrNull, type Loader } from "./record_parts.ts";

/** Loads library requests. */
export const loadLibraryRequests: Loader = async (db, ids) => {
  const rows = await db.selectFrom("libraryRequest")
    .innerJoin("object", "object.id", "libraryRequest.id")
    .selectAll("libraryRequest").select(COMMON).where("object.id", "in", ids)
    .execute();
  return rows.map((row) => ({
    ...common("libraryRequest", row),
    operation: row.operation,
    option: row.option,
    state: row.state,
    library: row.libraryId,
    side: row.sideId,
    drive: row.driveId,
    cartridge: row.cartridgeId,
    slot: row.slotId,
    queued: new Date(row.queued),
    completed: dateOrNull(row.completed),
    application: row.application,
    user: row.user,
    computer: row.computer,
    errorCode: row.errorCode,
    priority: row.priority,
    order: row.orderNumber,
    workItem: row.workItemId,
    message: row.message,
  }));
};

function argument(type: ObjectType | null, id: string | null) {
  return type === null || id === null ? null : { type, id };
}

/** Loads operator requests. */
export const loadOperatorRequests: Loader = async (db, ids) => {
  const rows = await db.selectFrom("operatorRequest")
    .innerJoin("object", "object.id", "operatorRequest.id")
    .selectAll("operatorRequest").select(COMMON).where("object.id", "in", ids)
    .execute();
  return rows.map((row) => ({
    ...common("operatorRequest", row),
    command: row.command,
    state: row.state,
    submitted: new Date(row.submitted),
    message: row.message,
    argument1: argument(row.argument1Type, row.argument1Id),
    argument2: argument(row.argument2Type, row.argument2Id),
    application: row.application,
    user: row.user,
    computer: row.computer,
  }));
};
