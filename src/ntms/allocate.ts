/**
 * AllocateNtmsMedia and DeallocateNtmsMedia.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { LogicalMediumId, MediaPoolId, SideId } from "../model/ids.ts";
import { parseGuid } from "../model/ids.ts";
import {
  checkReserved,
  invalid,
  isNull,
  readBits,
  readDword,
  readGuid,
  readOptionalGuid,
  readOptions,
  readRef,
  readStructure,
} from "./arguments.ts";
import {
  NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
  NTMS_ALLOCATE_NEW,
  NTMS_ALLOCATE_NEXT,
  type NtmsAllocateOptions,
} from "./media_constants.ts";
import { outcomeOf } from "./outcome.ts";
import type { NTMS_ALLOCATION_INFORMATION } from "./request_structures.ts";
import { withSession } from "./session_handles.ts";
import { SIZEOF_NTMS_ALLOCATION_INFORMATION } from "./structure_sizes.ts";
import type { DWORD, HANDLE, NtmsCallOptions, Ref } from "./types.ts";

const KNOWN_OPTIONS = NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT |
  NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE;

/**
 * Allocates a side: it gets a logical medium, which is what an application
 * mounts, and no other application is given it. It is not mounted.
 *
 * A medium that is available in the pool is taken first, then one of the free
 * pool where the pool draws from there; else the operator is asked and the
 * call waits.
 *
 * @param hSession The session.
 * @param lpMediaPool The application's pool, one that holds media.
 * @param lpPartition A certain side, available or to be imported; `null` or
 * NTMS_NULLGUID for any.
 * @param lpMediaId Receives the logical medium. With NTMS_ALLOCATE_NEXT, going
 * in, a logical medium of the cartridge whose next side is wanted.
 * @param dwOptions NTMS_ALLOCATE_NEW or NTMS_ALLOCATE_NEXT, and
 * NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE; 0 for none.
 * @param dwTimeout How long to wait, ms; 0 does not wait, INFINITE waits for
 * ever.
 * @param lpAllocateInformation A structure whose `dwSize` is
 * SIZEOF_NTMS_ALLOCATION_INFORMATION; receives the pool that the medium came
 * from. `null` to leave it out.
 * @param options What no document knows: a signal.
 * @returns ERROR_SUCCESS; ERROR_MEDIA_UNAVAILABLE when nothing is available
 * and NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE is given, and when the side that is
 * named is not to be had; ERROR_TIMEOUT when the time ran out;
 * ERROR_CANCELLED when the operator refused, the session was closed or
 * `options.signal` aborted; ERROR_BUSY when too many calls wait already;
 * ERROR_INVALID_MEDIA_POOL when the pool is unknown, none to allocate from, or
 * of another media type than the side; ERROR_INVALID_MEDIA when no side has
 * the id, and with NTMS_ALLOCATE_NEXT when the logical medium is no good or
 * has no next side; ERROR_MEDIA_OFFLINE when the side is
 * offline; ERROR_INVALID_PARAMETER for an argument that is missing or
 * malformed; ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the pool; ERROR_DEVICE_NOT_AVAILABLE
 * when the free pool of the media type is missing; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   AllocateNtmsMedia,
 *   CloseNtmsSession,
 *   CreateNtmsMediaPool,
 *   ERROR_MEDIA_UNAVAILABLE,
 *   NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
 *   NTMS_OPEN_ALWAYS,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pool = { value: "" };
 * const action = NTMS_OPEN_ALWAYS;
 * await CreateNtmsMediaPool(hSession, "Backup", null, action, null, pool);
 * const medium = { value: "" };
 * const code = await AllocateNtmsMedia(
 *   hSession,
 *   pool.value,
 *   null,
 *   medium,
 *   NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
 *   0,
 *   null,
 * );
 * if (code === ERROR_MEDIA_UNAVAILABLE) console.log("Bring media");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function AllocateNtmsMedia(
  hSession: HANDLE,
  lpMediaPool: MediaPoolId,
  lpPartition: SideId | null,
  lpMediaId: Ref<LogicalMediumId>,
  dwOptions: NtmsAllocateOptions,
  dwTimeout: DWORD,
  lpAllocateInformation: Ref<NTMS_ALLOCATION_INFORMATION> | null,
  options?: NtmsCallOptions,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const pool = readGuid(lpMediaPool, "lpMediaPool");
      const side = readOptionalGuid(lpPartition, "lpPartition");
      const entry = readRef(lpMediaId, "lpMediaId");
      const bits = readBits(dwOptions, KNOWN_OPTIONS, "dwOptions");
      const timeoutMs = readDword(dwTimeout, "dwTimeout");
      if (!isNull(lpAllocateInformation)) {
        checkAllocationInformation(lpAllocateInformation);
      }

      const allocation = await session.allocate({
        pool,
        side,
        timeoutMs,
        ...readAllocateBits(bits, entry),
        ...readOptions(options),
      });
      lpMediaId.value = allocation.logicalMedium;
      if (isNull(lpAllocateInformation)) return;
      lpAllocateInformation.value = {
        dwSize: SIZEOF_NTMS_ALLOCATION_INFORMATION,
        lpReserved: null,
        AllocatedFrom: allocation.allocatedFrom,
      };
    })
  );
}

/**
 * Gives a logical medium back. Its side can be allocated again, by another
 * application too, unless it has reached the number of allocations that the
 * pool allows; then it is retired.
 *
 * @param hSession The session.
 * @param lpMediaId The logical medium; its id is good for nothing afterwards.
 * @param dwOptions 0.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when no logical medium has the
 * id; ERROR_BUSY while it is mounted; ERROR_INVALID_PARAMETER for an argument that is missing or malformed;
 * ERROR_INVALID_HANDLE when the session is closed or unknown;
 * ERROR_ACCESS_DENIED without CONTROL on the pool; ERROR_DATABASE_FAILURE and
 * ERROR_DATABASE_FULL when the catalogue cannot be written;
 * ERROR_NOT_ENOUGH_MEMORY when the service is at a limit; ERROR_NOT_READY
 * while the service starts; ERROR_CONNECTION_UNAVAIL when it cannot be reached
 * any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   DeallocateNtmsMedia,
 *   ERROR_INVALID_MEDIA,
 *   OpenNtmsSession,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const medium = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
 * const code = await DeallocateNtmsMedia(hSession, medium, 0);
 * if (code === ERROR_INVALID_MEDIA) console.log("It was given back before");
 * await CloseNtmsSession(hSession);
 * ```
 */
export function DeallocateNtmsMedia(
  hSession: HANDLE,
  lpMediaId: LogicalMediumId,
  dwOptions: DWORD,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const logicalMedium = readGuid(lpMediaId, "lpMediaId");
      checkReserved(dwOptions, "dwOptions");
      await session.deallocate(logicalMedium);
    })
  );
}

function checkAllocationInformation(pointer: unknown): void {
  const name = "lpAllocateInformation";
  readStructure(
    readRef(pointer, name),
    SIZEOF_NTMS_ALLOCATION_INFORMATION,
    name,
  );
}

function readAllocateBits(
  bits: DWORD,
  entry: unknown,
): Pick<
  Parameters<Session["allocate"]>[0],
  "wholeCartridge" | "nextOf" | "errorIfUnavailable"
> {
  const wholeCartridge = (bits & NTMS_ALLOCATE_NEW) !== 0;
  const next = (bits & NTMS_ALLOCATE_NEXT) !== 0;
  if (wholeCartridge && next) {
    throw invalid(
      "dwOptions has both NTMS_ALLOCATE_NEW and NTMS_ALLOCATE_NEXT: give one",
    );
  }
  return {
    wholeCartridge,
    errorIfUnavailable: (bits & NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE) !== 0,
    ...(next ? { nextOf: readEntryMedium(entry) } : {}),
  };
}

/** The logical medium that NTMS_ALLOCATE_NEXT starts from. */
function readEntryMedium(entry: unknown): LogicalMediumId {
  const id = typeof entry === "string" ? parseGuid(entry) : null;
  if (id !== null) return id;
  throw invalid(
    "lpMediaId holds no logical medium to find the next side of",
    "ERROR_INVALID_MEDIA",
  );
}
