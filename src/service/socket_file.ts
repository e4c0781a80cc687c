/**
 * The file of the service's Unix socket: who may make it, whose it is.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";

/** Longest path that the kernel takes for a socket, in bytes. */
const LONGEST_PATH = 107;

/** Whose a file is to be. */
export interface Ownership {
  /** Whether others may use it too, because they are told apart. */
  readonly shared: boolean;
  /** The group; null leaves it as it is. */
  readonly gid: number | null;
}

/**
 * Makes the way free for a socket: its directory is there, and a file that a
 * dead service left is gone.
 *
 * @throws {NtmsError} ERROR_SHARING_VIOLATION when a service listens there;
 * ERROR_INVALID_PARAMETER when the path is none for a socket.
 */
export async function prepareSocketPath(
  path: string,
  ownership: Ownership,
): Promise<void> {
  if (new TextEncoder().encode(path).length > LONGEST_PATH) {
    throw unusable(path, `it is longer than ${LONGEST_PATH} bytes`);
  }
  await makeDirectory(path.slice(0, path.lastIndexOf("/")) || "/", ownership);
  const file = await lookAt(path);
  if (file === null) return;
  if (!file.isSocket) throw unusable(path, "another file is there");
  if (await isAlive(path)) {
    throw new NtmsError(
      "ERROR_SHARING_VIOLATION",
      `Cannot listen at ${path}: a service listens there already; stop it, or name another place by --socket`,
      { data: { path } },
    );
  }
  await Deno.remove(path);
}

/** Mode of a socket with this ownership. */
export function socketMode({ shared }: Ownership): number {
  return shared ? 0o666 : 0o600;
}

async function makeDirectory(
  path: string,
  { shared, gid }: Ownership,
): Promise<void> {
  if (await lookAt(path) !== null) return;
  // Below a directory of a user's own, such as /run/user/1000, it is for him.
  const mode = shared && gid !== null ? 0o755 : 0o700;
  await Deno.mkdir(path, { recursive: true, mode });
  if (gid !== null) await Deno.chown(path, null, gid);
}

async function lookAt(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function isAlive(path: string): Promise<boolean> {
  try {
    using _connection = await Deno.connect({ transport: "unix", path });
    return true;
  } catch (error) {
    if (
      error instanceof Deno.errors.ConnectionRefused ||
      error instanceof Deno.errors.NotFound
    ) return false;
    throw error;
  }
}

function unusable(path: string, reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot listen at ${path}: ${reason}; name another place by --socket`,
    { data: { path } },
  );
}
