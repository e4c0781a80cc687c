/**
 * ERROR_NOT_CONNECTED, which some functions of a session document for what
 * the others call ERROR_CONNECTION_UNAVAIL.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";

/** Does the work of a function that documents ERROR_NOT_CONNECTED. */
export async function reachingService<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const gone = error instanceof NtmsError &&
      error.code === "ERROR_CONNECTION_UNAVAIL";
    if (!gone) throw error;
    throw new NtmsError("ERROR_NOT_CONNECTED", error.message, {
      cause: error,
    });
  }
}
