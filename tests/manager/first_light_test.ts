import { assert, assertEquals } from "@std/assert";
import { mountOf, openFixture } from "./fixture.ts";

Deno.test("a program is given a cartridge, has it mounted and gives it back", async () => {
  await using fixture = await openFixture();
  const { manager } = fixture;
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  const { mounts } = await manager.mount(fixture.caller(), mountOf(medium));
  assertEquals(mounts.length, 1);
  const [drive] = (await fixture.all("drive")).filter((one) =>
    one.id === mounts[0]?.drive
  );
  assertEquals(drive?.state, "loaded");
  const { requests } = await manager.dismount(fixture.caller(), {
    media: [medium],
    wait: true,
  });
  assertEquals(requests.length, 1);
  const map = await fixture.map();
  assertEquals(map.drives.map((one) => one.state), [
    "dismounted",
    "dismounted",
  ]);
  await manager.deallocate(fixture.caller(), medium);
  assert(map.cartridges.every((one) => one.locationType === "slot"));
  assertEquals(
    fixture.log.lines.filter((line) => !line.startsWith("info")),
    [],
  );
});
