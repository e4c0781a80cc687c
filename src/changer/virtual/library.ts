/**
 * The model of a tape library: its elements, what is in them, and the rules of
 * what can move where. It has no time of its own and does no I/O.
 *
 * @module
 */
import type { Clock } from "../../model/mod.ts";
import type { ElementLayout, ElementRange, ElementType } from "../changer.ts";
import { isCleaning } from "../elements.ts";
import { Cleaners, Dirt } from "./dirt.ts";
import { DriveUnit } from "./drive_unit.ts";
import { atField, SENSE, type SenseCode } from "./sense_codes.ts";
import { type Timing, travelMs } from "./timing.ts";

/** A cartridge of the virtual library. */
export interface VirtualCartridge {
  /** Tells cartridges apart, also where labels do not; names the medium's file. */
  readonly id: string;
  /** Null for a label that cannot be read. */
  readonly barCode: string | null;
}

/** A place for a cartridge. */
export interface VirtualElement {
  readonly elementAddress: number;
  readonly type: ElementType;
  cartridge: VirtualCartridge | null;
  /** The slot that the cartridge last came from. */
  sourceAddress: number | null;
  /** Of a port: the cartridge was put there by an operator. */
  byOperator: boolean;
  /** Of a port: extended, out of the transport's reach. */
  open: boolean;
}

/** The types in the order in which this library has their addresses. */
const TYPES: readonly ElementType[] = [
  "transport",
  "importExport",
  "dataTransfer",
  "storage",
];

/** Byte of a MOVE MEDIUM or EXCHANGE MEDIUM command that holds each address. */
const FIELD = { transport: 2, source: 4, target: 6, secondTarget: 8 } as const;

/** What wears off in a library. */
export interface Wear {
  /** @default {Cleaning cartridges without end} */
  readonly cleaners?: Cleaners;
  /** After so many loads a drive asks for a cleaning. @default {0} Never. */
  readonly dirtyAfter?: number;
}

/** The whole library. */
export class LibraryModel {
  readonly layout: ElementLayout;
  /** By type, in the order of their addresses: of a large library a map would take a third more memory. */
  readonly #elements: Readonly<Record<ElementType, readonly VirtualElement[]>>;
  readonly #drives = new Map<number, DriveUnit>();
  /** What its cleaning cartridges have done. */
  readonly cleaners: Cleaners;
  readonly #timing: Timing;
  /** Address before which each transport stands, by its own; at the first slot to begin with. */
  readonly #positions = new Map<number, number>();
  /** Initiators that lock the ports. */
  readonly #preventing = new Set<string>();
  /** Bays from which the drive was taken. */
  readonly emptyBays = new Set<number>();
  /** How often each cartridge was loaded since the library was opened. */
  readonly loads = new Map<string, number>();
  /** Whether the door is open; the robot stands still then. */
  doorOpen = false;

  /** An empty library. */
  constructor(
    layout: ElementLayout,
    clock: Clock,
    timing: Timing,
    { cleaners = new Cleaners(Infinity), dirtyAfter = 0 }: Wear = {},
  ) {
    this.layout = layout;
    this.cleaners = cleaners;
    this.#timing = timing;
    const all = (type: ElementType) =>
      addressesOf(layout[type]).map((address) => emptyElement(address, type));
    this.#elements = {
      transport: all("transport"),
      importExport: all("importExport"),
      dataTransfer: all("dataTransfer"),
      storage: all("storage"),
    };
    for (const address of addressesOf(layout.dataTransfer)) {
      const dirt = new Dirt(dirtyAfter, cleaners);
      this.#drives.set(address, new DriveUnit(clock, timing, dirt));
    }
  }

  /** The element at an address; undefined where there is none. */
  element(elementAddress: number): VirtualElement | undefined {
    for (const type of TYPES) {
      const { first, count } = this.layout[type];
      const index = elementAddress - first;
      if (index >= 0 && index < count) return this.#elements[type][index];
    }
    return undefined;
  }

  /** The drive at an address; undefined where there is none. */
  drive(elementAddress: number): DriveUnit | undefined {
    return this.#drives.get(elementAddress);
  }

  /** Elements of one type from an address on, in the order of their addresses. */
  elementsFrom(
    type: ElementType,
    first: number,
    count: number,
  ): VirtualElement[] {
    const range = this.layout[type];
    const start = Math.max(first, range.first) - range.first;
    return this.#elements[type].slice(start, Math.max(start, start + count));
  }

  /** Every element, in the order of their addresses. */
  *elements(): Iterable<VirtualElement> {
    for (const type of TYPES) yield* this.#elements[type];
  }

  /** Why a cartridge cannot be moved; null when it can. */
  moveRefusal(
    transport: number,
    source: number,
    target: number,
  ): SenseCode | null {
    const from = this.element(source);
    const to = this.element(target);
    const arm = this.#arm(transport, source);
    if (this.doorOpen) return SENSE.doorOpen;
    if (arm !== null) return arm;
    if (from === undefined) return atField(SENSE.invalidElement, FIELD.source);
    if (to === undefined) return atField(SENSE.invalidElement, FIELD.target);
    if (from.open || to.open) return SENSE.portNotAccessible;
    if (this.#lacksDrive(source, target)) return SENSE.driveRemoved;
    if (from.cartridge === null) {
      return atField(SENSE.sourceEmpty, FIELD.source);
    }
    if (to.cartridge !== null && to !== from) {
      return atField(SENSE.targetFull, FIELD.target);
    }
    return this.#drives.get(source)?.refusal() ?? null;
  }

  /** Moves a cartridge; the caller asked {@linkcode moveRefusal} just before. */
  move(source: number, target: number): void {
    const from = this.element(source);
    const to = this.element(target);
    if (from === undefined || to === undefined) {
      throw new RangeError(`No element is at ${source} or ${target}`);
    }
    if (from === to) return;
    const { cartridge, sourceAddress } = from;
    this.#clear(from);
    to.cartridge = cartridge;
    to.sourceAddress = from.type === "storage" ? source : sourceAddress;
    to.byOperator = false;
    this.takeIn(target);
  }

  /** A drive takes in the cartridge that has come to it. */
  takeIn(elementAddress: number): void {
    const drive = this.#drives.get(elementAddress);
    const cartridge = this.element(elementAddress)?.cartridge ?? null;
    if (drive === undefined || cartridge === null) return;
    if (isCleaning(0, cartridge.barCode)) drive.clean(cartridge.id);
    else {
      drive.load();
      this.loads.set(cartridge.id, (this.loads.get(cartridge.id) ?? 0) + 1);
    }
  }

  /** Why two cartridges cannot be exchanged; null when they can. */
  exchangeRefusal(
    transport: number,
    source: number,
    firstTarget: number,
    secondTarget: number,
  ): SenseCode | null {
    const from = this.element(source);
    const first = this.element(firstTarget);
    const second = this.element(secondTarget);
    const arm = this.#arm(transport, source);
    if (this.doorOpen) return SENSE.doorOpen;
    if (arm !== null) return arm;
    if (from === undefined) return atField(SENSE.invalidElement, FIELD.source);
    if (first === undefined || first === from) {
      return atField(SENSE.invalidElement, FIELD.target);
    }
    if (second === undefined || second === first) {
      return atField(SENSE.invalidElement, FIELD.secondTarget);
    }
    if (from.open || first.open || second.open) return SENSE.portNotAccessible;
    if (this.#lacksDrive(source, firstTarget, secondTarget)) {
      return SENSE.driveRemoved;
    }
    if (from.cartridge === null) {
      return atField(SENSE.sourceEmpty, FIELD.source);
    }
    if (first.cartridge === null) {
      return atField(SENSE.sourceEmpty, FIELD.target);
    }
    if (second !== from && second.cartridge !== null) {
      return atField(SENSE.targetFull, FIELD.secondTarget);
    }
    const { first: arms, count } = this.layout.transport;
    const hasRoom = this.elementsFrom("transport", arms, count)
      .some(({ cartridge }) => cartridge === null);
    if (!hasRoom) return atField(SENSE.targetFull, FIELD.transport);
    return this.#drives.get(source)?.refusal() ??
      this.#drives.get(firstTarget)?.refusal() ?? null;
  }

  /** Exchanges; the caller asked {@linkcode exchangeRefusal} just before. */
  exchange(source: number, firstTarget: number, secondTarget: number): void {
    const { first, count } = this.layout.transport;
    const free = this.elementsFrom("transport", first, count)
      .find((arm) => arm.cartridge === null);
    if (free === undefined) throw new RangeError("Every transport is full");
    // The transport has room for one cartridge while the other one moves.
    this.move(firstTarget, free.elementAddress);
    this.move(source, firstTarget);
    this.move(free.elementAddress, secondTarget);
  }

  #lacksDrive(...elementAddresses: readonly number[]): boolean {
    return elementAddresses.some((address) => this.emptyBays.has(address));
  }

  /** The transport that a command names; the first one where it names none. */
  transportOf(named: number): number {
    return named === 0 ? this.layout.transport.first : named;
  }

  /** How long a transport takes from place to place, gripping at each. */
  motionMs(transport: number, ...places: readonly number[]): number {
    let total = 0;
    let at = this.#positions.get(this.transportOf(transport)) ??
      this.layout.storage.first;
    for (const place of places) {
      total += travelMs(
        this.#timing,
        this.#fraction(at),
        this.#fraction(place),
      );
      total += this.#timing.gripMs;
      at = place;
    }
    return total;
  }

  /** A transport stands before another element. */
  stand(transport: number, elementAddress: number): void {
    this.#positions.set(this.transportOf(transport), elementAddress);
  }

  /** Locks the ports, or unlocks them, for one initiator. */
  prevent(initiator: string, prevented: boolean): void {
    if (prevented) this.#preventing.add(initiator);
    else this.#preventing.delete(initiator);
  }

  /** Whether an initiator locks the ports. */
  get prevented(): boolean {
    return this.#preventing.size > 0;
  }

  /** Puts a cartridge into an empty element, as a hand does. */
  place(
    elementAddress: number,
    cartridge: VirtualCartridge,
    sourceAddress: number | null = null,
  ): void {
    const element = this.element(elementAddress);
    if (element === undefined || element.cartridge !== null) {
      throw new RangeError(
        `Cannot put a cartridge into element ${elementAddress}: ${
          element === undefined ? "there is none" : "it is full"
        }`,
      );
    }
    element.cartridge = cartridge;
    element.sourceAddress = sourceAddress;
    element.byOperator = element.type === "importExport";
  }

  /** Takes the cartridge out of an element, as a hand does; null when it is empty. */
  take(elementAddress: number): VirtualCartridge | null {
    const element = this.element(elementAddress);
    if (element === undefined) return null;
    const { cartridge } = element;
    this.#clear(element);
    return cartridge;
  }

  #clear(element: VirtualElement): void {
    element.cartridge = null;
    element.sourceAddress = null;
    element.byOperator = false;
    this.#drives.get(element.elementAddress)?.release();
  }

  /**
   * What is wrong with the transport named, or null: there is none such, or it
   * holds a cartridge other than the one to move. 0 leaves the choice to the
   * library.
   */
  #arm(elementAddress: number, source: number): SenseCode | null {
    const { first, count } = this.layout.transport;
    const named = elementAddress === 0
      ? this.elementsFrom("transport", first, count)
      : [this.element(elementAddress)];
    const arms = named.filter((element) => element?.type === "transport");
    if (arms.length === 0) {
      return atField(SENSE.invalidElement, FIELD.transport);
    }
    const usable = arms.some((arm) =>
      arm?.cartridge === null || arm?.elementAddress === source
    );
    return usable ? null : atField(SENSE.targetFull, FIELD.transport);
  }

  /** Where a place stands along the robot's way, from 0 to 1. */
  #fraction(elementAddress: number): number {
    let before = 0;
    let place = 0;
    for (const type of TYPES) {
      const { first, count } = this.layout[type];
      if (elementAddress >= first && elementAddress < first + count) {
        place = before + elementAddress - first;
      }
      before += count;
    }
    return place / before;
  }
}

function emptyElement(
  elementAddress: number,
  type: ElementType,
): VirtualElement {
  return {
    elementAddress,
    type,
    cartridge: null,
    sourceAddress: null,
    byOperator: false,
    open: false,
  };
}

function addressesOf(range: ElementRange): number[] {
  return Array.from({ length: range.count }, (_, i) => range.first + i);
}
