/**
 * How the C types of the documented functions look in TypeScript.
 *
 * @module
 */

/** A session, as a number: 64 bits, good in every Worker of this process and in no other process. */
export type HANDLE = bigint;

/** An unsigned 32-bit number: a code, a count, option bits, milliseconds. */
export type DWORD = number;

/**
 * What a pointer to one value is here: the function reads `value`, or fills it.
 *
 * @example
 * ```ts
 * import type { Ref } from "@ntms/rsm/ntmsapi";
 *
 * const count: Ref<number> = { value: 16 };
 * ```
 */
export interface Ref<T> {
  /** What the pointer points to. */
  value: T;
}

/**
 * Text of an `A` function: Windows-1252 bytes, which end at the first zero
 * byte or with the array, or a string of characters that Windows-1252 has.
 */
export type AnsiText = Uint8Array | string;

/** What each function that may wait takes after its documented arguments. */
export interface NtmsCallOptions {
  /** Ends the wait; the function then resolves to ERROR_CANCELLED. */
  signal?: AbortSignal;
}
