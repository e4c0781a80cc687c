/**
 * The documented errors for what changers and drives say.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { StaleCatalogueError, UnidentifiedError } from "./step_errors.ts";

/** ASC of a device whose logical unit is gone: no mistake in what was asked. */
const LOGICAL_UNIT_NOT_SUPPORTED = 0x25;

/** Sense key of a medium that may not be written. */
const DATA_PROTECT = 0x7;

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
    // A catalogue that cannot be written says so itself.
    if (error.cause instanceof NtmsError) return error.cause;
    const code = error instanceof UnidentifiedError
      ? "ERROR_MEDIA_OFFLINE"
      : "ERROR_INVALID_STATE";
    return new NtmsError(code, error.message, { cause: error });
  }
  if (!(error instanceof ChangerError)) {
    const text = error instanceof Error ? error.message : String(error);
    return new NtmsError(
      "ERROR_INVALID_STATE",
      `The service made a mistake: ${text}; please report it`,
      { cause: error },
    );
  }
  const gone = error.sense?.asc === LOGICAL_UNIT_NOT_SUPPORTED;
  const code = gone
    ? "ERROR_DEVICE_NOT_AVAILABLE"
    : error.sense?.key === DATA_PROTECT
    ? "ERROR_WRITE_PROTECT"
    : CODE[error.advice];
  return new NtmsError(code, error.message, {
    cause: error,
    ...(error.sense === null ? {} : { data: { sense: error.sense } }),
  });
}
