/**
 * A manager with a virtual library, the person at it, and calls on ports.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  INFINITE,
  type InjectAction,
  type LibraryRequestId,
  NtmsError,
} from "../../src/model/mod.ts";
import { type Fixture, openFixture } from "./fixture.ts";

/** Four slots, three cartridges, one drive, two ports. */
export const URL =
  "virtual:ports?files=no&slots=4&cartridges=3&drives=1&ports=2&barcodes=LAB%03dL6";

/** Runs a test with a library of a manager. */
export async function withLibrary(
  test: (fixture: Fixture, library: string) => Promise<void>,
  url = URL,
): Promise<void> {
  await using fixture = await openFixture({ url, limits: { portAskedMs: 2 } });
  const { library: { id } } = await fixture.map();
  await test(fixture, id);
}

/** What a person does at the library. */
export function hands(fixture: Fixture, library: string) {
  const { manager } = fixture;
  const use = (
    input:
      | { action: "insert"; place: string | null; barCode: string }
      | { action: "remove"; place: string }
      | { action: "openDoor" | "closeDoor" },
  ) => manager.ports.useHands(fixture.caller(), { library, ...input });
  return {
    insert: (barCode: string, place: string | null = null) =>
      use({ action: "insert", place, barCode }),
    remove: (place: string) => use({ action: "remove", place }),
    door: (state: "open" | "close") => use({ action: `${state}Door` }),
  };
}

/** The cartridge with a bar code. */
export async function cartridge(fixture: Fixture, barCode: string) {
  const all = await fixture.all("cartridge");
  const found = all.find((one) => one.barCode === barCode);
  assert(found !== undefined, `${barCode} is not known`);
  return found;
}

/** EjectNtmsMedia, to begin. */
export function eject(
  fixture: Fixture,
  id: string | null,
  action: "start" | "queue" | "force" = "start",
) {
  return fixture.manager.ports.eject(fixture.caller(), {
    cartridge: id,
    action,
    operation: null,
  });
}

/** EjectNtmsMedia, to stop. */
export function stopEjection(
  fixture: Fixture,
  operation: LibraryRequestId | null,
) {
  return fixture.manager.ports.eject(fixture.caller(), {
    cartridge: null,
    action: "stop",
    operation,
  });
}

/** InjectNtmsMedia. */
export function inject(
  fixture: Fixture,
  library: string,
  action: InjectAction = "start",
  operation: LibraryRequestId | null = null,
) {
  return fixture.manager.ports.inject(fixture.caller(), {
    library,
    action,
    operation,
  });
}

/** Waits for library requests. */
export function ended(fixture: Fixture, requests: readonly LibraryRequestId[]) {
  return fixture.manager.requestsEnded(requests, INFINITE);
}

/** Looks until something is so. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The port that a cartridge is offered in. */
export function portOf(fixture: Fixture, barCode: string): Promise<string> {
  return until(async () => {
    const { location } = await cartridge(fixture, barCode);
    const ports = await fixture.all("port");
    return ports.find(({ id }) => id === location)?.id;
  });
}

/** Wants a call to fail with a code; what it says. */
export async function refused(
  work: Promise<unknown>,
  code: string,
): Promise<string> {
  const error = await assertRejects(() => work, NtmsError);
  assertEquals(error.code, code);
  return error.message;
}

/** Operator requests that nobody has seen. */
export async function openRequests(fixture: Fixture) {
  const all = await fixture.all("operatorRequest");
  return all.filter(({ state }) => state === "submitted");
}
