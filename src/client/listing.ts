/**
 * Lists of objects. The service gives them in parts, so that no list is too
 * long for it.
 *
 * @module
 */

import type {
  Guid,
  ListPart,
  NtmsObject,
  ObjectType,
  RecordOf,
} from "../model/mod.ts";
import type { SessionCall } from "./session_call.ts";

/** Which objects to list. */
export interface ListOptions {
  /** The object whose members are listed; null for the whole system. @default {null} */
  container?: Guid | null;
  /** Puts the root pool first; only for pools of the whole system. @default {false} */
  rootPool?: boolean;
  /** Only those of this name; without a container. @default {undefined} All. */
  name?: string;
  /** Only the cartridges of this bar code; without a container. @default {undefined} All. */
  barCode?: string;
}

/** Which part of a list to read. */
export interface PartOptions extends ListOptions {
  /** Begins after an earlier part: its `next`. @default {null} At the beginning. */
  after?: string | null;
  /** The most objects of it, 1 to {@linkcode LIMITS} `objectsInOneAnswer`. @default {200} */
  limit?: number;
}

/** A part of a list of ids. */
export async function idsPart(
  call: SessionCall,
  type: ObjectType,
  options: PartOptions,
): Promise<ListPart<Guid>> {
  const { ids, next } = await call(
    "EnumerateNtmsObject",
    inputOf(type, options),
  );
  return { items: ids, next };
}

/** A part of a list of records. */
export async function recordsPart<Type extends ObjectType>(
  call: SessionCall,
  type: Type,
  options: PartOptions,
): Promise<ListPart<RecordOf<Type>>> {
  const { objects, next } = await call(
    "ListNtmsObject",
    inputOf(type, options),
  );
  return { items: objects.filter((it) => isOfType(it, type)), next };
}

/** All parts of a list, one after the other. */
export async function wholeList<Item>(
  part: (after: string | null) => Promise<ListPart<Item>>,
): Promise<Item[]> {
  const whole: Item[] = [];
  let after: string | null = null;
  do {
    const { items, next }: ListPart<Item> = await part(after);
    for (const item of items) whole.push(item);
    after = next;
  } while (after !== null);
  return whole;
}

function inputOf(
  type: ObjectType,
  { after = null, container = null, ...options }: PartOptions,
) {
  return {
    ...options,
    type,
    container,
    ...(after === null ? {} : { after }),
  };
}

function isOfType<Type extends ObjectType>(
  object: NtmsObject,
  type: Type,
): object is RecordOf<Type> {
  return object.type === type;
}
