/**
 * Calls for a person.
 *
 * @module
 */

import {
  hasOpenOperatorRequest,
  insertOperatorRequest,
  purgeOperatorRequests,
  type Writer,
} from "../database/mod.ts";
import type { Caller, ObjectType, OperatorCommand } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { tellOfOperatorRequest } from "./ui_messages.ts";

/** What the operator is asked. */
export interface OperatorTask {
  readonly command: OperatorCommand;
  readonly message: string;
  readonly about: { readonly type: ObjectType; readonly id: string };
  readonly library?: string | undefined;
}

/** The service as its own caller. */
export const SERVICE: Caller = {
  application: "RSM",
  user: "",
  computer: "",
  session: null,
};

/** Asks the operator, for the service or for a call that waits; the id of the request. */
export async function askOperator(
  db: Writer,
  context: Context,
  task: OperatorTask,
  caller: Caller = SERVICE,
): Promise<string> {
  const id = context.random.guid();
  const now = context.clock.now();
  await insertOperatorRequest(
    db,
    { id, type: "operatorRequest", name: task.message.slice(0, 64) },
    {
      raisedBy: caller === SERVICE ? "service" : "call",
      command: task.command,
      state: "submitted",
      submitted: now,
      completed: null,
      message: task.message,
      argument1Type: task.about.type,
      argument1Id: task.about.id,
      argument2Type: task.library === undefined ? null : "library",
      argument2Id: task.library ?? null,
      application: caller.application,
      user: caller.user,
      computer: caller.computer,
    },
    now,
  );
  await tellOfOperatorRequest(db, context, caller, {
    id,
    command: task.command,
    message: task.message,
    objects: [
      task.about,
      ...task.library === undefined
        ? []
        : [{ type: "library" as const, id: task.library }],
    ],
  });
  await purgeOperatorRequests(db, now);
  return id;
}

/** Asks the operator unless the same is asked already. */
export async function askOperatorOnce(
  db: Writer,
  context: Context,
  task: OperatorTask,
): Promise<void> {
  if (!await hasOpenOperatorRequest(db, task.command, task.about.id)) {
    await askOperator(db, context, task);
  }
}
