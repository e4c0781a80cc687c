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
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { systemClock } from "../model/system.ts";
import { NtmsError } from "../model/mod.ts";
import { encodeProblem, OPERATION_PATH } from "../protocol/mod.ts";
import type { ConnectionLimits, Connections } from "./connections.ts";
import {
  hasBody,
  type HttpMessage,
  type HttpReply,
  invalid,
  type ProblemReply,
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

/** How often requests are looked for that take too long, ms; more often where they have less time. */
const LOOK_EVERY_MS = 5_000;

/** HTTP status of a request that did not come in time. */
const REQUEST_TIMEOUT = 408;

type PeerOf = (socket: Socket) => Peer;

/** Binds at once; resolves when it listens. */
export async function listenByNode(
  answering: Answering,
  place: SocketPlace | LoopbackAddress,
  connections: Connections,
): Promise<Listener> {
  const isSocket = "path" in place;
  const server = makeServer(
    answering,
    isSocket ? unixPeer : tcpPeer,
    connections,
  );
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

function unixPeer(socket: Socket): Peer {
  const user = readUnixUser(socket);
  // It has shown them before: this one has gone already.
  if (user === null) throw new TypeError("The socket shows no peer");
  return { kind: "unix", user };
}

function tcpPeer({ remoteAddress = "" }: Socket): Peer {
  return { kind: "tcp", address: remoteAddress };
}

function makeServer(
  answering: Answering,
  peerOf: PeerOf,
  connections: Connections,
): Server {
  const pages = getRequestListener(answering.pages.fetch, {
    overrideGlobalObjects: false,
  });
  const peers = new WeakMap<Socket, Peer>();
  const server = createServer(
    serverOptions(connections.limits),
    (incoming, outgoing) => {
      const below = incoming.url?.startsWith(OPERATION_PATH);
      void exchange(connections, incoming, async (gone) => {
        if (!below) return await pages(incoming, outgoing);
        const peer = peers.get(incoming.socket);
        if (peer === undefined) throw new TypeError("A request of nobody");
        const message = makeMessage(incoming, peer, gone, connections);
        send(await answering.operations(message), outgoing);
      });
    },
  );
  server.on("connection", (socket) => {
    try {
      // While it is surely there: a closed one would show nobody.
      peers.set(socket, peerOf(socket));
      connections.enter(socket);
    } catch (error) {
      if (error instanceof NtmsError) {
        refuse(socket, replyProblem(encodeProblem(error)));
      } else socket.destroy();
    }
  });
  server.on("clientError", answerMalformed);
  return server;
}

function serverOptions(limits: ConnectionLimits): ServerOptions {
  const { requestHeadWithinMs, requestWithinMs } = limits;
  return {
    maxHeaderSize: limits.requestHeadBytes,
    headersTimeout: Math.min(requestHeadWithinMs, requestWithinMs),
    requestTimeout: requestWithinMs,
    connectionsCheckingInterval: Math.min(
      LOOK_EVERY_MS,
      requestHeadWithinMs,
      requestWithinMs,
    ),
    keepAliveTimeout: limits.connectionIdleMs,
  };
}

/** Sees a request through, unless its connection has to go. */
async function exchange(
  connections: Connections,
  { socket }: IncomingMessage,
  answer: (gone: AbortController) => Promise<void>,
): Promise<void> {
  const gone = new AbortController();
  if (!connections.begin(socket, gone)) return;
  try {
    await answer(gone);
  } catch {
    // What cannot be answered has its connection closed, which it can see.
    socket.destroy();
  } finally {
    connections.end(socket, gone);
  }
}

function send(reply: HttpReply, outgoing: ServerResponse): void {
  const { body, headers, status } = reply;
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
  connections: Connections,
): HttpMessage {
  const { headers, method = "", url = "" } = incoming;
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    method,
    target: url,
    peer,
    gone,
    header,
    async readBody(most) {
      const body = hasBody(header) ? await readBody(incoming, most) : "";
      connections.work(incoming.socket);
      return body;
    },
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
  const late = "code" in error && error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  refuse(
    socket,
    replyProblem(
      late
        ? encodeProblem(
          new NtmsError("ERROR_TIMEOUT", "The request did not come in time"),
          REQUEST_TIMEOUT,
        )
        : encodeProblem(
          invalid(`The request is malformed: ${error.message}`),
        ),
    ),
  );
}

/** Answers where no request was read, and closes the connection. */
function refuse(
  socket: Duplex,
  { body, headers, status }: ProblemReply,
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      `content-type: ${headers["content-type"]}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n` +
      `connection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = systemClock.after(DRAIN_MS, () => server.closeAllConnections());
  await closed;
  timer.cancel();
}
