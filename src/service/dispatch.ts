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
  type Limits,
  NtmsError,
  type Random,
  sleep,
} from "../model/mod.ts";
import {
  agreeVersion,
  type InputOf,
  type InterfaceVersions,
  type OperationName,
  type OutputOf,
  type SessionKey,
} from "../protocol/mod.ts";
import type { ManagingName } from "../protocol/managing_operations.ts";
import { OPERATIONS } from "../protocol/operations.ts";
import type { OperatorName } from "../protocol/operator_operations.ts";
import { checkInput } from "../protocol/validate.ts";
import type { Admission } from "./admission.ts";
import type { Peer } from "./peers.ts";
import { MANAGING_ANSWERS } from "./managing_answers.ts";
import { OPERATOR_ANSWERS } from "./operator_answers.ts";
import { makeCallKey, recall, Repetitions } from "./repetitions.ts";
import { cancelledCall, type SessionEntry, Sessions } from "./sessions.ts";

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
  readonly clock: Clock;
  readonly random: Random;
  readonly leaseSeconds: number;
  readonly versions: InterfaceVersions;
  readonly limits: Limits;
  /** What the service is doing while it is not ready, for people. */
  readonly activity: () => string;
}

/** What a call in a session needs beside its input. */
interface Call {
  readonly entry: SessionEntry;
  readonly manager: Manager;
  readonly caller: Caller;
  readonly gone: AbortController;
  readonly signal: AbortSignal;
}

/** Answers what came in for one operation. */
type Answer<Name extends OperationName> = (
  input: unknown,
  context: CallContext,
) => Promise<OutputOf<Name>>;

type Answers = { readonly [Name in OperationName]: Answer<Name> };

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
  readonly #answers: Answers;
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
    const answer = this.#answers[name](input, context);
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
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
      EnumerateNtmsObject: this.#inSession(
        "EnumerateNtmsObject",
        async ({ manager }, input) => ({ ids: await manager.enumerate(input) }),
      ),
      ListNtmsObject: this.#inSession(
        "ListNtmsObject",
        async ({ manager }, input) => ({ objects: await manager.list(input) }),
      ),
      GetNtmsObjectInformation: this.#inSession(
        "GetNtmsObjectInformation",
        async ({ manager }, { id }) => ({ object: await manager.object(id) }),
      ),
      CreateNtmsMediaPool: this.#inSession(
        "CreateNtmsMediaPool",
        ({ manager, caller }, input) => manager.createPool(caller, input),
      ),
      DeleteNtmsMediaPool: this.#managing("DeleteNtmsMediaPool"),
      GetNtmsMediaPoolName: this.#managing("GetNtmsMediaPoolName"),
      MoveToNtmsMediaPool: this.#managing("MoveToNtmsMediaPool"),
      AddNtmsMediaType: this.#managing("AddNtmsMediaType"),
      DeleteNtmsMediaType: this.#managing("DeleteNtmsMediaType"),
      ChangeNtmsMediaType: this.#managing("ChangeNtmsMediaType"),
      ListNtmsMediaTypes: this.#managing("ListNtmsMediaTypes"),
      SetNtmsMediaComplete: this.#managing("SetNtmsMediaComplete"),
      DecommissionNtmsMedia: this.#managing("DecommissionNtmsMedia"),
      DeleteNtmsMedia: this.#managing("DeleteNtmsMedia"),
      SwapNtmsMedia: this.#managing("SwapNtmsMedia"),
      SetNtmsObjectInformation: this.#managing("SetNtmsObjectInformation"),
      GetNtmsObjectAttribute: this.#managing("GetNtmsObjectAttribute"),
      SetNtmsObjectAttribute: this.#managing("SetNtmsObjectAttribute"),
      EnableNtmsObject: this.#managing("EnableNtmsObject"),
      DisableNtmsObject: this.#managing("DisableNtmsObject"),
      ExportNtmsDatabase: this.#managing("ExportNtmsDatabase"),
      ImportNtmsDatabase: this.#managing("ImportNtmsDatabase"),
      AllocateNtmsMedia: this.#inSession("AllocateNtmsMedia", allocate),
      DeallocateNtmsMedia: this.#inSession(
        "DeallocateNtmsMedia",
        async ({ manager, caller }, { logicalMedium }) => {
          await manager.deallocate(caller, logicalMedium);
          return {};
        },
      ),
      MountNtmsMedia: this.#inSession(
        "MountNtmsMedia",
        ({ manager, caller, signal }, input) =>
          manager.mount(caller, input, signal),
      ),
      DismountNtmsMedia: this.#inSession(
        "DismountNtmsMedia",
        ({ manager, caller, signal }, input) =>
          manager.dismount(caller, input, signal),
      ),
      InventoryNtmsLibrary: this.#inSession(
        "InventoryNtmsLibrary",
        ({ manager, caller, signal }, input) =>
          manager.inventory(caller, input, signal),
      ),
      MapNtmsLibrary: this.#inSession(
        "MapNtmsLibrary",
        async ({ manager }, { library }) => ({
          libraries: await manager.map(library),
        }),
      ),
      SubmitNtmsOperatorRequest: this.#operator("SubmitNtmsOperatorRequest"),
      WaitForNtmsOperatorRequest: this.#operator("WaitForNtmsOperatorRequest"),
      CancelNtmsOperatorRequest: this.#operator("CancelNtmsOperatorRequest"),
      SatisfyNtmsOperatorRequest: this.#operator("SatisfyNtmsOperatorRequest"),
      NoteNtmsOperatorRequest: this.#operator("NoteNtmsOperatorRequest"),
      OpenNtmsNotification: this.#operator("OpenNtmsNotification"),
      WaitForNtmsNotification: this.#operator("WaitForNtmsNotification"),
      CloseNtmsNotification: this.#operator("CloseNtmsNotification"),
    };
  }

  async #open(
    input: unknown,
    context: CallContext,
  ): Promise<OutputOf<"OpenNtmsSession">> {
    const { admission, leaseSeconds, versions } = this.#options;
    // First of all: an older service may not even understand the input.
    const interfaceVersion = agree(versions, context.versions);
    const admitted = await admission.admit(context.peer, context.bearer);
    const { application = DEFAULT_APPLICATION, waitMs = 0 } = checkInput(
      "OpenNtmsSession",
      input,
    );
    await this.#whenReady(waitMs, context.gone.signal);
    const { id, secret } = this.sessions.open(
      admitted,
      application,
      admission.principal(context.peer),
    );
    return {
      session: id,
      secret,
      interfaceVersion,
      leaseSeconds,
      application,
    };
  }

  #managing<Name extends ManagingName>(name: Name): Answer<Name> {
    return this.#inSession(name, MANAGING_ANSWERS[name]);
  }

  #operator<Name extends OperatorName>(name: Name): Answer<Name> {
    return this.#inSession(name, OPERATOR_ANSWERS[name]);
  }

  #inSession<Name extends OperationName>(
    name: Name,
    work: (call: Call, input: InputOf<Name>) => Promise<OutputOf<Name>>,
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
        const call = { entry, manager, caller, gone, signal };
        if (key === null) return await work(call, checked);
        const callKey = makeCallKey(key, name, checked, principal, entry);
        const keyed = { ...caller, callKey };
        return await this.#repetitions.once(
          { name, input: checked, callKey, caller: keyed, manager, signal },
          () => work({ ...call, caller: keyed }, checked),
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

async function allocate(
  { manager, caller, signal }: Call,
  input: InputOf<"AllocateNtmsMedia">,
): Promise<OutputOf<"AllocateNtmsMedia">> {
  const allocation = await manager.allocate(caller, input, signal);
  if (!signal.aborted) return allocation;
  // It came about just when nobody waited any more: nobody knows its id, and
  // without this nobody could ever give it back.
  await manager.withdraw(caller, allocation.logicalMedium);
  throw signal.reason;
}

function callerOf(entry: SessionEntry): Caller {
  const { application, user, computer, id } = entry;
  return { application, user, computer, session: id };
}

function notReady(reason: string): NtmsError {
  return new NtmsError("ERROR_NOT_READY", `The RSM service ${reason}`);
}

function agree(
  own: InterfaceVersions,
  theirs: InterfaceVersions | null,
): number {
  const version = agreeVersion(own, theirs ?? own);
  if (version !== null) return version;
  const client = theirs ?? own;
  throw new NtmsError(
    "RPC_S_NO_INTERFACES",
    `This RSM service speaks versions ${own.oldest} to ${own.newest} of the interface and the client ${client.oldest} to ${client.newest}: update the ${
      own.newest < client.oldest ? "service" : "client"
    }`,
    { data: { service: own, client } },
  );
}
