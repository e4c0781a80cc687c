/**
 * Drives and libraries that fail: counted, taken out of service, and taken
 * back once a person has looked after them.
 *
 * @module
 */

import {
  completeOperatorRequests,
  findFailure,
  findObjectRow,
  putFailure,
  type Reader,
  updateObjectRow,
  type Writer,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import { askOperatorOnce } from "./operators.ts";

/** A device that failed. */
export interface Failed {
  readonly type: "drive" | "library";
  readonly id: string;
  /** What it said, for people. */
  readonly reason: string;
  /** Whether it is used no more, however often it failed before. */
  readonly stop: boolean;
}

/** Counts a failure; whether it took the device out of service. */
export async function noteFailure(
  db: Writer,
  context: Context,
  { type, id, reason, stop }: Failed,
): Promise<boolean> {
  const { clock, limits, log } = context;
  const before = await findFailure(db, id);
  const object = await findObjectRow(db, id);
  // It was deleted meanwhile.
  if (object === null) return false;
  const now = clock.now();
  const inARow = (before?.inARow ?? 0) + 1;
  const ends = object.enabled === 1 &&
    (stop || inARow >= limits.failuresInARow);
  const wasOut = before?.outOfService === 1 && object.enabled === 0;
  await putFailure(db, {
    objectId: id,
    inARow,
    last: now,
    reason,
    outOfService: ends || wasOut ? 1 : 0,
  });
  if (!ends) return false;
  await updateObjectRow(db, id, { enabled: 0 }, now);
  const name = await nameOf(db, type, id);
  const message = `${name} is out of service${
    stop ? "" : ` after ${inARow} failures in a row`
  }: ${reason}; see to it, and tell that it is done`;
  await askOperatorOnce(db, context, {
    command: "deviceService",
    message: message.slice(0, limits.messageLength),
    about: { type, id },
  });
  log.error("A device is out of service", { [type]: id, reason });
  return true;
}

/** It did what it was to do: what comes next is its first failure. */
export async function noteSuccess(db: Writer, id: string): Promise<void> {
  const row = await findFailure(db, id);
  if (row === null || row.inARow === 0) return;
  await putFailure(db, { ...row, inARow: 0 });
}

/** A person vouches for a device: it is used again if the service took it out of service. */
export async function takeBackIntoService(
  db: Writer,
  context: Context,
  id: string,
): Promise<void> {
  const row = await findFailure(db, id);
  if (row?.outOfService !== 1) return;
  const now = context.clock.now();
  await putFailure(db, { ...row, inARow: 0, outOfService: 0 });
  await updateObjectRow(db, id, { enabled: 1 }, now);
  await completeOperatorRequests(db, "deviceService", [id], now);
}

async function nameOf(
  db: Reader,
  type: Failed["type"],
  id: string,
): Promise<string> {
  const row = await findObjectRow(db, id);
  const name = row?.name ?? id;
  return type === "drive" ? name : `Library ${name}`;
}
