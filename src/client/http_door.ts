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
import {
  type HttpAnswer,
  HttpConnection,
  HttpFormatError,
  type HttpRequest,
} from "./http_connection.ts";
import { lostError, openingError, TooSlowError } from "./network.ts";

/** How long a connection may take to come about. */
const CONNECT_WITHIN_MS = 10_000;
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

  /** Calls an operation. */
  async call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options: CallOptions = {},
  ): Promise<OutputOf<Name>> {
    const answer = await this.#exchange(name, {
      method: "POST",
      path: OPERATION_PATH + name,
      host: this.#host(),
      headers: this.#headers(name, options),
      body: JSON.stringify(input),
    }, options);
    return this.#decode(name, answer);
  }

  /** Closes the connections that no call uses. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#idle.splice(0)) connection.close();
  }

  async #exchange(
    name: OperationName,
    request: HttpRequest,
    options: CallOptions,
  ): Promise<HttpAnswer> {
    const kept = this.#takeIdle();
    try {
      return await this.#attempt(kept, request, options);
    } catch (error) {
      // A kept connection may have been closed by the service meanwhile.
      const stale = kept !== undefined && WIRE[name].repeatable &&
        !(error instanceof NtmsError || error instanceof TooSlowError);
      if (!stale) throw this.#explain(name, error);
    }
    try {
      return await this.#attempt(undefined, request, options);
    } catch (error) {
      throw this.#explain(name, error);
    }
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
    try {
      if (answer.status === 200) return decodeOutput(name, answer.body);
    } catch (error) {
      throw this.#explain(name, error);
    }
    throw decodeProblem(answer.body, answer.status) ??
      this.#explain(
        name,
        new HttpFormatError(
          `What answers there (HTTP status ${answer.status}) is no RSM service`,
        ),
      );
  }

  #explain(name: OperationName, error: unknown): NtmsError {
    return name === "OpenNtmsSession"
      ? openingError(this.#address, error)
      : lostError(this.#address, error);
  }
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
  const connecting = address.kind === "unix"
    ? Deno.connect({ transport: "unix", path: address.path })
    : Deno.connect({ hostname: address.hostname, port: address.port });
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
  const timer = answerWithinMs === undefined ? undefined : setTimeout(
    () => interrupt(new TooSlowError(`no answer in ${answerWithinMs} ms`)),
    answerWithinMs,
  );
  return {
    reason: () => reason,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
