import { assertEquals } from "@std/assert";
import {
  type Changer,
  type Element,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import { isOpen, rejectsWith } from "./operator_fixture.ts";

const LABEL = "LAB001L6";
/** As the virtual library is told of a label that cannot be read. */
const NO_LABEL = "?";

/** One labelled cartridge that a program has allocated, and the reader of the library, which tests can spoil. */
interface Setup {
  readonly fixture: Fixture;
  readonly library: VirtualLibrary;
  readonly medium: string;
  readonly drive: number;
  readonly slot: number;
  readonly reader: { reads: (element: Element) => boolean };
}

async function withOneLabelled(
  test: (setup: Setup) => Promise<void>,
  drives = 1,
): Promise<void> {
  await using library = await VirtualLibrary.open(
    `virtual:labels?files=no&slots=4&cartridges=1&drives=${drives}&barcodes=LAB%03dL6`,
    { clock: systemClock },
  );
  const reader = { reads: (_: Element): boolean => true };
  await using fixture = await openFixture({
    open: async () => misread(await library.openChanger(), reader),
  });
  const { dataTransfer, storage } = library.layout;
  await test({
    fixture,
    library,
    medium: await fixture.allocate(await fixture.pool()),
    drive: dataTransfer.first,
    slot: storage.first,
    reader,
  });
}

/** The changer as its label reader sees it. */
function misread(changer: Changer, reader: Setup["reader"]): Changer {
  return new Proxy(changer, {
    get(target, name) {
      if (name === "readElements") {
        return async (...options: Parameters<Changer["readElements"]>) =>
          (await target.readElements(...options)).map((element) =>
            reader.reads(element) ? element : { ...element, barCode: null }
          );
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function takeStock(fixture: Fixture): Promise<void> {
  const { library } = await fixture.map();
  await fixture.manager.inventory(fixture.caller(), {
    library: library.id,
    method: "fast",
    wait: true,
  });
}

async function barCodeState(fixture: Fixture): Promise<string | undefined> {
  const { cartridges } = await fixture.map();
  return cartridges.find(({ barCode }) => barCode === LABEL)?.barCodeState;
}

async function asked(fixture: Fixture): Promise<string[]> {
  return (await fixture.all("operatorRequest")).filter(isOpen)
    .map(({ command }) => command);
}

/** A hand changes what is in an element for something without label. */
async function passOff(library: VirtualLibrary, element: number) {
  await Promise.all([
    library.remove(element),
    library.insert(element, NO_LABEL),
  ]);
}

Deno.test("what shows no label where a cartridge with one was is not mounted as that one, and the operator is asked", () =>
  withOneLabelled(async ({ drive, fixture, library, medium, slot }) => {
    await passOff(library, slot);
    const { caller, manager } = fixture;
    await rejectsWith(
      "ERROR_MEDIA_OFFLINE",
      () => manager.mount(caller(), mountOf(medium)),
    );
    assertEquals(await library.remove(drive), null);
    assertEquals((await fixture.map()).drives[0]?.state, "dismounted");
    assertEquals(await asked(fixture), ["moveMedia"]);
    await library.remove(slot);
    await library.insert(slot + 1, LABEL);
    await takeStock(fixture);
    assertEquals(await asked(fixture), []);
    const { mounts } = await manager.mount(caller(), mountOf(medium));
    assertEquals(mounts.map(({ barCode }) => barCode), [LABEL]);
    assertEquals(await library.remove(drive), LABEL);
  }));

Deno.test("what shows no label in the drive where a cartridge with one was left is not mounted as that one", () =>
  withOneLabelled(async ({ drive, fixture, library, medium }) => {
    const { caller, manager } = fixture;
    await manager.mount(caller(), mountOf(medium));
    await manager.dismount(caller(), { media: [medium], deferred: true });
    await passOff(library, drive);
    await takeStock(fixture);
    await rejectsWith(
      "ERROR_MEDIA_OFFLINE",
      () => manager.mount(caller(), mountOf(medium)),
    );
    assertEquals(await asked(fixture), ["moveMedia"]);
  }));

for (const label of [NO_LABEL, "OTHER1L6"]) {
  Deno.test(`a hand that changes what was left in a drive for ${label} is found out by the next mount`, () =>
    withOneLabelled(async ({ drive, fixture, library, medium }) => {
      const { caller, manager } = fixture;
      await manager.mount(caller(), mountOf(medium));
      await manager.dismount(caller(), { media: [medium], deferred: true });
      await Promise.all([library.remove(drive), library.insert(drive, label)]);
      await rejectsWith(
        label === NO_LABEL ? "ERROR_MEDIA_OFFLINE" : "ERROR_TIMEOUT",
        () => manager.mount(caller(), { ...mountOf(medium), timeoutMs: 500 }),
      );
      assertEquals(await asked(fixture), ["moveMedia"]);
    }));
}

Deno.test("a label that is not read in a drive is read in a slot before its cartridge is mounted again", () =>
  withOneLabelled(async ({ drive, fixture, library, medium, reader }) => {
    const { caller, manager } = fixture;
    reader.reads = ({ type }) => type !== "dataTransfer";
    await manager.mount(caller(), mountOf(medium));
    await manager.dismount(caller(), { media: [medium], deferred: true });
    await takeStock(fixture);
    assertEquals(await barCodeState(fixture), "unreadable");
    await manager.mount(caller(), mountOf(medium));
    assertEquals(await barCodeState(fixture), "ok");
    assertEquals(await library.remove(drive), LABEL);
  }));

Deno.test("a label that is not read in a drive is read in a slot before its cartridge goes to another drive", () =>
  withOneLabelled(async ({ drive, fixture, library, medium, reader }) => {
    const { caller, manager } = fixture;
    const [first, second] = (await fixture.map()).drives.map(({ id }) => id);
    reader.reads = ({ type }) => type !== "dataTransfer";
    await manager.mount(caller(), {
      ...mountOf(medium),
      drives: [first ?? ""],
    });
    await manager.dismount(caller(), { media: [medium], deferred: true });
    await takeStock(fixture);
    const other = { ...mountOf(medium), drives: [second ?? ""] };
    assertEquals((await manager.mount(caller(), other)).mounts.length, 1);
    assertEquals(await library.remove(drive + 1), LABEL);
  }, 2));

Deno.test("a cartridge that is mounted stays so, and is mounted once more, while its label is not read", () =>
  withOneLabelled(async ({ fixture, medium, reader }) => {
    const { caller, manager } = fixture;
    await manager.mount(caller(), mountOf(medium));
    reader.reads = () => false;
    await takeStock(fixture);
    const { mounts } = await manager.mount(caller(), mountOf(medium));
    assertEquals(mounts.map(({ barCode }) => barCode), [LABEL]);
  }));

for (const cure of ["the next inventory", "the next mount"] as const) {
  Deno.test(`a label that was not read once is read by ${cure}`, () =>
    withOneLabelled(async ({ fixture, medium, reader }) => {
      reader.reads = () => false;
      await takeStock(fixture);
      assertEquals(await barCodeState(fixture), "unreadable");
      reader.reads = () => true;
      if (cure === "the next inventory") await takeStock(fixture);
      else await fixture.manager.mount(fixture.caller(), mountOf(medium));
      assertEquals(await barCodeState(fixture), "ok");
      assertEquals(await asked(fixture), []);
    }));
}
