/**
 * The operations on who may do what, on tokens and on the audit: their part of
 * the wire.
 *
 * @module
 */

import type {
  AccessChange,
  AuditQuery,
  AuditRecord,
  CreateTokenInput,
  Guid,
  ObjectAccess,
  ObjectType,
  TokenFacts,
} from "../model/mod.ts";
import type { Nothing, WireRows } from "./wire_row.ts";

/** What goes in and what comes out. */
export interface SecurityOperations {
  GetNtmsObjectSecurity: {
    input: { readonly id: Guid; readonly type: ObjectType | null };
    output: { access: ObjectAccess };
  };
  SetNtmsObjectSecurity: {
    input: {
      readonly id: Guid;
      readonly type: ObjectType | null;
      readonly change: AccessChange;
    };
    output: Nothing;
  };
  ReadNtmsAudit: {
    input: AuditQuery;
    output: { records: readonly AuditRecord[] };
  };
  CreateNtmsToken: { input: CreateTokenInput; output: { number: number } };
  ListNtmsTokens: {
    input: Nothing;
    output: { tokens: readonly TokenFacts[] };
  };
  RevokeNtmsToken: { input: { readonly name: string }; output: Nothing };
}

/** The operations by name. */
export const SECURITY_WIRE: WireRows<SecurityOperations> = {
  GetNtmsObjectSecurity: { repetition: "harmless", output: { access: "any" } },
  SetNtmsObjectSecurity: { repetition: "keyed", output: {} },
  ReadNtmsAudit: { repetition: "harmless", output: { records: "list" } },
  CreateNtmsToken: { repetition: "keyed", output: { number: "number" } },
  ListNtmsTokens: { repetition: "harmless", output: { tokens: "list" } },
  RevokeNtmsToken: { repetition: "keyed", output: {} },
};
