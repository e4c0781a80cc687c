/**
 * Operations over HTTP: `POST /v1/{Operation}` with JSON both ways, whatever
 * server the request came in by.
 *
 * @module
 */

import { LIMITS, type Log, NtmsError } from "../model/mod.ts";
import {
  encodeProblem,
  HEADERS,
  type InterfaceVersions,
  isOperationName,
  OPERATION_PATH,
  type OperationName,
  parseVersions,
  type Problem,
  PROBLEM_TYPE,
  type SessionKey,
} from "../protocol/mod.ts";
import type { Dispatcher } from "./dispatch.ts";
import type { Peer } from "./peers.ts";

/** A request, as any server can show it. */
export interface HttpMessage {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly peer: Peer;
  /** Aborted when the connection ends before the answer is out. */
  readonly gone: AbortController;
  /** A header, by its name in lower case; undefined where it is not there once. */
  header(name: string): string | undefined;
  /** The body as text; null when it has more than `most` bytes. */
  readBody(most: number): Promise<string | null>;
}

/** An answer, as any server can give it. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** The answer that tells a problem. */
export type ProblemReply = HttpReply & { readonly body: string };

/** Answers a request below `OPERATION_PATH`. Never rejects. */
export type Endpoint = (message: HttpMessage) => Promise<HttpReply>;

/** An error with a status that says more than that of its code. */
class Refusal extends Error {
  constructor(readonly status: number, readonly error: NtmsError) {
    super(error.message);
  }
}

/** Makes the endpoint. */
export function makeEndpoint(dispatcher: Dispatcher, log: Log): Endpoint {
  const maps = new WeakMap<object, Uint8Array<ArrayBuffer>>();
  return async (message) => {
    try {
      const name = readName(message);
      const body = await message.readBody(LIMITS.requestBodyBytes);
      const output = await dispatcher.call(name, parseBody(body), {
        peer: message.peer,
        session: readSession(message.header(HEADERS.session)),
        key: readKey(message.header(HEADERS.key)),
        bearer: readBearer(message.header("authorization")),
        versions: readVersions(message.header(HEADERS.interface)),
        gone: message.gone,
      });
      const answer = "libraries" in output
        ? encodeOnce(maps, output.libraries, output)
        : JSON.stringify(output);
      return reply(200, "application/json", answer);
    } catch (error) {
      return replyProblem(describe(error, message, log));
    }
  };
}

/** Whether a request says that it has a body. */
export function hasBody(header: HttpMessage["header"]): boolean {
  return header("transfer-encoding") !== undefined ||
    (header("content-length") ?? "0") !== "0";
}

/** A caller's mistake. */
export function invalid(message: string): NtmsError {
  return new NtmsError("ERROR_INVALID_PARAMETER", message);
}

/** The answer that tells a problem. */
export function replyProblem(problem: Problem): ProblemReply {
  return reply(problem.status, PROBLEM_TYPE, JSON.stringify(problem));
}

function reply<Body extends HttpReply["body"]>(
  status: number,
  type: string,
  body: Body,
): HttpReply & { readonly body: Body } {
  const headers = { "content-type": type };
  return {
    status,
    headers: status === 405 ? { ...headers, allow: "POST" } : headers,
    body,
  };
}

/** Maps of large libraries take long to encode, and many may get the same ones. */
function encodeOnce(
  known: WeakMap<object, Uint8Array<ArrayBuffer>>,
  key: object,
  output: object,
): Uint8Array<ArrayBuffer> {
  const bytes = known.get(key) ??
    new TextEncoder().encode(JSON.stringify(output));
  known.set(key, bytes);
  return bytes;
}

function readName({ header, method, target }: HttpMessage): OperationName {
  const name = target.slice(OPERATION_PATH.length).split("?", 1)[0] ?? "";
  if (!isOperationName(name)) {
    throw new Refusal(
      404,
      new NtmsError(
        "ERROR_CALL_NOT_IMPLEMENTED",
        `This service has no operation ${JSON.stringify(name.slice(0, 64))}`,
      ),
    );
  }
  if (method !== "POST") {
    throw new Refusal(405, invalid("Operations are called by POST"));
  }
  const type = header("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json" && hasBody(header)) {
    throw new Refusal(
      415,
      invalid("A request is JSON and says so: content-type: application/json"),
    );
  }
  return name;
}

function parseBody(text: string | null): unknown {
  if (text === null) {
    const most = LIMITS.requestBodyBytes;
    throw new Refusal(413, invalid(`A request has ${most} bytes at most`));
  }
  // Nothing is said where nothing has to be.
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw invalid(`The body is not JSON: ${cause.message.slice(0, 128)}`);
  }
}

function readSession(header: string | undefined): SessionKey | null {
  const dot = header?.indexOf(".") ?? -1;
  if (header === undefined || dot < 0) return null;
  return { id: header.slice(0, dot), secret: header.slice(dot + 1) };
}

function readKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  const key = header.toLowerCase();
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)) return key;
  throw invalid(`The header ${HEADERS.key} is one GUID, made for one call`);
}

function readBearer(header: string | undefined): string | null {
  if (header === undefined) return null;
  return /^Bearer +(\S+)$/i.exec(header)?.[1] ?? null;
}

function readVersions(header: string | undefined): InterfaceVersions | null {
  if (header === undefined) return null;
  const versions = parseVersions(header);
  if (versions !== null) return versions;
  throw invalid(
    `The header ${HEADERS.interface} is a number or a range, such as 1 or 1-2`,
  );
}

function describe(error: unknown, { target }: HttpMessage, log: Log): Problem {
  if (error instanceof Refusal) return encodeProblem(error.error, error.status);
  if (error instanceof NtmsError) return encodeProblem(error);
  log.error("A call failed inside the service", { path: target, error });
  return encodeProblem(
    new NtmsError(
      "ERROR_INVALID_STATE",
      "The service failed inside; its log tells why",
    ),
    500,
  );
}
