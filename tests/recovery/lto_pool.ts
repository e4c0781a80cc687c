/**
 * A pool for the cartridges that virtual libraries come with.
 *
 * @module
 */

import type { CreatePoolOptions, Session } from "../../src/client/mod.ts";

/** Creates or opens a pool of LTO-6 media. */
export async function ltoPool(
  session: Session,
  options: CreatePoolOptions,
): Promise<string> {
  const types = await session.objects("mediaType");
  const type = types.find(({ name }) => name === "LTO-6");
  if (type === undefined) throw new Error("there is no media type LTO-6");
  return await session.createPool({ ...options, mediaType: type.id });
}
