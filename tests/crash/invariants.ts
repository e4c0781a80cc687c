/**
 * Invariants I1 to I10, held against the device. I8 has nothing to look at
 * yet: there is no event stream.
 *
 * @module
 */

import type { Catalogue, StepFact } from "./catalogue.ts";
import type { Contents } from "./device.ts";

/** Steps of the journal whose end is not known. */
const OPEN = ["planned", "sent", "unknown"];
/** Requests that somebody still works on. */
const UNFINISHED = ["queued", "inProcess", "waiting", "deferred"];

/** Whether a step brings the cartridge for which the one before it made room. */
function isSecondHalf(
  { id, targetAddress }: StepFact,
  before: StepFact | undefined,
): boolean {
  return before?.id === id - 1 && before.sourceAddress === targetAddress;
}

function openSteps(catalogue: Catalogue): readonly StepFact[] {
  return catalogue.steps.filter(({ state }) => OPEN.includes(state));
}

/** Whether somebody still works on requests. */
export function isUnfinished(catalogue: Catalogue): boolean {
  return catalogue.requests.some(({ state }) => UNFINISHED.includes(state));
}

function repeated<T>(values: readonly T[]): T[] {
  const seen = new Set<T>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

/** What holds at every moment, also right after a crash. */
export function checkAlways(catalogue: Catalogue): string[] {
  const wrong: string[] = [];
  const { cartridges, steps } = catalogue;
  for (const { barCode, placeId, elementAddress, offline } of cartridges) {
    const placed = placeId !== null;
    if (placed && elementAddress === null) {
      wrong.push(`I1: ${barCode} is in a place that is not there`);
    }
    if (placed && offline) {
      wrong.push(`I1: ${barCode} is in a place and in no library`);
    }
  }
  const placeIds = cartridges.flatMap(({ placeId }) => placeId ?? []);
  for (const id of repeated(placeIds)) {
    wrong.push(`I2: place ${id} holds two cartridges`);
  }
  const drives = new Set(
    catalogue.places.filter(({ type }) => type === "drive").map(({ id }) => id),
  );
  const homes = cartridges.filter(({ placeId }) => drives.has(placeId ?? ""))
    .flatMap(({ homeSlotId }) => homeSlotId ?? []);
  for (const id of repeated(homes)) {
    wrong.push(`I3: slot ${id} is the home of two loaded cartridges`);
  }
  // A library has one transport, so it has one step under way, or the two
  // halves of an exchange; what it gave up on as unknown stays open until the
  // inventory.
  const moving = openSteps(catalogue).filter(({ state }) => state !== "unknown")
    .filter((step, index, all) => !isSecondHalf(step, all[index - 1]));
  for (const id of repeated(moving.map(({ libraryId }) => libraryId))) {
    wrong.push(`I4: library ${id} has two open steps`);
  }
  for (const [index, step] of steps.entries()) {
    if (step.epoch < (steps[index - 1]?.epoch ?? 0)) {
      wrong.push(`I9: step ${step.id} has an older epoch than the one before`);
    }
    if (step.epoch > catalogue.epoch) {
      wrong.push(
        `I9: step ${step.id} is of epoch ${step.epoch}, in the future`,
      );
    }
  }
  return wrong;
}

/** What holds when a service has settled everything and does nothing. */
export function checkAtRest(
  catalogue: Catalogue,
  device: Contents,
  barCodes: readonly string[],
): string[] {
  const wrong = checkAlways(catalogue);
  const { cartridges, places, mounts } = catalogue;
  const placed = cartridges.filter(({ placeId }) => placeId !== null);
  const byAddress = Map.groupBy(placed, (one) => one.elementAddress);
  for (const [elementAddress, barCode] of device) {
    const holders = byAddress.get(elementAddress) ?? [];
    if (holders.length !== 1 || holders[0]?.barCode !== barCode) {
      wrong.push(
        `I1: ${barCode} is in element ${elementAddress}, the catalogue has ${
          holders.map((one) => one.barCode).join(" and ") || "nothing"
        } there`,
      );
    }
  }
  for (const { barCode, elementAddress } of placed) {
    if (!device.has(elementAddress ?? -1)) {
      wrong.push(`I1: ${barCode} is not in element ${elementAddress}`);
    }
  }
  for (const { elementAddress, full } of places) {
    if (full !== null && full !== device.has(elementAddress)) {
      wrong.push(
        `I2: element ${elementAddress} is not ${full ? "full" : "empty"}`,
      );
    }
  }
  for (const { id, state } of openSteps(catalogue)) {
    wrong.push(`I4: step ${id} is still ${state}`);
  }
  for (const { cartridgeId, driveId } of mounts) {
    const cartridge = cartridges.find(({ id }) => id === cartridgeId);
    if (cartridge?.placeId !== driveId) {
      wrong.push(`I6: ${cartridge?.barCode} is mounted and not in its drive`);
    }
  }
  for (const { operation, state } of catalogue.requests) {
    if (UNFINISHED.includes(state)) {
      wrong.push(`I7: a ${operation} request is still ${state}`);
    }
  }
  const known = cartridges.map(({ barCode }) => barCode);
  for (const barCode of new Set(barCodes).difference(new Set(known))) {
    wrong.push(`I10: the catalogue does not know ${barCode}`);
  }
  for (const barCode of new Set(known).difference(new Set(barCodes))) {
    wrong.push(`I10: the catalogue knows "${barCode}", which is no cartridge`);
  }
  for (const barCode of repeated(known)) {
    wrong.push(`I10: the catalogue knows ${barCode} twice`);
  }
  const offline = cartridges.filter((one) => one.offline).length;
  if (placed.length + offline !== barCodes.length) {
    wrong.push(`I10: ${placed.length} placed and ${offline} offline`);
  }
  return wrong;
}
