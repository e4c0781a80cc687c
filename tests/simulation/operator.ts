/**
 * A person at the library: moves cartridges by hand, takes some away, brings
 * some back, and does what operator requests ask for, or does not.
 *
 * @module
 */

import type { VirtualCartridge } from "../../src/changer/virtual/library.ts";
import type { CatalogueView } from "./catalogue_view.ts";
import type { Faults } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What the operator works with. */
export interface OperatorParts {
  readonly world: World;
  readonly faults: Faults;
  readonly library: TapeLibrary;
  readonly catalogue: CatalogueView;
  readonly ledger: Ledger;
  /** The catalogue no longer matches: hands were in the library. */
  readonly touched: () => void;
}

/** Whether a label is that of a cleaning cartridge. */
function isCleaner(barCode: string | null): boolean {
  return barCode?.startsWith("CLN") === true;
}

const DEEDS = [
  ["shift", 4],
  ["swap", 2],
  ["take out", 4],
  ["bring in", 4],
  ["answer", 4],
  ["open port", 1],
  ["close port", 2],
  ["reach into a drive", 1],
  ["free the gripper", 2],
  ["take from a port", 4],
  ["put into a port", 2],
  ["open the door", 1],
  ["close the door", 8],
] as const;

/** The operator. */
export class Operator {
  /** Cartridges outside the library. */
  readonly outside: VirtualCartridge[] = [];
  /** When a hand was last at an element, by turn. */
  readonly handAt = new Map<number, number>();
  readonly #parts: OperatorParts;
  /** Labels that are, or were, on more than one cartridge. */
  readonly #doubled = new Set<string>();
  readonly #labels = new Set<string>();
  #made = 0;

  /** An operator. */
  constructor(parts: OperatorParts) {
    this.#parts = parts;
  }

  /** Whether a label has always told one cartridge from all others. */
  isTelling(label: string): boolean {
    return label !== "" && this.#labels.has(label) && !this.#doubled.has(label);
  }

  /** A new cartridge; some have labels that cannot be read or are not their own. */
  newCartridge(): VirtualCartridge {
    const { faults, world } = this.#parts;
    const number = String(++this.#made).padStart(3, "0");
    const id = `cartridge ${number}`;
    if (faults.strikes("label unreadable")) return { id, barCode: null };
    const other = world.deeds.pick([...this.#labels]);
    if (other !== undefined && faults.strikes("label twice")) {
      this.#doubled.add(other);
      return { id, barCode: other };
    }
    const barCode = `SIM${number}L6`;
    this.#labels.add(barCode);
    return { id, barCode };
  }

  /** Puts a cleaning cartridge into a port, or into a slot where there are none. */
  bringCleaner(): void {
    const { world } = this.#parts;
    const known = this.outside.find(({ barCode }) => isCleaner(barCode));
    const ports = this.#empty("importExport");
    const places = ports.length > 0 ? ports : this.#empty("storage");
    const place = world.deeds.pick(places);
    if (place === undefined) return;
    const number = String(++this.#made).padStart(3, "0");
    const barCode = `CLN${number}CU`;
    this.#labels.add(barCode);
    const made = { id: `cleaner ${number}`, barCode };
    this.#bring(known ?? made, place.elementAddress);
  }

  /** Does something, as people do. */
  act(): void {
    const { library, world } = this.#parts;
    const chance = world.deeds;
    const deed = chance.weighted(DEEDS);
    switch (deed) {
      case "shift":
        return this.#carry(this.#anyFull(), this.#anyEmpty());
      case "swap":
        return this.#swap(this.#anyFull(), this.#anyFull());
      case "take out":
        return this.takeOut(this.#anyFull());
      case "bring in":
        return this.bringIn(
          chance.happens(0.6) ? chance.pick(this.outside) : undefined,
        );
      case "answer":
        return this.answer();
      case "open port":
      case "close port": {
        const port = chance.pick(library.elementsOf("importExport"));
        if (port !== undefined) port.open = deed === "open port";
        return;
      }
      case "reach into a drive":
        return this.takeOut(chance.pick(this.#full("dataTransfer")));
      case "free the gripper":
        return this.freeGripper();
      case "take from a port":
        return this.takeOut(chance.pick(this.#full("importExport")));
      case "put into a port":
        return this.#putIntoPort();
      case "open the door":
      case "close the door":
        return this.#useDoor(deed === "open the door");
      case undefined:
        return;
    }
  }

  #useDoor(open: boolean): void {
    const { library, world } = this.#parts;
    if (!library.setDoor(open)) return;
    world.count("hands");
    world.note(`hand: ${open ? "opens" : "closes"} the door`);
  }

  /** Takes everything out of the ports. */
  emptyPorts(): void {
    for (const port of this.#full("importExport")) this.takeOut(port);
  }

  #putIntoPort(): void {
    const { world } = this.#parts;
    const port = world.deeds.pick(this.#empty("importExport"));
    if (port === undefined) return;
    const known = world.deeds.pick(this.outside);
    this.#bring(known ?? this.newCartridge(), port.elementAddress);
  }

  #bring(cartridge: VirtualCartridge, elementAddress: number): void {
    const index = this.outside.indexOf(cartridge);
    if (index >= 0) this.outside.splice(index, 1);
    this.#put(elementAddress, cartridge);
  }

  /** Closes all ports and the door. */
  closeAll(): void {
    const { library } = this.#parts;
    for (const port of library.elementsOf("importExport")) port.open = false;
    library.setDoor(false);
  }

  /** Opens the door and closes it again, where a program let people at it. */
  visitDoor(): void {
    const { library } = this.#parts;
    library.setDoor(true);
    library.setDoor(false);
  }

  /**
   * Brings what operator requests ask for; makes room where there is none. Puts
   * nothing into the ports that it was asked to empty.
   */
  answer(portsAreWanted = false): void {
    const { catalogue, world } = this.#parts;
    for (const { command, about } of catalogue.operatorCalls()) {
      switch (command) {
        case "moveMedia": {
          const label = catalogue.barCodeOf(about);
          const wanted = this.outside.find(({ barCode }) => barCode === label);
          if (wanted !== undefined) this.bringIn(wanted, portsAreWanted);
          break;
        }
        case "newMedia":
          if (world.deeds.happens(0.5)) {
            this.bringIn(undefined, portsAreWanted);
          }
          break;
        default:
          if (this.#empty("storage").length === 0) {
            this.takeOut(world.deeds.pick(this.#full("storage")));
          }
      }
    }
  }

  /** Takes what the gripper holds and puts it into a slot. */
  freeGripper(): void {
    const [full] = this.#full("transport");
    if (full === undefined || this.#parts.library.model === undefined) return;
    const [slot] = this.#empty("storage");
    if (slot === undefined) this.takeOut(full);
    else this.#carry(full, slot);
  }

  /** Is in the library while the robot comes for a cartridge. */
  meddle(elementAddress: number): void {
    const { faults, library, world } = this.#parts;
    const chance = world.deeds;
    const { cartridge } = library.model.element(elementAddress) ?? {};
    const other = this.#anyFull();
    const unnoticed = chance.happens(0.5);
    if (chance.happens(0.4)) {
      return this.takeOut({ elementAddress }, unnoticed);
    }
    // Unnoticed and unread nobody could tell one cartridge from the other.
    const told = this.isTelling(cartridge?.barCode ?? "") &&
      this.isTelling(other?.cartridge?.barCode ?? "") &&
      !faults.has("label not read") && !faults.has("label read wrong");
    this.#swap({ elementAddress }, other, unnoticed && told);
  }

  /** Puts a cartridge in, a new one where none is named; nothing where nothing is free. */
  bringIn(known?: VirtualCartridge, slotsOnly = false): void {
    const place = slotsOnly
      ? this.#parts.world.deeds.pick(this.#empty("storage"))
      : this.#anyEmpty();
    if (place === undefined) return;
    this.#bring(known ?? this.newCartridge(), place.elementAddress);
  }

  /** Takes a cartridge away. */
  takeOut(
    from: { readonly elementAddress: number } | undefined,
    unnoticed = false,
  ): void {
    if (from === undefined) return;
    const cartridge = this.#take(from.elementAddress, unnoticed);
    if (cartridge !== null) this.outside.push(cartridge);
  }

  #carry(
    from: { readonly elementAddress: number } | undefined,
    to: { readonly elementAddress: number } | undefined,
  ): void {
    if (from === undefined || to === undefined) return;
    const cartridge = this.#take(from.elementAddress);
    if (cartridge !== null) this.#put(to.elementAddress, cartridge);
  }

  #swap(
    one: { readonly elementAddress: number } | undefined,
    other: { readonly elementAddress: number } | undefined,
    unnoticed = false,
  ): void {
    if (one === undefined || other === undefined) return;
    if (one.elementAddress === other.elementAddress) return;
    const first = this.#take(one.elementAddress, unnoticed);
    const second = this.#take(other.elementAddress, unnoticed);
    if (first !== null) this.#put(other.elementAddress, first, unnoticed);
    if (second !== null) this.#put(one.elementAddress, second, unnoticed);
  }

  /** `unnoticed`: the library has no sensor at that door. */
  #take(elementAddress: number, unnoticed = false): VirtualCartridge | null {
    const { library } = this.#parts;
    const cartridge = (unnoticed ? library.model : library).take(
      elementAddress,
    );
    if (cartridge === null) return null;
    this.#touch(elementAddress, `hand: takes ${cartridge.barCode} from`);
    return cartridge;
  }

  #put(
    elementAddress: number,
    cartridge: VirtualCartridge,
    unnoticed = false,
  ): void {
    const { library } = this.#parts;
    if (unnoticed) library.model.place(elementAddress, cartridge);
    else library.put(elementAddress, cartridge);
    this.#touch(elementAddress, `hand: puts ${cartridge.barCode} into`);
  }

  #touch(elementAddress: number, what: string): void {
    const { ledger, touched, world } = this.#parts;
    world.count("hands");
    world.note(`${what} ${elementAddress}`);
    this.handAt.set(elementAddress, world.turn);
    ledger.limit(0, (hold) => hold.elementAddress === elementAddress);
    touched();
  }

  #full(type: "transport" | "storage" | "importExport" | "dataTransfer") {
    return this.#parts.library.elementsOf(type).filter(({ cartridge }) =>
      cartridge !== null
    );
  }

  #empty(type: "storage" | "importExport") {
    return this.#parts.library.elementsOf(type).filter(({ cartridge }) =>
      cartridge === null
    );
  }

  #anyFull() {
    return this.#parts.world.deeds.pick([
      ...this.#full("storage"),
      ...this.#full("importExport"),
    ]);
  }

  #anyEmpty() {
    return this.#parts.world.deeds.pick([
      ...this.#empty("storage"),
      ...this.#empty("importExport"),
    ]);
  }
}
