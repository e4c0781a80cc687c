/**
 * Who is at the other end of a connection, as the kernel vouches for it.
 *
 * @module
 */

import { createServer } from "node:net";
import { once } from "node:events";
import { peerCredentials } from "../../ffi/mod.ts";
import { isObject } from "../protocol/mod.ts";

/** The other end of a connection. */
export type Peer =
  /** A process of this computer; `uid` is null where the runtime does not show it. */
  | { readonly kind: "unix"; readonly user: UnixUser | null }
  /** Someone on the network. */
  | { readonly kind: "tcp"; readonly address: string }
  /** This very process. */
  | { readonly kind: "process" };

/** A user of this computer. */
export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
  /** The process; absent where it is in another PID namespace. */
  readonly pid?: number;
}

const known = new WeakMap<object, UnixUser>();

/**
 * The user at the other end of an accepted Unix socket.
 *
 * @returns The user, or `null` where the runtime keeps the descriptor to itself.
 */
export function readUnixUser(socket: object): UnixUser | null {
  const seen = known.get(socket);
  if (seen !== undefined) return seen;
  const handle: unknown = Reflect.get(socket, "_handle");
  const fd: unknown = isObject(handle) ? Reflect.get(handle, "fd") : undefined;
  if (typeof fd !== "number" || fd < 0) return null;
  const { pid, uid, gid } = peerCredentials(fd);
  const user = pid > 0 ? { uid, gid, pid } : { uid, gid };
  known.set(socket, user);
  return user;
}

/**
 * Tries whether this runtime shows who connects: newer ones do, and then only
 * with the native library.
 *
 * @returns What stands in the way, for people; `null` where nothing does.
 */
export async function findIdentityObstacle(): Promise<string | null> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-" });
  const path = `${directory}/socket`;
  const server = createServer();
  try {
    server.listen(path);
    await once(server, "listening");
    const accepted = once(server, "connection");
    const client = await Deno.connect({ transport: "unix", path });
    const [socket] = await accepted;
    const obstacle = obstacleOf(socket);
    socket.resume();
    client.close();
    return obstacle;
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await Deno.remove(directory, { recursive: true });
  }
}

/** Removes the file of a socket, which older runtimes leave. */
export async function removeSocket(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function obstacleOf(socket: object): string | null {
  try {
    return readUnixUser(socket)?.uid === Deno.uid()
      ? null
      : "this version of Deno does not show it";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
