/**
 * The way into a service over a socket: connections that are kept for the
 * next call, one for each call under way.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import {
  type CallOptions,
  decodeOutput,
  decodeProblem,
  type Door,
  encodeVersions,
  HEADERS,
  type InputOf,
  INTERFACE_VERSIONS,
  OPERATION_PATH,
  type OperationName,
  type OutputOf,
  WIRE,
} from "../protocol/mod.ts";
import { type Address, formatAddress } from "./address.ts";
import { setAlarm } from "./alarms.ts";
import {
  type HttpAnswer,
  HttpConnection,
  HttpFormatError,
  type HttpRequest,
} from "./http_connection.ts";
import { lostError, openingError, TooSlowError } from "./network.ts";

/** How long a connection may take to come about. */
const CONNECT_WITHIN_MS = 10_000;
/** Pause before another try where too many are connecting. */
const CROWDED_PAUSE_MS = 10;
/** Idle connections that are kept; more are closed. */
const IDLE_CONNECTIONS = 4;
/** How long they are kept: far less than the service keeps them. */
const IDLE_MS = 60_000;

/** An address that has a socket. */
export type SocketAddress = Exclude<Address, { kind: "process" }>;

/** A way into a service over its socket. */
export class HttpDoor implements Door {
  readonly #address: SocketAddress;
  readonly #token: string | undefined;
  readonly #idle: HttpConnection[] = [];
  #closed = false;

  /** Goes to `address`; `token` is what the service wants of TCP callers. */
  constructor(address: SocketAddress, token?: string) {
    this.#address = address;
    this.#token = token;
  }

  /** Calls an operation; once more when its connection is lost before an answer. */
  async call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options: CallOptions = {},
  ): Promise<OutputOf<Name>> {
    const request: HttpRequest = {
      method: "POST",
      path: OPERATION_PATH + name,
      host: this.#host(),
      headers: this.#headers(name, options),
      body: encodeInput(input),
    };
    try {
      const answer = await this.#attempt(this.#takeIdle(), request, options);
      return this.#decode(name, answer);
    } catch (error) {
      if (!isLost(error)) throw this.#explain(error, name, options);
    }
    try {
      // Whatever became of the first one: see WIRE for each operation.
      const answer = await this.#attempt(undefined, request, options);
      return this.#decode(name, answer);
    } catch (error) {
      if (hasEnded(name, error)) return decodeOutput(name, "{}");
      throw this.#explain(error, name, options);
    }
  }

  /** Closes the connections that no call uses. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  async #attempt(
    kept: HttpConnection | undefined,
    request: HttpRequest,
    options: CallOptions,
  ): Promise<HttpAnswer> {
    throwIfAborted(options.signal);
    const connection = kept ?? await connect(this.#address, options.signal);
    const interruption = interruptible(connection, options);
    try {
      const answer = await connection.exchange(request);
      this.#keep(connection);
      return answer;
    } catch (error) {
      connection.close();
      throw interruption.reason() ?? error;
    } finally {
      interruption.end();
    }
  }

  /** The connection used last, unless it has been idle for too long, as then have all. */
  #takeIdle(): HttpConnection | undefined {
    const kept = this.#idle.pop();
    if (kept === undefined || performance.now() - kept.idleSince < IDLE_MS) {
      return kept;
    }
    for (const old of [kept, ...this.#idle.splice(0)]) old.close();
    return undefined;
  }

  #keep(connection: HttpConnection): void {
    if (
      connection.reusable && !this.#closed &&
      this.#idle.length < IDLE_CONNECTIONS
    ) this.#idle.push(connection);
    else connection.close();
  }

  #host(): string {
    const { kind } = this.#address;
    return kind === "unix" ? "rsm" : formatAddress(this.#address).slice(4);
  }

  #headers(name: OperationName, options: CallOptions): Record<string, string> {
    const headers: Record<string, string> = {};
    if (options.session !== undefined) {
      const { id, secret } = options.session;
      headers[HEADERS.session] = `${id}.${secret}`;
    }
    if (options.key !== undefined) headers[HEADERS.key] = options.key;
    if (name === "OpenNtmsSession") {
      headers[HEADERS.interface] = encodeVersions(INTERFACE_VERSIONS);
      if (this.#token !== undefined) {
        headers["authorization"] = `Bearer ${this.#token}`;
      }
    }
    return headers;
  }

  #decode<Name extends OperationName>(
    name: Name,
    answer: HttpAnswer,
  ): OutputOf<Name> {
    if (answer.status === 200) return decodeOutput(name, answer.body);
    throw decodeProblem(answer.body, answer.status) ??
      new HttpFormatError(
        `What answers there (HTTP status ${answer.status}) is no RSM service`,
      );
  }

  #explain(
    error: unknown,
    name: OperationName,
    { key }: CallOptions,
  ): NtmsError {
    return name === "OpenNtmsSession"
      ? openingError(this.#address, error)
      : lostError(this.#address, error, key);
  }
}

/** What is asked, as JSON; nothing where nothing is said. */
function encodeInput(input: object): string {
  const text = JSON.stringify(input);
  return text === "{}" ? "" : text;
}

/** How a connection ends that its other end has closed or lost. */
const LOST = [
  Deno.errors.UnexpectedEof,
  Deno.errors.ConnectionReset,
  Deno.errors.ConnectionAborted,
  Deno.errors.BrokenPipe,
  Deno.errors.NotConnected,
] as const;

function isLost(error: unknown): boolean {
  return LOST.some((kind) => error instanceof kind);
}

/** Whether the first of two calls has ended the session that the second did not find. */
function hasEnded(name: OperationName, error: unknown): boolean {
  return WIRE[name].repetition === "ended" && error instanceof NtmsError &&
    error.code === "ERROR_INVALID_HANDLE";
}

/** The error of a call whose caller gave up. */
export function cancelledError(signal: AbortSignal): NtmsError {
  return new NtmsError("ERROR_CANCELLED", "The caller cancelled the call", {
    cause: signal.reason,
  });
}

/** Throws when the caller has given up already. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelledError(signal);
}

async function connect(
  address: SocketAddress,
  signal: AbortSignal | undefined,
): Promise<HttpConnection> {
  const deadline = performance.now() + CONNECT_WITHIN_MS;
  const connecting = dial(
    address,
    () => performance.now() < deadline && !signal?.aborted,
  );
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new TooSlowError(`no connection in ${CONNECT_WITHIN_MS} ms`)),
    CONNECT_WITHIN_MS,
  );
  const onAbort = () => signal && reject(cancelledError(signal));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return new HttpConnection(await Promise.race([connecting, promise]));
  } catch (error) {
    // One that comes about after all is of no use any more.
    connecting.then((late) => late.close(), () => {});
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Connects; tries again while a Unix socket has more callers at its door than the kernel lets queue. */
async function dial(
  address: SocketAddress,
  mayWait: () => boolean,
): Promise<Deno.Conn> {
  if (address.kind === "tcp") {
    const { hostname, port } = address;
    return await Deno.connect({ hostname, port });
  }
  for (;;) {
    try {
      return await Deno.connect({ transport: "unix", path: address.path });
    } catch (error) {
      if (!(error instanceof Deno.errors.WouldBlock && mayWait())) throw error;
      await new Promise((resolve) => setTimeout(resolve, CROWDED_PAUSE_MS));
    }
  }
}

/** Closes a connection when its call is given up or takes too long. */
function interruptible(
  connection: HttpConnection,
  { signal, answerWithinMs }: CallOptions,
): { reason(): Error | null; end(): void } {
  let reason: Error | null = null;
  const interrupt = (error: Error) => {
    reason = error;
    connection.close();
  };
  const onAbort = () => signal && interrupt(cancelledError(signal));
  signal?.addEventListener("abort", onAbort, { once: true });
  const alarm = answerWithinMs === undefined ? undefined : setAlarm(
    answerWithinMs,
    () => interrupt(new TooSlowError(`no answer in ${answerWithinMs} ms`)),
  );
  return {
    reason: () => reason,
    end: () => {
      alarm?.end();
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
