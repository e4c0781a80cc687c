/**
 * A documented error, its real cause, and how to bring it about.
 *
 * @module
 */

import type { HANDLE } from "../../src/ntms/ntmsapi.ts";
import {
  RunningService,
  type RunningServiceOptions,
} from "./running_service.ts";
import type { LineId } from "./record.ts";
import { nameOf } from "../ntms/codes.ts";

/** One error and its cause. */
export interface Row {
  /** The documented function. */
  readonly name: string;
  /** Name of the code. */
  readonly code: string;
  /** What is wrong, or right, with the call. */
  readonly cause: string;
  /** Why this machine cannot produce it. */
  readonly obstacle?: string;
  /** Behaviour lines that it holds too. */
  readonly lines?: readonly LineId[];
  /** Makes the call; the name of the code it ended with. */
  readonly produce: () => Promise<string>;
}

/** What a row needs. */
export interface RowOptions extends RunningServiceOptions {
  /** Behaviour lines that it holds too. */
  readonly lines?: readonly LineId[];
}

/** What makes the call, in a session of a service. */
export type Act = (
  hSession: HANDLE,
  service: RunningService,
) => Promise<string | number>;

/** Rows of one function, each with a service of its own. */
export function rowsOf(
  name: string,
  rows: readonly (readonly [
    code: string,
    cause: string,
    act: Act,
    options?: RowOptions,
  ])[],
): Row[] {
  return rows.map(([code, cause, act, options]) => ({
    name,
    code,
    cause,
    lines: options?.lines ?? [],
    async produce() {
      await using service = await RunningService.start(options);
      const outcome = await act(await service.open(), service);
      return typeof outcome === "string" ? outcome : nameOf(outcome);
    },
  }));
}
