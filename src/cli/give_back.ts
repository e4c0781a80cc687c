/**
 * Gives memory back that only the start of the service has needed: the first
 * inventory of a large library leaves as much behind as the service has in
 * use, and the runtime would keep it for as long as little happens.
 *
 * @module
 */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Collects garbage once, where the runtime offers that. */
export function giveMemoryBack(): void {
  setFlagsFromString("--expose-gc");
  // The flag shows only in contexts that are made after it.
  const collect: unknown = runInNewContext("globalThis.gc");
  if (typeof collect === "function") collect();
}
