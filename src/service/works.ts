/**
 * What each operation in a session does: the tables of all subjects.
 *
 * @module
 */

import type { Manager } from "../manager/manager.ts";
import type { Caller, Identity } from "../model/mod.ts";
import type { InputOf, OperationName, OutputOf } from "../protocol/mod.ts";
import type { Accounts } from "./accounts.ts";
import { allocate } from "./allocate_answer.ts";
import { CLEANER_ANSWERS } from "./cleaner_answers.ts";
import { DRIVE_ANSWERS } from "./drive_answers.ts";
import { DEVICE_ANSWERS } from "./device_answers.ts";
import { LABEL_ANSWERS } from "./label_answers.ts";
import { MANAGING_ANSWERS } from "./managing_answers.ts";
import { OBJECT_ANSWERS } from "./object_answers.ts";
import { OPERATOR_ANSWERS } from "./operator_answers.ts";
import { PORT_ANSWERS } from "./port_answers.ts";
import { QUEUE_ANSWERS } from "./queue_answers.ts";
import { SECURITY_ANSWERS } from "./security_answers.ts";
import type { SessionEntry } from "./sessions.ts";
import { UI_ANSWERS } from "./ui_answers.ts";

/** What a call in a session needs beside its input. */
export interface Call {
  readonly entry: SessionEntry;
  readonly manager: Manager;
  readonly caller: Caller & { readonly who: Identity };
  readonly gone: AbortController;
  readonly signal: AbortSignal;
  readonly accounts: Accounts;
  readonly endSessionsOf: (token: string) => void;
}

/** What one operation does. */
export type Work<Name extends OperationName> = (
  call: Call,
  input: InputOf<Name>,
) => Promise<OutputOf<Name>>;

/** The operations on sessions themselves, which the dispatcher answers. */
export type OfSessions =
  | "OpenNtmsSession"
  | "RenewNtmsSession"
  | "CloseNtmsSession";

type Works = {
  readonly [Name in Exclude<OperationName, OfSessions>]: Work<Name>;
};

const ALL: Works = {
  ...OBJECT_ANSWERS,
  ...MANAGING_ANSWERS,
  ...SECURITY_ANSWERS,
  ...DEVICE_ANSWERS,
  ...LABEL_ANSWERS,
  ...CLEANER_ANSWERS,
  ...PORT_ANSWERS,
  ...DRIVE_ANSWERS,
  ...UI_ANSWERS,
  ...QUEUE_ANSWERS,
  ...OPERATOR_ANSWERS,
  AllocateNtmsMedia: allocate,
  async DeallocateNtmsMedia({ manager, caller }, { logicalMedium }) {
    await manager.deallocate(caller, logicalMedium);
    return {};
  },
  MountNtmsMedia: ({ manager, caller, signal }, input) =>
    manager.mount(caller, input, signal),
  DismountNtmsMedia: ({ manager, caller, signal }, input) =>
    manager.dismount(caller, input, signal),
  InventoryNtmsLibrary: ({ manager, caller, signal }, input) =>
    manager.inventory(caller, input, signal),
};

/** The same, by the name of any operation: those on sessions have none. */
export const WORKS: { readonly [Name in OperationName]?: Work<Name> } = ALL;
