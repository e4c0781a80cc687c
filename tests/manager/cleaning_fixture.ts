/**
 * A manager whose library has drives that get dirty and a cleaning cartridge.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { LibraryRequestId } from "../../src/model/mod.ts";
import { type Fixture, mountOf, openFixture } from "./fixture.ts";
import { until } from "./port_fixture.ts";

/** Six slots: data in 1 and 2, a cleaning cartridge in 3 that is good for two cleanings. */
export const URL =
  "virtual:clean?files=no&slots=6&drives=2&ports=2&cleanings=2&barcodes=LAB001L6,LAB002L6,CLN001L6";

/** The cleaning cartridge. */
export const CLEANER = "CLN001L6";

/** Runs a test with a library of a manager. */
export async function withCleaner(
  test: (fixture: Fixture, library: string) => Promise<void>,
  url = URL,
): Promise<void> {
  await using fixture = await openFixture({ url, limits: { portAskedMs: 2 } });
  const { library: { id } } = await fixture.map();
  await test(fixture, id);
}

/** The library as its record shows it. */
export async function recordOf(fixture: Fixture, id: string) {
  const found = (await fixture.all("library")).find((one) => one.id === id);
  assert(found !== undefined);
  return found;
}

/** A drive by its number. */
export async function driveOf(fixture: Fixture, number = 0) {
  const found = (await fixture.all("drive")).find((one) =>
    one.number === number
  );
  assert(found !== undefined, `there is no drive ${number}`);
  return found;
}

/** Where a cartridge is, by the name of its place; "gone" where it is not known. */
export async function placeOf(
  fixture: Fixture,
  barCode: string,
): Promise<string> {
  const all = await fixture.all("cartridge");
  const location = all.find((one) => one.barCode === barCode)?.location;
  const places = [
    ...await fixture.all("slot"),
    ...await fixture.all("drive"),
    ...await fixture.all("port"),
  ];
  return places.find(({ id }) => id === location)?.name ?? "gone";
}

/** CleanNtmsDrive; its request. */
export async function clean(
  fixture: Fixture,
  drive: string,
): Promise<LibraryRequestId> {
  const { request } = await fixture.manager.cleaners.clean(fixture.caller(), {
    drive,
  });
  return request;
}

/** Has a drive raise a TapeAlert flag. */
export function raise(
  fixture: Fixture,
  library: string,
  drive: string,
  flag: number,
) {
  return fixture.manager.ports.useHands(fixture.caller(), {
    library,
    action: "alert",
    place: drive,
    flag,
  });
}

/** Mounts a medium, and dismounts it at once. */
export async function useMedium(
  fixture: Fixture,
  logicalMedium: string,
  drive: string,
): Promise<void> {
  const { manager } = fixture;
  const mount = { ...mountOf(logicalMedium), drives: [drive] };
  await manager.mount(fixture.caller(), mount);
  const media = [logicalMedium];
  await manager.dismount(fixture.caller(), { media, wait: true });
}

/** A library request of one kind, as soon as it has come to an end. */
export function endedRequest(fixture: Fixture, operation: string) {
  return until(async () => {
    const all = await fixture.all("libraryRequest");
    return all.find((one) =>
      one.operation === operation &&
      !["queued", "inProcess", "waiting"].includes(one.state)
    );
  });
}
