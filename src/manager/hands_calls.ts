/**
 * What the person at a virtual library does, asked for by a program.
 *
 * @module
 */

import type { Hands } from "../changer/mod.ts";
import { findFreePort, findPlace, type Place } from "../database/mod.ts";
import { type HandsInput, type HandsResult, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import type { Library } from "./library.ts";

/** Does it. */
export async function useHands(
  context: Context,
  library: Library,
  input: HandsInput,
  unplug: () => Promise<void>,
): Promise<HandsResult> {
  const { hands } = library;
  if (hands === undefined) {
    throw new NtmsError(
      "ERROR_NOT_SUPPORTED",
      `Library ${library.name} is not virtual; somebody has to go there`,
    );
  }
  switch (input.action) {
    case "openDoor":
    case "closeDoor":
      await hands.setDoor(input.action === "openDoor");
      return { barCode: null, place: null };
    case "insert": {
      const place = await placeFor(context, library, input.place);
      const { barCode } = input;
      await byHand(() => hands.insert(place.elementAddress, barCode));
      return { barCode, place: place.name };
    }
    case "removeDrive":
    case "insertDrive": {
      const { elementAddress, name } = await bayOf(context, input.drive);
      const { action } = input;
      await byHand(() =>
        action === "removeDrive"
          ? hands.removeDrive(elementAddress)
          : hands.insertDrive(elementAddress, input.serialNumber)
      );
      return { barCode: null, place: name };
    }
    case "unplug":
      await unplug();
      return { barCode: null, place: null };
    case "alert": {
      const place = await placeFor(context, library, input.place);
      const { flag } = input;
      await byHand(() => hands.raiseAlert(place.elementAddress, flag));
      return { barCode: null, place: place.name };
    }
    case "remove":
      return await takeOut(
        hands,
        await placeFor(context, library, input.place),
      );
  }
}

async function takeOut(hands: Hands, place: Place): Promise<HandsResult> {
  const barCode = await byHand(() => hands.remove(place.elementAddress));
  return { barCode, place: place.name };
}

async function bayOf(context: Context, driveId: string): Promise<Place> {
  const place = await context.database.read((db) => findPlace(db, driveId));
  if (place?.type === "drive") return place;
  throw new NtmsError("ERROR_OBJECT_NOT_FOUND", `There is no drive ${driveId}`);
}

async function placeFor(
  context: Context,
  library: Library,
  id: string | null,
): Promise<Place> {
  const place = await context.database.read((db) =>
    id === null ? findFreePort(db, library.id, new Set()) : findPlace(db, id)
  );
  if (place !== null) return place;
  throw new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    id === null
      ? `Every port of library ${library.name} is full`
      : `There is no port, slot or drive ${id}`,
  );
}

/** Hands that cannot do it tell so by a range. */
async function byHand<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new NtmsError("ERROR_INVALID_STATE", error.message, {
      cause: error,
    });
  }
}
