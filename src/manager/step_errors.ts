/**
 * What is made of the errors that a robot step meets.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";

/** The catalogue does not match the library: an inventory has to come first. */
export class StaleCatalogueError extends Error {
  /** Makes the error. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StaleCatalogueError";
  }
}

/** Nobody can tell whether what is in the place of a cartridge is that one: it shows no label. */
export class UnidentifiedError extends StaleCatalogueError {
  /** The cartridge that it may be. */
  readonly cartridgeId: string;

  /** Makes the error. */
  constructor(message: string, cartridgeId: string) {
    super(message);
    this.name = "UnidentifiedError";
    this.cartridgeId = cartridgeId;
  }
}

/** What an error says. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The error of a step that the elements say was not done. */
export function notDone(error: unknown, text: string): ChangerError {
  if (error instanceof ChangerError && error.outcome === "failed") return error;
  return new ChangerError(text, {
    outcome: "failed",
    advice: error instanceof ChangerError ? error.advice : "hardware",
    sense: error instanceof ChangerError ? error.sense : null,
    cause: error,
  });
}
