/**
 * What goes into and comes out of each operation: the words that the manager,
 * the wire and both faces share.
 *
 * @module
 */

import type { AuditNote } from "./audit.ts";
import type {
  DriveId,
  Guid,
  LibraryId,
  LibraryRequestId,
  LogicalMediumId,
  MediaPoolId,
  MediaTypeId,
  SideId,
} from "./ids.ts";
import type {
  CreateMode,
  InventoryMethod,
  ObjectType,
  SideState,
} from "./states.ts";
import type { AccessEntry, Identity } from "./security.ts";
import type {
  CartridgeRecord,
  DriveRecord,
  LibraryRecord,
  LibraryRequestRecord,
  PortRecord,
  SlotRecord,
} from "./objects.ts";

/** What tells a repetition of a call from a call of its own. */
export interface CallKey {
  /** What the client made for this call: a GUID. */
  readonly key: string;
  /** Hash of the operation and its input. */
  readonly fingerprint: string;
  /** Hash of what shows that a call belongs to the session it was made in. */
  readonly sessionHash: string;
}

/** Who calls: recorded in requests, and the owner of mounts. */
export interface Caller {
  /** Application name of the session, "RSM" where none was given. */
  readonly application: string;
  /** Name of the user, as the service sees it. */
  readonly user: string;
  /** Name of the computer the call comes from. */
  readonly computer: string;
  /** The session; null for the service itself. */
  readonly session: string | null;
  /** With it, what the call changes is done once, however often it is repeated. */
  readonly callKey?: CallKey;
  /** Who that is to the rules of access; absent for the service itself. */
  readonly who?: Identity;
  /** What the audit record says of the call when what it changes is committed. */
  readonly audit?: AuditNote;
}

/** Which ids to list (EnumerateNtmsObject). */
export interface EnumerateInput {
  /** Type of the objects. */
  readonly type: ObjectType;
  /** The object whose members are listed; null for the whole system. */
  readonly container: Guid | null;
  /** Puts the root pool first; only for pools of the whole system. */
  readonly rootPool?: boolean;
  /** Only those of this name; without a container. */
  readonly name?: string;
  /** Only the cartridges of this bar code; without a container. */
  readonly barCode?: string;
  /** Begins after an earlier answer: its `next`. */
  readonly after?: string;
  /** The most objects of the answer; there are never more than LIMITS.objectsInOneAnswer. */
  readonly limit?: number;
}

/** A part of a list of objects. */
export interface ListPart<Item> {
  /** What is on it, in the order of the list. */
  readonly items: readonly Item[];
  /** What gives the rest of the list; null at its end. */
  readonly next: string | null;
}

/** Which pool to create or open (CreateNtmsMediaPool). */
export interface CreatePoolInput {
  /** Path below `parent`, levels separated by backslashes, each 1 to 64 characters; a leading backslash is allowed. All levels but the last must exist. */
  readonly name: string;
  /** The media type it holds; null for a pool of pools. */
  readonly mediaType: MediaTypeId | null;
  /** The pool it is created in; null for the top level. */
  readonly parent: MediaPoolId | null;
  /** Whether to create, to open, or either. */
  readonly mode: CreateMode;
  /** For a new pool: draw from the free pool when nothing is available. @default {false} */
  readonly drawFromFree?: boolean;
  /** For a new pool: return to the free pool at deallocation. @default {false} */
  readonly returnToFree?: boolean;
  /** For a new pool: how often a side may be allocated before it is retired; 0 for no limit. @default {0} */
  readonly maxAllocates?: number;
  /** For a new pool: who may do what to it, beside its creator and the service. @default {undefined} As the pool above has it, unless that is the root pool. */
  readonly access?: readonly AccessEntry[];
}

/** What to allocate (AllocateNtmsMedia). */
export interface AllocateInput {
  /** The application pool to allocate from or into. */
  readonly pool: MediaPoolId;
  /** A particular side; null for any. */
  readonly side: SideId | null;
  /** Reserve the other sides of the cartridge too. @default {false} */
  readonly wholeCartridge?: boolean;
  /** Take the next side of the cartridge of this logical medium. */
  readonly nextOf?: LogicalMediumId;
  /** Fail instead of asking the operator and waiting. @default {false} */
  readonly errorIfUnavailable?: boolean;
  /** Milliseconds; 0 does not wait, 0xFFFFFFFF waits for ever. */
  readonly timeoutMs: number;
  /** Name and description of the new logical medium. */
  readonly name?: string;
  /** Description of the new logical medium. */
  readonly description?: string;
}

/** What was allocated. */
export interface Allocation {
  /** What the application mounts. */
  readonly logicalMedium: LogicalMediumId;
  /** The side behind it. */
  readonly side: SideId;
  /** The pool it came from. */
  readonly allocatedFrom: MediaPoolId;
}

/** What to mount (MountNtmsMedia). */
export interface MountInput {
  /** Logical media or sides, all in one library, none twice. */
  readonly media: readonly Guid[];
  /** With specific drives: one for each medium. */
  readonly drives?: readonly DriveId[];
  /** To be read. @default {false} */
  readonly read?: boolean;
  /** To be written; refused for complete sides. @default {false} */
  readonly write?: boolean;
  /** Fail instead of waiting for busy media or drives. @default {false} */
  readonly errorIfBusy?: boolean;
  /** Fail instead of asking the operator for offline media. @default {false} */
  readonly errorIfOffline?: boolean;
  /** Return at once with the ids of the requests. @default {false} */
  readonly noWait?: boolean;
  /** -15 to 15. */
  readonly priority: number;
  /** Milliseconds; 0 does not wait, 0xFFFFFFFF waits for ever. */
  readonly timeoutMs: number;
}

/** One mounted medium. */
export interface Mount {
  /** The medium, as the call named it. */
  readonly medium: Guid;
  /** The side that is mounted. */
  readonly side: SideId;
  /** The drive it is in. */
  readonly drive: DriveId;
  /** Path a program opens to read and write. */
  readonly device: string;
  /** Bar code of the cartridge; empty for none. */
  readonly barCode: string;
}

/** The outcome of a mount. */
export interface MountResult {
  /** One for each medium; empty when the call did not wait. */
  readonly mounts: readonly Mount[];
  /** The library requests, one for each medium. */
  readonly requests: readonly LibraryRequestId[];
}

/** What to dismount (DismountNtmsMedia). */
export interface DismountInput {
  /** Logical media or sides, none twice. */
  readonly media: readonly Guid[];
  /** Leave the medium in its drive until the drive is needed. @default {false} */
  readonly deferred?: boolean;
  /** Wait until the media are away, instead of returning when it is queued. @default {false} */
  readonly wait?: boolean;
  /** With `wait`: milliseconds. */
  readonly timeoutMs?: number;
}

/** What to take stock of (InventoryNtmsLibrary). */
export interface InventoryInput {
  /** The library. */
  readonly library: LibraryId;
  /** How to find out what is in it. */
  readonly method: InventoryMethod;
  /** Wait until it is finished, instead of returning when it is queued. @default {false} */
  readonly wait?: boolean;
}

/** What a finished inventory found. */
export interface InventoryResult {
  /** The library request that does it; null when the method asks for nothing to be done. */
  readonly request: LibraryRequestId | null;
  /** Null while it is queued or running. */
  readonly report: InventoryReport | null;
}

/** Differences between catalogue and library, as bar codes or places. */
export interface InventoryReport {
  /** Elements read. */
  readonly elements: number;
  /** Cartridges found. */
  readonly cartridges: number;
  /** Not known before. */
  readonly added: readonly string[];
  /** Found in another place. */
  readonly moved: readonly string[];
  /** Known before and no longer there: now offline. */
  readonly missing: readonly string[];
  /** Places whose bar code cannot be read. */
  readonly unreadable: readonly string[];
  /** Bar codes found twice. */
  readonly duplicate: readonly string[];
  /** By labels: each medium that was read and what it is. */
  readonly identified?: readonly string[];
}

/** One library as a person wants to see it. */
export interface LibraryMap {
  /** The library. */
  readonly library: LibraryRecord;
  /** Why it cannot be used, for people; null where it can, or nobody knows why. */
  readonly obstacle: string | null;
  /** Its drives, by number. */
  readonly drives: readonly DriveRecord[];
  /** Its slots, by number. */
  readonly slots: readonly MapSlot[];
  /** Its import/export ports, by number. */
  readonly ports: readonly PortRecord[];
  /** The cartridges in it, by the id of the place they are in. */
  readonly cartridges: readonly MapCartridge[];
  /** Library requests that are not finished, in the order they will run. */
  readonly requests: readonly LibraryRequestRecord[];
}

/** A slot on a map, which may have thousands of them. */
export type MapSlot = Pick<
  SlotRecord,
  "id" | "number" | "elementAddress" | "state" | "enabled"
>;

/** A cartridge on a map: with its pool and the life of its sides. */
export interface MapCartridge extends
  Pick<
    CartridgeRecord,
    | "id"
    | "name"
    | "barCode"
    | "barCodeState"
    | "location"
    | "locationType"
    | "homeSlot"
    | "state"
    | "enabled"
  > {
  /** Path of its pool. */
  readonly poolPath: string;
  /** Its sides. */
  readonly sides: readonly {
    readonly id: SideId;
    readonly state: SideState;
    readonly logicalMedium: LogicalMediumId | null;
  }[];
  /** Who has it mounted; empty for nobody. */
  readonly mountedBy: string;
}
