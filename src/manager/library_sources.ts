/**
 * The devices of libraries, as a service hands them to its manager.
 *
 * @module
 */

import { type Changer, ChangerError } from "../changer/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { libraryIdentity } from "./attach.ts";

/** A library's device, still to be opened. */
export interface LibrarySource {
  /** Path or URL, for people. */
  readonly device: string;
  /** The library that it has to be; without it, any. */
  readonly identity?: string;
  /** Opens it; the signal gives up. */
  open(signal: AbortSignal): Promise<Changer>;
  /** Whether what was opened is still there; left out where that cannot be asked. */
  isThere?(): Promise<boolean>;
}

/** Tells which devices this computer has, while they come and go. */
export interface HotPlug {
  /** Begins to tell that something may have changed; the function ends that. */
  watch(changed: () => void): () => void;
  /** The libraries that are to be used besides those that were given. */
  find(): Promise<readonly LibrarySource[]>;
  /** A library that a person plugs in. */
  sourceOf(device: string): LibrarySource;
}

/** The device may have another name since, and this one be another library's. */
export function requireIdentity(
  { device, identity }: LibrarySource,
  changer: Changer,
): void {
  if (identity === undefined || identity === libraryIdentity(changer)) return;
  throw new ChangerError(
    `The library that was at ${device} is not found, and another one is there now`,
    { outcome: "failed", advice: "operator" },
  );
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a name is one that no device can have. */
export function isMisnamed(error: unknown): boolean {
  return error instanceof NtmsError && error.code === "ERROR_INVALID_PARAMETER";
}
