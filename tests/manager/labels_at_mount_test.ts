/** The label of a medium is read before it is handed out. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { MediaLabelLibrary } from "../../src/labels/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { type FixtureOptions, mountOf } from "./fixture.ts";
import {
  ansiLabels,
  BLANK,
  type LabelledFixture,
  openLabelled,
} from "./labelled_media.ts";

const MINE = ansiLabels("MINE01");

/** A fixture, how often a label was read in it, and a medium whose owner told of its label. */
async function openOwned(options: FixtureOptions = {}) {
  const reads: string[] = [];
  const fixture = await openLabelled({ LAB001L6: BLANK, LAB002L6: BLANK }, {
    trustBarCodes: true,
    crash: (point) => {
      if (point === "call.readLabel.before") reads.push(point);
    },
    ...options,
  });
  const medium = await fixture.allocate(await fixture.pool());
  await fixture.write("LAB001L6", MINE);
  await fixture.manager.labels.updateOmid(fixture.caller(), {
    logicalMedium: medium,
    raw: MINE,
  });
  return { fixture, medium, reads };
}

function refusal(fixture: LabelledFixture, medium: string): Promise<NtmsError> {
  return assertRejects(
    () => fixture.manager.mount(fixture.caller(), mountOf(medium)),
    NtmsError,
  );
}

async function mountedBy({ map }: LabelledFixture): Promise<string[]> {
  return (await map()).cartridges.map((one) => one.mountedBy)
    .filter((name) => name !== "");
}

Deno.test("a medium of which the owner wrote the label is not handed out when another label is on it, and a person is asked", async () => {
  const { fixture, medium } = await openOwned();
  await using _fixture = fixture;
  const { manager, caller } = fixture;
  const { label } = await fixture.side("LAB001L6");
  assertEquals(label, { type: "ANSI", id: "4d494e453031", info: label.info });
  await manager.mount(caller(), mountOf(medium));
  await manager.dismount(caller(), { media: [medium], wait: true });
  await fixture.write("LAB001L6", ansiLabels("OTHER1"));
  const error = await refusal(fixture, medium);
  assertEquals(error.code, "ERROR_INVALID_STATE");
  assertEquals(await mountedBy(fixture), []);
  const [request] = await fixture.all("operatorRequest");
  assertEquals(request?.command, "deviceService");
  assert(request?.message.includes("OTHER1"), request?.message);
  // Nobody gets it until the person has looked: then it is handed out again.
  assertEquals(
    (await refusal(fixture, medium)).code,
    "ERROR_RESOURCE_DISABLED",
  );
  await fixture.write("LAB001L6", MINE);
  const { id } = await fixture.cartridge("LAB001L6");
  await manager.objects.enable(caller(), { id, type: "cartridge" });
  await manager.mount(caller(), mountOf(medium));
  assertEquals(await mountedBy(fixture), ["backup"]);
});

Deno.test("a medium with the label of another one of the catalogue is not handed out", async () => {
  const { fixture, medium } = await openOwned();
  await using _fixture = fixture;
  const other = await fixture.allocate(await fixture.pool());
  await fixture.write("LAB002L6", ansiLabels("MINE02"));
  await fixture.manager.labels.updateOmid(fixture.caller(), {
    logicalMedium: other,
    raw: ansiLabels("MINE02"),
  });
  // A hand puts each tape into the shell of the other.
  await fixture.write("LAB001L6", ansiLabels("MINE02"));
  await fixture.write("LAB002L6", MINE);
  const error = await refusal(fixture, medium);
  assert(error.message.includes("LAB002L6"), error.message);
  assertEquals(await mountedBy(fixture), []);
});

Deno.test("what the owner writes over the label that was there before him is his, and no reason to keep it from him", async () => {
  await using fixture = await openLabelled({ LAB001L6: BLANK }, {
    trustBarCodes: true,
  });
  const { manager, caller } = fixture;
  await manager.labels.prepare(caller(), {
    cartridge: (await fixture.cartridge("LAB001L6")).id,
    wait: true,
  });
  const medium = await fixture.allocate(await fixture.pool());
  for (const bytes of [ansiLabels("ANY001"), BLANK, ansiLabels("ANY002")]) {
    await manager.mount(caller(), mountOf(medium));
    await fixture.write("LAB001L6", bytes);
    await manager.dismount(caller(), { media: [medium], wait: true });
  }
  await manager.mount(caller(), mountOf(medium));
  assertEquals(await mountedBy(fixture), ["backup"]);
});

Deno.test("what one owner told of a label binds no owner after him", async () => {
  const { fixture, medium } = await openOwned();
  await using _fixture = fixture;
  const { manager, caller } = fixture;
  const { id } = await fixture.side("LAB001L6");
  await manager.deallocate(caller(), medium);
  const again = await manager.allocate(caller(), {
    pool: await fixture.pool(),
    side: id,
    timeoutMs: 0,
  });
  await fixture.write("LAB001L6", BLANK);
  await manager.mount(caller(), mountOf(again.logicalMedium));
  assertEquals(await mountedBy(fixture), ["backup"]);
});

Deno.test("a medium without a label in the catalogue is not read, nor one that is mounted already, nor any where the library or the pool is told not to", async () => {
  const { fixture, medium, reads } = await openOwned();
  await using _fixture = fixture;
  const { manager, caller } = fixture;
  await manager.mount(caller(), mountOf(medium));
  assertEquals(reads.length, 1);
  await manager.mount(caller(), mountOf(medium));
  assertEquals(reads.length, 1, "it is the program's, and so is its position");
  const other = await fixture.allocate(await fixture.pool());
  await manager.mount(caller(), mountOf(other));
  assertEquals(reads.length, 1, "it has no label");
  await manager.dismount(caller(), { media: [medium] });
  await manager.dismount(caller(), { media: [medium], wait: true });
  const { library } = await fixture.map();
  const { mediaPool } = await fixture.cartridge("LAB001L6");
  await fixture.write("LAB001L6", BLANK);
  const check = (id: string, checkLabels: boolean) =>
    manager.objects.set(caller(), id, { checkLabels });
  for (const id of [library.id, mediaPool]) {
    await check(id, false);
    await manager.mount(caller(), mountOf(medium));
    await manager.dismount(caller(), { media: [medium], wait: true });
    assertEquals(reads.length, 1);
    await check(id, true);
  }
  const refused = await assertRejects(
    () => manager.mount(caller(), mountOf(medium)),
    NtmsError,
  );
  assertEquals(refused.code, "ERROR_INVALID_STATE");
  assertEquals(reads.length, 2);
});

Deno.test("a media label library that fails keeps no medium from its owner", async () => {
  const broken: MediaLabelLibrary = {
    name: "broken",
    maxMediaLabel: () => 16,
    claimMediaLabel: () => {
      throw new Error("out of order");
    },
  };
  const { fixture, medium } = await openOwned({ labelLibraries: [broken] });
  await using _fixture = fixture;
  await fixture.write("LAB001L6", BLANK);
  await fixture.write("LAB001L6", ansiLabels("OTHER1"));
  await fixture.manager.mount(fixture.caller(), mountOf(medium));
  assertEquals(await mountedBy(fixture), ["backup"]);
  assert(fixture.log.lines.includes("warn A media label library failed"));
});

Deno.test("a media label library is left out when it does not answer in the time that the limit says", async () => {
  const mute: MediaLabelLibrary = {
    name: "mute",
    maxMediaLabel: () => 16,
    claimMediaLabel: () => new Promise(() => {}),
  };
  await using fixture = await openLabelled({ LAB001L6: MINE }, {
    labelLibraries: [mute],
    limits: { labelLibraryAnswersWithinMs: 20 },
  });
  const { identified } = await fixture.inventory("omid");
  assertEquals(identified, ["LAB001L6: Volume MINE01"]);
  assert(fixture.log.lines.includes("warn A media label library failed"));
});

Deno.test("a label that is not read in the time that the limit says ends the mount, and the medium is put away", async () => {
  const mute: MediaLabelLibrary = {
    name: "mute",
    maxMediaLabel: () => 16,
    claimMediaLabel: (bytes) =>
      bytes.length === 0 || fails
        ? new Promise(() => {})
        : { status: "ERROR_BAD_FORMAT" },
  };
  let fails = false;
  const { fixture, medium } = await openOwned({
    labelLibraries: [mute],
    limits: { labelReadWithinMs: 20, labelLibraryAnswersWithinMs: 500 },
  });
  await using _fixture = fixture;
  fails = true;
  assertEquals((await refusal(fixture, medium)).code, "ERROR_TIMEOUT");
  assertEquals(await mountedBy(fixture), []);
});

Deno.test("a label that is told of has to be one: a known format, and not that of free media", async () => {
  const { fixture, medium } = await openOwned();
  await using _fixture = fixture;
  const { manager, caller } = fixture;
  await manager.labels.prepare(caller(), {
    cartridge: (await fixture.cartridge("LAB002L6")).id,
    wait: true,
  });
  const wrong = [
    new TextEncoder().encode("nobody knows this"),
    BLANK,
    await fixture.medium("LAB002L6"),
  ];
  for (const raw of wrong) {
    const error = await assertRejects(
      () => manager.labels.updateOmid(caller(), { logicalMedium: medium, raw }),
      NtmsError,
    );
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  }
  assertEquals((await fixture.side("LAB001L6")).label.info, "Volume MINE01");
  await manager.labels.updateOmid(caller(), {
    logicalMedium: medium,
    fileSystem: { type: "UDF", volumeName: "DATA", serialNumber: 0x1a2b3c4d },
  });
  assertEquals((await fixture.side("LAB001L6")).label, {
    type: "UDF",
    id: "1a2b3c4d",
    info: "DATA",
  });
  const side: string = (await fixture.side("LAB001L6")).id;
  const unknown = await assertRejects(
    () =>
      manager.labels.updateOmid(caller(), { logicalMedium: side, raw: MINE }),
    NtmsError,
  );
  assertEquals(unknown.code, "ERROR_INVALID_MEDIA");
});
