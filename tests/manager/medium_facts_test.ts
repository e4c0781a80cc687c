import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  type Fault,
  type PlannedCommand,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import {
  attributesOf,
  compressionPage,
  encodeAttributes,
  encodeModeSense6,
  encodeTapeBlocks,
} from "../../src/scsi/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import { isOpen, rejectsWith } from "./operator_fixture.ts";

const MODE_SENSE = 0x1a;
const READ_ATTRIBUTE = 0x8c;

interface Scene {
  readonly fixture: Fixture;
  readonly directory: string;
  readonly medium: string;
  readonly faults: { plan: (command: PlannedCommand) => Fault };
}

async function withScene(test: (scene: Scene) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  const faults: Scene["faults"] = { plan: () => "none" };
  try {
    await using library = await VirtualLibrary.open(
      `virtual:facts?dir=${directory}&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6`,
      { clock: systemClock, faults: (command) => faults.plan(command) },
    );
    await using fixture = await openFixture({
      open: () => library.openChanger(),
    });
    const medium = await fixture.allocate(await fixture.pool());
    await test({ fixture, directory, medium, faults });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A drive that tells this density. */
function density(densityCode: number): Scene["faults"]["plan"] {
  const answer = encodeModeSense6({
    mediumType: 0,
    deviceSpecific: 0,
    blockDescriptors: encodeTapeBlocks({
      densityCode,
      blockCount: 0,
      blockLength: 0,
    }),
    pages: [compressionPage(true)],
  });
  return ({ cdb }) => cdb[0] === MODE_SENSE ? { answer: () => answer } : "none";
}

async function useOnce({ fixture, medium }: Scene, write = false) {
  const { manager, caller } = fixture;
  const { mounts: [mount] } = await manager.mount(caller(), {
    ...mountOf(medium),
    write,
  });
  await manager.dismount(caller(), { media: [medium], wait: true });
  const cartridges = await fixture.all("cartridge");
  const cartridge = cartridges.find(({ barCode }) =>
    barCode === mount?.barCode
  );
  assert(cartridge !== undefined);
  const [side] = await fixture.all("side", cartridge.id);
  return { cartridge, side };
}

async function questions({ fixture }: Scene): Promise<string[]> {
  const requests = await fixture.all("operatorRequest");
  return requests.filter(isOpen).map(({ message }) => message);
}

Deno.test("a mount writes down the codes, the capacity and the memory of the cartridge", () =>
  withScene(async (scene) => {
    const before = await scene.fixture.all("cartridge");
    assertEquals(before.map(({ memory }) => memory), [null, null]);
    const { cartridge, side } = await useOnce(scene);
    assertEquals(cartridge.densityCode, 0x5a);
    assertEquals(side?.capacityBytes, 2_384_186 * 0x10_0000);
    const { memory } = cartridge;
    assertEquals(memory?.serialNumber, `VM-${cartridge.barCode}`);
    assertEquals([memory?.manufacturer, memory?.kind], ["NTMS", "data"]);
    assertEquals([memory?.loadCount, memory?.writeProtected], [1, false]);
    const again = await useOnce(scene);
    assertEquals(again.cartridge.memory?.loadCount, 2);
    assertEquals(await questions(scene), []);
  }));

Deno.test("a write-protected cartridge is mounted for reading only", () =>
  withScene(async (scene) => {
    const { fixture: { manager, caller }, directory, medium } = scene;
    const { cartridge: { barCode } } = await useOnce(scene, true);
    await Deno.chmod(`${directory}/media/${barCode}`, 0o400);
    const error = await rejectsWith(
      "ERROR_WRITE_PROTECT",
      () => manager.mount(caller(), { ...mountOf(medium), write: true }),
    );
    assertStringIncludes(error.message, "set its switch");
    const { cartridge } = await useOnce(scene);
    assertEquals(cartridge.memory?.writeProtected, true);
  }));

Deno.test("a density that is not one of the cartridge's media type is told to the operator", () =>
  withScene(async (scene) => {
    scene.faults.plan = density(0x5c);
    const { cartridge } = await useOnce(scene);
    assertEquals(cartridge.densityCode, 0x5c);
    const [question = ""] = await questions(scene);
    assertStringIncludes(question, "is of type LTO-6");
    assertStringIncludes(question, "0x5c, which is that of LTO-7");
  }));

Deno.test("a density that no media type has is told to the operator, once", () =>
  withScene(async (scene) => {
    scene.faults.plan = density(0xee);
    await useOnce(scene);
    await useOnce(scene);
    const asked = await questions(scene);
    assertEquals(asked.length, 1);
    assertStringIncludes(asked[0] ?? "", "0xee, which is of no known type");
  }));

Deno.test("another medium behind the same bar code is told to the operator", () =>
  withScene(async (scene) => {
    await useOnce(scene);
    const memory = encodeAttributes(attributesOf({
      remainingMiB: null,
      maximumMiB: null,
      loadCount: null,
      manufacturer: null,
      serialNumber: "OTHER",
      mediumType: null,
    }));
    scene.faults.plan = ({ cdb }) =>
      cdb[0] === READ_ATTRIBUTE ? { answer: () => memory } : "none";
    await useOnce(scene);
    const [question = ""] = await questions(scene);
    assertStringIncludes(question, "serial number OTHER");
  }));

Deno.test("a drive that tells nothing of its media is used, and nothing is written down", () =>
  withScene(async (scene) => {
    scene.faults.plan = ({ cdb }) =>
      cdb[0] === MODE_SENSE || cdb[0] === READ_ATTRIBUTE
        ? { sense: { key: 5, asc: 0x20, ascq: 0 } }
        : "none";
    const { cartridge, side } = await useOnce(scene);
    assertEquals([cartridge.memory, cartridge.densityCode], [null, 0]);
    assertEquals(side?.capacityBytes, 0);
  }));
