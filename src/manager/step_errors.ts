/**
 * What is made of the errors that a robot step meets.
 *
 * @module
 */

import { ChangerError } from "../changer/mod.ts";

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
    cause: error,
  });
}
