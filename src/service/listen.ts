/**
 * Listens for HTTP: at a Unix socket, or at a TCP port of loopback.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import type { Connections } from "./connections.ts";
import { invalid } from "./endpoint.ts";
import { listenByDeno } from "./listen_by_deno.ts";
import { listenByNode } from "./listen_by_node.ts";
import type {
  Answering,
  Listener,
  LoopbackAddress,
  SocketPlace,
} from "./listener.ts";

/**
 * Begins to listen.
 *
 * @param showsPeers Whether `node:http` shows here who connects. Where it does
 * not, it is not used: in those older runtimes it takes the path of a socket
 * for nothing, and listens to the whole network.
 * @param connections Those of all listeners together.
 * @throws {NtmsError} ERROR_SHARING_VIOLATION when the place is taken.
 */
export async function listen(
  answering: Answering,
  place: SocketPlace | LoopbackAddress,
  showsPeers: boolean,
  connections: Connections,
): Promise<Listener> {
  const umask = "path" in place ? Deno.umask(0o777 & ~place.mode) : null;
  try {
    // Both bind before they give way, so that no other file gets this mode.
    const listening = showsPeers
      ? listenByNode(answering, place, connections)
      : listenByDeno(answering, place);
    if (umask !== null) Deno.umask(umask);
    return await listening;
  } catch (cause) {
    const where = "path" in place
      ? place.path
      : `${place.hostname}:${place.port}`;
    throw new NtmsError(
      "ERROR_SHARING_VIOLATION",
      `Cannot listen at ${where}: ${
        cause instanceof Error ? cause.message : String(cause)
      }`,
      { cause },
    );
  }
}

/**
 * Reads where to listen: "127.0.0.1:PORT", "[::1]:PORT" or "localhost:PORT".
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER for any other address.
 */
export function parseListen(text: string): LoopbackAddress {
  const match = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(text);
  const [, host = "", digits = ""] = match ?? [];
  const port = Number(digits);
  if (match === null || port > 65_535) {
    throw invalid(
      `Cannot listen at ${
        JSON.stringify(text)
      }: an address is HOST:PORT, such as 127.0.0.1:9417`,
    );
  }
  const hostname = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (hostname === "localhost") return { hostname: "127.0.0.1", port };
  if (hostname === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)) {
    return { hostname, port };
  }
  throw invalid(
    `Cannot listen at ${text}: only loopback addresses (127.0.0.1, [::1]) are allowed, because without TLS others could read and change what goes over the network`,
  );
}
