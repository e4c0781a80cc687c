/**
 * The way into the service for clients of the same process.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import {
  type CallOptions,
  type Door,
  type InputOf,
  INTERFACE_VERSIONS,
  type OperationName,
  type OutputOf,
  registerService,
  unregisterService,
} from "../protocol/mod.ts";
import type { Dispatcher } from "./dispatch.ts";
import type { LoopbackAddress } from "./listener.ts";

/** Makes a service known to this process, until it is disposed of. */
export function offerInProcess(
  dispatcher: Dispatcher,
  key: string,
  socket: string | null,
  tcp: LoopbackAddress | null,
): Disposable {
  const service = {
    key,
    address: addressOf(socket, tcp),
    open: () => new InProcessDoor(dispatcher),
  };
  registerService(service);
  return { [Symbol.dispose]: () => unregisterService(service) };
}

function addressOf(
  socket: string | null,
  tcp: LoopbackAddress | null,
): string | null {
  if (socket !== null) return `unix:${socket}`;
  if (tcp === null) return null;
  const host = tcp.hostname.includes(":") ? `[${tcp.hostname}]` : tcp.hostname;
  return `tcp:${host}:${tcp.port}`;
}

class InProcessDoor implements Door {
  readonly #dispatcher: Dispatcher;

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  async call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options: CallOptions = {},
  ): Promise<OutputOf<Name>> {
    const { key = null, session = null, signal } = options;
    const gone = new AbortController();
    const onAbort = () => signal && gone.abort(cancelledBy(signal));
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      // Through text, as over a socket: what a socket would drop is dropped,
      // and nothing is shared.
      const copy: unknown = JSON.parse(JSON.stringify(input));
      return await this.#dispatcher.call(name, copy, {
        peer: { kind: "process" },
        session,
        key,
        bearer: null,
        versions: INTERFACE_VERSIONS,
        gone,
      });
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  close(): void {}
}

function cancelledBy(signal: AbortSignal): NtmsError {
  return new NtmsError("ERROR_CANCELLED", "The caller cancelled the call", {
    cause: signal.reason,
  });
}
