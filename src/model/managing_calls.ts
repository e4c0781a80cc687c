/**
 * What goes into and comes out of the operations that manage pools, media and
 * objects.
 *
 * @module
 */

import type {
  CartridgeId,
  Guid,
  LibraryId,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeId,
} from "./ids.ts";
import type { DeviceClass, InventoryMethod, Writability } from "./states.ts";

/** Which cartridge goes to which pool (MoveToNtmsMediaPool). */
export interface MoveToPoolInput {
  /** The cartridge; all its sides go with it. */
  readonly cartridge: CartridgeId;
  /** The pool it goes to, of the same media type. */
  readonly pool: MediaPoolId;
}

/** Which logical media change their sides (SwapNtmsMedia). */
export interface SwapMediaInput {
  /** One of them. */
  readonly first: LogicalMediumId;
  /** The other, in the same pool. */
  readonly second: LogicalMediumId;
}

/**
 * What to set of an object (SetNtmsObjectInformation). What is left out stays
 * as it is; what an object of this type does not have is refused.
 */
export interface ObjectChange {
  /** Name of a library, pool, logical medium, side or cartridge, unique among its siblings. */
  readonly name?: string;
  /** Description of any object. */
  readonly description?: string;
  /** Of a pool: the media type it holds, null for pools; only while it is empty. */
  readonly mediaType?: MediaTypeId | null;
  /** Of a pool: draw from the free pool when nothing is available. */
  readonly drawFromFree?: boolean;
  /** Of a pool: return to the free pool at deallocation. */
  readonly returnToFree?: boolean;
  /** Of a pool: how often a side may be allocated; 0 = no limit. */
  readonly maxAllocates?: number;
  /** Of a drive: least seconds a medium stays after a deferred dismount. */
  readonly deferDismountSeconds?: number;
  /** Of a door: seconds it may stay open before the operator is called, up to 65535. */
  readonly maxOpenSeconds?: number;
  /** Of a port: seconds it may stay extended before the operator is called, up to 65535. */
  readonly maxExtendSeconds?: number;
  /** Of a library: "none", "fast" or "omid". */
  readonly inventoryMethod?: InventoryMethod;
  /** Of a library: whether a failed mount starts a full inventory. */
  readonly autoRecovery?: boolean;
  /** Of a library or pool: whether labels are read before media are handed out, and others than the known ones refused. */
  readonly checkLabels?: boolean;
  /** Of a library: whether a drive that asks for a cleaning gets it by itself. */
  readonly autoClean?: boolean;
  /** Of a library: cleanings left; 0xFFFFFFFF stops counting them. */
  readonly cleanerUsesRemaining?: number;
  /** Of a library: NtmsLibraryFlags; only AUTODETECTCHANGE and RECOGNIZECLEANERBARCODE change. */
  readonly flags?: number;
  /** Of the computer: how long finished library requests are kept. */
  readonly libraryRequestPurgeSeconds?: number;
  /** Of the computer: how long finished operator requests are kept. */
  readonly operatorRequestPurgeSeconds?: number;
  /** Of the computer: NtmsLibRequestFlags. */
  readonly libraryRequestFlags?: number;
  /** Of the computer: NtmsOpRequestFlags. */
  readonly operatorRequestFlags?: number;
  /** Of the computer: NtmsMediaPoolPolicy. */
  readonly mediaPoolPolicy?: number;
}

/** Which attribute of which object (GetNtmsObjectAttribute). */
export interface AttributeName {
  /** The object. */
  readonly id: Guid;
  /** Name of the attribute, 1 to 31 characters, compared exactly. */
  readonly name: string;
}

/** The types of objects that can be enabled and disabled. */
export type SwitchableType = "library" | "drive" | "cartridge";

/** What to enable or disable (EnableNtmsObject, DisableNtmsObject). */
export interface SwitchInput {
  /** The object. */
  readonly id: Guid;
  /** What it has to be; null for any of the three. */
  readonly type: SwitchableType | null;
}

/** Which library and which media type (AddNtmsMediaType, DeleteNtmsMediaType). */
export interface LibraryTypeInput {
  /** The media type. */
  readonly mediaType: MediaTypeId;
  /** The library that is to handle it, or not any more. */
  readonly library: LibraryId;
}

/** From where a media type is known: "former" is one that only the catalogue has. */
export type MediaTypeOrigin = "builtIn" | "site" | "former";

/** Which drives take media of a type. */
export interface MediaTypeDrives {
  /** Family of the drives, such as "LTO". */
  readonly family: string;
  /** Generations that read them; null for any. */
  readonly readBy: readonly string[] | null;
  /** Generations that write them; null for any. */
  readonly writtenBy: readonly string[] | null;
}

/** All that the service knows of a media type. */
export interface MediaTypeFacts {
  /** Its id. */
  readonly id: MediaTypeId;
  /** Its name. */
  readonly name: string;
  /** STORAGE_MEDIA_TYPE code; 0 where that has none. */
  readonly code: number;
  /** How many sides such media have. */
  readonly sideCount: number;
  /** How often they can be written. */
  readonly writability: Writability;
  /** Class of the drives that take them. */
  readonly deviceClass: DeviceClass;
  /** Ends of the bar codes that name it. */
  readonly barCodeSuffixes: readonly string[];
  /** Density codes that drives report for it. */
  readonly densityCodes: readonly number[];
  /** The drives that take it; null for any of its device class. */
  readonly drives: MediaTypeDrives | null;
  /** Who made it known. */
  readonly origin: MediaTypeOrigin;
  /** Whether the site has set its suffixes. */
  readonly suffixesOfSite: boolean;
  /** The libraries that handle it. */
  readonly libraries: readonly LibraryId[];
}
