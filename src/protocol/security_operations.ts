/**
 * The operations on who may do what, on tokens and on the audit: their part of
 * the table.
 *
 * @module
 */

import { z } from "zod";
import {
  ACCESS_RIGHTS,
  type AccessChange,
  type AuditQuery,
  type AuditRecord,
  type CreateTokenInput,
  isErrorCode,
  LIMITS,
  OBJECT_TYPES,
  type ObjectAccess,
  type TokenFacts,
} from "../model/mod.ts";
import { accessEntries, guid, nameOf, who } from "./fields.ts";
import { nothing } from "./inputs.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";
import type { InputOf } from "./wire.ts";

/** Names of the operations on who may do what, on tokens and on the audit. */
export type SecurityName =
  | "GetNtmsObjectSecurity"
  | "SetNtmsObjectSecurity"
  | "ReadNtmsAudit"
  | "CreateNtmsToken"
  | "ListNtmsTokens"
  | "RevokeNtmsToken";

const tokenName = z.string().max(LIMITS.nameLength);

const objectType = nameOf(OBJECT_TYPES).nullable();

const change: z.ZodType<AccessChange> = z.strictObject({
  owner: who.exactOptional(),
  group: who.exactOptional(),
  entries: accessEntries.exactOptional(),
}).refine(
  (members) => Object.keys(members).length > 0,
  "names nothing to change",
);

const getInput: z.ZodType<InputOf<"GetNtmsObjectSecurity">> = z.strictObject({
  id: guid,
  type: objectType,
});

const setInput: z.ZodType<InputOf<"SetNtmsObjectSecurity">> = z.strictObject({
  id: guid,
  type: objectType,
  change,
});

const query: z.ZodType<AuditQuery> = z.strictObject({
  since: z.number().exactOptional(),
  who: who.exactOptional(),
  object: guid.exactOptional(),
  operation: z.string().max(LIMITS.nameLength).exactOptional(),
  before: z.int().min(0).exactOptional(),
  limit: z.int().min(1).max(LIMITS.auditRecordsInOneAnswer).exactOptional(),
});

const createToken: z.ZodType<CreateTokenInput> = z.strictObject({
  name: tokenName,
  user: z.string().min(1).max(LIMITS.nameLength).nullable(),
  hash: z.string().regex(/^[0-9a-f]{64}$/, "is no SHA-256 in hexadecimal"),
});

const access: z.ZodType<ObjectAccess> = z.object({
  owner: z.string(),
  ownerSid: z.string(),
  group: z.string(),
  groupSid: z.string(),
  entries: z.array(z.object({
    who: z.string(),
    sid: z.string(),
    rights: z.array(nameOf(ACCESS_RIGHTS)),
    allow: z.boolean(),
    inherited: z.boolean(),
  })),
  isDefault: z.boolean(),
});

const record: z.ZodType<AuditRecord> = z.object({
  number: z.int(),
  time: z.number(),
  user: z.string(),
  uid: z.int().nullable(),
  pid: z.int().nullable(),
  token: z.string().nullable(),
  application: z.string(),
  computer: z.string(),
  operation: z.string(),
  object: z.string().nullable(),
  detail: z.string(),
  reason: z.string(),
  outcome: z.string().refine(isErrorCode, "is no code"),
});

const token: z.ZodType<TokenFacts> = z.object({
  name: z.string(),
  sid: z.string(),
  user: z.string().nullable(),
  created: z.number(),
});

/** The operations by name. */
export const SECURITY_OPERATIONS: {
  readonly [Name in SecurityName]: Operation<Name>;
} = {
  GetNtmsObjectSecurity: {
    summary: "Tells who may do what to a pool, a library or the computer",
    since: 1,
    session: true,
    changes: false,
    input: getInput,
    output: z.object({ access }),
    errors: ["ERROR_NO_SECURITY_ON_OBJECT", "ERROR_OBJECT_NOT_FOUND"],
  },
  SetNtmsObjectSecurity: {
    summary: "Sets who may do what to a pool, a library or the computer",
    since: 1,
    session: true,
    changes: true,
    input: setInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_NO_SECURITY_ON_OBJECT",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  ReadNtmsAudit: {
    summary: "Reads who did what, to what, why and with what outcome",
    since: 1,
    session: true,
    changes: false,
    input: query,
    output: z.object({ records: z.array(record) }),
    errors: [],
  },
  CreateNtmsToken: {
    summary: "Makes a token known, by which sessions are opened over TCP",
    since: 1,
    session: true,
    changes: true,
    input: createToken,
    output: z.object({ number: z.int() }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_ALREADY_EXISTS",
      "ERROR_INVALID_NAME",
    ],
  },
  ListNtmsTokens: {
    summary: "Lists the tokens, without what they are known by",
    since: 1,
    session: true,
    changes: false,
    input: nothing,
    output: z.object({ tokens: z.array(token) }),
    errors: [],
  },
  RevokeNtmsToken: {
    summary: "Makes a token worthless, and ends the sessions opened by it",
    since: 1,
    session: true,
    changes: true,
    input: z.strictObject({ name: tokenName }),
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_OBJECT_NOT_FOUND"],
  },
};
