/**
 * Listens by `node:http`, which shows who is at the other end of a socket.
 *
 * Operations work on what it hands out. Making a `Request` and a `Response` of
 * that first takes longer than all the rest of a call.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { systemClock } from "../model/system.ts";
import { encodeProblem, OPERATION_PATH } from "../protocol/mod.ts";
import {
  type Endpoint,
  type HttpMessage,
  invalid,
  replyProblem,
} from "./endpoint.ts";
import {
  type Answering,
  DRAIN_MS,
  type Listener,
  type LoopbackAddress,
  type SocketPlace,
} from "./listener.ts";
import { type Peer, readUnixUser, removeSocket } from "./peers.ts";
import { cancelledCall } from "./sessions.ts";

/** Bounds of connections. Answers may take as long as they like: calls wait. */
const CONNECTION_LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  /** Far above the time that clients keep idle connections. */
  keepAliveTimeout: 300_000,
} as const;

type PeerOf = (incoming: IncomingMessage) => Peer;

/** Binds at once; resolves when it listens. */
export async function listenByNode(
  answering: Answering,
  place: SocketPlace | LoopbackAddress,
): Promise<Listener> {
  const isSocket = "path" in place;
  const server = makeServer(answering, isSocket ? unixPeer : tcpPeer);
  if (isSocket) server.listen(place.path);
  else server.listen(place.port, place.hostname);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "string" ? 0 : address?.port ?? 0;
  if (isSocket && address !== place.path) {
    await close(server);
    throw new TypeError("This version of Deno listens elsewhere");
  }
  return {
    port,
    async close() {
      await close(server);
      if (isSocket) await removeSocket(place.path);
    },
  };
}

function unixPeer({ socket }: IncomingMessage): Peer {
  return { kind: "unix", user: readUnixUser(socket) };
}

function tcpPeer({ socket: { remoteAddress = "" } }: IncomingMessage): Peer {
  return { kind: "tcp", address: remoteAddress };
}

function makeServer(answering: Answering, peerOf: PeerOf): Server {
  const pages = getRequestListener(answering.pages.fetch, {
    overrideGlobalObjects: false,
  });
  const server = createServer(CONNECTION_LIMITS, (incoming, outgoing) => {
    const below = incoming.url?.startsWith(OPERATION_PATH);
    void (below
      ? answer(answering.operations, incoming, outgoing, peerOf)
      : pages(incoming, outgoing));
  });
  server.on("clientError", answerMalformed);
  return server;
}

async function answer(
  operations: Endpoint,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  peerOf: PeerOf,
): Promise<void> {
  const gone = new AbortController();
  // Listens before anything is waited for: who leaves early has left.
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) {
      gone.abort(cancelledCall("its caller has gone"));
    }
  });
  const { body, headers, status } = await operations(
    makeMessage(incoming, peerOf(incoming), gone),
  );
  outgoing.writeHead(status, {
    ...headers,
    "content-length": Buffer.byteLength(body),
  });
  outgoing.end(body);
}

function makeMessage(
  incoming: IncomingMessage,
  peer: Peer,
  gone: AbortController,
): HttpMessage {
  const { headers, method = "", url = "" } = incoming;
  return {
    method,
    target: url,
    peer,
    gone,
    header(name) {
      const value = headers[name];
      return typeof value === "string" ? value : undefined;
    },
    readBody: (most) => readBody(incoming, most),
  };
}

/** What exceeds the limit is read, so that the answer can arrive, and dropped. */
function readBody(
  incoming: IncomingMessage,
  most: number,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    incoming.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else resolve(null);
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks).toString()));
    incoming.on("error", () => reject(invalid("The request broke off")));
  });
}

/** What is no HTTP, or comes too slowly, is told so and let go. */
function answerMalformed(error: Error, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { body, headers } = replyProblem(
    encodeProblem(invalid(`The request is malformed: ${error.message}`)),
  );
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: ${headers["content-type"]}\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = systemClock.after(DRAIN_MS, () => server.closeAllConnections());
  await closed;
  timer.cancel();
}
