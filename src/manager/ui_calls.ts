/**
 * Calls on the destinations of messages.
 *
 * @module
 */

import {
  allUiDestinations,
  deleteUiDestinations,
  findObject,
  insertUiDestination,
  type Reader,
  uiBacklog,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  LIMITS,
  NtmsError,
  type UiChangeInput,
  type UiDestination,
  uiDestinationKind,
  type UiListInput,
  type UiTestResult,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { Messenger } from "./messenger.ts";
import { reasonOf } from "./ui_delivery.ts";
import type { UiParts } from "./ui_parts.ts";

/** Calls on destinations, as the service sees them. */
export interface UiManager {
  /** A list of destinations (GetNtmsUIOptions). */
  get(caller: Caller, input: UiListInput): Promise<readonly string[]>;
  /** Changes a list of destinations (SetNtmsUIOptions). */
  set(caller: Caller, input: UiChangeInput): Promise<void>;
  /** All destinations that the caller may see, and how it stands with each. */
  list(caller: Caller): Promise<readonly UiDestination[]>;
  /** Sends a message to try a destination. */
  test(caller: Caller, destination: string): Promise<UiTestResult>;
}

/** A change of a list, checked. */
type Edit =
  | { readonly operation: "deleteAll" }
  | { readonly operation: "add" | "delete"; readonly destination: string };

/** The destinations of one manager. */
export class UiCalls implements UiManager {
  readonly #parts: () => UiParts;

  /** `parts` throws while the manager is not ready. */
  constructor(parts: () => UiParts) {
    this.#parts = parts;
  }

  async get(
    caller: Caller,
    { object, type }: UiListInput,
  ): Promise<readonly string[]> {
    const { context } = this.#parts();
    if (object === null) {
      return context.ui.ofSession(caller).filter((row) => row.type === type)
        .map(({ destination }) => destination);
    }
    return await context.database.read(async (db) => {
      await requireOwner(db, object);
      return await kept(db, object, type);
    });
  }

  async set(caller: Caller, input: UiChangeInput): Promise<void> {
    const { context, messenger } = this.#parts();
    const { object, type } = input;
    const edit = editOf(caller, input, messenger);
    await commit(context, "settings", async (db) => {
      if (object !== null) await setOfObject(db, context, object, type, edit);
      await keepAnswer(db, context, caller, {});
      if (object === null) this.#setOfSession(context, caller, type, edit);
    });
  }

  async list(caller: Caller): Promise<readonly UiDestination[]> {
    const { context, delivery } = this.#parts();
    const { database, ui } = context;
    const { backlog, rows } = await database.read(async (db) => ({
      rows: await allUiDestinations(db),
      backlog: await uiBacklog(db),
    }));
    const own = ui.ofSession(caller).map((row) => ({ ...row, objectId: null }));
    return [...own, ...rows].map(({ destination, objectId, type }) => {
      const { delivered, failure } = delivery.stateOf(destination);
      const behind = backlog.get(destination);
      return {
        object: objectId,
        type,
        destination,
        kind: uiDestinationKind(destination),
        waiting: behind?.waiting ?? 0,
        delivered,
        // From before the start, where nothing is known since.
        failure: failure ??
          (delivered === null ? behind?.failure ?? null : null),
      };
    });
  }

  async test(caller: Caller, destination: string): Promise<UiTestResult> {
    const { context, delivery, messenger } = this.#parts();
    if (uiDestinationKind(destination) === "computer") {
      throw invalid(
        `nothing is sent to a computer such as "${destination}": its console looks by itself`,
      );
    }
    requireKnown(destination, messenger);
    const { application, computer, user } = caller;
    try {
      await delivery.try(destination, {
        id: context.random.guid(),
        type: "test",
        time: context.clock.now(),
        host: context.host,
        text: "A test: messages of the removable storage manager arrive here",
        application,
        user,
        computer,
        request: null,
      });
      return { delivered: true, reason: null };
    } catch (error) {
      return { delivered: false, reason: reasonOf(error) };
    }
  }

  #setOfSession(
    { limits, ui }: Context,
    caller: Caller,
    type: UiListInput["type"],
    edit: Edit,
  ): void {
    const before = ui.ofSession(caller);
    const others = before.filter((row) => row.type !== type);
    const listed = before.filter((row) => row.type === type)
      .map(({ destination }) => destination);
    checkEdit(listed, edit, limits.uiDestinations);
    const after = edit.operation === "deleteAll"
      ? []
      : edit.operation === "add"
      ? [...listed, edit.destination]
      : listed.filter((each) => each !== edit.destination);
    ui.setOfSession(caller, [
      ...others,
      ...after.map((destination) => ({ type, destination })),
    ]);
  }
}

async function setOfObject(
  db: Writer,
  { limits }: Context,
  objectId: string,
  type: UiListInput["type"],
  edit: Edit,
): Promise<void> {
  await requireOwner(db, objectId);
  checkEdit(await kept(db, objectId, type), edit, limits.uiDestinations);
  if (edit.operation === "add") {
    const { destination } = edit;
    await insertUiDestination(db, { objectId, type, destination });
  } else {
    const one = edit.operation === "delete" ? edit.destination : null;
    await deleteUiDestinations(db, objectId, type, one);
  }
}

async function kept(
  db: Reader,
  objectId: string,
  type: UiListInput["type"],
): Promise<string[]> {
  return (await allUiDestinations(db))
    .filter((row) => row.objectId === objectId && row.type === type)
    .map(({ destination }) => destination);
}

/** Only the computer and libraries have lists that are kept. */
async function requireOwner(db: Reader, id: string): Promise<void> {
  const object = await findObject(db, id);
  if (object === null) {
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `There is no computer and no library ${id}`,
    );
  }
  if (object.type === "computer" || object.type === "library") return;
  throw invalid(
    `object ${id} is a ${object.type}; name the computer, a library, or nothing for the application of the session`,
  );
}

function editOf(
  caller: Caller,
  { destination, operation }: UiChangeInput,
  messenger: Messenger,
): Edit {
  if (operation === "deleteAll") return { operation };
  const { uiDestinationLength } = LIMITS;
  if (destination.length > uiDestinationLength) {
    throw invalid(`it is longer than ${uiDestinationLength} characters`);
  }
  if (/\p{Cc}/u.test(destination)) throw invalid("it has control characters");
  const name = destination === "" ? caller.computer : destination;
  if (operation === "add" && uiDestinationKind(name) !== "computer") {
    requireKnown(name, messenger);
  }
  return { operation, destination: name };
}

function requireKnown(destination: string, messenger: Messenger): void {
  if (messenger.knows(destination)) return;
  throw invalid(
    `the administrator has not configured "${destination}": e-mail addresses and URLs stand in the file ui_destinations.json of the service's state directory`,
  );
}

function checkEdit(listed: readonly string[], edit: Edit, most: number): void {
  if (edit.operation === "deleteAll") return;
  const { destination, operation } = edit;
  const isListed = listed.includes(destination);
  if (operation === "delete" && !isListed) {
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `"${destination}" is not on this list`,
    );
  }
  if (operation === "delete") return;
  if (isListed) {
    throw new NtmsError(
      "ERROR_ALREADY_EXISTS",
      `"${destination}" is on this list already`,
    );
  }
  if (listed.length < most) return;
  throw new NtmsError(
    "ERROR_NOT_ENOUGH_MEMORY",
    `This list has ${most} destinations already, which is the most`,
  );
}

function invalid(reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot use this destination: ${reason}`,
  );
}
