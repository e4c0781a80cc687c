/**
 * What a structure of SetNtmsObjectInformation says is to be set.
 *
 * @module
 */

import type { ObjectChange } from "../model/managing_calls.ts";
import { INVENTORY_METHODS, type ObjectType } from "../model/states.ts";
import {
  invalid,
  isObject,
  readBits,
  readDword,
  readOptionalGuid,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import {
  NTMS_ALLOCATE_FROMSCRATCH,
  NTMS_DEALLOCATE_TOSCRATCH,
} from "./media_constants.ts";

/** Reads a text member in the structure's character set. */
export type TextReader = (value: unknown, name: string) => string;

type Members = Readonly<Record<string, unknown>>;

/** The types of objects whose names can be written. */
const NAMED: ReadonlySet<ObjectType> = new Set([
  "library",
  "mediaPool",
  "logicalMedium",
  "side",
  "cartridge",
]);

/** The member of `Info` that each type with more to write has, and how it is read. */
const READERS: Readonly<
  Partial<
    Record<
      ObjectType,
      readonly [member: string, read: (info: Members) => ObjectChange]
    >
  >
> = {
  computer: ["Computer", (info) => ({
    libraryRequestPurgeSeconds: dword(info, "dwLibRequestPurgeTime"),
    operatorRequestPurgeSeconds: dword(info, "dwOpRequestPurgeTime"),
    libraryRequestFlags: dword(info, "dwLibRequestFlags"),
    operatorRequestFlags: dword(info, "dwOpRequestFlags"),
    mediaPoolPolicy: dword(info, "dwMediaPoolPolicy"),
  })],
  drive: ["Drive", (info) => ({
    deferDismountSeconds: dword(info, "dwDeferDismountDelay"),
  })],
  door: ["IEDoor", (info) => ({ maxOpenSeconds: dword(info, "MaxOpenSecs") })],
  port: ["IEPort", (info) => ({
    maxExtendSeconds: dword(info, "MaxExtendSecs"),
  })],
  library: ["Library", (info) => ({
    autoRecovery: flag(info, "AutoRecovery"),
    cleanerUsesRemaining: dword(info, "dwCleanerUsesRemaining"),
    flags: dword(info, "dwFlags"),
    inventoryMethod: inventoryMethod(info),
  })],
  mediaPool: ["MediaPool", (info) => ({
    mediaType: readOptionalGuid(info.MediaType, "lpInfo.Info.MediaType"),
    drawFromFree: bit(info, "AllocationPolicy", NTMS_ALLOCATE_FROMSCRATCH),
    returnToFree: bit(info, "DeallocationPolicy", NTMS_DEALLOCATE_TOSCRATCH),
    maxAllocates: dword(info, "dwMaxAllocates"),
  })],
};

function dword(info: Members, name: string): number {
  return readDword(info[name], `lpInfo.Info.${name}`);
}

function bit(info: Members, name: string, known: number): boolean {
  return readBits(info[name], known, `lpInfo.Info.${name}`) === known;
}

function flag(info: Members, name: string): boolean {
  const value = info[name];
  if (typeof value === "boolean") return value;
  throw invalid(`lpInfo.Info.${name} is neither true nor false`);
}

function inventoryMethod(info: Members) {
  const method = nameOfCode(INVENTORY_METHODS, info.InventoryMethod);
  if (method !== null) return method;
  throw invalid("lpInfo.Info.InventoryMethod is no NtmsInventoryMethod");
}

/** What a structure says of the members that can be written. */
export function changeOf(
  type: ObjectType,
  given: Members,
  readString: TextReader,
): ObjectChange {
  const description = readString(given.szDescription, "lpInfo.szDescription");
  const name = NAMED.has(type)
    ? { name: readString(given.szName, "lpInfo.szName") }
    : {};
  const reader = READERS[type];
  if (reader === undefined) return { description, ...name };
  const [member, read] = reader;
  const info = isObject(given.Info) ? given.Info[member] : undefined;
  if (!isObject(info)) {
    throw invalid(
      `lpInfo has no Info.${member}: read the structure of the object first`,
    );
  }
  return { description, ...name, ...read(info) };
}
