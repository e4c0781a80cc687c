/**
 * Calls on who may do what, on tokens and on the audit, as the service sees
 * them.
 *
 * @module
 */

import type {
  AuditNote,
  AuditQuery,
  AuditRecord,
  Caller,
  CreateTokenInput,
  Descriptor,
  Guid,
  Identity,
  LibraryMap,
  NtmsErrorCode,
  NtmsObject,
  ObjectType,
  StoredEntry,
} from "../model/mod.ts";
import type { Need, Rule } from "./access_needs.ts";

/** What came of the question whether a call may be made. */
export type Verdict =
  /** It may. */
  | { readonly missing: null; readonly reason: string }
  /** It may not: this is missing. */
  | { readonly missing: MissingRight };

/** A right that a caller has not. */
export interface MissingRight {
  /** Null where administrators alone may make the call. */
  readonly need: Need | null;
  /** Name or path of the object. */
  readonly name: string;
  /** Security identifier of the object's owner. */
  readonly owner: string;
}

/** Who may do what to an object. */
export interface ObjectSecurity extends Descriptor {
  readonly isDefault: boolean;
}

/** What to set of it; the entries and owners are told by their security identifiers. */
export interface SecurityChange {
  readonly owner?: string;
  readonly group?: string;
  readonly entries?: readonly StoredEntry[];
}

/** A token, as the service tells one again by what its holder shows. */
export interface KnownToken {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
  readonly user: string | null;
  readonly created: number;
}

/** Calls on who may do what. */
export interface AccessManager {
  /** Whether a caller has what the rule of an operation asks for. */
  judge<Input>(
    identity: Identity,
    rule: Rule<Input>,
    input: Input,
  ): Promise<Verdict>;
  /** Those of the objects whose information a caller may read. */
  visible<Record extends NtmsObject>(
    identity: Identity,
    objects: readonly Record[],
  ): Promise<readonly Record[]>;
  /** Those of the maps whose library a caller may use. */
  visibleMaps(
    identity: Identity,
    maps: readonly LibraryMap[],
  ): Promise<readonly LibraryMap[]>;
  /** Who may do what to an object (GetNtmsObjectSecurity). */
  get(id: Guid, type: ObjectType | null): Promise<ObjectSecurity>;
  /** Sets who may do what to an object (SetNtmsObjectSecurity). */
  set(
    caller: Caller,
    id: Guid,
    type: ObjectType | null,
    change: SecurityChange,
  ): Promise<void>;
  /** The tokens, in the order in which they were made. */
  tokens(): Promise<readonly KnownToken[]>;
  /** Makes a token known. */
  createToken(caller: Caller, input: CreateTokenInput): Promise<number>;
  /** Makes a token worthless. */
  revokeToken(caller: Caller, name: string): Promise<void>;
}

/** The audit. */
export interface AuditManager {
  /** Notes what was refused, or failed; resolves when it is on disk, or cannot come there. */
  note(note: AuditNote, outcome: NtmsErrorCode): Promise<void>;
  /** Records, the newest first. */
  read(query: AuditQuery): Promise<readonly AuditRecord[]>;
}
