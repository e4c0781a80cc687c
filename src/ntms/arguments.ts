/**
 * Checks of the arguments of documented functions. Programs in JavaScript may
 * hand over anything, so nothing is taken for what its type says. Each check
 * throws an `NtmsError` with the documented code; what an id names is for the
 * service to find out.
 *
 * @module
 */

import { NtmsError, type NtmsErrorCode } from "../model/errors.ts";
import { type Guid, NULL_GUID, parseGuid } from "../model/ids.ts";
import type { DWORD, NtmsCallOptions } from "./types.ts";

const HIGHEST_DWORD = 0xffff_ffff;

/** The error of an argument that is missing, malformed or out of range. */
export function invalid(
  message: string,
  code: NtmsErrorCode = "ERROR_INVALID_PARAMETER",
): NtmsError {
  return new NtmsError(code, message);
}

/** A whole number of 32 bits. */
export function readDword(value: unknown, name: string): DWORD {
  if (
    typeof value === "number" && Number.isInteger(value) && value >= 0 &&
    value <= HIGHEST_DWORD
  ) return value;
  throw invalid(
    `${name} is not a DWORD: give a whole number from 0 to ${HIGHEST_DWORD}, not ${
      shown(value)
    }`,
  );
}

/** A DWORD with no other bits than those of `known`. */
export function readBits(value: unknown, known: number, name: string): DWORD {
  const bits = readDword(value, name);
  // BigInt, because the operators of numbers take bit 31 for a sign.
  if ((BigInt(bits) & ~BigInt(known)) === 0n) return bits;
  throw invalid(
    `${name} has bits that mean nothing here: ${bits} is not within ${known}`,
  );
}

/** A DWORD that the documents reserve: 0. */
export function checkReserved(value: unknown, name: string): void {
  if (value === 0) return;
  throw invalid(`${name} is reserved: give 0, not ${shown(value)}`);
}

/** An id that has to be given. */
export function readGuid(value: unknown, name: string): Guid {
  const id = readOptionalGuid(value, name);
  if (id !== null) return id;
  throw invalid(`${name} is missing: give the id of an object`);
}

/** An id that may be left out, by `null` or by the GUID of zeros. */
export function readOptionalGuid(value: unknown, name: string): Guid | null {
  if (isNull(value)) return null;
  const id = readSpelling(value, name);
  return id === NULL_GUID ? null : id;
}

function readSpelling(value: unknown, name: string): Guid {
  const id = typeof value === "string" ? parseGuid(value) : null;
  if (id !== null) return id;
  throw invalid(`${name} is not a GUID: ${shown(value)}`);
}

/** The first `count` ids of an array. */
export function readGuids(
  value: unknown,
  count: DWORD,
  name: string,
): readonly Guid[] {
  const list = readArray(value, name);
  if (list.length < count) {
    throw invalid(
      `${name} is too short: dwCount says ${count} ids, it has ${list.length}`,
    );
  }
  return list.slice(0, count).map((id, index) =>
    readSpelling(id, `${name}[${index}]`)
  );
}

/** An array; what is in it is not checked. */
export function readArray(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`${name} is missing: give an array, not ${shown(value)}`);
}

/** An array that can be filled. */
export function checkFillable(value: unknown, name: string): void {
  if (!Object.isExtensible(readArray(value, name))) {
    throw invalid(`${name} cannot be filled: give an array that is not frozen`);
  }
}

/** Bytes of the caller, of which at least `size` are there. */
export function readBytes(
  value: unknown,
  size: DWORD,
  name: string,
): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw invalid(`${name} is missing: give a Uint8Array`);
  }
  if (value.length >= size) return value;
  throw invalid(
    `${name} is too short: the size says ${size} bytes, it has ${value.length}`,
  );
}

/** What a pointer points to, of a pointer that can be written through. */
export function readRef(value: unknown, name: string): unknown {
  if (!isObject(value) || !("value" in value)) {
    throw invalid(
      `${name} is missing: give { value: ... }, not ${shown(value)}`,
    );
  }
  if (!Reflect.set(value, "value", value.value)) {
    throw invalid(
      `${name} cannot be filled: give an object that is not frozen`,
    );
  }
  return value.value;
}

/** The size and the reserved member of a structure; the structure itself. */
export function readStructure(
  value: unknown,
  size: number,
  name: string,
): Readonly<Record<string, unknown>> {
  if (!isObject(value)) {
    throw invalid(`${name} is missing: give a structure, not ${shown(value)}`);
  }
  if (value.dwSize !== size) {
    throw invalid(
      `${name} has the wrong dwSize: set it to ${size}, not ${
        shown(value.dwSize)
      }`,
    );
  }
  const reserved = value.lpReserved ?? null;
  if (reserved === null) return value;
  throw invalid(`${name} has a reserved member that is not null: lpReserved`);
}

/** Text of a `W` function that has to be given. */
export function readText(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw invalid(`${name} is missing: give a string, not ${shown(value)}`);
}

/** The signal among a function's last, undocumented argument. */
export function readOptions(options: unknown): NtmsCallOptions {
  if (isNull(options)) return {};
  if (!isObject(options)) {
    throw invalid(`options is not an object: ${shown(options)}`);
  }
  const { signal } = options;
  if (signal === undefined) return {};
  if (signal instanceof AbortSignal) return { signal };
  throw invalid(`options.signal is not an AbortSignal: ${shown(signal)}`);
}

/** Whether a value is an object with members. */
export function isObject(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Whether a pointer was left out. */
export function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 80));
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
