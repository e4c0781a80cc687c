/**
 * Which drive is in which bay of a virtual library, and what the drives that
 * were taken out hold.
 *
 * @module
 */
import type { DeviceIdentity, ElementRange } from "../changer.ts";
import {
  DRIVE_MODELS,
  type DriveModel,
  type VirtualMedia,
} from "./drive_models.ts";
import { driveIdentity } from "./identity.ts";

/** What a drive holds. */
interface Held {
  readonly id: string;
  readonly barCode: string | null;
}

/** Drives that are not where they were at first. */
export interface KeptBays {
  /** By bay; null for an empty one. */
  readonly bays: readonly {
    readonly elementAddress: number;
    readonly serialNumber: string | null;
  }[];
  /** Drives outside, with what is in them. */
  readonly outside: readonly {
    readonly serialNumber: string;
    readonly held: Held | null;
  }[];
}

/** The bays of one library. */
export class DriveBays {
  readonly #name: string;
  readonly #range: ElementRange;
  /** What its drives take. */
  readonly media: VirtualMedia;
  /** Serial numbers by address, where they are not those of the beginning; null for an empty bay. */
  readonly #changed = new Map<number, string | null>();
  readonly #outside = new Map<string, Held | null>();

  /** All full, as the library was delivered, or as it was kept. */
  constructor(
    name: string,
    range: ElementRange,
    media: VirtualMedia,
    kept?: KeptBays,
  ) {
    this.#name = name;
    this.#range = range;
    this.media = media;
    for (const { elementAddress, serialNumber } of kept?.bays ?? []) {
      this.#changed.set(elementAddress, serialNumber);
    }
    for (const { held, serialNumber } of kept?.outside ?? []) {
      this.#outside.set(serialNumber, held);
    }
  }

  /** What each of its drives is. */
  get model(): DriveModel {
    return DRIVE_MODELS[this.media];
  }

  /** Who is in a bay; null where it is empty, or no bay. */
  at(elementAddress: number): DeviceIdentity | null {
    const delivered = this.#delivered(elementAddress);
    const changed = this.#changed.get(elementAddress);
    if (delivered === null || changed === null) return null;
    return changed === undefined
      ? delivered
      : { ...delivered, serialNumber: changed };
  }

  /**
   * Takes the drive out of a bay, with what it holds.
   *
   * @throws {RangeError} When there is none.
   */
  takeOut(elementAddress: number, held: Held | null): void {
    const identity = this.at(elementAddress);
    if (identity === null) {
      throw new RangeError(`No drive is at element ${elementAddress}`);
    }
    this.#outside.set(identity.serialNumber, held);
    this.#changed.set(elementAddress, null);
  }

  /**
   * Puts a drive into an empty bay; what it holds.
   *
   * @param serialNumber Null for the one that was delivered there.
   * @throws {RangeError} When the bay is full or there is none, or the drive is in another one.
   */
  putIn(elementAddress: number, serialNumber: string | null): Held | null {
    const delivered = this.#delivered(elementAddress);
    if (delivered === null || this.at(elementAddress) !== null) {
      throw new RangeError(
        `Cannot put a drive into element ${elementAddress}: ${
          delivered === null ? "it is no bay" : "one is there"
        }`,
      );
    }
    const serial = serialNumber ?? delivered.serialNumber;
    if (this.#serials().includes(serial)) {
      throw new RangeError(`Drive ${serial} is in another bay`);
    }
    this.#changed.set(elementAddress, serial);
    const held = this.#outside.get(serial) ?? null;
    this.#outside.delete(serial);
    return held;
  }

  /** What is to be kept; null where all is as it was delivered. */
  kept(): KeptBays | null {
    if (this.#changed.size === 0) return null;
    return {
      bays: [...this.#changed].map(([elementAddress, serialNumber]) => ({
        elementAddress,
        serialNumber,
      })),
      outside: [...this.#outside].map(([serialNumber, held]) => ({
        serialNumber,
        held,
      })),
    };
  }

  #delivered(elementAddress: number): DeviceIdentity | null {
    const number = elementAddress - this.#range.first;
    return number >= 0 && number < this.#range.count
      ? driveIdentity(this.#name, number, this.model)
      : null;
  }

  #serials(): string[] {
    return Array.from(
      { length: this.#range.count },
      (_, index) => this.at(this.#range.first + index)?.serialNumber ?? "",
    );
  }
}
