/**
 * The calls that manage pools, media and objects, as the service sees them.
 *
 * @module
 */

import type {
  AttributeName,
  Caller,
  CartridgeId,
  CreatedMedium,
  CreateMediumInput,
  Guid,
  LibraryRequestId,
  LibraryTypeInput,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeFacts,
  MoveToPoolInput,
  ObjectChange,
  SideId,
  SwapMediaInput,
  SwitchInput,
} from "../model/mod.ts";

/** Calls on media pools. */
export interface PoolManager {
  /** Full path of a pool (GetNtmsMediaPoolName). */
  pathOf(pool: MediaPoolId): Promise<string>;
  /** Deletes an empty application pool (DeleteNtmsMediaPool). */
  delete(caller: Caller, pool: MediaPoolId): Promise<void>;
  /** Puts a cartridge into another pool (MoveToNtmsMediaPool). */
  move(caller: Caller, input: MoveToPoolInput): Promise<void>;
}

/** Calls on media types. */
export interface MediaTypeManager {
  /** Every media type with all that is known of it, by name. */
  list(): Promise<readonly MediaTypeFacts[]>;
  /** Declares that a library handles a media type (AddNtmsMediaType). */
  add(caller: Caller, input: LibraryTypeInput): Promise<void>;
  /** Withdraws a media type from a library (DeleteNtmsMediaType). */
  withdraw(caller: Caller, input: LibraryTypeInput): Promise<void>;
  /** Puts a cartridge into a pool of another media type and retypes it (ChangeNtmsMediaType). */
  change(caller: Caller, input: MoveToPoolInput): Promise<void>;
}

/** Calls on the life of media. */
export interface MediaManager {
  /** Marks an allocated side as full (SetNtmsMediaComplete). */
  complete(caller: Caller, logicalMedium: LogicalMediumId): Promise<void>;
  /** Retires an available side for good (DecommissionNtmsMedia). */
  decommission(caller: Caller, side: SideId): Promise<void>;
  /** Forgets an offline cartridge (DeleteNtmsMedia). */
  delete(caller: Caller, cartridge: CartridgeId): Promise<void>;
  /** Registers a cartridge that is in no library (CreateNtmsMedia). */
  create(caller: Caller, input: CreateMediumInput): Promise<CreatedMedium>;
  /** Exchanges the sides behind two logical media (SwapNtmsMedia). */
  swap(caller: Caller, input: SwapMediaInput): Promise<void>;
}

/** Calls on what can be set of any object. */
export interface ObjectManager {
  /** Sets what a caller may set of an object (SetNtmsObjectInformation). */
  set(caller: Caller, id: Guid, change: ObjectChange): Promise<void>;
  /** Data of an attribute, in base 64 (GetNtmsObjectAttribute). */
  attribute(input: AttributeName): Promise<string>;
  /** Makes, replaces or deletes an attribute (SetNtmsObjectAttribute); no data deletes it. */
  setAttribute(
    caller: Caller,
    input: AttributeName & { readonly data: string },
  ): Promise<void>;
  /** Returns an object to use (EnableNtmsObject); the library request that did it. */
  enable(caller: Caller, input: SwitchInput): Promise<LibraryRequestId>;
  /** Takes an object out of use (DisableNtmsObject); the library request that did it. */
  disable(caller: Caller, input: SwitchInput): Promise<LibraryRequestId>;
}
