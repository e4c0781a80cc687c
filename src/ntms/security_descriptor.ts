/**
 * Security descriptors as bytes: self-relative SECURITY_DESCRIPTORs with SIDs,
 * ACLs and ACEs, as [MS-DTYP] 2.4 lays them out. Little-endian but for the
 * authority of a SID.
 *
 * @module
 */

import {
  ACCESS_RIGHTS,
  type AccessRight,
  ALL_RIGHTS,
  formatSid,
  parseSid,
} from "../model/security.ts";

/** An entry with the security identifier of the one it is about. */
export interface DescriptorEntry {
  /** Such as "S-1-22-1-1000". */
  readonly sid: string;
  /** What it gives or denies. */
  readonly rights: readonly AccessRight[];
  /** Whether it gives or denies. */
  readonly allow: boolean;
  /** Whether it came from the pool above. */
  readonly inherited: boolean;
}

/** What a security descriptor says; null where it says nothing about that. */
export interface DescriptorParts {
  /** Security identifier of the owner. */
  readonly owner: string | null;
  /** Security identifier of the group. */
  readonly group: string | null;
  /** The entries in their order. */
  readonly entries: readonly DescriptorEntry[] | null;
}

const REVISION = 1;
const ACL_REVISION = 2;
const HEADER_BYTES = 20;
const ACL_BYTES = 8;
const ACE_BYTES = 8;
const SID_BYTES = 8;
const MOST_PARTS = 15;

const SE_DACL_PRESENT = 0x0004;
const SE_SACL_PRESENT = 0x0010;
const SE_SELF_RELATIVE = 0x8000;

const ALLOWED = 0;
const DENIED = 1;
const INHERIT_ONLY = 0x08;
const INHERITED = 0x10;

const EVERYONE = "S-1-1-0";

/** Rights for all of a kind, which mean some of the others. */
const GENERIC: readonly (readonly [bit: number, AccessRight[]])[] = [
  [0x8000_0000, ["use", "readControl"]],
  [0x4000_0000, ["use", "modify", "writeDac"]],
  [0x2000_0000, ["use", "modify", "control"]],
  [0x1000_0000, [...ALL_RIGHTS]],
];

function hasBit(mask: number, bit: number): boolean {
  // Bit 31 is a sign to the operators of numbers, on both sides alike.
  return (mask & bit) !== 0;
}

function maskOf(rights: readonly AccessRight[]): number {
  return rights.reduce((mask, right) => mask | ACCESS_RIGHTS[right], 0);
}

/** The rights that an access mask has. */
function rightsOf(mask: number, offset: number): AccessRight[] {
  const has = new Set(
    ALL_RIGHTS.filter((right) => hasBit(mask, ACCESS_RIGHTS[right])),
  );
  let known = maskOf(ALL_RIGHTS);
  for (const [bit, rights] of GENERIC) {
    known |= bit;
    if (hasBit(mask, bit)) { for (const right of rights) has.add(right); }
  }
  if ((mask & ~known) !== 0) {
    throw new RangeError(
      `The access mask 0x${
        mask.toString(16)
      } at byte ${offset} has bits that are no right`,
    );
  }
  return ALL_RIGHTS.filter((right) => has.has(right));
}

/** Writes the parts that are not null. */
export function encodeSecurityDescriptor(
  { entries, group, owner }: DescriptorParts,
): Uint8Array<ArrayBuffer> {
  const parts = [
    owner === null ? null : encodeSid(owner),
    group === null ? null : encodeSid(group),
    entries === null ? null : encodeAcl(entries),
  ];
  const size = parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
  const bytes = new Uint8Array(HEADER_BYTES + size);
  const view = new DataView(bytes.buffer);
  bytes[0] = REVISION;
  const present = entries === null ? 0 : SE_DACL_PRESENT;
  view.setUint16(2, SE_SELF_RELATIVE | present, true);
  let end = HEADER_BYTES;
  for (const [index, part] of parts.entries()) {
    if (part === null) continue;
    // Owner, group, SACL, DACL.
    view.setUint32(index === 2 ? 16 : 4 + 4 * index, end, true);
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

function encodeSid(sid: string): Uint8Array {
  const numbers = parseSid(sid);
  if (numbers === null) throw new RangeError(`"${sid}" is no SID`);
  const { authority, parts } = numbers;
  const bytes = new Uint8Array(SID_BYTES + 4 * parts.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = REVISION;
  bytes[1] = parts.length;
  view.setUint16(2, Math.floor(authority / 2 ** 32));
  view.setUint32(4, authority % 2 ** 32);
  parts.forEach((part, index) =>
    view.setUint32(SID_BYTES + 4 * index, part, true)
  );
  return bytes;
}

function encodeAcl(entries: readonly DescriptorEntry[]): Uint8Array {
  const aces = entries.map(encodeAce);
  const size = aces.reduce((sum, ace) => sum + ace.length, ACL_BYTES);
  if (size > 0xffff) {
    throw new RangeError(`An ACL has 65535 bytes at most, not ${size}`);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes[0] = ACL_REVISION;
  view.setUint16(2, size, true);
  view.setUint16(4, aces.length, true);
  let end = ACL_BYTES;
  for (const ace of aces) {
    bytes.set(ace, end);
    end += ace.length;
  }
  return bytes;
}

function encodeAce(
  { allow, inherited, rights, sid }: DescriptorEntry,
): Uint8Array {
  const name = encodeSid(sid);
  const bytes = new Uint8Array(ACE_BYTES + name.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = allow ? ALLOWED : DENIED;
  bytes[1] = inherited ? INHERITED : 0;
  view.setUint16(2, bytes.length, true);
  view.setUint32(4, maskOf(rights), true);
  bytes.set(name, ACE_BYTES);
  return bytes;
}

/** Bytes that are looked into only after their length was. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const { buffer, byteLength, byteOffset } = bytes;
    this.#view = new DataView(buffer, byteOffset, byteLength);
  }

  /** Makes sure that there are `size` bytes at `offset`. */
  need(offset: number, size: number, what: string): void {
    const { length } = this.#bytes;
    if (offset <= length && size <= length - offset) return;
    throw new RangeError(
      `${what} needs ${size} bytes at byte ${offset}, and the descriptor has ${length}`,
    );
  }

  byte(offset: number): number {
    return this.#view.getUint8(offset);
  }

  word(offset: number): number {
    return this.#view.getUint16(offset, true);
  }

  dword(offset: number): number {
    return this.#view.getUint32(offset, true);
  }

  /** A SID that ends at `end` at the latest. */
  sid(offset: number, end: number): { readonly sid: string; size: number } {
    this.need(offset, SID_BYTES, "A SID");
    const count = this.byte(offset + 1);
    const size = SID_BYTES + 4 * count;
    if (this.byte(offset) !== REVISION || count < 1 || count > MOST_PARTS) {
      throw new RangeError(`There is no SID at byte ${offset}`);
    }
    if (size > end - offset) {
      throw new RangeError(
        `The SID at byte ${offset} has ${size} bytes, more than there is room for`,
      );
    }
    const high = this.#view.getUint16(offset + 2);
    const authority = high * 2 ** 32 + this.#view.getUint32(offset + 4);
    const parts = Array.from(
      { length: count },
      (_, index) => this.dword(offset + SID_BYTES + 4 * index),
    );
    return { sid: formatSid({ authority, parts }), size };
  }
}

/** A security descriptor as it was given. */
export interface DecodedDescriptor extends DescriptorParts {
  /** Whether it has a SACL. */
  readonly hasSacl: boolean;
}

/**
 * Reads a security descriptor. One with a DACL that is null lets everyone do
 * everything, as on Windows.
 *
 * @throws {RangeError} The bytes are none.
 */
export function decodeSecurityDescriptor(bytes: Uint8Array): DecodedDescriptor {
  const reader = new Reader(bytes);
  reader.need(0, HEADER_BYTES, "A security descriptor");
  if (reader.byte(0) !== REVISION) {
    throw new RangeError(
      `The bytes are of revision ${
        reader.byte(0)
      }, and those of a security descriptor of ${REVISION}`,
    );
  }
  const control = reader.word(2);
  if (!hasBit(control, SE_SELF_RELATIVE)) {
    throw new RangeError("The security descriptor is not self-relative");
  }
  const sidAt = (offset: number) =>
    offset === 0 ? null : reader.sid(offset, bytes.length).sid;
  return {
    owner: sidAt(reader.dword(4)),
    group: sidAt(reader.dword(8)),
    entries: hasBit(control, SE_DACL_PRESENT)
      ? decodeDacl(reader, reader.dword(16))
      : null,
    hasSacl: hasBit(control, SE_SACL_PRESENT),
  };
}

function decodeDacl(reader: Reader, offset: number): DescriptorEntry[] {
  if (offset === 0) {
    const rights = [...ALL_RIGHTS];
    return [{ sid: EVERYONE, rights, allow: true, inherited: false }];
  }
  reader.need(offset, ACL_BYTES, "An ACL");
  const size = reader.word(offset + 2);
  const count = reader.word(offset + 4);
  if (reader.byte(offset) !== ACL_REVISION || size < ACL_BYTES) {
    throw new RangeError(`There is no ACL of revision 2 at byte ${offset}`);
  }
  reader.need(offset, size, "The ACL");
  const entries: DescriptorEntry[] = [];
  let at = offset + ACL_BYTES;
  for (let index = 0; index < count; index++) {
    const { entry, size: aceSize } = decodeAce(reader, at, offset + size);
    entries.push(entry);
    at += aceSize;
  }
  return entries;
}

function decodeAce(
  reader: Reader,
  offset: number,
  end: number,
): { readonly entry: DescriptorEntry; readonly size: number } {
  if (end - offset < ACE_BYTES) {
    throw new RangeError(`The ACL ends before the ACE at byte ${offset}`);
  }
  const type = reader.byte(offset);
  const flags = reader.byte(offset + 1);
  const size = reader.word(offset + 2);
  if (size < ACE_BYTES || size > end - offset) {
    throw new RangeError(
      `The ACE at byte ${offset} says that it has ${size} bytes`,
    );
  }
  if (type !== ALLOWED && type !== DENIED) {
    throw new RangeError(
      `The ACE at byte ${offset} neither allows nor denies: its type is ${type}`,
    );
  }
  if (hasBit(flags, INHERIT_ONLY)) {
    throw new RangeError(
      `The ACE at byte ${offset} is for objects in the object only, which have no list of their own`,
    );
  }
  const { sid, size: sidSize } = reader.sid(
    offset + ACE_BYTES,
    offset + size,
  );
  if (ACE_BYTES + sidSize !== size) {
    throw new RangeError(`The ACE at byte ${offset} is longer than its SID`);
  }
  const rights = rightsOf(reader.dword(offset + 4), offset + 4);
  const inherited = hasBit(flags, INHERITED);
  return { entry: { sid, rights, allow: type === ALLOWED, inherited }, size };
}
