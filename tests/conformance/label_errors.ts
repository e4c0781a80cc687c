/**
 * Errors of IdentifyNtmsSlot and UpdateNtmsOmidInfo.
 *
 * @module
 */

import {
  CloseNtmsSession,
  IdentifyNtmsSlot,
  NTMS_DISMOUNT_IMMEDIATE,
  NTMS_NULLGUID,
  NTMS_OMID_TYPE_FILESYSTEM_INFO,
  NTMS_OMID_TYPE_RAW_LABEL,
  UpdateNtmsOmidInfo,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import {
  ansiLabels,
  slots,
  told,
  WRITABLE_LIBRARY,
  written,
} from "./label_calls.ts";
import { inRun } from "./managing_calls.ts";
import { type Row, rowsOf } from "./rows.ts";
import { OTHER_LIBRARY, SMALL_LIBRARY } from "./running_service.ts";

const A = "LAB001L6";
const LABEL = ansiLabels("VOL001");
const WRITABLE = { libraries: [WRITABLE_LIBRARY] };
const IMMEDIATE = NTMS_DISMOUNT_IMMEDIATE;

const IDENTIFY = rowsOf("IdentifyNtmsSlot", [
  [
    "ERROR_SUCCESS",
    "the medium in the slot is identified",
    async (hSession) => {
      const [slot = ""] = await slots(hSession);
      return await IdentifyNtmsSlot(hSession, slot, IMMEDIATE);
    },
    { ...WRITABLE, lines: ["IdentifyNtmsSlot.1"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the slot's id is missing",
    (hSession) => IdentifyNtmsSlot(hSession, NTMS_NULLGUID, IMMEDIATE),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the option is neither immediate nor deferred",
    async (hSession) => {
      const [slot = ""] = await slots(hSession);
      return await IdentifyNtmsSlot(hSession, slot, 3);
    },
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no slot has the id",
    (hSession) => IdentifyNtmsSlot(hSession, calls.NOBODY, IMMEDIATE),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const [slot = ""] = await slots(hSession);
      await CloseNtmsSession(hSession);
      return await IdentifyNtmsSlot(hSession, slot, IMMEDIATE);
    },
  ],
]);

const OFFLINE: Row = {
  name: "IdentifyNtmsSlot",
  code: "ERROR_LIBRARY_OFFLINE",
  cause: "the slot's library is not connected",
  async produce() {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      const libraries = [SMALL_LIBRARY];
      const slot = await inRun(
        { state, libraries },
        async (hSession) => (await slots(hSession))[0] ?? "",
      );
      return await inRun(
        { state, libraries: [OTHER_LIBRARY] },
        async (hSession) =>
          nameOf(await IdentifyNtmsSlot(hSession, slot, IMMEDIATE)),
      );
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  },
};

const UPDATE = rowsOf("UpdateNtmsOmidInfo", [
  [
    "ERROR_SUCCESS",
    "a media label library knows the label of an allocated medium",
    async (hSession) =>
      await told(hSession, await calls.allocated(hSession, A), LABEL),
    { lines: ["UpdateNtmsOmidInfo.1"] },
  ],
  [
    "ERROR_SUCCESS",
    "the medium has a file system",
    async (hSession) =>
      await UpdateNtmsOmidInfo(
        hSession,
        await calls.allocated(hSession, A),
        NTMS_OMID_TYPE_FILESYSTEM_INFO,
        644,
        { FileSystemType: "UDF", VolumeName: "DATA", SerialNumber: 7 },
      ),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "no logical medium has the id",
    async (hSession) => await told(hSession, calls.NOBODY, LABEL),
  ],
  [
    "ERROR_INVALID_MEDIA",
    "the id is that of a side",
    async (hSession) =>
      await told(hSession, await calls.sideOf(hSession, A), LABEL),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the medium's id is missing",
    async (hSession) => await told(hSession, NTMS_NULLGUID, LABEL),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "no media label library claims the bytes",
    async (hSession) =>
      await told(
        hSession,
        await calls.allocated(hSession, A),
        new TextEncoder().encode("nobody knows this"),
      ),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the buffer has fewer bytes than it says",
    async (hSession) =>
      await UpdateNtmsOmidInfo(
        hSession,
        await calls.allocated(hSession, A),
        NTMS_OMID_TYPE_RAW_LABEL,
        LABEL.length + 1,
        LABEL,
      ),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await CloseNtmsSession(hSession);
      return await told(hSession, medium, LABEL);
    },
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    async (hSession, { service }) => {
      const medium = await calls.allocated(hSession, A);
      await service.close();
      return await told(hSession, medium, LABEL);
    },
  ],
]);

const MOUNT = rowsOf("MountNtmsMedia", [
  [
    "ERROR_INVALID_STATE",
    "another label is on the medium than its owner told of",
    async (hSession) => {
      const medium = await calls.allocated(hSession, A);
      await written(hSession, medium, LABEL);
      await told(hSession, medium, LABEL);
      await written(hSession, medium, ansiLabels("OTHER1"));
      return await calls.mount(hSession, [medium]);
    },
    WRITABLE,
  ],
]);

/** The errors and their causes. */
export const LABEL_ERRORS: readonly Row[] = [
  ...IDENTIFY,
  OFFLINE,
  ...UPDATE,
  ...MOUNT,
];
