/**
 * The few names of `@std/assert` that the tests use, over `node:assert`, for
 * machines that reach npm but not JSR. `make` selects it by import map.
 *
 * @module
 */
import {
  AssertionError,
  deepStrictEqual,
  notDeepStrictEqual,
} from "node:assert";

export { AssertionError };

type ErrorClass<E extends Error> = new (...args: never[]) => E;

/** Fails unless `value` is truthy. */
export function assert(
  value: unknown,
  message = "expected a truthy value",
): asserts value {
  if (!value) throw new AssertionError({ message });
}

/** Fails unless both values are deeply equal. */
export function assertEquals<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  deepStrictEqual(actual, expected, message);
}

/** Fails if both values are deeply equal. */
export function assertNotEquals<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  notDeepStrictEqual(actual, expected, message);
}

/** Fails unless both values are the same value. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  assert(
    Object.is(actual, expected),
    message ?? `expected ${String(expected)}, got ${String(actual)}`,
  );
}

/** Fails if the value is null or undefined. */
export function assertExists<T>(
  actual: T,
  message?: string,
): asserts actual is NonNullable<T> {
  assert(
    actual !== null && actual !== undefined,
    message ?? "expected a value, got none",
  );
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  message?: string,
): void {
  assert(
    actual.includes(expected),
    message ??
      `expected ${JSON.stringify(actual)} to contain ${
        JSON.stringify(expected)
      }`,
  );
}

/** Fails unless `actual` matches the pattern. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  message?: string,
): void {
  assert(
    expected.test(actual),
    message ?? `expected ${JSON.stringify(actual)} to match ${expected}`,
  );
}

/** Fails unless `actual` is greater than or equal to `expected`. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  assert(
    actual >= expected,
    message ?? `expected ${String(actual)} >= ${String(expected)}`,
  );
}

/** Fails unless `actual` is less than or equal to `expected`. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  assert(
    actual <= expected,
    message ?? `expected ${String(actual)} <= ${String(expected)}`,
  );
}

/** Fails unless `actual` is an instance of the class. */
export function assertInstanceOf<E>(
  actual: unknown,
  type: new (...args: never[]) => E,
  message?: string,
): asserts actual is E {
  assert(
    actual instanceof type,
    message ?? `expected an instance of ${type.name}, got ${String(actual)}`,
  );
}

function checkError<E extends Error>(
  error: unknown,
  type?: ErrorClass<E>,
  includes?: string,
): E {
  assert(error instanceof Error, `expected an Error, got ${String(error)}`);
  if (type !== undefined && !(error instanceof type)) {
    throw new AssertionError({
      message: `expected ${type.name}, got ${error.name}: ${error.message}`,
    });
  }
  if (includes !== undefined) assertStringIncludes(error.message, includes);
  return error as E;
}

/** Fails unless `fn` throws; returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  type?: ErrorClass<E>,
  includes?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checkError(error, type, includes);
  }
  throw new AssertionError({ message: "expected the function to throw" });
}

/** Fails unless the promise that `fn` gives rejects; resolves to the error. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  type?: ErrorClass<E>,
  includes?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, type, includes);
  }
  throw new AssertionError({ message: "expected the promise to reject" });
}

/** Fails always. */
export function fail(message = "failed"): never {
  throw new AssertionError({ message });
}
