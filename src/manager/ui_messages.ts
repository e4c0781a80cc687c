/**
 * Messages to people: put on their way in the transaction of what they tell
 * of, so that none is lost with the service.
 *
 * @module
 */

import {
  countUiDeliveries,
  deleteUiDelivery,
  insertUiDelivery,
  leastUiDelivery,
  libraryOf,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type ObjectType,
  type OperatorCommand,
  uiDestinationKind,
  type UiMessage,
  type UiRequest,
  type UiType,
} from "../model/mod.ts";
import type { Context } from "./context.ts";

/** What people are told. */
export interface UiNotice {
  readonly type: UiType;
  readonly text: string;
  /** Whom it is for. */
  readonly caller: Pick<Caller, "application" | "user" | "computer">;
  /** The library, where it is about one. */
  readonly library: string | null;
  readonly request: UiRequest;
}

/** Kind of the message that each kind of operator request is: about a fault, or about media. */
const TYPE_OF: Readonly<Record<OperatorCommand, UiType>> = {
  unknown: "request",
  newMedia: "request",
  cleaner: "request",
  deviceService: "error",
  moveMedia: "request",
  message: "request",
};

/** An operator request, as it was just submitted. */
export interface SubmittedRequest {
  readonly id: string;
  readonly command: OperatorCommand;
  readonly message: string;
  readonly objects: readonly {
    readonly type: ObjectType;
    readonly id: string;
  }[];
}

/** Tells people of an operator request, in its transaction. */
export async function tellOfOperatorRequest(
  db: Writer,
  context: Context,
  caller: Caller,
  { command, id, message, objects }: SubmittedRequest,
): Promise<void> {
  let library: string | null = null;
  for (const { type, id } of objects.toReversed()) {
    library ??= await libraryOf(db, type, id);
  }
  await putOnWay(db, context, {
    type: TYPE_OF[command],
    text: message,
    caller,
    library,
    request: {
      type: "operatorRequest",
      id,
      kind: command,
      state: "submitted",
      objects,
    },
  });
}

/** Puts a message on its way to all who are to have it and look at no console. */
export async function putOnWay(
  db: Writer,
  context: Context,
  { caller, library, request, text, type }: UiNotice,
): Promise<void> {
  const { clock, host, random, ui } = context;
  const to = await ui.destinationsOf(db, { type, library, caller });
  const now = clock.now();
  for (const destination of to) {
    // A console on a computer looks by itself.
    if (uiDestinationKind(destination) === "computer") continue;
    const message: UiMessage = {
      id: random.guid(),
      type,
      time: now,
      host,
      text,
      application: caller.application,
      user: caller.user,
      computer: caller.computer,
      request,
    };
    await makeRoom(db, context, destination);
    await insertUiDelivery(db, {
      destination,
      type,
      requestId: request.type === "operatorRequest" ? request.id : null,
      message: JSON.stringify(message),
      created: now,
      failed: null,
      failure: "",
    });
  }
}

/** Gives up a message where as many wait for a destination as may. */
async function makeRoom(
  db: Writer,
  { limits, log }: Context,
  destination: string,
): Promise<void> {
  if (await countUiDeliveries(db, destination) < limits.uiMessagesWaiting) {
    return;
  }
  const least = await leastUiDelivery(db, destination);
  if (least === null) return;
  await deleteUiDelivery(db, least.id);
  log.warn("A message was given up: too many wait for their destination", {
    destination,
    text: textOf(least.message),
  });
}

/** What a message that was put on its way says. */
export function readMessage(json: string): UiMessage {
  return JSON.parse(json);
}

/** What a person reads of a message that was put on its way. */
export function textOf(json: string): string {
  return readMessage(json).text;
}
