/**
 * Errors of SetNtmsMediaComplete, SwapNtmsMedia, DecommissionNtmsMedia and
 * DeleteNtmsMedia.
 *
 * @module
 */

import {
  CloseNtmsSession,
  DeallocateNtmsMedia,
  DecommissionNtmsMedia,
  DeleteNtmsMedia,
  type DWORD,
  type HANDLE,
  NTMS_MOUNT_WRITE,
  NTMS_NULLGUID,
  SetNtmsMediaComplete,
  SwapNtmsMedia,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { LAST, withoutLast } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";

const A = "LAB001L6";
const B = "LAB002L6";

/** Calls with the medium of a closed session. */
async function afterClosing(
  hSession: HANDLE,
  id: string,
  call: (hSession: HANDLE, id: string) => Promise<DWORD>,
): Promise<DWORD> {
  await CloseNtmsSession(hSession);
  return await call(hSession, id);
}

const COMPLETE = rowsOf("SetNtmsMediaComplete", [
  [
    "ERROR_SUCCESS",
    "the side is allocated and not mounted",
    async (hSession) =>
      SetNtmsMediaComplete(hSession, await calls.allocated(hSession, A)),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no logical medium has the id",
    (hSession) => SetNtmsMediaComplete(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_STATE",
    "the side is complete already",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await SetNtmsMediaComplete(hSession, medium);
      return await SetNtmsMediaComplete(hSession, medium);
    },
    { lines: ["SetNtmsMediaComplete.1"] },
  ],
  [
    "ERROR_INVALID_STATE",
    "the medium is mounted",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await calls.mount(hSession, [medium]);
      return await SetNtmsMediaComplete(hSession, medium);
    },
    { lines: ["SetNtmsMediaComplete.1"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the medium's id is missing",
    (hSession) => SetNtmsMediaComplete(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) =>
      afterClosing(
        hSession,
        await calls.allocated(hSession, A),
        SetNtmsMediaComplete,
      ),
  ],
]);

const SWAP = rowsOf("SwapNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "both sides are allocated, in one pool and at rest",
    async (hSession) => {
      const [a, b] = await calls.allocatedAll(hSession, [A, B]);
      return await SwapNtmsMedia(hSession, a, b);
    },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no logical medium has one of the ids",
    async (hSession) =>
      SwapNtmsMedia(
        hSession,
        await calls.allocated(hSession, A),
        calls.NOBODY,
      ),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "one of the media is mounted",
    async (hSession) => {
      const [a, b] = await calls.allocatedAll(hSession, [A, B]);
      await calls.mount(hSession, [b]);
      return await SwapNtmsMedia(hSession, a, b);
    },
    { lines: ["SwapNtmsMedia.1"] },
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the media are in different pools",
    async (hSession) => {
      const other = await calls.poolId(hSession, "Other");
      return await SwapNtmsMedia(
        hSession,
        await calls.allocated(hSession, A),
        await calls.allocated(hSession, B, other),
      );
    },
    { lines: ["SwapNtmsMedia.1"] },
  ],
  [
    "ERROR_INVALID_STATE",
    "a side is complete",
    async (hSession) => {
      const [a, b] = await calls.allocatedAll(hSession, [A, B]);
      await SetNtmsMediaComplete(hSession, b);
      return await SwapNtmsMedia(hSession, a, b);
    },
    { lines: ["SwapNtmsMedia.1"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the second id is missing",
    async (hSession) =>
      SwapNtmsMedia(
        hSession,
        await calls.allocated(hSession, A),
        NTMS_NULLGUID,
      ),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const [a, b] = await calls.allocatedAll(hSession, [A, B]);
      await CloseNtmsSession(hSession);
      return await SwapNtmsMedia(hSession, a, b);
    },
  ],
]);

const DECOMMISSION = rowsOf("DecommissionNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "the side is available",
    async (hSession) =>
      DecommissionNtmsMedia(hSession, await calls.sideOf(hSession, A)),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no side has the id",
    (hSession) => DecommissionNtmsMedia(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "the id is that of a logical medium",
    async (hSession) =>
      DecommissionNtmsMedia(
        hSession,
        String(await calls.allocated(hSession, A)),
      ),
  ],
  [
    "ERROR_INVALID_STATE",
    "the side is allocated",
    async (hSession) => {
      await calls.allocated(hSession, A);
      return await DecommissionNtmsMedia(
        hSession,
        await calls.sideOf(hSession, A),
      );
    },
    { lines: ["DecommissionNtmsMedia.1"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the side's id is missing",
    (hSession) => DecommissionNtmsMedia(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) =>
      afterClosing(
        hSession,
        await calls.sideOf(hSession, A),
        DecommissionNtmsMedia,
      ),
  ],
]);

const DELETE = rowsOf("DeleteNtmsMedia", [
  [
    "ERROR_INVALID_MEDIA",
    "no cartridge has the id",
    (hSession) => DeleteNtmsMedia(hSession, calls.NOBODY),
  ],
  [
    "ERROR_INVALID_STATE",
    "the cartridge is in a library",
    async (hSession) =>
      DeleteNtmsMedia(hSession, (await calls.cartridgeOf(hSession, A)).id),
    { lines: ["DeleteNtmsMedia.1"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the cartridge's id is missing",
    (hSession) => DeleteNtmsMedia(hSession, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) =>
      afterClosing(
        hSession,
        (await calls.cartridgeOf(hSession, A)).id,
        DeleteNtmsMedia,
      ),
  ],
]);

async function deleteLast(hSession: HANDLE): Promise<string> {
  const { id } = await calls.cartridgeOf(hSession, LAST);
  return nameOf(await DeleteNtmsMedia(hSession, id));
}

const OFFLINE: readonly Row[] = [
  {
    name: "DeleteNtmsMedia",
    code: "ERROR_SUCCESS",
    cause: "the cartridge is in no library, and nobody's",
    produce: () =>
      withoutLast(async (hSession) => {
        const medium = await calls.allocated(hSession, LAST);
        return nameOf(await DeallocateNtmsMedia(hSession, medium, 0));
      }, deleteLast),
  },
  {
    name: "DeleteNtmsMedia",
    code: "ERROR_INVALID_STATE",
    cause: "a side of the cartridge is allocated",
    lines: ["DeleteNtmsMedia.1", "DeleteNtmsMedia.3"],
    produce: () =>
      withoutLast((hSession) => calls.allocated(hSession, LAST), deleteLast),
  },
];

const MOUNT = rowsOf("MountNtmsMedia", [
  [
    "ERROR_WRITE_PROTECT",
    "the side is complete, and is to be written",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await SetNtmsMediaComplete(hSession, medium);
      const options = NTMS_MOUNT_WRITE;
      return await calls.mount(hSession, [medium], { options });
    },
    { lines: ["MountNtmsMedia.7", "SetNtmsMediaComplete.2"] },
  ],
]);

/** The rows. */
export const MEDIA_LIFE_ERRORS: readonly Row[] = [
  ...COMPLETE,
  ...SWAP,
  ...DECOMMISSION,
  ...DELETE,
  ...OFFLINE,
  ...MOUNT,
];
