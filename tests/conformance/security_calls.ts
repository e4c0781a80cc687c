/**
 * The documented functions on who may do what, with the arguments that most
 * tests give.
 *
 * @module
 */

import {
  DACL_SECURITY_INFORMATION,
  type DWORD,
  GetNtmsObjectSecurity,
  type HANDLE,
  NTMS_UNKNOWN,
  SetNtmsObjectSecurity,
} from "../../src/ntms/ntmsapi.ts";
import {
  decodeSecurityDescriptor,
  type DescriptorEntry,
  type DescriptorParts,
  encodeSecurityDescriptor,
} from "../../src/ntms/security_descriptor.ts";
import type { AccessRight } from "../../src/model/mod.ts";
import { nameOf } from "../ntms/codes.ts";

const ROOM = 4096;

/** Reads a descriptor into a buffer with that much room; the name of the code. */
export async function getSecurity(
  hSession: HANDLE,
  id: string,
  how: {
    type?: DWORD;
    asked?: DWORD;
    room?: number;
    needed?: { value: number };
  } = {},
): Promise<string> {
  const room = how.room ?? ROOM;
  return nameOf(
    await GetNtmsObjectSecurity(
      hSession,
      id,
      how.type ?? NTMS_UNKNOWN,
      how.asked ?? DACL_SECURITY_INFORMATION,
      new Uint8Array(room),
      room,
      how.needed ?? { value: 0 },
    ),
  );
}

/** What a descriptor says of an object. */
export async function securityOf(
  hSession: HANDLE,
  id: string,
  asked: DWORD = 7,
): Promise<DescriptorParts> {
  const bytes = new Uint8Array(ROOM);
  const needed = { value: 0 };
  const code = await GetNtmsObjectSecurity(
    hSession,
    id,
    NTMS_UNKNOWN,
    asked,
    bytes,
    ROOM,
    needed,
  );
  if (code !== 0) throw new Error(nameOf(code));
  return decodeSecurityDescriptor(bytes.subarray(0, needed.value));
}

/** Sets what a descriptor says; the name of the code. */
export async function setSecurity(
  hSession: HANDLE,
  id: string,
  parts: Partial<DescriptorParts>,
  asked: DWORD = DACL_SECURITY_INFORMATION,
): Promise<string> {
  const bytes = encodeSecurityDescriptor({
    owner: null,
    group: null,
    entries: null,
    ...parts,
  });
  return nameOf(
    await SetNtmsObjectSecurity(hSession, id, NTMS_UNKNOWN, asked, bytes),
  );
}

/** An entry that gives rights. */
export function allowing(
  sid: string,
  ...rights: AccessRight[]
): DescriptorEntry {
  return { sid, rights, allow: true, inherited: false };
}
