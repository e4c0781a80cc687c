/**
 * Listens by `Deno.serve`, which does not show who is at the other end, in
 * runtimes where `node:http` does not either. Only the service's own user gets
 * as far as here: the socket's mode sees to that.
 *
 * @module
 */

import { systemClock } from "../model/system.ts";
import { OPERATION_PATH } from "../protocol/mod.ts";
import type { HttpMessage } from "./endpoint.ts";
import {
  type Answering,
  DRAIN_MS,
  type Listener,
  type LoopbackAddress,
  type SocketPlace,
} from "./listener.ts";
import { type Peer, removeSocket } from "./peers.ts";
import { cancelledCall } from "./sessions.ts";

/** Binds at once; resolves when it listens. */
export async function listenByDeno(
  answering: Answering,
  place: SocketPlace | LoopbackAddress,
): Promise<Listener> {
  const listening = Promise.withResolvers<number>();
  const abort = new AbortController();
  const options = {
    signal: abort.signal,
    onListen: (address: Deno.Addr) =>
      listening.resolve("port" in address ? address.port : 0),
  };
  const handler = (request: Request, info: { remoteAddr: Deno.Addr }) =>
    answer(answering, request, peerOf(info.remoteAddr));
  const server = "path" in place
    ? Deno.serve({ ...options, path: place.path }, handler)
    : Deno.serve({ ...options, ...place }, handler);
  return {
    port: await listening.promise,
    async close() {
      const timer = systemClock.after(DRAIN_MS, () => abort.abort());
      await server.shutdown();
      timer.cancel();
      if ("path" in place) await removeSocket(place.path);
    },
  };
}

function peerOf(address: Deno.Addr): Peer {
  return address.transport === "tcp"
    ? { kind: "tcp", address: address.hostname }
    : { kind: "unix", user: null };
}

async function answer(
  { operations, pages }: Answering,
  request: Request,
  peer: Peer,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (!pathname.startsWith(OPERATION_PATH)) return await pages.fetch(request);
  const { body, headers, status } = await operations(
    makeMessage(request, pathname + search, peer),
  );
  return new Response(body, { status, headers });
}

function makeMessage(
  request: Request,
  target: string,
  peer: Peer,
): HttpMessage {
  const gone = new AbortController();
  request.signal.addEventListener(
    "abort",
    () => gone.abort(cancelledCall("its caller has gone")),
    { once: true },
  );
  return {
    method: request.method,
    target,
    peer,
    gone,
    header: (name) => request.headers.get(name) ?? undefined,
    readBody: (most) => readBody(request, most),
  };
}

async function readBody(
  request: Request,
  most: number,
): Promise<string | null> {
  const utf8 = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size <= most) text += utf8.decode(chunk, { stream: true });
  }
  return size > most ? null : text + utf8.decode();
}
