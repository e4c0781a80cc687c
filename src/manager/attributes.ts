/**
 * Attributes: named bytes that applications keep with objects.
 *
 * @module
 */

import {
  countAttributes,
  deleteAttribute,
  findAttribute,
  findObject,
  putAttribute,
  type Reader,
  type Writer,
} from "../database/mod.ts";
import {
  type AttributeName,
  type Guid,
  isAttributeName,
  LIMITS,
  NtmsError,
} from "../model/mod.ts";

/** Bytes that four characters of base 64 stand for. */
const BYTES_OF_GROUP = 3;
const CHARACTERS_OF_GROUP = 4;

function bytesIn(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return base64.length / CHARACTERS_OF_GROUP * BYTES_OF_GROUP - padding;
}

async function requireObject(db: Reader, id: Guid): Promise<void> {
  if (await findObject(db, id) !== null) return;
  throw new NtmsError("ERROR_OBJECT_NOT_FOUND", `There is no object ${id}`);
}

/** Data of an attribute, in base 64. */
export async function getAttribute(
  db: Reader,
  { id, name }: AttributeName,
): Promise<string> {
  const data = await findAttribute(db, id, name);
  if (data !== null) return data;
  await requireObject(db, id);
  throw new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    `Object ${id} has no attribute "${name}"`,
  );
}

/** Makes, replaces or deletes an attribute; no data deletes it. */
export async function setAttribute(
  db: Writer,
  { id, name, data }: AttributeName & { readonly data: string },
): Promise<void> {
  if (!isAttributeName(name)) {
    throw new NtmsError(
      "ERROR_INVALID_NAME",
      `"${
        name.slice(0, 80)
      }" is no name of an attribute: it has 1 to ${LIMITS.attributeNameLength} characters and no controls`,
    );
  }
  if (bytesIn(data) > LIMITS.attributeBytes) {
    throw new NtmsError(
      "ERROR_NO_DATA",
      `Cannot set attribute "${name}": it would have ${
        bytesIn(data)
      } bytes, and at most ${LIMITS.attributeBytes} are kept`,
    );
  }
  await requireObject(db, id);
  if (data === "") return await deleteAttribute(db, id, name);
  const isNew = await findAttribute(db, id, name) === null;
  if (isNew && await countAttributes(db, id) >= LIMITS.attributesOfOneObject) {
    throw new NtmsError(
      "ERROR_NOT_ENOUGH_MEMORY",
      `Object ${id} has ${LIMITS.attributesOfOneObject} attributes already; delete some`,
    );
  }
  await putAttribute(db, { objectId: id, name, data });
}
