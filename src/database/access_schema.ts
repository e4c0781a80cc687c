/**
 * The tables of who may do what, of tokens, and of the audit.
 *
 * @module
 */

import type { Generated } from "kysely";
import type { NtmsErrorCode } from "../model/mod.ts";

/** Who may do what to a pool, a library or the computer, where that was set. */
export interface AccessTable {
  objectId: string;
  /** Security identifier of the owner. */
  owner: string;
  /** Security identifier of the group. */
  group: string;
  /** The entries in their order, as JSON. */
  entries: string;
}

/** Tokens that open sessions over TCP. */
export interface TokenTable {
  /** Part of its security identifier: none is given twice. */
  number: Generated<number>;
  name: string;
  /** SHA-256 of its secret, in hexadecimal. */
  hash: string;
  /** The Unix user whose rights it has too; null for none. */
  user: string | null;
  created: number;
}

/** The audit: rows are added, and purged from the old end, and nothing else. */
export interface AuditTable {
  number: Generated<number>;
  time: number;
  user: string;
  uid: number | null;
  pid: number | null;
  token: string | null;
  application: string;
  computer: string;
  operation: string;
  object: string | null;
  detail: string;
  reason: string;
  outcome: NtmsErrorCode;
}

/** One row: how far the audit may be purged. */
export interface AuditPurgeTable {
  /** Always 1. */
  id: number;
  /** Rows of lower numbers may go; it never goes back. */
  before: number;
}
