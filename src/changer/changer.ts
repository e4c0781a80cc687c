/**
 * A media changer one can talk to. Everything above sees this interface and
 * not whether SCSI commands, the kernel's changer driver or a model answers.
 *
 * @module
 */

import type { Care } from "./care.ts";
import type { DriveClass } from "./drive_classes.ts";
import type { Hands } from "./hands.ts";
import type { MediumTeller } from "./medium_teller.ts";
import type { StandAlone } from "./visits.ts";
import type { Tape } from "./tape.ts";

/** Kinds of elements, by their SMC names. */
export type ElementType =
  | "transport"
  | "storage"
  | "importExport"
  | "dataTransfer";

/** Identity of a device, from INQUIRY and VPD page 80h, trimmed. */
export interface DeviceIdentity {
  readonly vendor: string;
  readonly product: string;
  readonly revision: string;
  /** Empty where the device tells none. */
  readonly serialNumber: string;
}

/** A run of element addresses of one type. */
export interface ElementRange {
  /** Address of the first element; means nothing when `count` is 0. */
  readonly first: number;
  readonly count: number;
}

/** Which addresses the elements have (mode page 1Dh). */
export type ElementLayout = Readonly<Record<ElementType, ElementRange>>;

/** What this changer can do beyond reading and moving. */
export interface ChangerAbilities {
  readonly barCodeReader: boolean;
  readonly exchange: boolean;
  readonly position: boolean;
  readonly lockDoor: boolean;
  readonly invert: boolean;
  /** Whether drives tell their serial numbers in the element status. */
  readonly driveIdentifiers: boolean;
}

/** One element as the changer reports it. */
export interface Element {
  readonly elementAddress: number;
  readonly type: ElementType;
  /** Whether a cartridge is, or is believed to be, in it. */
  readonly full: boolean;
  /** Whether the transport can reach it now. */
  readonly accessible: boolean;
  /** Bar code, trimmed; null when the element is empty or the label unreadable. */
  readonly barCode: string | null;
  /** Where the cartridge last came from; null when not known. */
  readonly sourceAddress: number | null;
  /** What is abnormal, decoded; null when nothing is. */
  readonly exception: string | null;
  /** Whether the cartridge is a cleaning cartridge, by medium type or bar code (CLN). */
  readonly cleaning: boolean;
  /** Of a port: put there by an operator. */
  readonly byOperator: boolean;
  /** Of a drive: its serial number, where the changer tells it; else empty. */
  readonly driveSerialNumber: string;
}

/** Where to move a cartridge, as element addresses. */
export interface Move {
  /** 0 lets the changer choose. @default {0} */
  readonly transport?: number;
  readonly source: number;
  readonly target: number;
  /** Turns the medium over. @default {false} */
  readonly invert?: boolean;
}

/** Exchange of two cartridges: source to first target, what was there to the second. */
export interface Exchange {
  readonly transport?: number;
  readonly source: number;
  readonly firstTarget: number;
  readonly secondTarget: number;
}

/**
 * How a changer command ended when it did not succeed. `outcome` tells what
 * the rules may conclude: the move was not done, or nobody knows.
 */
export class ChangerError extends Error {
  /** `failed`: not done. `unknown`: may have been done; ask before anything else. */
  readonly outcome: "failed" | "unknown";
  /** Class of the sense table, or what else happened. */
  readonly advice:
    | "retry"
    | "wait"
    | "operator"
    | "media"
    | "hardware"
    | "programming";
  /** Sense key, ASC and ASCQ, where the device gave them. */
  readonly sense: {
    readonly key: number;
    readonly asc: number;
    readonly ascq: number;
  } | null;

  /** Makes an error of a changer or drive command. */
  constructor(
    message: string,
    details: {
      outcome: ChangerError["outcome"];
      advice: ChangerError["advice"];
      sense?: ChangerError["sense"];
      cause?: unknown;
    },
  ) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.name = "ChangerError";
    this.outcome = details.outcome;
    this.advice = details.advice;
    this.sense = details.sense ?? null;
  }
}

/** A drive in a changer, as the host reaches it. */
export interface Drive {
  /** SCSI element address in the changer. */
  readonly elementAddress: number;
  readonly identity: DeviceIdentity;
  /** Path a program opens to read and write, such as /dev/nst0. */
  readonly device: string;
  /** @default {"tape"} */
  readonly deviceClass?: DriveClass;
  /** Host adapter, channel, target, LUN; zeros where there is none. */
  readonly scsi: { port: number; bus: number; target: number; lun: number };
  /** Resolves when the medium in the drive can be read; loads it where the drive asks for that. Rejects with a {@linkcode ChangerError} when it cannot become ready in `timeoutMs`. */
  waitReady(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Rewinds and unloads, so that the transport can take the medium. Harmless when empty. */
  unload(timeoutMs: number): Promise<void>;
  /** The medium in it; null, or left out, where its start cannot be read. */
  readonly tape?: Tape | null;
  /** Its TapeAlert flags and its cleaning; null, or left out, where it cannot be asked. */
  readonly care?: Care | null;
  /** Tells what is known of the medium in it; null, or left out, where it cannot be asked. */
  readonly mediumTeller?: MediumTeller | null;
}

/** An open media changer. Calls run one at a time, in the order made; those of transports that move at once one at a time for each. */
export interface Changer extends AsyncDisposable {
  /** Path or URL it was opened by. */
  readonly device: string;
  readonly identity: DeviceIdentity;
  readonly scsi: { port: number; bus: number; target: number; lun: number };
  readonly layout: ElementLayout;
  readonly abilities: ChangerAbilities;
  /** Whether its transports move at the same time, each told by its address. @default {false} */
  readonly movesAtOnce?: boolean;
  /** Resolves when the changer is ready; waits while it is becoming so. */
  waitReady(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /**
   * Reads the status of all elements, or of some types, or of a range.
   * Read-only; unit attentions are absorbed and counted in `attentions`.
   */
  readElements(options?: {
    types?: readonly ElementType[];
    first?: number;
    count?: number;
  }): Promise<readonly Element[]>;
  /** Moves a cartridge. Never repeated by itself. */
  move(move: Move): Promise<void>;
  /** Exchanges two cartridges. Never repeated by itself. */
  exchange(exchange: Exchange): Promise<void>;
  /** Moves the transport to an element. */
  position(elementAddress: number, transport?: number): Promise<void>;
  /** Has the changer look at all its elements, which may take long. */
  initialize(range?: { first: number; count: number }): Promise<void>;
  /** Locks or unlocks doors and ports against people. */
  lockDoor(locked: boolean): Promise<void>;
  /** Opens or closes an import/export port, where the device can. */
  movePort(elementAddress: number, action: "open" | "close"): Promise<void>;
  /** The drives this host reaches, matched to elements by serial number. */
  drives(): Promise<readonly Drive[]>;
  /** Of a drive without a changer: what is known of the medium in it. @default {undefined} It has a robot. */
  readonly standAlone?: StandAlone;
  /** The hands of the person at it; only a virtual library has them. @default {undefined} None. */
  readonly hands?: Hands;
  /** How many unit attentions told of a change of content since opening: the inventory is stale when it grew. */
  readonly attentions: number;
  /** Closes the device; the changer stays as it is. */
  close(): Promise<void>;
}

/** A media changer or tape drive found on this host. */
export interface FoundDevice {
  readonly kind: "changer" | "tape";
  readonly identity: DeviceIdentity;
  /** Nodes, where they exist: /dev/sgN, /dev/schN, /dev/nstN. */
  readonly sg: string | null;
  readonly sch: string | null;
  readonly nst: string | null;
  /** /dev/tape/by-id link; null where there is none. */
  readonly byId: string | null;
  readonly scsi: { port: number; bus: number; target: number; lun: number };
  /** What stands in the way of using it, for people; empty when nothing does. */
  readonly obstacles: readonly string[];
}
