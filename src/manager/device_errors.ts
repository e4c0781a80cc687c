/**
 * The documented errors for what changers and drives say.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { StaleCatalogueError } from "./journal.ts";

/** By the class of the sense table. */
const CODE = {
  retry: "ERROR_BUSY",
  wait: "ERROR_BUSY",
  operator: "ERROR_DEVICE_NOT_AVAILABLE",
  media: "ERROR_UNABLE_TO_LOAD_MEDIUM",
  hardware: "ERROR_DEVICE_NOT_AVAILABLE",
  programming: "ERROR_INVALID_STATE",
} as const;

/** The documented error for an error of a request. */
export function documentedDeviceError(error: unknown): NtmsError {
  if (error instanceof NtmsError) return error;
  if (error instanceof StaleCatalogueError) {
    return new NtmsError("ERROR_INVALID_STATE", error.message, {
      cause: error,
    });
  }
  if (!(error instanceof ChangerError)) {
    const text = error instanceof Error ? error.message : String(error);
    return new NtmsError(
      "ERROR_INVALID_STATE",
      `The service made a mistake: ${text}; please report it`,
      { cause: error },
    );
  }
  return new NtmsError(CODE[error.advice], error.message, {
    cause: error,
    ...(error.sense === null ? {} : { data: { sense: error.sense } }),
  });
}
