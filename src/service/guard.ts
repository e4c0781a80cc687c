/**
 * Stands before every operation: lets a call through by the rules of access,
 * and has the audit note what was refused or failed.
 *
 * @module
 */

import { ACCESS_RULES, type MissingRight, type Rule } from "../manager/mod.ts";
import type { Manager } from "../manager/manager.ts";
import { type AuditNote, type Guid, NtmsError } from "../model/mod.ts";
import { type InputOf, isObject, type OperationName } from "../protocol/mod.ts";
import { OPERATIONS } from "../protocol/operations.ts";
import type { Accounts } from "./accounts.ts";
import { type Admitted, ADMITTED_GROUP } from "./admission.ts";
import { nameOf } from "./names.ts";

/** Each operation has its rule: one without does not compile. Rules are in src/manager/access_rules.ts. */
const RULES: { readonly [Name in OperationName]: Rule<InputOf<Name>> } =
  ACCESS_RULES;

/** What changes nothing in the catalogue and is noted all the same. */
const NOTED: ReadonlySet<OperationName> = new Set(["ExportNtmsDatabase"]);

/** A caller, and the application that speaks for him. */
export interface Party extends Admitted {
  readonly application: string;
}

/** A call that stands before the guard. */
export interface GuardedCall<Name extends OperationName> {
  readonly manager: Manager;
  readonly accounts: Accounts;
  readonly party: Party;
  readonly name: Name;
  readonly input: InputOf<Name>;
}

/**
 * Lets a call through, or not.
 *
 * @returns Why it may be made.
 * @throws {NtmsError} ERROR_ACCESS_DENIED, when the audit has noted it.
 */
export async function letThrough<Name extends OperationName>(
  { accounts, input, manager, name, party }: GuardedCall<Name>,
): Promise<string> {
  const { access, audit } = manager;
  const verdict = await access.judge(party.identity, RULES[name], input);
  if (verdict.missing === null) return verdict.reason;
  const sources = { accounts, tokens: await access.tokens() };
  const owner = await nameOf(verdict.missing.owner, sources);
  const error = denied(name, party.user, verdict.missing, owner);
  await audit.note(noteOf(party, name, input, error.message), error.code);
  throw error;
}

/**
 * Does what a call asks for, if it may be made, and has the audit note it if
 * it changes something.
 *
 * @param work Gets what the audit is to say of the call in the transaction of
 * what it changes; null where it changes nothing.
 * @throws {NtmsError} ERROR_ACCESS_DENIED, and what `work` fails with.
 */
export async function guarded<Name extends OperationName, Result>(
  call: GuardedCall<Name>,
  work: (audit: AuditNote | null) => Promise<Result>,
): Promise<Result> {
  const { input, manager: { audit }, name, party } = call;
  const reason = await letThrough(call);
  const { changes } = OPERATIONS[name];
  if (!changes && !NOTED.has(name)) return await work(null);
  const note = noteOf(party, name, input, reason);
  try {
    const result = await work(changes ? note : null);
    if (!changes) await audit.note(note, "ERROR_SUCCESS");
    return result;
  } catch (error) {
    if (error instanceof NtmsError) {
      await audit.note({ ...note, reason: error.message }, error.code);
    }
    throw error;
  }
}

/** What the audit says of a call. */
export function noteOf(
  { application, computer, identity, user }: Party,
  operation: OperationName,
  input: unknown,
  reason: string,
): AuditNote {
  const { pid, token, uid } = identity;
  return {
    user,
    uid,
    pid,
    token,
    application,
    computer,
    operation,
    object: objectOf(input),
    detail: JSON.stringify(input, withoutSecrets),
    reason,
  };
}

function denied(
  operation: OperationName,
  user: string,
  { name, need }: MissingRight,
  owner: string,
): NtmsError {
  const others =
    `root, the service's user or a member of group ${ADMITTED_GROUP}`;
  if (need === null) {
    return new NtmsError(
      "ERROR_ACCESS_DENIED",
      `${operation} is for administrators alone, and ${user} is none: ask ${others}`,
      { data: { operation } },
    );
  }
  const { on, right } = need;
  const type = on.type === "mediaPool" ? "pool" : on.type;
  const giver = owner === "administrators"
    ? `an administrator (${others})`
    : `its owner ${owner} or an administrator (${others})`;
  return new NtmsError(
    "ERROR_ACCESS_DENIED",
    `${operation} needs the right ${right.toUpperCase()} on ${type} ${name}, which ${user} has not; ${giver} can give it by "rsm acl grant"`,
    {
      data: {
        operation,
        right,
        object: on.id,
        objectType: on.type,
        owner,
      },
    },
  );
}

/** The members of inputs that name what a call is about, the most telling first. */
const SUBJECTS = [
  "id",
  "logicalMedium",
  "side",
  "cartridge",
  "pool",
  "library",
  "request",
  "first",
  "container",
  "parent",
  "argument1",
] as const;

/** The object that a call is about first of all. */
function objectOf(input: unknown): Guid | null {
  if (!isObject(input)) return null;
  for (const key of SUBJECTS) {
    const value: unknown = Reflect.get(input, key);
    if (typeof value === "string") return value;
  }
  const media: unknown = Reflect.get(input, "media");
  const [first]: unknown[] = Array.isArray(media) ? media : [];
  return typeof first === "string" ? first : null;
}

/** Data of applications and what tells secrets again stay out of the audit. */
function withoutSecrets(key: string, value: unknown): unknown {
  if (key === "hash") return undefined;
  return key === "data" && typeof value === "string"
    ? `${value.length} characters`
    : value;
}
