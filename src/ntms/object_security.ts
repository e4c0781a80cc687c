/**
 * GetNtmsObjectSecurity and SetNtmsObjectSecurity.
 *
 * @module
 */

import { NtmsError } from "../model/errors.ts";
import type { Guid } from "../model/ids.ts";
import type { AccessChange, AccessEntry } from "../model/security.ts";
import { OBJECT_TYPES, type ObjectType } from "../model/states.ts";
import {
  invalid,
  readBits,
  readBytes,
  readDword,
  readGuid,
  readRef,
} from "./arguments.ts";
import { nameOfCode } from "./code_names.ts";
import { reachingService } from "./not_connected.ts";
import { NTMS_UNKNOWN } from "./object_constants.ts";
import { outcomeOf } from "./outcome.ts";
import {
  DACL_SECURITY_INFORMATION,
  GROUP_SECURITY_INFORMATION,
  OWNER_SECURITY_INFORMATION,
  SACL_SECURITY_INFORMATION,
} from "./security_constants.ts";
import {
  type DecodedDescriptor,
  decodeSecurityDescriptor,
  encodeSecurityDescriptor,
} from "./security_descriptor.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";

const KNOWN = OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION |
  DACL_SECURITY_INFORMATION | SACL_SECURITY_INFORMATION;

/**
 * Reads who owns a pool, a library or the computer, and who may do what to it,
 * as a self-relative SECURITY_DESCRIPTOR. Unix users are S-1-22-1-UID in it,
 * Unix groups S-1-22-2-GID, tokens S-1-22-3-NUMBER, everyone S-1-1-0,
 * administrators S-1-5-32-544 and the service S-1-5-18; the rights are
 * NTMS_USE_ACCESS, NTMS_MODIFY_ACCESS, NTMS_CONTROL_ACCESS and the standard
 * ones.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN.
 * @param RequestedInformation OWNER_SECURITY_INFORMATION,
 * GROUP_SECURITY_INFORMATION and DACL_SECURITY_INFORMATION; the rest of the
 * descriptor is left out.
 * @param lpSecurityDescriptor Receives the descriptor.
 * @param nLength The bytes there is room for.
 * @param lpnLengthNeeded Receives the bytes that the descriptor has.
 * @returns ERROR_SUCCESS; ERROR_INSUFFICIENT_BUFFER when there is no room: the
 * size that is needed is told, and the buffer stays as it is;
 * ERROR_NO_SECURITY_ON_OBJECT when what the object is in says who may do what
 * to it; ERROR_OBJECT_NOT_FOUND when no object of the type has the id;
 * ERROR_ACCESS_DENIED without READ_CONTROL on the object, or for
 * SACL_SECURITY_INFORMATION, which nobody may read; ERROR_INVALID_PARAMETER
 * for an argument that is missing or malformed; ERROR_INVALID_HANDLE when the
 * session is closed or unknown; ERROR_NOT_READY while the service starts;
 * ERROR_NOT_CONNECTED when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DACL_SECURITY_INFORMATION,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectSecurity,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [pool = ""] = pools;
 * const descriptor = new Uint8Array(1024);
 * const needed = { value: 0 };
 * const code = await GetNtmsObjectSecurity(
 *   hSession,
 *   pool,
 *   NTMS_MEDIA_POOL,
 *   DACL_SECURITY_INFORMATION,
 *   descriptor,
 *   descriptor.length,
 *   needed,
 * );
 * if (code === 0) console.log(descriptor.subarray(0, needed.value));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function GetNtmsObjectSecurity(
  hSession: HANDLE,
  lpObjectId: Guid,
  dwType: DWORD,
  RequestedInformation: DWORD,
  lpSecurityDescriptor: Uint8Array,
  nLength: DWORD,
  lpnLengthNeeded: Ref<DWORD>,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const id = readGuid(lpObjectId, "lpObjectId");
      const type = readType(dwType);
      const asked = readBits(
        RequestedInformation,
        KNOWN,
        "RequestedInformation",
      );
      const room = readDword(nLength, "nLength");
      const buffer = readBytes(
        lpSecurityDescriptor,
        room,
        "lpSecurityDescriptor",
      );
      readRef(lpnLengthNeeded, "lpnLengthNeeded");
      checkSacl(asked);

      const access = await reachingService(() => session.access(id, type));
      const bytes = encodeSecurityDescriptor({
        owner: asked & OWNER_SECURITY_INFORMATION ? access.ownerSid : null,
        group: asked & GROUP_SECURITY_INFORMATION ? access.groupSid : null,
        entries: asked & DACL_SECURITY_INFORMATION ? access.entries : null,
      });
      lpnLengthNeeded.value = bytes.length;
      if (bytes.length > room) {
        throw new NtmsError(
          "ERROR_INSUFFICIENT_BUFFER",
          `The security descriptor of ${id} has ${bytes.length} bytes and there is room for ${room}; call again with more`,
        );
      }
      buffer.set(bytes);
    })
  );
}

/**
 * Sets who owns a pool, a library or the computer, and who may do what to it.
 *
 * @param hSession The session.
 * @param lpObjectId The object.
 * @param dwType Its type, or NTMS_UNKNOWN.
 * @param SecurityInformation What to take of the descriptor:
 * OWNER_SECURITY_INFORMATION, GROUP_SECURITY_INFORMATION and
 * DACL_SECURITY_INFORMATION, at least one of them.
 * @param lpSecurityDescriptor A self-relative SECURITY_DESCRIPTOR, as
 * {@linkcode GetNtmsObjectSecurity} gives one. A DACL that is null lets
 * everyone do everything; one without entries lets nobody, but for
 * administrators and the owner, who may always change it.
 * @returns ERROR_SUCCESS; ERROR_NO_SECURITY_ON_OBJECT when what the object is
 * in says who may do what to it; ERROR_OBJECT_NOT_FOUND when no object of the
 * type has the id; ERROR_ACCESS_DENIED without WRITE_DAC on the object and
 * without owning it, to change the owner without WRITE_OWNER, to make someone
 * else the owner without being an administrator, or for
 * SACL_SECURITY_INFORMATION; ERROR_INVALID_PARAMETER for an argument that is
 * missing, or bytes that are no such descriptor or lack what is to be set;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when the catalogue cannot be
 * written; ERROR_NOT_READY while the service starts; ERROR_NOT_CONNECTED when
 * it cannot be reached any more.
 *
 * @example Give one pool the list of another
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DACL_SECURITY_INFORMATION,
 *   EnumerateNtmsObject,
 *   GetNtmsObjectSecurity,
 *   NTMS_MEDIA_POOL,
 *   OpenNtmsSession,
 *   SetNtmsObjectSecurity,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const [from = "", to = ""] = pools;
 * const bytes = new Uint8Array(1024);
 * const dacl = DACL_SECURITY_INFORMATION;
 * const code = await GetNtmsObjectSecurity(
 *   hSession,
 *   from,
 *   NTMS_MEDIA_POOL,
 *   dacl,
 *   bytes,
 *   bytes.length,
 *   { value: 0 },
 * );
 * if (code === 0) {
 *   await SetNtmsObjectSecurity(hSession, to, NTMS_MEDIA_POOL, dacl, bytes);
 * }
 * await CloseNtmsSession(hSession);
 * ```
 */
export function SetNtmsObjectSecurity(
  hSession: HANDLE,
  lpObjectId: Guid,
  dwType: DWORD,
  SecurityInformation: DWORD,
  lpSecurityDescriptor: Uint8Array,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const id = readGuid(lpObjectId, "lpObjectId");
      const type = readType(dwType);
      const asked = readBits(SecurityInformation, KNOWN, "SecurityInformation");
      if (asked === 0) {
        throw invalid("SecurityInformation is 0: nothing is to be set");
      }
      const descriptor = readDescriptor(
        lpSecurityDescriptor,
        "lpSecurityDescriptor",
      );
      checkSacl(asked);

      const change = changeOf(asked, descriptor);
      await reachingService(() => session.setAccess(id, change, type));
    })
  );
}

/** The entries of a descriptor's DACL, as sessions take them. */
export function readDacl(
  value: unknown,
  name: string,
): readonly AccessEntry[] {
  const { entries } = readDescriptor(value, name);
  if (entries === null) throw invalid(`${name} has no DACL`);
  return entriesOf(entries);
}

function readType(dwType: DWORD): ObjectType | null {
  if (dwType === NTMS_UNKNOWN) return null;
  const type = nameOfCode(OBJECT_TYPES, dwType);
  if (type !== null) return type;
  throw invalid(`dwType is not the type of an object: ${String(dwType)}`);
}

function readDescriptor(value: unknown, name: string): DecodedDescriptor {
  const bytes = readBytes(value, 0, name);
  try {
    return decodeSecurityDescriptor(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid(`${name} is no security descriptor: ${error.message}`);
  }
}

function checkSacl(asked: DWORD): void {
  if ((asked & SACL_SECURITY_INFORMATION) === 0) return;
  throw new NtmsError(
    "ERROR_ACCESS_DENIED",
    "Nobody has the privilege to read or set what is audited: the service audits everything",
  );
}

function changeOf(
  asked: DWORD,
  { entries, group, owner }: DecodedDescriptor,
): AccessChange {
  const lacking = asked & OWNER_SECURITY_INFORMATION && owner === null
    ? "owner"
    : asked & GROUP_SECURITY_INFORMATION && group === null
    ? "group"
    : asked & DACL_SECURITY_INFORMATION && entries === null
    ? "DACL"
    : null;
  if (lacking !== null) {
    throw invalid(`lpSecurityDescriptor has no ${lacking}, which is to be set`);
  }
  const takes = (bit: DWORD) => (asked & bit) !== 0;
  return {
    ...takes(OWNER_SECURITY_INFORMATION) && owner !== null
      ? { owner: `sid:${owner}` }
      : {},
    ...takes(GROUP_SECURITY_INFORMATION) && group !== null
      ? { group: `sid:${group}` }
      : {},
    ...takes(DACL_SECURITY_INFORMATION) && entries !== null
      ? { entries: entriesOf(entries) }
      : {},
  };
}

function entriesOf(
  entries: NonNullable<DecodedDescriptor["entries"]>,
): readonly AccessEntry[] {
  return entries.map(({ sid, ...entry }) => ({ who: `sid:${sid}`, ...entry }));
}
