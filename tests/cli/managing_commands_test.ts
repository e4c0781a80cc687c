import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runService } from "./running_service.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

Deno.test("rsm pool set changes what it is told to, and rsm pool show tells it", async () => {
  await using service = await runService();
  await service.rsm("pool create backup --type LTO-6 --max-allocates 9");
  assertStringIncludes(await service.rsm("pool show backup"), "9 a side");
  await service.rsm("pool set backup --name daily --draw yes --return yes");
  await service.rsm("pool set daily --max-allocates 0 --description Mine");
  const text = await service.rsm("pool show daily");
  for (
    const line of [
      /^Path +\\daily$/m,
      /^Holds +LTO-6$/m,
      /^Description +Mine$/m,
      /^Draws from free +yes$/m,
      /^Returns to free +yes$/m,
      /^Allocation limit +none$/m,
    ]
  ) assert(line.test(text), `${line}: ${text}`);
  const { mediaPool } = await service.json("pool set daily --draw no");
  assertEquals(mediaPool.drawFromFree, false);
  const nothing = await service.try("pool set daily");
  assertEquals(nothing.status, 2, nothing.err);
  const unread = await service.try("pool set daily --max-allocates few");
  assertEquals(unread.status, 2, unread.err);
});

Deno.test("rsm pool delete wants the pool to be empty", async () => {
  await using service = await runService();
  await service.rsm("pool create backup");
  await service.rsm("pool move DEMO01L6 backup");
  const full = await service.try("pool delete backup");
  assertEquals(full.status, 4, full.err);
  await service.rsm("pool move DEMO01L6 Free/LTO-6");
  assertEquals(await service.rsm("pool delete backup"), "");
  const gone = await service.try("pool show backup");
  assertEquals(gone.status, 3, gone.err);
});

Deno.test("rsm media follows a medium from pool to pool, to its end", async () => {
  await using service = await runService();
  await service.rsm("allocate --pool backup --create --name monday");
  const state = async (name: string) => {
    const { media } = await service.json("media list");
    return media.find((each: { cartridge: Named; side: Named }) =>
      each.cartridge.name === name || each.side.name === name
    )?.side.state;
  };
  await service.rsm("media complete monday");
  assertEquals(await state("DEMO01L6"), "complete");
  const write = await service.try("mount monday --write");
  assertEquals(write.status, 1, write.err);
  await service.rsm("media move DEMO02L6 backup");
  const table = await service.rsm("media list backup");
  assertEquals(table.split("\n").length, 3);
  assertStringIncludes(table, "\\backup");
  await service.rsm("media decommission DEMO02L6");
  assertEquals(await state("DEMO02L6"), "decommissioned");
  const inside = await service.try("media delete DEMO02L6");
  assertEquals(inside.status, 1, inside.err);
  await service.takeOut("DEMO02L6");
  await service.rsm("media delete DEMO02L6");
  assertEquals(await state("DEMO02L6"), undefined);
});

Deno.test("rsm attr keeps text and bytes with any object", async () => {
  await using service = await runService();
  await service.rsm("pool create backup");
  await service.rsm("attr set media-pool backup Owner Anne");
  assertEquals(await service.rsm("attr get media-pool backup Owner"), "Anne");
  assertEquals(
    await service.rsm("attr get media-pool backup Owner --hex"),
    "416e6e65",
  );
  await service.rsm("attr set cartridge DEMO01L6 Key 00ff --hex");
  const { hex } = await service.json("attr get cartridge DEMO01L6 Key");
  assertEquals(hex, "00ff");
  const noText = await service.try("attr get cartridge DEMO01L6 Key");
  assertEquals(noText.status, 2, noText.err);
  await service.rsm("attr set cartridge DEMO01L6 Key");
  const gone = await service.try("attr get cartridge DEMO01L6 Key --hex");
  assertEquals(gone.status, 3, gone.err);
  const odd = await service.try("attr set drive 0 Key 0 --hex");
  assertEquals(odd.status, 2, odd.err);
});

Deno.test("rsm disable keeps a drive from being used until rsm enable", async () => {
  await using service = await runService("slots=4&drives=1&cartridges=2");
  await service.rsm("allocate --pool backup --create --name monday");
  const [drive] = (await service.json("view drive")).objects;
  await service.rsm(`disable drive ${drive.number}`);
  const none = await service.try("mount monday --wait 0");
  assertEquals(none.status, 4, none.err);
  await service.rsm(`enable drive ${drive.id}`);
  await service.rsm("mount monday");
  const slot = await service.try("disable slot 1");
  assertEquals(slot.status, 3, slot.err);
});

Deno.test("rsm type list and show tell of suffixes, drives and origin", async () => {
  await using service = await runService();
  const list = await service.rsm("type list");
  assert(/^LTO-6 +L6 +rewritable +tape +1 +built in$/m.test(list), list);
  assert(/^DDS-4 .* 0 +built in$/m.test(list), list);
  const handled = await service.rsm("type list --handled");
  assert(!handled.includes("DDS-4") && handled.includes("LTO-6"), handled);
  const shown = await service.rsm("type show lto5");
  for (
    const line of [
      /^Bar codes end in +L5$/m,
      /^Read by +LTO 5, 6, 7$/m,
      /^Written by +LTO 5, 6$/m,
      /^Density codes +0x58$/m,
    ]
  ) assert(line.test(shown), `${line}: ${shown}`);
  const { mediaTypes } = await service.json("type list");
  assertEquals(mediaTypes.length > 60, true);
});

Deno.test("rsm type add, delete and change do what the documented functions do", async () => {
  await using service = await runService();
  await service.rsm("type add DDS-4 VL-demo");
  assertStringIncludes(await service.rsm("type list --handled"), "DDS-4");
  await service.rsm("type delete DDS-4 VL-demo");
  const list = await service.rsm("type list --handled");
  assert(!list.includes("DDS-4"), list);
  const full = await service.try("type delete LTO-6 VL-demo");
  assertEquals(full.status, 4, full.err);
  await service.rsm("type change DEMO01L6 Free/LTO-7");
  const said = await service.rsm("type delete LTO-5 VL-demo");
  assertEquals(said, "");
  const emptied = await service.try("type delete LTO-7 VL-demo");
  assertEquals(emptied.status, 4, emptied.err);
});
