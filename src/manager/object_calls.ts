/**
 * Listing objects and reading their records.
 *
 * @module
 */

import {
  findObject,
  idsInContainer,
  idsInSystem,
  loadRecords,
  type Reader,
  rootPoolId,
} from "../database/mod.ts";
import {
  type EnumerateInput,
  NtmsError,
  type NtmsObject,
} from "../model/mod.ts";

function noObject(id: string): NtmsError {
  return new NtmsError("ERROR_OBJECT_NOT_FOUND", `There is no object ${id}`);
}

/** Ids of the objects of one type, in a container or in the whole system. */
export async function enumerate(
  db: Reader,
  input: EnumerateInput,
): Promise<string[]> {
  if (input.rootPool) {
    if (input.type !== "mediaPool" || input.container !== null) {
      throw new NtmsError(
        "ERROR_INVALID_PARAMETER",
        "The root pool is listed only among the media pools of the whole system",
      );
    }
    return [await rootPoolId(db), ...await idsInSystem(db, "mediaPool")];
  }
  if (input.container === null) return await idsInSystem(db, input.type);
  const container = await findObject(db, input.container);
  if (container === null) throw noObject(input.container);
  const ids = await idsInContainer(db, input.type, container);
  if (ids !== null) return ids;
  throw new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Objects of type ${input.type} are never in one of type ${container.type}`,
  );
}

/** The record of an object. */
export async function loadObject(db: Reader, id: string): Promise<NtmsObject> {
  const found = await findObject(db, id);
  if (found === null) throw noObject(id);
  const [record] = await loadRecords(db, found.type, [id]);
  if (record === undefined) throw noObject(id);
  return record;
}
