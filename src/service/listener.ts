/**
 * Where the service listens, and with what it answers.
 *
 * @module
 */

import type { Hono } from "hono";
import type { Endpoint } from "./endpoint.ts";

/** A TCP address of this computer. */
export interface LoopbackAddress {
  /** An IP address. */
  readonly hostname: string;
  /** The port; 0 in a request means any that is free. */
  readonly port: number;
}

/** A Unix socket, which has its mode from its first moment. */
export interface SocketPlace {
  readonly path: string;
  readonly mode: number;
}

/** What answers. */
export interface Answering {
  /** What is below `OPERATION_PATH`. */
  readonly operations: Endpoint;
  /** All else. */
  readonly pages: Hono;
}

/** A place that is listened at. */
export interface Listener {
  /** The port, for TCP; else 0. */
  readonly port: number;
  /** Stops listening; connections end when their answers are out. */
  close(): Promise<void>;
}

/** How long answers that are ready may take to go out when the service stops. */
export const DRAIN_MS = 2_000;
