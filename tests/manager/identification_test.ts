/** Media that are known by their labels, in a virtual library with files for media. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { MediaLabelLibrary } from "../../src/labels/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { mountOf, openFixture } from "./fixture.ts";
import { ansiLabels, BLANK, openLabelled } from "./labelled_media.ts";

const UNKNOWN = new TextEncoder().encode("nobody knows this");

Deno.test("an inventory by labels puts each medium where its label says: known formats to import, blank and unknown ones to unrecognized", async () => {
  await using fixture = await openLabelled({
    LAB001L6: ansiLabels("VOL001"),
    LAB002L6: UNKNOWN,
    LAB003L6: BLANK,
  });
  const { identified } = await fixture.inventory("omid");
  assertEquals(identified, [
    "LAB001L6: Volume VOL001",
    "LAB002L6: Data without a known label",
    "LAB003L6: Blank",
  ]);
  const states = [];
  for (const barCode of ["LAB001L6", "LAB002L6", "LAB003L6"]) {
    const { label, state } = await fixture.side(barCode);
    states.push([state, label.type, label.id]);
  }
  assertEquals(states, [
    ["import", "ANSI", "564f4c303031"],
    ["foreign", "", ""],
    ["foreign", "", ""],
  ]);
  const { cartridges, drives } = await fixture.map();
  assertEquals(
    cartridges.map(({ barCode, locationType, poolPath }) => [
      barCode,
      locationType,
      poolPath,
    ]),
    [
      ["LAB001L6", "slot", "\\Import\\LTO-6"],
      ["LAB002L6", "slot", "\\Unrecognized\\LTO-6"],
      ["LAB003L6", "slot", "\\Unrecognized\\LTO-6"],
    ],
  );
  assertEquals(drives.map(({ state }) => state), ["dismounted", "dismounted"]);
});

Deno.test("a library that is set to labels reads those of media that turn up, and of no others", async () => {
  const read: string[] = [];
  await using fixture = await openLabelled({ LAB001L6: UNKNOWN }, {
    crash: (point) => {
      if (point === "call.readLabel.before") read.push(point);
    },
  });
  const { manager } = fixture;
  const { library } = await fixture.map();
  await manager.objects.set(fixture.caller(), library.id, {
    inventoryMethod: "omid",
  });
  await fixture.write("LAB009L6", ansiLabels("VOL009"));
  await fixture.library.insert(1003, "LAB009L6");
  const { report } = await manager.inventory(fixture.caller(), {
    library: library.id,
    method: "default",
    wait: true,
  });
  assertEquals(report?.added, ["LAB009L6"]);
  assertEquals(report?.identified, [
    "LAB001L6: Data without a known label",
    "LAB009L6: Volume VOL009",
  ]);
  assertEquals((await fixture.side("LAB009L6")).state, "import");
  const once = read.length;
  // What has a label is certain; what has none is looked at again.
  await manager.inventory(fixture.caller(), {
    library: library.id,
    method: "default",
    wait: true,
  });
  assertEquals([once, read.length], [2, 3]);
});

Deno.test("a medium without a bar code is the missing one that has its label", async () => {
  await using fixture = await openLabelled({
    LAB001L6: ansiLabels("VOL001"),
  });
  await fixture.inventory("omid");
  const before = await fixture.cartridge("LAB001L6");
  await fixture.library.remove(1000);
  await fixture.inventory("fast");
  await fixture.write("unlabelled-1005", ansiLabels("VOL001"));
  await fixture.library.insert(1005, "?");
  assertEquals((await fixture.inventory("fast")).added.length, 1);
  const { identified } = await fixture.inventory("omid");
  assertEquals(identified, ["2: is LAB001L6, by its label"]);
  const all = await fixture.all("cartridge");
  assertEquals(all.map(({ id, barCode }) => [id, barCode]), [
    [before.id, "LAB001L6"],
  ]);
  const slots = await fixture.all("slot");
  assertEquals(
    slots.find(({ id }) => id === all[0]?.location)?.elementAddress,
    1005,
  );
});

Deno.test("of two media without bar codes that stand in each other's places each is told by its label", async () => {
  await using fixture = await openLabelled({
    "unlabelled-1": ansiLabels("VOL001"),
    "unlabelled-2": ansiLabels("VOL002"),
  });
  await fixture.inventory("omid");
  const labels = async () => {
    const sides = await fixture.all("side");
    const cartridges = await fixture.all("cartridge");
    const slots = await fixture.all("slot");
    return sides.map((side) => {
      const at = cartridges.find(({ id }) => id === side.cartridge)?.location;
      const number = slots.find(({ id }) => id === at)?.number;
      return `${side.label.info} in slot ${number}`;
    }).toSorted();
  };
  assertEquals(await labels(), [
    "Volume VOL001 in slot 1",
    "Volume VOL002 in slot 2",
  ]);
  await fixture.write("unlabelled-1", ansiLabels("VOL002"));
  await fixture.write("unlabelled-2", ansiLabels("VOL001"));
  const slots = await fixture.all("slot");
  const first = slots.find(({ number }) => number === 1)?.id ?? "";
  await fixture.manager.labels.identifySlot(fixture.caller(), {
    slot: first,
    wait: true,
  });
  assertEquals(await labels(), [
    "Volume VOL001 in slot 2",
    "Volume VOL002 in slot 1",
  ]);
});

Deno.test("identifying a slot returns when it is done; an empty one is no error, and an unknown one is not found", async () => {
  await using fixture = await openLabelled({ LAB001L6: ansiLabels("VOL001") });
  const { manager, caller } = fixture;
  const slots = await fixture.all("slot");
  const at = (address: number) =>
    slots.find(({ elementAddress }) => elementAddress === address)?.id ?? "";
  const request = await manager.labels.identifySlot(caller(), {
    slot: at(1000),
    wait: true,
    deferred: true,
  });
  assertEquals((await fixture.side("LAB001L6")).state, "import");
  const [record] = (await fixture.all("libraryRequest")).filter(({ id }) =>
    id === request
  );
  assertEquals([record?.operation, record?.state], ["processOmid", "passed"]);
  // Deferred: it waits in its drive until somebody needs that.
  assertEquals((await fixture.cartridge("LAB001L6")).locationType, "drive");
  assert(
    (await fixture.map()).drives.some(({ state }) => state === "dismountable"),
  );
  assertEquals(
    await manager.labels.identifySlot(caller(), {
      slot: at(1007),
      wait: true,
    }),
    null,
  );
  assertEquals((await fixture.all("cartridge")).length, 1);
  const error = await assertRejects(
    () =>
      manager.labels.identifySlot(caller(), {
        slot: "0123abcd-0000-4000-8000-000000000001",
      }),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_OBJECT_NOT_FOUND");
});

Deno.test("where media have bar codes only, labels cannot be asked for, and media wait for free labels", async () => {
  await using fixture = await openFixture({ trustBarCodes: false });
  const { manager, caller } = fixture;
  const { library, slots } = await fixture.map();
  const calls = [
    () => manager.inventory(caller(), { library: library.id, method: "omid" }),
    () => manager.labels.identifySlot(caller(), { slot: slots[0]?.id ?? "" }),
  ];
  for (const call of calls) {
    const error = await assertRejects(call, NtmsError, "labels");
    assertEquals(error.code, "ERROR_NOT_SUPPORTED");
  }
});

Deno.test("a medium in use is read when it is not any more, and a cleaning cartridge never", async () => {
  await using fixture = await openLabelled({
    LAB001L6: ansiLabels("VOL001"),
    LAB002L6: ansiLabels("VOL002"),
    CLN001L6: BLANK,
  }, { trustBarCodes: true });
  const { manager, caller } = fixture;
  const pool = await fixture.pool();
  const medium = await fixture.allocate(pool);
  await manager.mount(caller(), mountOf(medium));
  // Also where the caller is the one who has it mounted.
  const { identified } = await fixture.inventory("omid");
  assertEquals(identified, ["LAB002L6: Volume VOL002"]);
  assertEquals((await fixture.side("LAB001L6")).label.type, "");
  const { location } = await fixture.cartridge("CLN001L6");
  const input = { slot: location ?? "", wait: true };
  assertEquals(await manager.labels.identifySlot(caller(), input), null);
  const { mountedBy } = (await fixture.map()).cartridges[0] ?? {};
  assertEquals(mountedBy, "backup");
  await manager.dismount(caller(), { media: [medium] });
  while ((await fixture.side("LAB001L6")).label.type === "") {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const requests = await fixture.all("libraryRequest");
  const about = requests.filter(({ operation }) => operation === "processOmid")
    .map(({ name }) => name);
  assertEquals(about.toSorted(), ["Identify LAB001L6", "Identify LAB002L6"]);
});

Deno.test("an inventory by labels is ended by STOP: what was read stays known, and nothing stays in a drive", async () => {
  const stopped = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  let count = 0;
  const slow: MediaLabelLibrary = {
    name: "slow",
    maxMediaLabel: () => 16,
    async claimMediaLabel() {
      // The third medium waits in its drive until the stop has been asked for.
      if (++count === 3) {
        asked.resolve();
        await stopped.promise;
      }
      return { status: "ERROR_BAD_FORMAT" };
    },
  };
  await using fixture = await openLabelled({
    LAB001L6: ansiLabels("VOL001"),
    LAB002L6: ansiLabels("VOL002"),
    LAB003L6: ansiLabels("VOL003"),
    LAB004L6: ansiLabels("VOL004"),
    LAB005L6: ansiLabels("VOL005"),
    LAB006L6: ansiLabels("VOL006"),
  }, { labelLibraries: [slow] });
  const { manager, caller } = fixture;
  const library = (await fixture.map()).library.id;
  const inventory = fixture.inventory("omid");
  await asked.promise;
  await manager.inventory(caller(), { library, method: "stop" });
  stopped.resolve();
  const { identified = [] } = await inventory;
  assert(identified.length >= 2 && identified.length < 6, `${identified}`);
  const sides = await fixture.all("side");
  assertEquals(
    sides.filter(({ state }) => state === "import").length,
    identified.length,
  );
  const { cartridges } = await fixture.map();
  assertEquals(cartridges.filter((one) => one.locationType === "drive"), []);
});
