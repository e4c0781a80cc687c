/**
 * Which drive of a changer is which device of this host, by serial number.
 *
 * @module
 */
import { DESIGNATOR_TYPE, type DeviceIdentifier } from "../scsi/mod.ts";

/** A device that may be one of the drives. */
export interface Candidate {
  /** VPD page 80h, trimmed; empty where there is none. */
  readonly serialNumber: string;
  /** Designators of VPD page 83h. */
  readonly designators: readonly DeviceIdentifier[];
}

/** Bytes of vendor and product in a T10 designator. */
const T10_NAMES_SIZE = 24;

/**
 * The serial number in what a changer tells of a drive: all of it, or what
 * follows vendor and product.
 */
export function serialNumberIn(identifier: DeviceIdentifier): string {
  const text = identifier.text.trim();
  if (identifier.type !== DESIGNATOR_TYPE.t10) return text;
  return text.length > T10_NAMES_SIZE
    ? text.slice(T10_NAMES_SIZE).trim()
    : text.split(/\s+/).at(-1) ?? text;
}

/** Whether a device is the drive that a changer means. */
export function matches(
  identifier: DeviceIdentifier,
  candidate: Candidate,
): boolean {
  const { serialNumber, designators } = candidate;
  const text = identifier.text.trim();
  if (text === "") return false;
  if (
    designators.some((designator) =>
      designator.type === identifier.type && designator.text.trim() === text
    )
  ) return true;
  return serialNumber !== "" &&
    (text === serialNumber || serialNumberIn(identifier) === serialNumber ||
      // A longer identifier that ends so: vendors differ in what stands before.
      (serialNumber.length >= 6 && text.endsWith(serialNumber)));
}

/**
 * Pairs element addresses with devices. Only a pair that is unique on both
 * sides counts: bridges give several drives one identity.
 */
export function matchDrives<T extends Candidate>(
  identifiers: ReadonlyMap<number, DeviceIdentifier>,
  candidates: readonly T[],
): ReadonlyMap<number, T> {
  const claims = new Map<T, number[]>();
  for (const [elementAddress, identifier] of identifiers) {
    const found = candidates.filter((candidate) =>
      matches(identifier, candidate)
    );
    const [only] = found;
    if (only === undefined || found.length > 1) continue;
    claims.set(only, [...(claims.get(only) ?? []), elementAddress]);
  }
  const pairs = new Map<number, T>();
  for (const [candidate, addresses] of claims) {
    const [address] = addresses;
    if (address !== undefined && addresses.length === 1) {
      pairs.set(address, candidate);
    }
  }
  return pairs;
}
