/**
 * A virtual library as a whole: the model, its units, what keeps it, and the
 * hands of its operator.
 *
 * @module
 */
import { type Clock, NtmsError } from "../../model/mod.ts";
import type { Changer, ElementLayout } from "../changer.ts";
import type { ScsiDevice } from "../scsi_device.ts";
import { StandAloneDrive } from "../stand_alone.ts";
import { SmcChanger } from "../smc_changer.ts";
import type { Hands } from "../hands.ts";
import { newCartridge } from "./bar_codes.ts";
import { ChangerUnit } from "./changer_unit.ts";
import {
  fill,
  layoutOf,
  mediaIn,
  restore,
  snapshot,
  storeFor,
  wearOf,
} from "./contents.ts";
import { DriveBank } from "./drive_bank.ts";
import { DriveBays } from "./drive_bays.ts";
import type { FaultPlan } from "./faults.ts";
import { changerIdentity } from "./identity.ts";
import { LibraryModel } from "./library.ts";
import { LogicalUnit } from "./logical_unit.ts";
import { seededFaults } from "./seeded_faults.ts";
import { SENSE, type SenseCode } from "./sense_codes.ts";
import type { LibraryStore } from "./store.ts";
import { type Timing, timingOf } from "./timing.ts";
import { parseVirtualUrl, type VirtualUrl } from "./url.ts";

/** What a virtual library needs from outside. */
export interface VirtualLibraryPorts {
  /** By which the robot and the drives take their time. */
  readonly clock: Clock;
  /** Faults it is to have. @default {those of its URL} */
  readonly faults?: FaultPlan;
}

/** There is no adapter, so there is no address. */
const NO_ADDRESS = { port: 0, bus: 0, target: 0, lun: 0 } as const;

/** A tape library that is only a model, reached by real SCSI commands. */
export class VirtualLibrary implements AsyncDisposable, Hands {
  /** What it was opened by. */
  readonly url: string;
  /** Which addresses its elements have. */
  readonly layout: ElementLayout;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #model: LibraryModel;
  readonly #store: LibraryStore;
  readonly #bays: DriveBays;
  readonly #changer: LogicalUnit;
  readonly #drives: DriveBank;
  #initiators = 0;
  #closing: Promise<void> | null = null;

  private constructor(
    url: string,
    parsed: VirtualUrl,
    model: LibraryModel,
    bays: DriveBays,
    store: LibraryStore,
    ports: VirtualLibraryPorts,
  ) {
    this.url = url;
    this.layout = model.layout;
    this.#name = parsed.name;
    this.#clock = ports.clock;
    this.#model = model;
    this.#bays = bays;
    this.#store = store;
    const { clock } = ports;
    const faults = ports.faults ?? faultsOf(parsed, store, clock);
    const timing = timingOf(parsed.speed);
    const keep = () => this.#keep();
    this.#changer = new LogicalUnit(
      "changer",
      this.#changerUnit(timing),
      faults,
    );
    this.#drives = new DriveBank({
      model,
      bays,
      store,
      clock,
      timing,
      faults,
      keep,
    });
  }

  /**
   * Opens the library that a URL describes.
   *
   * @throws {NtmsError} ERROR_INVALID_PARAMETER for a URL that is not right,
   * ERROR_SHARING_VIOLATION for a directory that another process uses.
   */
  static async open(
    url: string,
    ports: VirtualLibraryPorts,
  ): Promise<VirtualLibrary> {
    const parsed = parseVirtualUrl(url);
    const store = await storeFor(parsed);
    try {
      const kept = await store.load();
      const model = new LibraryModel(
        layoutOf(url, parsed, kept),
        ports.clock,
        timingOf(parsed.speed),
        wearOf(parsed, kept),
      );
      if (kept === null) fill(model, parsed);
      else restore(url, model, kept);
      const bays = new DriveBays(
        parsed.name,
        model.layout.dataTransfer,
        mediaIn(url, parsed, kept),
        kept?.drives ?? undefined,
      );
      const library = new VirtualLibrary(
        url,
        parsed,
        model,
        bays,
        store,
        ports,
      );
      await library.#keep();
      return library;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /**
   * Opens a changer on it, as one more initiator.
   *
   * @param options Whether closing the changer closes the library, too.
   */
  openChanger(
    options: {
      readonly closesLibrary?: boolean;
      readonly signal?: AbortSignal | undefined;
    } = {},
  ): Promise<Changer> {
    const { closesLibrary = false, signal } = options;
    if (this.#standsAlone) {
      return Promise.resolve(this.#openDrive(closesLibrary));
    }
    return SmcChanger.open({
      device: this.url,
      scsiDevice: this.connect(),
      scsi: NO_ADDRESS,
      findDrives: (search) =>
        Promise.resolve(
          this.#drives.drives(search, () => this.#newInitiator()),
        ),
      clock: this.#clock,
      signal,
      hands: this,
      ...(closesLibrary ? { onClose: () => this.close() } : {}),
    });
  }

  /** Its only drive, where there is no robot. */
  #openDrive(closesLibrary: boolean): Changer {
    const { first } = this.layout.dataTransfer;
    const accessible = () => Promise.resolve();
    const [drive] = this.#drives.drives(
      { accessible },
      () => this.#newInitiator(),
    );
    if (drive === undefined) throw new RangeError("There is no drive");
    return new StandAloneDrive({
      device: this.url,
      scsiDevice: this.connectDrive(first),
      drive,
      clock: this.#clock,
      hands: this,
      ...(closesLibrary ? { onClose: () => this.close() } : {}),
    });
  }

  /** Lets an initiator in that sends its own commands to the robot. */
  connect(): ScsiDevice {
    return this.#changer.connect(this.#newInitiator());
  }

  /**
   * Lets an initiator in that sends its own commands to a drive.
   *
   * @throws {RangeError} When no drive has that address.
   */
  connectDrive(elementAddress: number): ScsiDevice {
    return this.#drives.connect(elementAddress, this.#newInitiator());
  }

  /** What a program opens to read and write the medium in a drive. */
  drivePath(elementAddress: number): string {
    return this.#drives.path(elementAddress);
  }

  get #standsAlone(): boolean {
    return this.layout.transport.count === 0;
  }

  /** As an operator, puts a new cartridge into an empty port or slot, or a drive that stands alone. "?" has no readable label. */
  async insert(elementAddress: number, barCode: string): Promise<void> {
    const ids = new Set(
      [...this.#model.elements()].flatMap(({ cartridge }) =>
        cartridge === null ? [] : [cartridge.id]
      ),
    );
    const cartridge = newCartridge(
      barCode,
      ids,
      `unlabelled-${elementAddress}`,
    );
    this.#model.place(elementAddress, cartridge);
    if (this.#standsAlone) {
      this.#model.takeIn(elementAddress);
      this.#drives.attention(elementAddress, SENSE.mediumMayHaveChanged);
      return await this.#keep();
    }
    await this.#keep();
    this.#tellOfHands(elementAddress);
  }

  /**
   * As an operator, takes a cartridge out; gives its label, null where there was none or it cannot be read.
   *
   * @throws {NtmsError} ERROR_INVALID_STATE where a drive does not give it.
   */
  async remove(elementAddress: number): Promise<string | null> {
    const drive = this.#model.drive(elementAddress);
    if (this.#standsAlone && drive?.prevented === true) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `The drive of ${this.url} does not let go of its cartridge: it is locked`,
      );
    }
    const cartridge = this.#model.take(elementAddress);
    await this.#keep();
    this.#tellOfHands(elementAddress);
    return cartridge?.barCode ?? null;
  }

  /**
   * As an operator, opens or closes the door. The robot stands still while it
   * is open.
   *
   * @throws {NtmsError} ERROR_INVALID_STATE while an initiator locks it.
   */
  setDoor(open: boolean): Promise<void> {
    if (open && this.#model.prevented) {
      return Promise.reject(
        new NtmsError(
          "ERROR_INVALID_STATE",
          `Cannot open the door of ${this.url}: it is locked`,
        ),
      );
    }
    if (this.#model.doorOpen && !open) {
      this.attention(SENSE.mediumMayHaveChanged);
    }
    this.#model.doorOpen = open;
    return Promise.resolve();
  }

  /**
   * Has a drive raise a TapeAlert flag; with 20 it asks for a cleaning until it
   * has had one.
   *
   * @throws {RangeError} When no drive has that address.
   */
  async raiseAlert(elementAddress: number, flag: number): Promise<void> {
    const drive = this.#model.drive(elementAddress);
    if (drive === undefined) {
      throw new RangeError(`No drive is at element ${elementAddress}`);
    }
    drive.dirt.raise(flag);
    await this.#keep();
  }

  /** As an operator, pulls a drive out of its bay, with the cartridge in it. */
  async removeDrive(elementAddress: number): Promise<void> {
    await this.#drives.remove(elementAddress);
    await this.#keep();
    this.attention(SENSE.driveWasRemoved);
  }

  /** As an operator, puts a drive into an empty bay. */
  async insertDrive(
    elementAddress: number,
    serialNumber: string | null,
  ): Promise<void> {
    this.#drives.insert(elementAddress, serialNumber);
    await this.#keep();
    this.attention(SENSE.driveWasInserted);
  }

  /** Has every initiator told of something on its next command to the robot. */
  attention(sense: SenseCode): void {
    this.#changer.attention(sense);
  }

  /** Ends all connections and gives back files and lock; a library without `dir` is gone then. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** As {@linkcode close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #end(): Promise<void> {
    await Promise.all([this.#changer.shut(), this.#drives.shut()]);
    await this.#store.close();
  }

  #newInitiator(): string {
    return `initiator ${++this.#initiators}`;
  }

  #tellOfHands(elementAddress: number): void {
    // A drive tells of what comes only.
    if (this.#standsAlone) return;
    const type = this.#model.element(elementAddress)?.type;
    this.attention(
      type === "importExport" ? SENSE.portAccessed : SENSE.mediumMayHaveChanged,
    );
  }

  #keep(): Promise<void> {
    return this.#store.save(() => snapshot(this.#model, this.#bays));
  }

  #changerUnit(timing: Timing): ChangerUnit {
    return new ChangerUnit({
      name: this.#name,
      identity: changerIdentity(this.#name),
      model: this.#model,
      clock: this.#clock,
      timing,
      keep: () => this.#keep(),
      driveAt: (elementAddress) => this.#bays.at(elementAddress),
      arrived: (elementAddress) =>
        this.#drives.attention(elementAddress, SENSE.mediumMayHaveChanged),
      portUsed: () => this.#changer.attention(SENSE.portAccessed),
    });
  }
}

function faultsOf(
  { faults: seed }: VirtualUrl,
  store: LibraryStore,
  clock: Clock,
): FaultPlan {
  if (seed === null) return () => "none";
  return seededFaults({ seed, clock, note: (kind) => store.noteFault(kind) });
}
