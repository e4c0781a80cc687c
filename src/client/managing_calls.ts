/**
 * What a session can be asked about pools, media and objects, beside the way
 * of a medium into a drive and back.
 *
 * @module
 */

import type {
  AccessChange,
  AccessEntry,
  AuditQuery,
  AuditRecord,
  CartridgeId,
  CatalogueCopy,
  CreatedMedium,
  Guid,
  LibraryId,
  LibraryRequestId,
  ListPart,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeFacts,
  MediaTypeId,
  ObjectAccess,
  ObjectChange,
  ObjectType,
  RecordOf,
  SideId,
  SwitchableType,
} from "../model/mod.ts";
import { decodeBase64, encodeBase64 } from "../protocol/mod.ts";
import {
  idsPart,
  type ListOptions,
  type PartOptions,
  recordsPart,
  wholeList,
} from "./listing.ts";
import { createMediumInput, type NewMedium } from "./media_creation.ts";
import type { SessionCall } from "./session_call.ts";

/** Something that is done once, however often it is asked for. */
export interface Repeatable {
  /**
   * A GUID for this one call, to repeat it when nobody knows whether it was
   * done: the service then does it if it was not, and else gives the answer
   * of the first time. It may be repeated in another session of the same
   * user, application and computer, for an hour.
   * @default {undefined} A new one, of use for one lost connection.
   */
  idempotencyKey?: string;
}

/** Which cartridge to register. */
export type CreateMediumOptions = NewMedium & Repeatable;

/** How to enable or disable an object. */
export type SwitchOptions = Repeatable & {
  /** What the object has to be. @default {null} Any of the three. */
  type?: SwitchableType | null;
};

/** How the calls of each session are made; no part of what a session shows. */
const ways = new WeakMap<ManagingCalls, SessionCall>();

/** Tells a session's calls how they are made. */
export function bindCalls(calls: ManagingCalls, way: SessionCall): void {
  ways.set(calls, way);
}

function wayOf(calls: ManagingCalls): SessionCall {
  const way = ways.get(calls);
  if (way === undefined) throw new TypeError("These calls are of no session");
  return way;
}

function isList(
  access: readonly AccessEntry[] | AccessChange,
): access is readonly AccessEntry[] {
  return Array.isArray(access);
}

/** An entry as it is set: one that was told has more. */
function entryOf(
  { allow = true, inherited = false, rights, who }: AccessEntry,
): AccessEntry {
  return { who, rights, allow, inherited };
}

/** The calls of a session that manage pools, media and objects. */
export abstract class ManagingCalls {
  /** Ids of the objects of one type, in the documented order. */
  async enumerate(
    type: ObjectType,
    options: ListOptions = {},
  ): Promise<Guid[]> {
    return await wholeList((after) =>
      idsPart(wayOf(this), type, { ...options, after })
    );
  }

  /**
   * Records of the objects of one type, in the same order. A long list is read
   * part by part: an object that comes or goes meanwhile may be on it or not.
   */
  async objects<Type extends ObjectType>(
    type: Type,
    options: ListOptions = {},
  ): Promise<RecordOf<Type>[]> {
    return await wholeList((after) => this.part(type, { ...options, after }));
  }

  /**
   * A part of that list, as long as is asked for; its `next` gives the one
   * after it, whatever has come or gone meanwhile.
   *
   * @example The first hundred cartridges
   * ```ts
   * import { NtmsError, openSession } from "@ntms/rsm";
   *
   * try {
   *   await using session = await openSession();
   *   const first = await session.part("cartridge", { limit: 100 });
   *   console.log(first.items.map(({ barCode }) => barCode));
   *   console.log(first.next === null ? "that is all" : "there are more");
   * } catch (error) {
   *   if (!(error instanceof NtmsError)) throw error;
   *   console.log(error.code);
   * }
   * ```
   */
  async part<Type extends ObjectType>(
    type: Type,
    options: PartOptions = {},
  ): Promise<ListPart<RecordOf<Type>>> {
    return await recordsPart(wayOf(this), type, options);
  }

  /** Deletes an application pool that holds neither media nor pools. */
  async deletePool(
    pool: MediaPoolId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("DeleteNtmsMediaPool", { pool }, options);
  }

  /** Full path of a pool, such as `\\App\\Daily`. */
  async poolPath(pool: MediaPoolId): Promise<string> {
    return (await wayOf(this)("GetNtmsMediaPoolName", { pool })).path;
  }

  /** Puts a cartridge, with all its sides, into another pool of its media type. */
  async moveToPool(
    cartridge: CartridgeId,
    pool: MediaPoolId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("MoveToNtmsMediaPool", { cartridge, pool }, options);
  }

  /** Declares that a library handles a media type, and makes the system pools of it. */
  async addMediaType(
    mediaType: MediaTypeId,
    library: LibraryId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("AddNtmsMediaType", { mediaType, library }, options);
  }

  /** Withdraws a media type from a library that holds no medium of it. */
  async deleteMediaType(
    mediaType: MediaTypeId,
    library: LibraryId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("DeleteNtmsMediaType", { mediaType, library }, options);
  }

  /** Puts a cartridge into a pool of another media type, of which it is then. */
  async changeMediaType(
    cartridge: CartridgeId,
    pool: MediaPoolId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("ChangeNtmsMediaType", { cartridge, pool }, options);
  }

  /** Every media type, with its bar code suffixes, the drives that take it, and who made it known. */
  async mediaTypes(): Promise<readonly MediaTypeFacts[]> {
    return (await wayOf(this)("ListNtmsMediaTypes", {})).types;
  }

  /** Marks an allocated side as full: it is not mounted for writing any more. */
  async complete(
    logicalMedium: LogicalMediumId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("SetNtmsMediaComplete", { logicalMedium }, options);
  }

  /** Retires an available side for good. */
  async decommission(side: SideId, options: Repeatable = {}): Promise<void> {
    await wayOf(this)("DecommissionNtmsMedia", { side }, options);
  }

  /** Forgets a cartridge that is in no library and of which no side is allocated. */
  async deleteMedium(
    cartridge: CartridgeId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("DeleteNtmsMedia", { cartridge }, options);
  }

  /** Registers a cartridge that is in no library; an inventory recognizes it by its bar code. */
  async createMedium(options: CreateMediumOptions): Promise<CreatedMedium> {
    const { idempotencyKey, ...given } = options;
    const input = createMediumInput(given);
    return await wayOf(this)("CreateNtmsMedia", input, { idempotencyKey });
  }

  /** Exchanges the sides behind two logical media of one pool. */
  async swap(
    first: LogicalMediumId,
    second: LogicalMediumId,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("SwapNtmsMedia", { first, second }, options);
  }

  /** Sets the name, description, policies or settings of an object; what is left out stays. */
  async change(
    id: Guid,
    change: ObjectChange,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)("SetNtmsObjectInformation", { id, change }, options);
  }

  /** The bytes that applications keep with an object under a name. */
  async attribute(id: Guid, name: string): Promise<Uint8Array> {
    const { data } = await wayOf(this)("GetNtmsObjectAttribute", { id, name });
    return decodeBase64(data);
  }

  /** Keeps bytes with an object under a name, in the place of earlier ones; none deletes them. */
  async setAttribute(
    id: Guid,
    name: string,
    data: Uint8Array,
    options: Repeatable = {},
  ): Promise<void> {
    await wayOf(this)(
      "SetNtmsObjectAttribute",
      { id, name, data: encodeBase64(data) },
      options,
    );
  }

  /** Who may do what to a pool, a library or the computer. */
  async access(
    id: Guid,
    type: ObjectType | null = null,
  ): Promise<ObjectAccess> {
    return (await wayOf(this)("GetNtmsObjectSecurity", { id, type })).access;
  }

  /**
   * Sets who may do what to a pool, a library or the computer.
   *
   * @param access The entries, in the place of all there were; or what else to
   * set.
   * @param type What the object has to be; null for any that has such a list.
   */
  async setAccess(
    id: Guid,
    access: readonly AccessEntry[] | AccessChange,
    type: ObjectType | null = null,
    options: Repeatable = {},
  ): Promise<void> {
    const given = isList(access) ? { entries: access } : access;
    const { entries, ...others } = given;
    const change = entries === undefined
      ? others
      : { ...others, entries: entries.map(entryOf) };
    await wayOf(this)("SetNtmsObjectSecurity", { id, type, change }, options);
  }

  /** Who did what, to what, why and with what outcome; the newest first. */
  async audit(query: AuditQuery = {}): Promise<readonly AuditRecord[]> {
    return (await wayOf(this)("ReadNtmsAudit", query)).records;
  }

  /** Returns a library, drive or cartridge to use; the library request that does it. */
  async enable(
    id: Guid,
    { type = null, ...options }: SwitchOptions = {},
  ): Promise<LibraryRequestId> {
    return (await wayOf(this)("EnableNtmsObject", { id, type }, options))
      .request;
  }

  /** Takes a library, drive or cartridge out of use; the library request that does it. */
  async disable(
    id: Guid,
    { type = null, ...options }: SwitchOptions = {},
  ): Promise<LibraryRequestId> {
    return (await wayOf(this)("DisableNtmsObject", { id, type }, options))
      .request;
  }

  /** Writes a consistent copy of the live catalogue, for a backup; calls go on meanwhile. */
  async exportDatabase(): Promise<CatalogueCopy> {
    return await wayOf(this)("ExportNtmsDatabase", {});
  }

  /**
   * Has a copy take the place of the catalogue at the service's next start.
   * Until then nothing changes.
   *
   * @param copy Name of a copy in the export directory; null for the one that
   * was exported last, else the newest.
   */
  async importDatabase(
    copy: string | null = null,
    options: Repeatable = {},
  ): Promise<CatalogueCopy> {
    return await wayOf(this)("ImportNtmsDatabase", { copy }, options);
  }
}
