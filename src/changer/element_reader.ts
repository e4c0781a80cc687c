/**
 * Reads the element status of a changer, in the portions and ways that it can
 * take, and remembers what it cannot.
 *
 * @module
 */
import { LIMITS } from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  decodeElementStatus,
  type DeviceIdentifier,
  type ElementStatus,
  type ElementStatusReport,
  readElementStatus,
} from "../scsi/mod.ts";
import type { ElementRange, ElementType } from "./changer.ts";
import type { Commander } from "./commander.ts";
import { isRefusal, malformed, type SenseError } from "./failures.ts";

/** Some devices look at the low two bytes of the allocation length only. */
const LARGEST_ANSWER = 0xffff;
/** A descriptor with both tags and an identifier of 64 bytes, the longest seen. */
const LONGEST_DESCRIPTOR = 12 + 2 * 36 + 4 + 64;
const HEADERS_SIZE = 16;
/** Bytes of the CDB that hold the allocation length. */
const ALLOCATION_FIELD = { first: 7, last: 9 } as const;

/** Reads the element status of one changer. */
export class ElementReader {
  readonly #commander: Commander;
  readonly #device: string;
  #volumeTags = true;
  #identifiers = true;
  /** Whether the device refuses an allocation length beyond what it has to say. */
  #exactAllocation = false;

  /** A reader for the changer behind a commander. */
  constructor(commander: Commander, device: string) {
    this.#commander = commander;
    this.#device = device;
  }

  /** Whether the changer takes VOLTAG, as far as is known. */
  get volumeTags(): boolean {
    return this.#volumeTags;
  }

  /** Whether the changer takes DVCID, as far as is known. */
  get identifiers(): boolean {
    return this.#identifiers;
  }

  /** Elements of one type in a range of addresses, with their volume tags. */
  async read(
    type: ElementType,
    range: ElementRange,
  ): Promise<readonly ElementStatus[]> {
    if (!this.#volumeTags) return await this.#readAll(type, range, {});
    try {
      return await this.#readAll(type, range, { volumeTags: true });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const elements = await this.#readAll(type, range, {});
      // Only now is it known that the tags were what the device refused.
      this.#volumeTags = false;
      return elements;
    }
  }

  /**
   * The identifiers of drives, by element address. A pass of its own: with
   * DVCID the flags and tags of some changers are wrong.
   */
  async driveIdentifiers(
    range: ElementRange,
  ): Promise<ReadonlyMap<number, DeviceIdentifier>> {
    const found = new Map<number, DeviceIdentifier>();
    if (!this.#identifiers || range.count === 0) return found;
    try {
      const elements = await this.#readAll("dataTransfer", range, {
        deviceIds: true,
      });
      for (const element of elements) {
        if (element.type !== "dataTransfer") continue;
        const { deviceIdentifier } = element;
        if (deviceIdentifier === null || deviceIdentifier.text === "") continue;
        found.set(element.elementAddress, deviceIdentifier);
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#identifiers = false;
    }
    return found;
  }

  /** All portions of a range. */
  async #readAll(
    type: ElementType,
    range: ElementRange,
    flags: Flags,
  ): Promise<readonly ElementStatus[]> {
    const found = new Map<number, ElementStatus>();
    const end = range.first + range.count;
    let start = range.first;
    while (start < end) {
      const count = Math.min(end - start, LIMITS.elementsInOneRead);
      const report = await this.#readPortion(type, start, count, flags, found);
      let last = -1;
      for (const element of report?.elements ?? []) {
        const { elementAddress } = element;
        // A device may send more than it was asked for (tgtd sends all).
        if (elementAddress < start || elementAddress >= end) continue;
        if (element.type !== type) continue;
        found.set(elementAddress, element);
        last = Math.max(last, elementAddress);
      }
      // Nothing new: what is left of the range has no elements behind it.
      if (last < 0) break;
      start = last + 1;
    }
    return [...found.values()].sort((a, b) =>
      a.elementAddress - b.elementAddress
    );
  }

  /** One portion; null where a later portion has nothing left to report. */
  async #readPortion(
    type: ElementType,
    start: number,
    count: number,
    flags: Flags,
    found: ReadonlyMap<number, ElementStatus>,
  ): Promise<ElementStatusReport | null> {
    try {
      return await this.#readCommand(type, start, count, flags);
    } catch (error) {
      // Some answer "invalid field" or "invalid address" where nothing is left.
      if (found.size > 0 && isRefusal(error)) return null;
      throw error;
    }
  }

  async #readCommand(
    type: ElementType,
    start: number,
    count: number,
    flags: Flags,
  ): Promise<ElementStatusReport> {
    const act = `read the element status of ${this.#device}`;
    const ask = async (size: number): Promise<ElementStatusReport> => {
      const request = { type, start, count, ...flags, allocationLength: size };
      const answer = await this.#commander.read(act, {
        cdb: readElementStatus(request),
        dataIn: size,
        timeoutMs: COMMAND_TIMEOUT_MS.readElementStatus,
      });
      try {
        return decodeElementStatus(answer, { allocationLength: size });
      } catch (error) {
        throw error instanceof RangeError ? malformed(act, error) : error;
      }
    };
    const exact = async (): Promise<ElementStatusReport> => {
      const announced = (await ask(8)).byteCount + 8;
      return await ask(Math.min(LARGEST_ANSWER, announced));
    };
    if (this.#exactAllocation) return await exact();
    const room = HEADERS_SIZE + count * LONGEST_DESCRIPTOR;
    try {
      return await ask(Math.min(LARGEST_ANSWER, room));
    } catch (error) {
      if (!isRefusal(error) || !objectsToAllocation(error)) throw error;
      this.#exactAllocation = true;
      return await exact();
    }
  }
}

interface Flags {
  readonly volumeTags?: boolean;
  readonly deviceIds?: boolean;
}

/** Whether the device says that the allocation length is at fault. */
function objectsToAllocation(error: SenseError): boolean {
  const { asc, ascq, fieldPointer } = error.detail;
  return asc === 0x24 && ascq === 0x00 && fieldPointer !== null &&
    fieldPointer.inCdb && fieldPointer.byte >= ALLOCATION_FIELD.first &&
    fieldPointer.byte <= ALLOCATION_FIELD.last;
}
