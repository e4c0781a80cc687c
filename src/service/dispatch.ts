/**
 * Brings a call to what answers it: checks who calls and what is asked, keeps
 * its session alive, and tells it when nobody waits for the answer any more.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import {
  type Caller,
  type Clock,
  type Identity,
  type Limits,
  NtmsError,
  type Random,
  sleep,
} from "../model/mod.ts";
import type {
  InputOf,
  InterfaceVersions,
  OperationName,
  OutputOf,
  SessionKey,
} from "../protocol/mod.ts";
import { OPERATIONS } from "../protocol/operations.ts";
import { checkInput } from "../protocol/validate.ts";
import type { Accounts } from "./accounts.ts";
import type { Admission, Admitted } from "./admission.ts";
import { agreeInterface } from "./agree_interface.ts";
import { guarded, letThrough, type Party } from "./guard.ts";
import type { Peer } from "./peers.ts";
import { makeCallKey, recall, Repetitions } from "./repetitions.ts";
import { cancelledCall, type SessionEntry, Sessions } from "./sessions.ts";
import { type OfSessions, type Work, WORKS } from "./works.ts";

/** How a call came in. */
export interface CallContext {
  readonly peer: Peer;
  readonly session: SessionKey | null;
  /** What tells a repetition of the call again; null where the caller sent nothing. */
  readonly key: string | null;
  /** What a TCP caller shows to be let in. */
  readonly bearer: string | null;
  /** The versions of the interface the caller speaks; null where it did not say. */
  readonly versions: InterfaceVersions | null;
  /** Ends the call; aborted when its caller has gone, when its session is closed, when the service stops. */
  readonly gone: AbortController;
}

/** What dispatching depends on. */
export interface DispatcherOptions {
  readonly admission: Admission;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly random: Random;
  readonly leaseSeconds: number;
  readonly versions: InterfaceVersions;
  readonly limits: Limits;
  /** What the service is doing while it is not ready, for people. */
  readonly activity: () => string;
}

/** Answers what came in for one operation. */
type Answer<Name extends OperationName> = (
  input: unknown,
  context: CallContext,
) => Promise<OutputOf<Name>>;

/** Answers of the operations on sessions. */
type Answers = { readonly [Name in OfSessions]: Answer<Name> };

const DEFAULT_APPLICATION = "RSM";

/** What a session may always do, however many calls of it are under way. */
const ALWAYS: ReadonlySet<OperationName> = new Set([
  "CloseNtmsSession",
  "RenewNtmsSession",
]);

/** Brings calls to what answers them. */
export class Dispatcher {
  /** The open sessions. */
  readonly sessions: Sessions;
  readonly #options: DispatcherOptions;
  /** Of operations on sessions; what others do is in `WORKS`. */
  readonly #answers: { readonly [Name in OperationName]?: Answer<Name> };
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #repetitions = new Repetitions();
  readonly #stopping = new AbortController();
  readonly #ready = Promise.withResolvers<void>();
  #manager: Manager | null = null;

  /** Answers ERROR_NOT_READY until it has a manager. */
  constructor(options: DispatcherOptions) {
    this.#options = options;
    const { clock, random, leaseSeconds, limits } = options;
    this.sessions = new Sessions({
      clock,
      random,
      limits,
      leaseMs: leaseSeconds * 1000,
      ended: (id, lost) => this.#manager?.sessionEnded(id, lost),
    });
    this.#answers = this.#makeAnswers();
  }

  /** From now on calls are answered by `manager`, which is ready. */
  begin(manager: Manager): void {
    this.#manager = manager;
    this.#ready.resolve();
  }

  /** Lets nobody in any more, cancels the calls that wait, and waits until all have ended. */
  async stop(): Promise<void> {
    this.#stopping.abort(cancelledCall("the service is stopping"));
    this.sessions.cancelAll();
    await Promise.allSettled(this.#underWay);
    this.sessions.clear();
  }

  /** Answers a call. Rejects with an `NtmsError`, or with a bug. */
  async call<Name extends OperationName>(
    name: Name,
    input: unknown,
    context: CallContext,
  ): Promise<OutputOf<Name>> {
    const answer = this.#answer(name)(input, context);
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
  }

  #answer<Name extends OperationName>(name: Name): Answer<Name> {
    const own = this.#answers[name];
    const work = WORKS[name];
    if (own !== undefined) return own;
    if (work !== undefined) return this.#inSession(name, work);
    throw new TypeError(`Nothing answers ${name}`);
  }

  #makeAnswers(): Answers {
    return {
      OpenNtmsSession: (input, context) => this.#open(input, context),
      RenewNtmsSession: this.#inSession(
        "RenewNtmsSession",
        () => Promise.resolve({ leaseSeconds: this.#options.leaseSeconds }),
      ),
      CloseNtmsSession: this.#inSession("CloseNtmsSession", (call) => {
        this.sessions.close(call.entry, call.gone);
        return Promise.resolve({});
      }),
    };
  }

  async #open(
    input: unknown,
    context: CallContext,
  ): Promise<OutputOf<"OpenNtmsSession">> {
    const { admission, leaseSeconds, versions } = this.#options;
    const { bearer, gone, peer } = context;
    // First of all: an older service may not even understand the input.
    const interfaceVersion = agreeInterface(versions, context.versions);
    const known = await admission.admit(peer, bearer);
    const given = checkInput("OpenNtmsSession", input);
    const { application = DEFAULT_APPLICATION, waitMs = 0 } = given;
    await this.#whenReady(waitMs, gone.signal);
    const admitted = known ?? await this.#admitByToken(context);
    await this.#mayOpen({ ...admitted, application }, given);
    const { id, secret } = this.sessions.open(
      admitted,
      application,
      admission.principal(peer),
    );
    return {
      session: id,
      secret,
      interfaceVersion,
      leaseSeconds,
      application,
    };
  }

  async #admitByToken({ bearer, peer }: CallContext): Promise<Admitted> {
    const tokens = await this.#readyManager().access.tokens();
    return await this.#options.admission.admitByToken(peer, bearer, tokens);
  }

  async #mayOpen(
    party: Party,
    input: InputOf<"OpenNtmsSession">,
  ): Promise<void> {
    const manager = this.#readyManager();
    const { accounts } = this.#options;
    const name = "OpenNtmsSession";
    await letThrough({ manager, accounts, party, name, input });
  }

  #inSession<Name extends OperationName>(
    name: Name,
    work: Work<Name>,
  ): Answer<Name> {
    return async (input, context) => {
      const { gone, session } = context;
      const manager = this.#readyManager();
      const principal = this.#options.admission.principal(context.peer);
      // Only what changes something has to be told from its repetition.
      const key = OPERATIONS[name].changes ? context.key : null;
      const { signal } = gone;
      if (key !== null && session !== null) {
        if (!this.sessions.isOpen(session, principal)) {
          const given = checkInput(name, input);
          const callKey = makeCallKey(key, name, given, principal, session);
          const call = { name, input: given, callKey, caller: null };
          const answer = await recall({ ...call, manager, signal });
          if (answer !== null) return answer;
        }
      }
      const entry = this.sessions.find(session, principal);
      const checked = checkInput(name, input);
      // Most sessions only look, and nothing has to be settled after them.
      entry.leavesTraces ||= OPERATIONS[name].changes;
      if (!ALWAYS.has(name)) this.sessions.requireRoom(entry);
      this.sessions.begin(entry, gone);
      try {
        const caller = callerOf(entry);
        const { accounts } = this.#options;
        const endSessionsOf = (token: string) =>
          this.sessions.endThoseOf(token);
        const rest = { entry, manager, gone, signal, accounts, endSessionsOf };
        return await guarded(
          { manager, accounts, party: entry, name, input: checked },
          async (audit) => {
            const noted = audit === null ? caller : { ...caller, audit };
            if (key === null) {
              return await work({ ...rest, caller: noted }, checked);
            }
            const callKey = makeCallKey(key, name, checked, principal, entry);
            const keyed = { ...noted, callKey };
            return await this.#repetitions.once(
              { name, input: checked, callKey, caller: keyed, manager, signal },
              () => work({ ...rest, caller: keyed }, checked),
            );
          },
        );
      } finally {
        this.sessions.end(entry, gone);
      }
    };
  }

  /** Resolves when the service is ready, or rejects with ERROR_NOT_READY after `waitMs`. */
  async #whenReady(waitMs: number, gone: AbortSignal): Promise<void> {
    if (this.#manager === null && waitMs > 0) {
      const ended = new AbortController();
      const signal = AbortSignal.any([
        ended.signal,
        gone,
        this.#stopping.signal,
      ]);
      const timeout = sleep(this.#options.clock, waitMs, signal)
        .catch(() => {});
      await Promise.race([this.#ready.promise, timeout]);
      ended.abort();
    }
    gone.throwIfAborted();
    this.#readyManager();
  }

  #readyManager(): Manager {
    if (this.#stopping.signal.aborted) {
      throw notReady("is stopping");
    }
    if (this.#manager === null) {
      throw notReady(`is still starting: ${this.#options.activity()}`);
    }
    return this.#manager;
  }
}

function callerOf(
  { application, computer, id, identity, user }: SessionEntry,
): Caller & { readonly who: Identity } {
  return { application, user, computer, session: id, who: identity };
}

function notReady(reason: string): NtmsError {
  return new NtmsError("ERROR_NOT_READY", `The RSM service ${reason}`);
}
