/**
 * Errors that tell which drive they are of.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";

/** A drive could not do what it was told. */
export class DriveError extends ChangerError {
  /** The drive. */
  readonly driveId: string;

  /** Says of an error which drive it is of. */
  constructor(driveId: string, cause: ChangerError) {
    const { advice, message, outcome, sense } = cause;
    super(message, { advice, outcome, sense, cause });
    this.driveId = driveId;
  }
}

/** Asks a drive; its errors say that they are its own. */
export async function ofDrive<T>(
  driveId: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof ChangerError
      ? new DriveError(driveId, error)
      : error;
  }
}
