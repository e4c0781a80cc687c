/**
 * A virtual library as a whole: the model, its units, what keeps it, and the
 * hands of its operator.
 *
 * @module
 */
import { type Clock, NtmsError } from "../../model/mod.ts";
import type { Changer, Drive, ElementLayout } from "../changer.ts";
import type { ScsiDevice } from "../scsi_device.ts";
import { ScsiDrive } from "../scsi_drive.ts";
import { type DriveSearch, SmcChanger } from "../smc_changer.ts";
import type { Hands } from "../hands.ts";
import { newCartridge } from "./bar_codes.ts";
import { ChangerUnit } from "./changer_unit.ts";
import { fill, layoutOf, restore, snapshot, storeFor } from "./contents.ts";
import type { FaultPlan } from "./faults.ts";
import { changerIdentity, driveIdentity } from "./identity.ts";
import { LibraryModel } from "./library.ts";
import { LogicalUnit } from "./logical_unit.ts";
import { seededFaults } from "./seeded_faults.ts";
import { SENSE, type SenseCode } from "./sense_codes.ts";
import type { LibraryStore } from "./store.ts";
import { TapeUnit } from "./tape_unit.ts";
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
  readonly #changer: LogicalUnit;
  readonly #drives = new Map<number, LogicalUnit>();
  #initiators = 0;
  #closing: Promise<void> | null = null;

  private constructor(
    url: string,
    parsed: VirtualUrl,
    model: LibraryModel,
    store: LibraryStore,
    ports: VirtualLibraryPorts,
  ) {
    this.url = url;
    this.layout = model.layout;
    this.#name = parsed.name;
    this.#clock = ports.clock;
    this.#model = model;
    this.#store = store;
    const faults = ports.faults ?? faultsOf(parsed, store, ports.clock);
    const timing = timingOf(parsed.speed);
    this.#changer = new LogicalUnit(
      "changer",
      this.#changerUnit(timing),
      faults,
    );
    const { first, count } = model.layout.dataTransfer;
    for (let address = first; address < first + count; address++) {
      const unit = this.#tapeUnit(address, timing);
      if (unit === null) continue;
      this.#drives.set(address, new LogicalUnit(address, unit, faults));
    }
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
      );
      if (kept === null) fill(model, parsed);
      else restore(url, model, kept);
      const library = new VirtualLibrary(url, parsed, model, store, ports);
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
    return SmcChanger.open({
      device: this.url,
      scsiDevice: this.connect(),
      scsi: NO_ADDRESS,
      findDrives: (search) => Promise.resolve(this.#findDrives(search)),
      clock: this.#clock,
      signal,
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
    const unit = this.#drives.get(elementAddress);
    if (unit === undefined) {
      throw new RangeError(`No drive is at element ${elementAddress}`);
    }
    return unit.connect(this.#newInitiator());
  }

  /** What a program opens to read and write the medium in a drive. */
  drivePath(elementAddress: number): string {
    return this.#store.drivePath(
      elementAddress - this.layout.dataTransfer.first,
    );
  }

  /** As an operator, puts a new cartridge into an empty port or slot. "?" has no readable label. */
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
    await this.#keep();
    this.#tellOfHands(elementAddress);
  }

  /** As an operator, takes a cartridge out; gives its label, null where there was none or it cannot be read. */
  async remove(elementAddress: number): Promise<string | null> {
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
    const units = [this.#changer, ...this.#drives.values()];
    await Promise.all(units.map((unit) => unit.shut()));
    await this.#store.close();
  }

  #newInitiator(): string {
    return `initiator ${++this.#initiators}`;
  }

  #tellOfHands(elementAddress: number): void {
    const type = this.#model.element(elementAddress)?.type;
    this.attention(
      type === "importExport" ? SENSE.portAccessed : SENSE.mediumMayHaveChanged,
    );
  }

  #keep(): Promise<void> {
    return this.#store.save(() => snapshot(this.#model));
  }

  #changerUnit(timing: Timing): ChangerUnit {
    return new ChangerUnit({
      name: this.#name,
      identity: changerIdentity(this.#name),
      model: this.#model,
      clock: this.#clock,
      timing,
      keep: () => this.#keep(),
      arrived: (elementAddress) =>
        this.#drives.get(elementAddress)?.attention(SENSE.mediumMayHaveChanged),
      portUsed: () => this.#changer.attention(SENSE.portAccessed),
    });
  }

  #tapeUnit(elementAddress: number, timing: Timing): TapeUnit | null {
    const drive = this.#model.drive(elementAddress);
    const element = this.#model.element(elementAddress);
    if (drive === undefined || element === undefined) return null;
    const number = elementAddress - this.layout.dataTransfer.first;
    return new TapeUnit({
      identity: driveIdentity(this.#name, number),
      drive,
      element,
      clock: this.#clock,
      timing,
      medium: (id) => this.#store.medium(id),
      keep: () => this.#keep(),
    });
  }

  #findDrives(search: DriveSearch): readonly Drive[] {
    return [...this.#drives.keys()].map((elementAddress) =>
      new ScsiDrive({
        elementAddress,
        identity: driveIdentity(
          this.#name,
          elementAddress - this.layout.dataTransfer.first,
        ),
        device: this.drivePath(elementAddress),
        scsi: NO_ADDRESS,
        open: () => Promise.resolve(this.connectDrive(elementAddress)),
        accessible: (timeoutMs) => search.accessible(elementAddress, timeoutMs),
        clock: this.#clock,
        readable: this.#store.keepsMedia,
      })
    );
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
