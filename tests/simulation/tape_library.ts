/**
 * The virtual library as the simulation needs it: the same device model and
 * command handling as `VirtualLibrary`, with its truth in plain sight and
 * hands that move cartridges without losing who they are.
 *
 * @module
 */

import type { ElementType, ScsiDevice } from "../../src/changer/mod.ts";
import { ChangerUnit } from "../../src/changer/virtual/changer_unit.ts";
import type { FaultPlan } from "../../src/changer/virtual/faults.ts";
import {
  changerIdentity,
  driveIdentity,
} from "../../src/changer/virtual/identity.ts";
import {
  LibraryModel,
  type VirtualCartridge,
  type VirtualElement,
  type Wear,
} from "../../src/changer/virtual/library.ts";
import { LogicalUnit } from "../../src/changer/virtual/logical_unit.ts";
import {
  SENSE,
  type SenseCode,
} from "../../src/changer/virtual/sense_codes.ts";
import { TapeUnit } from "../../src/changer/virtual/tape_unit.ts";
import type { VirtualMedium } from "../../src/changer/virtual/medium.ts";
import { timingOf } from "../../src/changer/virtual/timing.ts";
import type { Clock } from "../../src/model/mod.ts";

/** How large a library is. */
export interface Size {
  readonly slots: number;
  readonly drives: number;
  readonly ports: number;
  readonly transports: number;
}

/** Name of the only library. */
const NAME = "sim";

/** A tape library that outlives the processes that use it. */
export class TapeLibrary {
  readonly device = `virtual:${NAME}`;
  readonly model: LibraryModel;
  readonly #changer: LogicalUnit;
  readonly #drives = new Map<number, LogicalUnit>();
  #initiators = 0;

  /** An empty library; `medium` gives what is on a cartridge, where there is more than its bar code. */
  constructor(
    size: Size,
    clock: Clock,
    faults: FaultPlan,
    medium: (id: string) => VirtualMedium | null,
    wear: Wear = {},
  ) {
    const timing = timingOf("real");
    const keep = () => Promise.resolve();
    const model = new LibraryModel(
      {
        transport: { first: 1, count: size.transports },
        importExport: { first: 10, count: size.ports },
        dataTransfer: { first: 500, count: size.drives },
        storage: { first: 1000, count: size.slots },
      },
      clock,
      timing,
      wear,
    );
    this.model = model;
    this.#changer = new LogicalUnit(
      "changer",
      new ChangerUnit({
        name: NAME,
        identity: changerIdentity(NAME),
        model,
        clock,
        timing,
        keep,
        arrived: (address) =>
          this.#drives.get(address)?.attention(SENSE.mediumMayHaveChanged),
        portUsed: () => this.attention(SENSE.portAccessed),
      }),
      faults,
    );
    for (const element of this.elementsOf("dataTransfer")) {
      const address = element.elementAddress;
      const drive = model.drive(address);
      if (drive === undefined) continue;
      const unit = new TapeUnit({
        identity: this.driveIdentity(address),
        drive,
        element,
        clock,
        timing,
        takeIn: () => model.takeIn(address),
        medium,
        keep,
      });
      this.#drives.set(address, new LogicalUnit(address, unit, faults));
    }
  }

  /** Who a drive says it is. */
  driveIdentity(elementAddress: number): ReturnType<typeof driveIdentity> {
    const { first } = this.model.layout.dataTransfer;
    return driveIdentity(NAME, elementAddress - first);
  }

  /** Lets an initiator in that sends commands to the robot. */
  connect(): ScsiDevice {
    return this.#changer.connect(`initiator ${++this.#initiators}`);
  }

  /** Lets an initiator in that sends commands to a drive. */
  connectDrive(elementAddress: number): ScsiDevice {
    const unit = this.#drives.get(elementAddress);
    if (unit === undefined) throw new RangeError(`No drive ${elementAddress}`);
    return unit.connect(`initiator ${++this.#initiators}`);
  }

  /** Has every initiator told of something. */
  attention(sense: SenseCode): void {
    this.#changer.attention(sense);
  }

  /** All elements, or those of one type. */
  elementsOf(...types: readonly ElementType[]): VirtualElement[] {
    return [...this.model.elements()].filter(({ type }) =>
      types.length === 0 || types.includes(type)
    );
  }

  /** A hand takes a drive out of its bay. */
  pullDrive(elementAddress: number): void {
    this.model.emptyBays.add(elementAddress);
    this.attention(SENSE.mediumMayHaveChanged);
  }

  /** A hand puts a drive into its bay. */
  plugDrive(elementAddress: number): void {
    this.model.emptyBays.delete(elementAddress);
    this.attention(SENSE.mediumMayHaveChanged);
  }

  /** A hand takes a cartridge out. */
  take(elementAddress: number): VirtualCartridge | null {
    const cartridge = this.model.take(elementAddress);
    if (cartridge !== null) this.#tellOfHands(elementAddress);
    return cartridge;
  }

  /** A hand puts a cartridge in. */
  put(elementAddress: number, cartridge: VirtualCartridge): void {
    this.model.place(elementAddress, cartridge);
    this.#tellOfHands(elementAddress);
  }

  /** A hand opens the door or closes it; whether it could. */
  setDoor(open: boolean): boolean {
    const { model } = this;
    if (model.doorOpen === open || open && model.prevented) return false;
    model.doorOpen = open;
    if (!open) this.attention(SENSE.mediumMayHaveChanged);
    return true;
  }

  #tellOfHands(elementAddress: number): void {
    const port = this.model.element(elementAddress)?.type === "importExport";
    this.attention(port ? SENSE.portAccessed : SENSE.mediumMayHaveChanged);
  }
}
