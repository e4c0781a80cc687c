/**
 * What an administrator changes in the scripted day.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Session } from "../../src/client/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
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

/** Says who may use a pool, and is refused what nobody may. */
export async function shareVault({ session }: World): Promise<void> {
  const shared = await ltoPool(session, { name: "shared" });
  await session.setAccess(shared, [{ who: "everyone", rights: ["use"] }]);
  assertEquals(
    (await session.access(shared)).entries.map(({ who }) => who),
    ["everyone"],
  );
  const [drive = ""] = await session.enumerate("drive");
  await assertRejects(() => session.setAccess(drive, []), NtmsError);
  const [last] = await session.audit({ limit: 1 });
  assertEquals(last?.outcome, "ERROR_NO_SECURITY_ON_OBJECT");
  await session.deletePool(shared);
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

/** Writes a free label to a cartridge that only its bar code tells to be free, and has it read again. */
export async function labelFreeMedium({ session }: World): Promise<void> {
  const like = await ltoPool(session, { name: "backup" });
  const free = await freePool(session, like);
  const sides = await session.objects("side", { container: free });
  const available = sides.filter(({ state }) => state === "available");
  const labelled = available.find(({ label }) => label.type !== "");
  const side = labelled ?? available[0];
  assert(side !== undefined);
  if (labelled === undefined) await session.labels.prepare(side.cartridge);
  const cartridge = await session.object(side.cartridge);
  assert(cartridge.type === "cartridge" && cartridge.location !== null);
  if (cartridge.locationType === "slot") {
    await session.labels.identify(cartridge.location);
  }
  const now = await session.object(side.id);
  assert(now.type === "side");
  assertEquals([now.state, now.label.type], ["available", "RSM free medium"]);
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
