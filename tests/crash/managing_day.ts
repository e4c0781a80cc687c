/**
 * What an administrator changes in the scripted day.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Session } from "../../src/client/mod.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import type { World } from "./world.ts";

/** Describes a drive, takes it out of use and back. */
export async function lookAfterDrive({ session }: World): Promise<void> {
  const [drive] = await session.objects("drive");
  assert(drive !== undefined);
  await session.change(drive.id, { description: "looked after" });
  if (drive.enabled) await session.disable(drive.id);
  await session.enable(drive.id);
  const { description, enabled } = await session.object(drive.id);
  assertEquals({ description, enabled }, {
    description: "looked after",
    enabled: true,
  });
}

/** Brings a free cartridge into a vault and back, and closes the vault. */
export async function useVault({ session }: World): Promise<void> {
  const vault = await ltoPool(session, { name: "vault" });
  const free = await freePool(session, vault);
  const inVault = () => session.enumerate("cartridge", { container: vault });
  if ((await inVault()).length === 0) {
    const sides = await session.objects("side", { container: free });
    const side = sides.find(({ state }) => state === "available");
    assert(side !== undefined);
    await session.moveToPool(side.cartridge, vault);
  }
  for (const cartridge of await inVault()) {
    await session.moveToPool(cartridge, free);
  }
  await session.deletePool(vault);
}

/** The free pool of the media type that a pool holds. */
async function freePool(session: Session, like: string): Promise<string> {
  const pool = await session.object(like);
  const tops = await session.objects("mediaPool");
  const top = tops.find(({ kind }) => kind === "free");
  assert(pool.type === "mediaPool" && top !== undefined);
  const free = await session.objects("mediaPool", { container: top.id });
  const found = free.find(({ mediaType }) => mediaType === pool.mediaType);
  assert(found !== undefined);
  return found.id;
}
