/**
 * Calls that change something, each of which is done once however often it
 * comes: one that comes again while it is under way waits for the first, and
 * gets its answer; or, where the first was given up, is done in its place.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { type Manager, otherCall } from "../manager/mod.ts";
import { type Caller, type CallKey, INFINITE } from "../model/mod.ts";
import {
  type InputOf,
  isObject,
  type OperationName,
  type OutputOf,
  reviveDates,
  type SessionKey,
} from "../protocol/mod.ts";
import { OPERATIONS } from "../protocol/operations.ts";

/** A call that may be a repetition. */
export interface KeyedCall<Name extends OperationName> {
  readonly name: Name;
  readonly input: InputOf<Name>;
  readonly callKey: CallKey;
  /** Null where its session has ended. */
  readonly caller: Caller | null;
  readonly manager: Manager;
  readonly signal: AbortSignal;
}

/** A call under way. */
interface UnderWay {
  readonly fingerprint: string;
  readonly ended: Promise<void>;
}

/** Makes what tells a call again, of the client's key and all that belongs to the call. */
export function makeCallKey<Name extends OperationName>(
  key: string,
  name: Name,
  input: InputOf<Name>,
  principal: string,
  session: SessionKey,
): CallKey {
  return {
    key,
    fingerprint: hash(`${name} ${JSON.stringify(input)}`),
    sessionHash: hash(`${principal} ${session.id} ${session.secret}`),
  };
}

/** The calls under way that may be repeated. */
export class Repetitions {
  readonly #underWay = new Map<string, UnderWay>();

  /** Does a call of an open session, unless that is done already. */
  async once<Name extends OperationName>(
    call: KeyedCall<Name> & { readonly caller: Caller },
    work: () => Promise<OutputOf<Name>>,
  ): Promise<OutputOf<Name>> {
    const { application, computer, user } = call.caller;
    const { fingerprint, key } = call.callKey;
    const id = JSON.stringify([key, user, application, computer]);
    for (
      let other = this.#underWay.get(id);
      other !== undefined;
      other = this.#underWay.get(id)
    ) {
      if (other.fingerprint !== fingerprint) throw otherCall(key);
      await unlessAborted(other.ended, call.signal);
    }
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#underWay.set(id, { fingerprint, ended });
    try {
      return await recall(call) ?? await work();
    } finally {
      this.#underWay.delete(id);
      end();
    }
  }
}

/**
 * The answer that a call got before, when all that it waits for has ended;
 * null where it was not done.
 */
export async function recall<Name extends OperationName>(
  call: KeyedCall<Name>,
): Promise<OutputOf<Name> | null> {
  const answer = await read(call);
  const timeoutMs = answer === null ? null : waitOf(call.input);
  if (timeoutMs === null) return answer;
  const { manager, signal } = call;
  await manager.requestsEnded(requestsOf(answer), timeoutMs, signal);
  // By now it may say more: what an inventory found.
  return await read(call);
}

async function read<Name extends OperationName>(
  { callKey, caller, manager, name }: KeyedCall<Name>,
): Promise<OutputOf<Name> | null> {
  const text = await manager.recall(callKey, caller);
  if (text === null) return null;
  const answer: unknown = JSON.parse(text);
  reviveDates(answer);
  return OPERATIONS[name].output.parse(answer);
}

/** How long a call waits for its requests after it is written down, ms; null where it does not. */
function waitOf(input: unknown): number | null {
  if (!isObject(input) || input.wait !== true) return null;
  return typeof input.timeoutMs === "number" ? input.timeoutMs : INFINITE;
}

function requestsOf(answer: unknown): string[] {
  if (!isObject(answer)) return [];
  const { request, requests } = answer;
  const all = Array.isArray(requests) ? requests : [request];
  return all.filter((id) => typeof id === "string");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function unlessAborted(
  promise: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
  });
}
