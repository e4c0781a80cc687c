/**
 * What brings messages to people who look at no console.
 *
 * @module
 */

import type { UiMessage } from "../model/mod.ts";

/** Brings messages to e-mail addresses and URLs. */
export interface Messenger {
  /** Whether the administrator has configured an address or URL. */
  knows(destination: string): boolean;
  /** Brings one; rejects where it was not taken. Abort ends the try. */
  deliver(
    destination: string,
    message: UiMessage,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Brings nothing, and knows no address: for a service without one. */
export const NO_MESSENGER: Messenger = {
  knows: () => false,
  deliver: () =>
    Promise.reject(
      new TypeError("The service has nothing that brings messages"),
    ),
};
