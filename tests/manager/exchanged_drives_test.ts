import { assert, assertEquals } from "@std/assert";
import {
  type Changer,
  type Drive,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { mountOf, openFixture } from "./fixture.ts";

const FIRST = 500;
const SECOND = 501;

/** The bay that a drive is in after both have changed places. */
function other(elementAddress: number): number {
  if (elementAddress === FIRST) return SECOND;
  return elementAddress === SECOND ? FIRST : elementAddress;
}

/** A library whose two drives a person exchanges without anybody being told. */
function exchangeable(
  changer: Changer,
  isExchanged: () => boolean,
): Changer {
  return new Proxy(changer, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === "readElements") {
        return async (...options: Parameters<Changer["readElements"]>) => {
          const elements = await target.readElements(...options);
          if (!isExchanged()) return elements;
          const [, name] = /^(.*-D)\d$/.exec(
            elements.find(({ type }) => type === "dataTransfer")
              ?.driveSerialNumber ?? "",
          ) ?? [];
          return elements.map((element) => ({
            ...element,
            driveSerialNumber: element.type === "dataTransfer"
              ? `${name}${other(element.elementAddress) - FIRST}`
              : "",
          }));
        };
      }
      if (name === "drives") {
        return async (): Promise<readonly Drive[]> => {
          const drives = await target.drives();
          if (!isExchanged()) return drives;
          const at = (address: number) =>
            drives.find(({ elementAddress }) => elementAddress === address);
          return drives.flatMap((drive) => {
            const there = at(other(drive.elementAddress));
            if (there === undefined) return [];
            // What this computer has for a drive goes with it.
            return {
              elementAddress: drive.elementAddress,
              identity: there.identity,
              device: there.device,
              scsi: there.scsi,
              waitReady: () => drive.waitReady(1_000),
              unload: () => drive.unload(1_000),
            };
          });
        };
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

Deno.test("a mount finds out that a person exchanged the drives, and tells the device of the right one", async () => {
  let isExchanged = false;
  await using library = await VirtualLibrary.open(
    "virtual:exchanged?files=no&slots=4&cartridges=2&drives=2&barcodes=LAB%03dL6",
    { clock: systemClock },
  );
  await using fixture = await openFixture({
    open: async () =>
      exchangeable(await library.openChanger(), () => isExchanged),
  });
  const { manager, caller } = fixture;
  const medium = await fixture.allocate(await fixture.pool());
  const drives = await fixture.all("drive");
  const before = drives.find(({ elementAddress }) => elementAddress === FIRST);
  assert(before !== undefined);
  isExchanged = true;
  const { mounts: [mount] } = await manager.mount(caller(), {
    ...mountOf(medium),
    drives: [before.id],
  });
  assertEquals(mount?.device, before.device);
  const now = (await fixture.all("drive")).find(({ id }) =>
    id === mount?.drive
  );
  assertEquals([now?.elementAddress, now?.serialNumber], [
    SECOND,
    before.serialNumber,
  ]);
  const [changer] = fixture.changers;
  const [element] = await changer?.readElements({ first: SECOND, count: 1 }) ??
    [];
  assertEquals(element?.barCode, mount?.barCode);
});
