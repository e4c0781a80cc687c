/**
 * A drive that stands alone, in the shape of a changer: one drive, and no
 * robot. A person puts the cartridges in and takes them out.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import { COMMAND_TIMEOUT_MS, SENSE_KEY, testUnitReady } from "../scsi/mod.ts";
import {
  type Changer,
  type ChangerAbilities,
  ChangerError,
  type DeviceIdentity,
  type Drive,
  type Element,
  type ElementLayout,
  type ElementType,
} from "./changer.ts";
import { Commander } from "./commander.ts";
import { failureOf } from "./failures.ts";
import type { Hands } from "./hands.ts";
import { PATIENCE } from "./patience.ts";
import { SerialQueue } from "./queue.ts";
import { overlap } from "./ranges.ts";
import type { ScsiDevice } from "./scsi_device.ts";
import type { ScsiAddress } from "./scsi_drive.ts";
import type { StandAlone } from "./visits.ts";

/** What a {@linkcode StandAloneDrive} is made of. */
export interface StandAloneParts {
  /** Path or URL, for messages. */
  readonly device: string;
  /** Stays open: it is told when a cartridge was put in. */
  readonly scsiDevice: ScsiDevice;
  readonly drive: Drive;
  readonly clock: Clock;
  /** The person at it, where that is a program. @default {undefined} */
  readonly hands?: Hands;
  /** Runs after it has been closed. */
  readonly onClose?: () => Promise<void>;
}

const NOTHING = { first: 0, count: 0 } as const;
const NO_ABILITIES: ChangerAbilities = {
  barCodeReader: false,
  exchange: false,
  position: false,
  lockDoor: false,
  invert: false,
  driveIdentifiers: true,
};
const TEST_UNIT_READY = {
  cdb: testUnitReady(),
  timeoutMs: COMMAND_TIMEOUT_MS.testUnitReady,
};

/** A drive without a changer. */
export class StandAloneDrive implements Changer, StandAlone {
  readonly device: string;
  readonly identity: DeviceIdentity;
  readonly scsi: ScsiAddress;
  readonly layout: ElementLayout;
  readonly abilities = NO_ABILITIES;
  readonly hands?: Hands;
  readonly #parts: StandAloneParts;
  readonly #commander: Commander;
  readonly #queue = new SerialQueue();
  #full: boolean | null = null;
  #changes = 0;
  #knownVisit = 0;
  #visit = 0;
  #closing: Promise<void> | null = null;

  /** A drive made of its parts. */
  constructor(parts: StandAloneParts) {
    const { device, drive, hands } = parts;
    this.device = device;
    this.identity = drive.identity;
    this.scsi = drive.scsi;
    if (hands !== undefined) this.hands = hands;
    this.layout = {
      transport: NOTHING,
      storage: NOTHING,
      importExport: NOTHING,
      dataTransfer: { first: drive.elementAddress, count: 1 },
    };
    this.#parts = parts;
    this.#commander = new Commander(parts.scsiDevice, parts.clock);
  }

  /** See {@linkcode Changer.standAlone}. */
  get standAlone(): StandAlone {
    return this;
  }

  /** See {@linkcode Changer.attentions}. */
  get attentions(): number {
    return this.#changes;
  }

  /** See {@linkcode StandAlone.visit}. */
  get visit(): number {
    return this.#visit;
  }

  /** See {@linkcode StandAlone.mayBeOther}. */
  get mayBeOther(): boolean {
    return this.#visit !== this.#knownVisit;
  }

  /** See {@linkcode StandAlone.known}. */
  known(visit: number): void {
    this.#knownVisit = visit;
  }

  /** A drive without a medium is ready for one. */
  async waitReady(_timeoutMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.#isFull();
  }

  /** See {@linkcode Changer.readElements}: whether the drive is full. */
  async readElements(options: {
    types?: readonly ElementType[];
    first?: number;
    count?: number;
  } = {}): Promise<readonly Element[]> {
    const { count } = overlap(this.layout.dataTransfer, options);
    const isMeant = options.types?.includes("dataTransfer") ?? true;
    if (count === 0 || !isMeant) return [];
    const { drive } = this.#parts;
    return [{
      elementAddress: drive.elementAddress,
      type: "dataTransfer",
      full: await this.#isFull(),
      accessible: true,
      barCode: null,
      sourceAddress: null,
      exception: null,
      cleaning: false,
      byOperator: true,
      driveSerialNumber: drive.identity.serialNumber,
    }];
  }

  /** See {@linkcode Changer.drives}. */
  drives(): Promise<readonly Drive[]> {
    return Promise.resolve([this.#parts.drive]);
  }

  /** There is nothing that moves. */
  move(): Promise<never> {
    return Promise.reject(this.#noRobot("move a cartridge"));
  }

  /** There is nothing that moves. */
  exchange(): Promise<never> {
    return Promise.reject(this.#noRobot("exchange cartridges"));
  }

  /** There is nothing that moves. */
  position(): Promise<never> {
    return Promise.reject(this.#noRobot("move the transport"));
  }

  /** There are no ports. */
  movePort(): Promise<never> {
    return Promise.reject(this.#noRobot("open or close a port"));
  }

  /** There are no doors. */
  lockDoor(): Promise<never> {
    return Promise.reject(this.#noRobot("lock a door"));
  }

  /** Looks at the drive. */
  async initialize(): Promise<void> {
    await this.#isFull();
  }

  /** See {@linkcode Changer.close}. */
  close(): Promise<void> {
    this.#commander.stop();
    this.#closing ??= this.#queue.run(async () => {
      try {
        await this.#parts.scsiDevice.close();
      } finally {
        await this.#parts.onClose?.();
      }
    });
    return this.#closing;
  }

  /** As {@linkcode close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #isFull(): Promise<boolean> {
    return this.#queue.run(async () => {
      const full = await this.#ask();
      // Another program may have been told that a cartridge was put in.
      if (this.#full !== null && this.#full !== full) this.#changes++;
      this.#full = full;
      this.#visit = this.#changes;
      return full;
    });
  }

  /** Whether there is a medium, past all that the drive has to tell first. */
  async #ask(): Promise<boolean> {
    for (let told = 0; told < PATIENCE.attentions; told++) {
      const reply = await this.#commander.once(TEST_UNIT_READY);
      if (reply.kind === "good") return true;
      if (reply.kind !== "sense") throw failureOf(this.#act, reply, "reads");
      const { asc, key } = reply.sense;
      if (key !== SENSE_KEY.unitAttention) {
        if (key === SENSE_KEY.notReady) return asc !== NO_MEDIUM;
        if (key === SENSE_KEY.mediumError) return true;
        throw failureOf(this.#act, reply, "reads");
      }
      // Whoever opens a drive is told that it was switched on once.
      const wasReset = asc === RESET && this.#full === null;
      if (asc === NEW_MEDIUM || (asc === RESET && !wasReset)) this.#changes++;
    }
    throw new ChangerError(
      `Cannot ${this.#act}: it tells of one change after the other`,
      { outcome: "failed", advice: "wait" },
    );
  }

  get #act(): string {
    return `look at the drive ${this.device}`;
  }

  #noRobot(act: string): ChangerError {
    return new ChangerError(
      `Cannot ${act}: ${this.device} is a drive without a changer`,
      { outcome: "failed", advice: "programming" },
    );
  }
}

/** ASC of a not ready drive that has no medium. */
const NO_MEDIUM = 0x3a;
/** ASC of the unit attention about a medium that may be another one. */
const NEW_MEDIUM = 0x28;
/** ASC of the unit attention about a reset. */
const RESET = 0x29;
