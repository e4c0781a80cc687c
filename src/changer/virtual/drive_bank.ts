/**
 * The drives of a virtual library as units that answer commands; they come and
 * go with hands.
 *
 * @module
 */
import type { Clock } from "../../model/mod.ts";
import { ChangerError, type Drive } from "../changer.ts";
import { type DriveClass, driveClassOf } from "../drive_classes.ts";
import type { ScsiDevice } from "../scsi_device.ts";
import { ScsiDrive } from "../scsi_drive.ts";
import type { DriveSearch } from "../smc_changer.ts";
import { DiskUnit } from "./disk_unit.ts";
import type { DriveBays } from "./drive_bays.ts";
import type { FaultPlan } from "./faults.ts";
import type { LibraryModel } from "./library.ts";
import { LogicalUnit } from "./logical_unit.ts";
import type { SenseCode } from "./sense_codes.ts";
import type { LibraryStore } from "./store.ts";
import { TapeUnit } from "./tape_unit.ts";
import type { Timing } from "./timing.ts";

/** There is no adapter, so there is no address. */
const NO_ADDRESS = { port: 0, bus: 0, target: 0, lun: 0 } as const;

/** What the drives are made of. */
export interface DriveBankParts {
  readonly model: LibraryModel;
  readonly bays: DriveBays;
  readonly store: LibraryStore;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly faults: FaultPlan;
  /** Keeps what the library has become. */
  readonly keep: () => Promise<void>;
}

/** The drives that are in their bays. */
export class DriveBank {
  readonly #parts: DriveBankParts;
  readonly #units = new Map<number, LogicalUnit>();

  /** Those of a library that was opened. */
  constructor(parts: DriveBankParts) {
    this.#parts = parts;
    const { first, count } = parts.model.layout.dataTransfer;
    for (let address = first; address < first + count; address++) {
      this.#fill(address);
    }
  }

  /**
   * Lets an initiator in at a drive.
   *
   * @throws {RangeError} When no drive has that address.
   */
  connect(elementAddress: number, initiator: string): ScsiDevice {
    const unit = this.#units.get(elementAddress);
    if (unit !== undefined) return unit.connect(initiator);
    throw new RangeError(`No drive is at element ${elementAddress}`);
  }

  /** Has every initiator of a drive told of something. */
  attention(elementAddress: number, sense: SenseCode): void {
    this.#units.get(elementAddress)?.attention(sense);
  }

  /** Pulls a drive out of its bay, with the cartridge in it. */
  async remove(elementAddress: number): Promise<void> {
    const { bays, model } = this.#parts;
    const held = model.element(elementAddress)?.cartridge ?? null;
    bays.takeOut(elementAddress, held);
    model.take(elementAddress);
    const unit = this.#units.get(elementAddress);
    this.#fill(elementAddress);
    await unit?.shut();
  }

  /** Puts a drive into an empty bay, with what it holds. */
  insert(elementAddress: number, serialNumber: string | null): void {
    const { bays, model } = this.#parts;
    const held = bays.putIn(elementAddress, serialNumber);
    this.#fill(elementAddress);
    if (held === null) return;
    model.place(elementAddress, held);
    model.drive(elementAddress)?.resume();
  }

  /** The drives as a changer's, each reached by initiators of its own. */
  drives(
    search: Pick<DriveSearch, "accessible">,
    newInitiator: () => string,
  ): readonly Drive[] {
    const { bays, clock, store } = this.#parts;
    return [...this.#units.keys()].sort((a, b) => a - b).flatMap((address) => {
      const identity = bays.at(address);
      return identity === null ? [] : new ScsiDrive({
        elementAddress: address,
        identity,
        device: this.path(address),
        scsi: NO_ADDRESS,
        open: () => this.#open(address, identity.serialNumber, newInitiator),
        accessible: (timeoutMs) => search.accessible(address, timeoutMs),
        clock,
        deviceClass: this.#deviceClass,
        readable: store.keepsMedia,
      });
    });
  }

  /** What a program opens to read and write the medium in a drive. */
  path(elementAddress: number): string {
    const { model, store } = this.#parts;
    return store.drivePath(elementAddress - model.layout.dataTransfer.first);
  }

  /** Takes no more commands, and waits for those under way. */
  async shut(): Promise<void> {
    await Promise.all([...this.#units.values()].map((unit) => unit.shut()));
  }

  get #deviceClass(): DriveClass {
    const { deviceType, product } = this.#parts.bays.model;
    return driveClassOf(deviceType, product) ?? "tape";
  }

  #open(
    elementAddress: number,
    serialNumber: string,
    newInitiator: () => string,
  ): Promise<ScsiDevice> {
    const { bays } = this.#parts;
    if (bays.at(elementAddress)?.serialNumber === serialNumber) {
      return Promise.resolve(this.connect(elementAddress, newInitiator()));
    }
    return Promise.reject(
      new ChangerError(
        `Cannot use drive ${serialNumber}: it was taken out of element ${elementAddress}`,
        { outcome: "failed", advice: "hardware" },
      ),
    );
  }

  /** Lets initiators at what is in a bay, or at nothing. */
  #fill(elementAddress: number): void {
    const { bays, clock, faults, keep, model, store, timing } = this.#parts;
    const drive = model.drive(elementAddress);
    const element = model.element(elementAddress);
    const identity = bays.at(elementAddress);
    if (drive === undefined || element === undefined || identity === null) {
      this.#units.delete(elementAddress);
      model.emptyBays.add(elementAddress);
      return;
    }
    model.emptyBays.delete(elementAddress);
    const parts = {
      identity,
      drive,
      element,
      clock,
      timing,
      takeIn: () => model.takeIn(elementAddress),
      keep,
    };
    const unit = this.#deviceClass === "tape"
      ? new TapeUnit({
        ...parts,
        medium: (id) => store.medium(id),
        loadsOf: (id) => model.loads.get(id) ?? 0,
      })
      : new DiskUnit({ ...parts, deviceType: bays.model.deviceType });
    this.#units.set(
      elementAddress,
      new LogicalUnit(elementAddress, unit, faults),
    );
  }
}
