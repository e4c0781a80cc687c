/**
 * Listing objects and reading their records.
 *
 * @module
 */

import {
  findObject,
  type Ids,
  idsByBarCode,
  idsByName,
  idsInContainer,
  idsInSystem,
  loadRecords,
  type Page,
  type Reader,
  rootPoolId,
} from "../database/mod.ts";
import {
  type EnumerateInput,
  type Guid,
  type Limits,
  type ListPart,
  NtmsError,
  type NtmsObject,
} from "../model/mod.ts";

function noObject(id: string): NtmsError {
  return new NtmsError("ERROR_OBJECT_NOT_FOUND", `There is no object ${id}`);
}

function refused(reason: string): NtmsError {
  return new NtmsError("ERROR_INVALID_PARAMETER", reason);
}

/** Where an answer begins and how much it may have. */
function pageOf(
  { after, limit, type }: EnumerateInput,
  { objectsInOneAnswer }: Pick<Limits, "objectsInOneAnswer">,
): Page {
  const places = after === undefined ? [] : after.split(".").map(Number);
  if (!places.every(Number.isSafeInteger)) {
    throw refused(
      `No list of objects of type ${type} goes on after "${after}"`,
    );
  }
  return {
    after: places,
    limit: Math.min(limit ?? objectsInOneAnswer, objectsInOneAnswer),
  };
}

/** The root pool, and after it those of the top level. */
async function poolsWithRoot(db: Reader, page: Page): Promise<Ids> {
  if (page.after.length > 0) return await idsInSystem(db, "mediaPool", page);
  const root = await rootPoolId(db);
  const others = { ...page, limit: page.limit - 1 };
  if (others.limit === 0) return { ids: [root], next: [0] };
  const { ids, next } = await idsInSystem(db, "mediaPool", others);
  return { ids: [root, ...ids], next };
}

async function find(
  db: Reader,
  input: EnumerateInput,
  page: Page,
): Promise<Ids> {
  const { barCode, container: id, name, rootPool = false, type } = input;
  if (rootPool && (type !== "mediaPool" || id !== null)) {
    throw refused(
      "The root pool is listed only among the media pools of the whole system",
    );
  }
  const ways = [id ?? undefined, barCode, name, rootPool || undefined];
  if (ways.filter((way) => way !== undefined).length > 1) {
    throw refused(
      "A list is of one container, one name or one bar code, or begins with the root pool",
    );
  }
  if (barCode !== undefined && type !== "cartridge") {
    throw refused(`Objects of type ${type} have no bar code`);
  }
  if (barCode !== undefined) return await idsByBarCode(db, barCode, page);
  if (name !== undefined) return await idsByName(db, type, name, page);
  if (rootPool) return await poolsWithRoot(db, page);
  if (id === null) return await idsInSystem(db, type, page);
  const container = await findObject(db, id);
  if (container === null) throw noObject(id);
  const ids = await idsInContainer(db, type, container, page);
  if (ids !== null) return ids;
  throw refused(
    `Objects of type ${type} are never in one of type ${container.type}`,
  );
}

/** Ids of the objects of one type, in a container or in the whole system. */
export async function enumerate(
  db: Reader,
  input: EnumerateInput,
  limits: Pick<Limits, "objectsInOneAnswer">,
): Promise<ListPart<Guid>> {
  const { ids, next } = await find(db, input, pageOf(input, limits));
  return { items: ids, next: next?.join(".") ?? null };
}

/** The records of the same objects. */
export async function listObjects(
  db: Reader,
  input: EnumerateInput,
  limits: Pick<Limits, "objectsInOneAnswer">,
): Promise<ListPart<NtmsObject>> {
  const { items, next } = await enumerate(db, input, limits);
  return { items: await loadRecords(db, input.type, items), next };
}

/** The record of an object. */
export async function loadObject(db: Reader, id: string): Promise<NtmsObject> {
  const found = await findObject(db, id);
  if (found === null) throw noObject(id);
  const [record] = await loadRecords(db, found.type, [id]);
  if (record === undefined) throw noObject(id);
  return record;
}
