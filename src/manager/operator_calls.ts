/**
 * Operator requests as their callers see them: submitted, waited for, noted
 * and settled.
 *
 * @module
 */

import {
  findObject,
  findOperatorRequest,
  insertOperatorRequest,
  type OperatorRequestRow,
  purgeOperatorRequests,
  type Reader,
  updateOperatorRequest,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  INFINITE,
  LIMITS,
  type NoteOperatorInput,
  NtmsError,
  type ObjectType,
  type OperatorCommand,
  type OperatorRequestId,
  type SubmitOperatorInput,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { takeBackIntoService } from "./device_failures.ts";
import { keepAnswer } from "./kept_answers.ts";
import { isSettled, nextOperatorState } from "./operator_states.ts";
import { tellOfOperatorRequest } from "./ui_messages.ts";
import { cancelled, deferred, timedOut, within } from "./waiting.ts";

/** Calls on operator requests, as the service sees them. */
export interface OperatorManager {
  /** Asks a person for something (SubmitNtmsOperatorRequest). */
  submit(
    caller: Caller,
    input: SubmitOperatorInput,
  ): Promise<OperatorRequestId>;
  /** Waits until a request is settled (WaitForNtmsOperatorRequest). Abort gives ERROR_CANCELLED. */
  wait(
    request: OperatorRequestId,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Marks a request as done (SatisfyNtmsOperatorRequest). */
  satisfy(caller: Caller, request: OperatorRequestId): Promise<void>;
  /** Refuses a request (CancelNtmsOperatorRequest). */
  refuse(caller: Caller, request: OperatorRequestId): Promise<void>;
  /** Notes that a person has seen requests, or takes them on. */
  note(caller: Caller, input: NoteOperatorInput): Promise<void>;
}

/** What a kind of request is about. */
interface Subjects {
  /** Types of the first object; none where there must not be one. */
  readonly first: readonly ObjectType[];
  /** Types of the second object. */
  readonly second: readonly ObjectType[];
  /** Whether the second one may be left out. */
  readonly secondOptional?: boolean;
  /** What the person reads where the caller gives no words. */
  readonly message: string;
}

const SUBJECTS: Readonly<Record<OperatorCommand, Subjects | null>> = {
  unknown: null,
  newMedia: {
    first: ["mediaPool"],
    second: ["library"],
    secondOptional: true,
    message: "Put in new media",
  },
  cleaner: {
    first: ["library", "slot"],
    second: [],
    message: "Put in a cleaning cartridge",
  },
  deviceService: {
    first: [
      "library",
      "drive",
      "door",
      "cartridge",
      "changer",
      "port",
      "side",
      "slot",
    ],
    second: [],
    message: "Look after the device",
  },
  moveMedia: {
    first: ["cartridge"],
    second: ["library"],
    message: "Bring the cartridge to the library",
  },
  message: { first: [], second: [], message: "" },
};

interface Argument {
  readonly type: ObjectType;
  readonly id: string;
}

/** The operator requests of one manager. */
export class OperatorCalls implements OperatorManager {
  readonly #context: () => Context;

  /** `context` throws while the manager is not ready. */
  constructor(context: () => Context) {
    this.#context = context;
  }

  async submit(
    caller: Caller,
    input: SubmitOperatorInput,
  ): Promise<OperatorRequestId> {
    const context = this.#context();
    const { messageLength } = LIMITS;
    if ((input.message?.length ?? 0) > messageLength) {
      throw invalid(`the message is longer than ${messageLength} characters`);
    }
    const subjects = SUBJECTS[input.command];
    if (subjects === null) throw invalid("its kind is not known");
    return await commit(context, "operatorRequest", async (db) => {
      const first = await argument(
        db,
        "first",
        input.argument1,
        subjects.first,
      );
      const second = input.argument2 === null && subjects.secondOptional
        ? null
        : await argument(db, "second", input.argument2, subjects.second);
      const request = await insert(db, context, caller, {
        command: input.command,
        message: input.message ?? subjects.message,
        first,
        second,
      });
      await keepAnswer(db, context, caller, { request }, request);
      return request;
    });
  }

  async wait(
    request: OperatorRequestId,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<void> {
    const { clock, database, signals } = this.#context();
    const what = "The wait for an operator request";
    const started = clock.monotonic();
    for (;;) {
      const change = deferred<void>();
      const end = signals.on(request, () => change.resolve());
      try {
        const row = await database.read((db) => find(db, request));
        if (row.state === "complete") return;
        if (row.state === "refused") throw cancelled(named(row));
        const spentMs = clock.monotonic() - started;
        const left = timeoutMs === INFINITE
          ? INFINITE
          : Math.max(0, timeoutMs - spentMs);
        await within(change.promise, { clock, timeoutMs: left, signal, what });
      } catch (error) {
        const late = error instanceof NtmsError &&
          error.code === "ERROR_TIMEOUT";
        throw late ? timedOut(what, timeoutMs) : error;
      } finally {
        end();
      }
    }
  }

  async satisfy(caller: Caller, request: OperatorRequestId): Promise<void> {
    const { signals } = this.#context();
    const row = await this.#settle(caller, request, "satisfy");
    // Who still waits for what the service asked for has it asked again.
    if (row.raisedBy === "service" && row.argument1Id !== null) {
      signals.tell(satisfactionOf(row.argument1Id));
    }
  }

  async refuse(caller: Caller, request: OperatorRequestId): Promise<void> {
    const { signals } = this.#context();
    const row = await this.#settle(caller, request, "refuse");
    // Of what the service asked for, all who wait for it are told.
    if (row.raisedBy === "service" && row.argument1Id !== null) {
      signals.tell(refusalOf(row.argument1Id));
    }
  }

  async note(caller: Caller, input: NoteOperatorInput): Promise<void> {
    const context = this.#context();
    await commit(context, "operatorNoted", async (db) => {
      for (const id of input.requests) {
        const row = await findOperatorRequest(db, id);
        // A list that was shown may be older than what became of its requests.
        if (input.note === "show" && (row === null || isSettled(row.state))) {
          continue;
        }
        const { state } = row ?? await find(db, id);
        await updateOperatorRequest(db, id, {
          state: nextOperatorState(state, input.note),
          completed: null,
        });
      }
      await keepAnswer(db, context, caller, {});
    });
  }

  #settle(
    caller: Caller,
    id: OperatorRequestId,
    event: "satisfy" | "refuse",
  ): Promise<OperatorRequestRow> {
    const context = this.#context();
    const now = context.clock.now();
    return commit(context, "operatorSettled", async (db) => {
      const row = await find(db, id);
      await updateOperatorRequest(db, id, {
        state: nextOperatorState(row.state, event),
        completed: now,
      });
      if (event === "satisfy" && row.raisedBy === "service") {
        await takeBackIntoService(db, context, row.argument1Id ?? "");
      }
      await purgeOperatorRequests(db, now);
      await keepAnswer(db, context, caller, {});
      return row;
    });
  }
}

/** What is signalled when the operator refuses what the service asked for an object. */
export function refusalOf(object: string): string {
  return `refused ${object}`;
}

/** What is signalled when the operator says that what the service asked for an object is done. */
export function satisfactionOf(object: string): string {
  return `satisfied ${object}`;
}

async function find(
  db: Reader,
  request: string,
): Promise<OperatorRequestRow> {
  const row = await findOperatorRequest(db, request);
  if (row !== null) return row;
  throw new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    `There is no operator request ${request}; settled ones are kept for a time only, and those of calls end with their calls`,
  );
}

/** An argument of the right type. */
async function argument(
  db: Reader,
  which: string,
  id: string | null,
  types: readonly ObjectType[],
): Promise<Argument | null> {
  if (id === null) {
    if (types.length === 0) return null;
    throw invalid(`its ${which} object is missing: a ${types.join(" or ")}`);
  }
  if (types.length === 0) throw invalid(`it takes no ${which} object`);
  const object = await findObject(db, id);
  if (object === null) {
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `Cannot submit an operator request: there is no object ${id}`,
    );
  }
  if (types.includes(object.type)) return { type: object.type, id };
  throw invalid(
    `its ${which} object is a ${object.type}, not a ${types.join(" or ")}`,
  );
}

async function insert(
  db: Writer,
  context: Context,
  caller: Caller,
  { command, first, message, second }: {
    readonly command: OperatorCommand;
    readonly message: string;
    readonly first: Argument | null;
    readonly second: Argument | null;
  },
): Promise<string> {
  const { application, computer, user } = caller;
  const id = context.random.guid();
  const now = context.clock.now();
  const name = message.replaceAll(/[\p{Cc}\\]+/gu, " ").trim();
  await insertOperatorRequest(
    db,
    {
      id,
      type: "operatorRequest",
      name: name.slice(0, LIMITS.nameLength) || command,
    },
    {
      raisedBy: "program",
      command,
      state: "submitted",
      submitted: now,
      completed: null,
      message,
      argument1Type: first?.type ?? null,
      argument1Id: first?.id ?? null,
      argument2Type: second?.type ?? null,
      argument2Id: second?.id ?? null,
      application,
      user,
      computer,
    },
    now,
  );
  await tellOfOperatorRequest(db, context, caller, {
    id,
    command,
    message,
    objects: [first, second].filter((each) => each !== null),
  });
  await purgeOperatorRequests(db, now);
  return id;
}

function named({ id, message }: OperatorRequestRow): string {
  return `Operator request ${id} ("${message}")`;
}

function invalid(reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot submit an operator request: ${reason}`,
  );
}
