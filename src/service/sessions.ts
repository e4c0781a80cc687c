/**
 * The sessions of the service, in memory: a restart ends them all.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import {
  type Clock,
  type Limits,
  NtmsError,
  type Random,
  type Timer,
} from "../model/mod.ts";
import type { SessionKey } from "../protocol/mod.ts";
import { type Admitted, isSecret } from "./admission.ts";

const SECRET_BYTES = 32;

/** An open session. */
export interface SessionEntry extends Admitted {
  readonly id: string;
  readonly secret: string;
  readonly application: string;
  /** Where its calls have to come from. */
  readonly principal: string;
  /** The calls under way. */
  readonly calls: Set<AbortController>;
  /** Whether it has done anything that can outlast it. */
  leavesTraces: boolean;
}

/** What sessions depend on. */
export interface SessionsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly leaseMs: number;
  readonly limits: Pick<
    Limits,
    "sessions" | "sessionsOfOneUser" | "callsInOneSession"
  >;
  /** Told when a session that leaves traces ended; `lost` when its lease ran out. */
  readonly ended: (id: string, lost: boolean) => void;
}

/** The open sessions. */
export class Sessions {
  readonly #options: SessionsOptions;
  /** By id; the one not heard of for longest comes first. */
  readonly #entries = new Map<string, SessionEntry>();
  /** How many each user or token has. */
  readonly #counts = new Map<string, number>();
  readonly #heardOf = new WeakMap<SessionEntry, number>();
  #timer: Timer | null = null;

  /** None yet. */
  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** How many are open. */
  get count(): number {
    return this.#entries.size;
  }

  /** Opens one. */
  open(
    admitted: Admitted,
    application: string,
    principal: string,
  ): SessionEntry {
    const { limits, random } = this.#options;
    const own = this.#counts.get(admitted.identity.sid) ?? 0;
    if (this.#entries.size >= limits.sessions) {
      throw tooMany(`${limits.sessions} sessions are open already`);
    }
    if (own >= limits.sessionsOfOneUser) {
      throw tooMany(`User ${admitted.user} has ${own} sessions open already`);
    }
    this.#counts.set(admitted.identity.sid, own + 1);
    const entry: SessionEntry = {
      ...admitted,
      id: random.guid(),
      secret: toHex(random.bytes(SECRET_BYTES)),
      application,
      principal,
      calls: new Set(),
      leavesTraces: false,
    };
    this.#hear(entry);
    this.#arm();
    return entry;
  }

  /**
   * The session a call belongs to; renews its lease.
   *
   * @throws {NtmsError} ERROR_INVALID_HANDLE.
   */
  find(key: SessionKey | null, principal: string): SessionEntry {
    const entry = key === null ? undefined : this.#entries.get(key.id);
    if (
      key === null || entry === undefined ||
      !isSecret(key.secret, entry.secret) || entry.principal !== principal
    ) {
      throw new NtmsError(
        "ERROR_INVALID_HANDLE",
        key === null
          ? "The call names no session"
          : "The session is not open: it was closed, its lease ran out, or the service was restarted; open another",
      );
    }
    this.#hear(entry);
    return entry;
  }

  /** Whether a session is open, without renewing its lease. */
  isOpen(key: SessionKey, principal: string): boolean {
    const entry = this.#entries.get(key.id);
    return entry !== undefined && entry.principal === principal &&
      isSecret(key.secret, entry.secret);
  }

  /**
   * To be asked before a call begins.
   *
   * @throws {NtmsError} ERROR_BUSY when the session has too many under way.
   */
  requireRoom({ calls }: SessionEntry): void {
    if (calls.size < this.#options.limits.callsInOneSession) return;
    throw new NtmsError(
      "ERROR_BUSY",
      `The session has ${calls.size} calls under way, which is the most; wait for one of them, or open another session`,
    );
  }

  /** Begins a call, during which the session stays alive. */
  begin(entry: SessionEntry, call: AbortController): void {
    entry.calls.add(call);
  }

  /** Ends a call. */
  end(entry: SessionEntry, call: AbortController): void {
    entry.calls.delete(call);
    if (this.#entries.get(entry.id) === entry) this.#hear(entry);
  }

  /** Ends a session by its own call `last`; its other calls end with ERROR_CANCELLED. */
  close(entry: SessionEntry, last: AbortController): void {
    entry.calls.delete(last);
    this.#remove(entry, false, "its session was closed");
  }

  /** Ends the sessions that were opened by a token. */
  endThoseOf(token: string): void {
    for (const entry of [...this.#entries.values()]) {
      if (entry.identity.token !== token) continue;
      this.#remove(entry, false, "its token was revoked");
    }
  }

  /** Cancels every call, for a service that stops. */
  cancelAll(): void {
    for (const entry of this.#entries.values()) {
      cancel(entry, "the service is stopping");
    }
  }

  /** Forgets all sessions and the timer. */
  clear(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#entries.clear();
    this.#counts.clear();
  }

  #hear(entry: SessionEntry): void {
    this.#heardOf.set(entry, this.#options.clock.monotonic());
    this.#entries.delete(entry.id);
    this.#entries.set(entry.id, entry);
  }

  #remove(entry: SessionEntry, lost: boolean, reason: string): void {
    this.#entries.delete(entry.id);
    const left = (this.#counts.get(entry.identity.sid) ?? 1) - 1;
    if (left === 0) this.#counts.delete(entry.identity.sid);
    else this.#counts.set(entry.identity.sid, left);
    cancel(entry, reason);
    if (entry.leavesTraces) this.#options.ended(entry.id, lost);
  }

  /** One timer serves all: it waits for the one not heard of for longest. */
  #arm(): void {
    const [oldest] = this.#entries.values();
    if (this.#timer !== null || oldest === undefined) return;
    const { clock } = this.#options;
    const delayMs = Math.max(0, this.#expiry(oldest) - clock.monotonic());
    this.#timer = clock.after(delayMs, () => {
      this.#timer = null;
      this.#expire();
      this.#arm();
    });
  }

  #expire(): void {
    const now = this.#options.clock.monotonic();
    for (const entry of [...this.#entries.values()]) {
      if (this.#expiry(entry) > now) return;
      if (entry.calls.size > 0) this.#hear(entry);
      else this.#remove(entry, true, "its lease ran out");
    }
  }

  #expiry(entry: SessionEntry): number {
    return (this.#heardOf.get(entry) ?? 0) + this.#options.leaseMs;
  }
}

function tooMany(reason: string): NtmsError {
  return new NtmsError(
    "ERROR_NOT_ENOUGH_MEMORY",
    `${reason}, which is the most; close some, or wait until they end`,
  );
}

function cancel(entry: SessionEntry, reason: string): void {
  for (const call of entry.calls) call.abort(cancelledCall(reason));
}

/** Bytes as text that may stand in a header. */
export function toHex(bytes: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString("hex");
}

/** The reason that calls are aborted with. */
export function cancelledCall(reason: string): NtmsError {
  return new NtmsError("ERROR_CANCELLED", `The call was cancelled: ${reason}`);
}
