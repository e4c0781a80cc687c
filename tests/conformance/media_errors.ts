/**
 * Errors of AllocateNtmsMedia, DeallocateNtmsMedia, MountNtmsMedia and
 * DismountNtmsMedia.
 *
 * @module
 */

import {
  CloseNtmsSession,
  DeallocateNtmsMedia,
  NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
  NTMS_ALLOCATE_NEXT,
  NTMS_DISMOUNT_DEFERRED,
  NTMS_MEDIA_POOL,
  NTMS_MEDIA_TYPE,
  NTMS_MOUNT_ERROR_NOT_AVAILABLE,
  NTMS_MOUNT_ERROR_OFFLINE,
  NTMS_MOUNT_SPECIFIC_DRIVE,
  NTMS_NULLGUID,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { LAST, withoutLast } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";
import { OTHER_LIBRARY, SMALL_LIBRARY } from "./running_service.ts";

const TWO = { libraries: [SMALL_LIBRARY, OTHER_LIBRARY] };
const WITHOUT_DRIVES = "virtual:bare?slots=4&drives=0&cartridges=0&files=no";
const AT_ONCE = NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE;
const A = "LAB001L6";
const B = "LAB002L6";
const C = "LAB003L6";

const ALLOCATE = rowsOf("AllocateNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "the side is available in the free pool",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const side = await calls.sideOf(hSession, A);
      return await calls.allocate(hSession, pool, { side });
    },
  ],
  [
    "ERROR_MEDIA_UNAVAILABLE",
    "the pool is empty and draws from nowhere",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      return await calls.allocate(hSession, pool, { options: AT_ONCE });
    },
  ],
  [
    "ERROR_TIMEOUT",
    "nobody brings a medium in time",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      return await calls.allocate(hSession, pool, { timeout: 30 });
    },
    { lines: ["AllocateNtmsMedia.7"] },
  ],
  [
    "ERROR_CANCELLED",
    "the session is closed while the call waits",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const waiting = calls.allocate(hSession, pool);
      await calls.untilOperatorRequest(hSession);
      await CloseNtmsSession(hSession);
      return await waiting;
    },
    { lines: ["CloseNtmsSession.2"] },
  ],
  [
    "ERROR_CANCELLED",
    "the caller's signal is aborted",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const { signal, abort } = calls.abortable();
      const waiting = calls.allocate(hSession, pool, { signal });
      await calls.untilOperatorRequest(hSession);
      abort();
      return await waiting;
    },
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "no pool has the id",
    (hSession) => calls.allocate(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool is the service's own",
    async (hSession) => {
      const [pool = ""] = await calls.idsOf(hSession, NTMS_MEDIA_POOL);
      return await calls.allocate(hSession, pool);
    },
    { lines: ["AllocateNtmsMedia.1"] },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no side has the id",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      return await calls.allocate(hSession, pool, { side: calls.NOBODY });
    },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "the cartridge has no next side",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const medium = { value: await calls.allocated(hSession, A, pool) };
      const options = NTMS_ALLOCATE_NEXT;
      return await calls.allocate(hSession, pool, { medium, options });
    },
    { lines: ["AllocateNtmsMedia.5"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the pool's id is missing",
    (hSession) => calls.allocate(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await CloseNtmsSession(hSession);
      return await calls.allocate(hSession, pool);
    },
  ],
  [
    "ERROR_DEVICE_NOT_AVAILABLE",
    "no library handles the media type, so it has no free pool",
    async (hSession, service) => {
      const [mediaType = ""] = await calls.idsOf(hSession, NTMS_MEDIA_TYPE);
      const pool = await service.drawingPool(mediaType);
      return await calls.allocate(hSession, pool);
    },
    { libraries: [WITHOUT_DRIVES] },
  ],
]);

const DEALLOCATE = rowsOf("DeallocateNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "the logical medium is allocated and not mounted",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      return await DeallocateNtmsMedia(hSession, medium, 0);
    },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "the logical medium was given back before",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await DeallocateNtmsMedia(hSession, medium, 0);
      return await DeallocateNtmsMedia(hSession, medium, 0);
    },
    { lines: ["DeallocateNtmsMedia.2"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the medium's id is missing",
    (hSession) => DeallocateNtmsMedia(hSession, NTMS_NULLGUID, 0),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await CloseNtmsSession(hSession);
      return await DeallocateNtmsMedia(hSession, medium, 0);
    },
  ],
]);

const MOUNT = rowsOf("MountNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "a drive is free",
    async (hSession) =>
      calls.mount(hSession, [await calls.allocated(hSession, A)]),
  ],
  [
    "ERROR_BUSY",
    "another application has the medium mounted",
    async (hSession, service) => {
      const medium = await calls.allocated(hSession, A);
      await calls.mount(hSession, [medium]);
      const other = await service.open("Other");
      const options = NTMS_MOUNT_ERROR_NOT_AVAILABLE;
      return await calls.mount(other, [medium], { options });
    },
    { lines: ["MountNtmsMedia.6", "MountNtmsMedia.14"] },
  ],
  [
    "ERROR_BUSY",
    "every drive is in use",
    async (hSession) => {
      const [a, b, c] = await calls.allocatedAll(hSession, [A, B, C]);
      await calls.mount(hSession, [a, b]);
      const options = NTMS_MOUNT_ERROR_NOT_AVAILABLE;
      return await calls.mount(hSession, [c], { options });
    },
    { lines: ["MountNtmsMedia.6"] },
  ],
  [
    "ERROR_TIMEOUT",
    "no drive becomes free in time",
    async (hSession) => {
      const [a, b, c] = await calls.allocatedAll(hSession, [A, B, C]);
      await calls.mount(hSession, [a, b]);
      return await calls.mount(hSession, [c], { timeout: 30 });
    },
    { lines: ["MountNtmsMedia.6"] },
  ],
  [
    "ERROR_CANCELLED",
    "the session is closed while the call waits",
    async (hSession) => {
      const [a, b, c] = await calls.allocatedAll(hSession, [A, B, C]);
      await calls.mount(hSession, [a, b]);
      const waiting = calls.mount(hSession, [c]);
      await calls.untilWaitingRequest(hSession);
      await CloseNtmsSession(hSession);
      return await waiting;
    },
    { lines: ["CloseNtmsSession.2"] },
  ],
  [
    "ERROR_CANCELLED",
    "the caller's signal is aborted",
    async (hSession) => {
      const [a, b, c] = await calls.allocatedAll(hSession, [A, B, C]);
      await calls.mount(hSession, [a, b]);
      const { signal, abort } = calls.abortable();
      const waiting = calls.mount(hSession, [c], { signal });
      await calls.untilWaitingRequest(hSession);
      abort();
      return await waiting;
    },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no medium has the id",
    (hSession) => calls.mount(hSession, [calls.NOBODY]),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "a medium is named twice, once by its side",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      const side = await calls.sideOf(hSession, A);
      return await calls.mount(hSession, [medium, side]);
    },
  ],
  [
    "ERROR_INVALID_DRIVE",
    "no drive has the id",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      const options = NTMS_MOUNT_SPECIFIC_DRIVE;
      const drives = [calls.NOBODY];
      return await calls.mount(hSession, [medium], { options, drives });
    },
  ],
  [
    "ERROR_DRIVE_MEDIA_MISMATCH",
    "the drive is in another library",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      const drives = [await calls.driveElsewhere(hSession, A)];
      const options = NTMS_MOUNT_SPECIFIC_DRIVE;
      return await calls.mount(hSession, [medium], { options, drives });
    },
    TWO,
  ],
  [
    "ERROR_INVALID_LIBRARY",
    "the media are in two libraries",
    async (hSession) =>
      calls.mount(
        hSession,
        await calls.allocatedAll(hSession, [A, "OTH001L6"]),
      ),
    { ...TWO, lines: ["MountNtmsMedia.4"] },
  ],
  [
    "ERROR_RESOURCE_NOT_AVAILABLE",
    "there are more media than drives",
    async (hSession) =>
      calls.mount(hSession, await calls.allocatedAll(hSession, [A, B, C])),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "no medium is named",
    (hSession) => calls.mount(hSession, []),
  ],
]);

const DISMOUNT = rowsOf("DismountNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "the medium is mounted",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await calls.mount(hSession, [medium]);
      return await calls.dismount(hSession, [medium], NTMS_DISMOUNT_DEFERRED);
    },
  ],
  [
    "ERROR_INVALID_STATE",
    "the medium is not mounted",
    async (hSession) =>
      calls.dismount(hSession, [await calls.allocated(hSession, A)]),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no medium has the id",
    (hSession) => calls.dismount(hSession, [calls.NOBODY]),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "a medium is named twice",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await calls.mount(hSession, [medium]);
      return await calls.dismount(hSession, [medium, medium]);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "no medium is named",
    (hSession) => calls.dismount(hSession, []),
  ],
]);

/** A medium whose cartridge a person took away while the service was down. */
function offline(
  name: string,
  act: (hSession: bigint, medium: string) => Promise<string>,
  before: (hSession: bigint) => Promise<string>,
): Row {
  return {
    name,
    code: "ERROR_MEDIA_OFFLINE",
    cause: "the medium is in no library",
    produce: () => withoutLast(before, act),
  };
}

const OFFLINE: readonly Row[] = [
  offline(
    "AllocateNtmsMedia",
    async (hSession, side) =>
      calls.allocate(hSession, await calls.poolId(hSession), { side }),
    (hSession) => calls.sideOf(hSession, LAST),
  ),
  offline(
    "MountNtmsMedia",
    (hSession, medium) =>
      calls.mount(hSession, [medium], { options: NTMS_MOUNT_ERROR_OFFLINE }),
    (hSession) => calls.allocated(hSession, LAST),
  ),
  offline(
    "DismountNtmsMedia",
    (hSession, medium) => calls.dismount(hSession, [medium]),
    (hSession) => calls.allocated(hSession, LAST),
  ),
];

/** The rows. */
export const MEDIA_ERRORS: readonly Row[] = [
  ...ALLOCATE,
  ...DEALLOCATE,
  ...MOUNT,
  ...DISMOUNT,
  ...OFFLINE,
];
