/**
 * What the usual places of this process depend on.
 *
 * @module
 */

import type { Surroundings } from "../protocol/mod.ts";
import type { UnixUser } from "./peers.ts";

/** Reads them. */
export function readSurroundings(): Surroundings & { readonly own: UnixUser } {
  const [uid, gid] = [Deno.uid(), Deno.gid()];
  if (uid === null || gid === null) {
    throw new TypeError("The RSM service needs an operating system with users");
  }
  return {
    own: { uid, gid },
    root: uid === 0,
    env: (name) => Deno.env.get(name) || undefined,
  };
}
