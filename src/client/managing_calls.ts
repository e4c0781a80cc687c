/**
 * What a session can be asked about pools, media and objects, beside the way
 * of a medium into a drive and back.
 *
 * @module
 */

import type {
  CartridgeId,
  CatalogueCopy,
  Guid,
  LibraryId,
  LibraryRequestId,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeFacts,
  MediaTypeId,
  ObjectChange,
  SideId,
  SwitchableType,
} from "../model/mod.ts";
import { decodeBase64, encodeBase64 } from "../protocol/mod.ts";
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

/** The calls of a session that manage pools, media and objects. */
export abstract class ManagingCalls {
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
