/**
 * The connections of the service: how many there are, what is under way on
 * each, and which has to go.
 *
 * Idle connections keep nobody out: where there is no room for another one,
 * the one that is idle for longest is closed. Whoever wants to go on with it
 * makes a new one, as clients of this project do by themselves.
 *
 * @module
 */

import type { Socket } from "node:net";
import {
  type Clock,
  type Limits,
  NtmsError,
  type Timer,
} from "../model/mod.ts";
import { cancelledCall } from "./sessions.ts";

/** Bounds of connections. */
export type ConnectionLimits = Pick<
  Limits,
  | "answerBytesWaiting"
  | "answerTakenWithinMs"
  | "callsOnOneConnection"
  | "connectionIdleMs"
  | "connections"
  | "requestHeadBytes"
  | "requestHeadWithinMs"
  | "requestWithinMs"
>;

/**
 * Descriptors that are kept from connections: 128 for libraries, drives and
 * the catalogue, and 128 for each of two listeners, which take in what queues
 * at them (that many at most) before those that give way are really closed.
 */
const KEPT_DESCRIPTORS = 3 * 128;
/** Connections there may be in any case. */
const FEWEST_CONNECTIONS = 16;
/** How often it is looked for answers that nobody takes, within the time they have. */
const LOOKS = 4;

/** A connection. */
interface Entry {
  /** Requests that are not answered. */
  requests: number;
  /** What ends their calls. */
  readonly calls: Set<AbortController>;
  /** When its last answer was given out, as the runtime counts. */
  answeredAt: number;
}

/** How many connections there may be where so many files may be open: beyond those, none would ever be accepted again. */
export function connectionsFor(most: number, descriptors: number): number {
  const room = Math.max(FEWEST_CONNECTIONS, descriptors - KEPT_DESCRIPTORS);
  return Math.min(most, room);
}

/** The connections of all listeners of a service. */
export class Connections {
  /** The bounds in force. */
  readonly limits: ConnectionLimits;
  readonly #all = new Map<Socket, Entry>();
  /** Those without a call; the one that is so for longest comes first. */
  readonly #idle = new Set<Socket>();
  readonly #clock: Clock;
  #timer: Timer | null = null;

  /** None yet. */
  constructor(limits: ConnectionLimits, clock: Clock) {
    this.limits = limits;
    this.#clock = clock;
  }

  /**
   * Takes in a new connection, in the place of an idle one where need be.
   *
   * @throws {NtmsError} ERROR_NOT_ENOUGH_MEMORY where calls are under way on
   * all of them.
   */
  enter(socket: Socket): void {
    if (this.#all.size >= this.limits.connections) {
      const [oldest] = this.#idle;
      if (oldest === undefined) {
        throw new NtmsError(
          "ERROR_NOT_ENOUGH_MEMORY",
          `Calls are under way on all ${this.#all.size} connections, which is the most; try again later`,
        );
      }
      this.#leave(oldest);
      oldest.destroy();
    }
    this.#all.set(socket, { requests: 0, calls: new Set(), answeredAt: 0 });
    this.#idle.add(socket);
    socket.once("close", () => this.#leave(socket));
    this.#arm();
  }

  /** Whether a request may be answered; if not, its connection is closed. */
  begin(socket: Socket, gone: AbortController): boolean {
    const entry = this.#all.get(socket);
    if (entry === undefined) return false;
    const { answerBytesWaiting, callsOnOneConnection } = this.limits;
    if (
      entry.requests >= callsOnOneConnection ||
      socket.writableLength > answerBytesWaiting
    ) {
      this.#leave(socket);
      socket.destroy();
      return false;
    }
    entry.requests++;
    entry.calls.add(gone);
    return true;
  }

  /** A request has arrived whole: from now on its connection is not idle. */
  work(socket: Socket): void {
    this.#idle.delete(socket);
  }

  /** The answer of a request was given out. */
  end(socket: Socket, gone: AbortController): void {
    const entry = this.#all.get(socket);
    if (entry === undefined) return;
    entry.requests--;
    entry.calls.delete(gone);
    entry.answeredAt = this.#clock.monotonic();
    if (entry.requests === 0) this.#idle.add(socket);
  }

  /** Stops looking after them. */
  close(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#all.clear();
  }

  #leave(socket: Socket): void {
    const entry = this.#all.get(socket);
    if (entry === undefined) return;
    this.#all.delete(socket);
    this.#idle.delete(socket);
    for (const call of entry.calls) {
      call.abort(cancelledCall("its caller has gone"));
    }
  }

  /** Looks again and again, for as long as there are connections. */
  #arm(): void {
    if (this.#timer !== null || this.#all.size === 0) return;
    const delayMs = this.limits.answerTakenWithinMs / LOOKS;
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = null;
      this.#dropUntaken();
      this.#arm();
    });
  }

  #dropUntaken(): void {
    const before = this.#clock.monotonic() - this.limits.answerTakenWithinMs;
    for (const socket of this.#idle) {
      const { answeredAt = 0 } = this.#all.get(socket) ?? {};
      if (socket.writableLength > 0 && answeredAt < before) socket.destroy();
    }
  }
}
