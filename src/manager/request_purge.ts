/**
 * Forgets finished library requests when their time is over: not at each new
 * one, because to look costs more than to enter one.
 *
 * @module
 */

import {
  type Database,
  purgeLibraryRequests,
  type Writer,
} from "../database/mod.ts";
import type { Context } from "./context.ts";

/** When each catalogue was looked at last. */
const looked = new WeakMap<Database, number>();

/** Forgets what need not be kept, if that was not done just now. */
export async function purgeWhenDue(
  db: Writer,
  { clock, database, limits }: Context,
): Promise<void> {
  const now = clock.now();
  const last = looked.get(database);
  if (last !== undefined && now - last < limits.requestsPurgedEveryMs) return;
  looked.set(database, now);
  await purgeLibraryRequests(db, now);
}
