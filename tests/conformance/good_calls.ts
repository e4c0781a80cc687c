/**
 * One call of each documented function that succeeds, for tests that break
 * something around it.
 *
 * @module
 */

import {
  AccessNtmsLibraryDoor,
  AddNtmsMediaType,
  AllocateNtmsMedia,
  CancelNtmsLibraryRequest,
  CancelNtmsOperatorRequest,
  ChangeNtmsMediaType,
  CleanNtmsDrive,
  CreateNtmsMedia,
  CreateNtmsMediaPool,
  DACL_SECURITY_INFORMATION,
  DeallocateNtmsMedia,
  DecommissionNtmsMedia,
  DeleteNtmsDrive,
  DeleteNtmsLibrary,
  DeleteNtmsMedia,
  DeleteNtmsMediaPool,
  DeleteNtmsMediaType,
  DeleteNtmsRequests,
  DisableNtmsObject,
  DismountNtmsDrive,
  DismountNtmsMedia,
  EjectNtmsCleaner,
  EjectNtmsMedia,
  EnableNtmsObject,
  EnumerateNtmsObject,
  ERROR_EMPTY,
  ERROR_SUCCESS,
  ExportNtmsDatabase,
  GetNtmsMediaPoolName,
  GetNtmsObjectAttribute,
  GetNtmsObjectInformation,
  GetNtmsObjectSecurity,
  GetNtmsRequestOrder,
  GetNtmsUIOptions,
  IdentifyNtmsSlot,
  ImportNtmsDatabase,
  INFINITE,
  InjectNtmsCleaner,
  InjectNtmsMedia,
  InventoryNtmsLibrary,
  MountNtmsMedia,
  MoveToNtmsMediaPool,
  NTMS_CREATE_NEW,
  NTMS_DISMOUNT_IMMEDIATE,
  NTMS_DRIVE,
  NTMS_EJECT_START,
  NTMS_INJECT_START,
  NTMS_INJECT_STOP,
  NTMS_INVENTORY_FAST,
  NTMS_LIBREQUEST,
  NTMS_MEDIA_POOL,
  NTMS_OMID_TYPE_FILESYSTEM_INFO,
  NTMS_OPREQ_MESSAGE,
  NTMS_UIDEST_ADD,
  NTMS_UITYPE_REQ,
  NTMS_UNKNOWN,
  ReleaseNtmsCleanerSlot,
  ReserveNtmsCleanerSlot,
  SatisfyNtmsOperatorRequest,
  SetNtmsMediaComplete,
  SetNtmsObjectAttribute,
  SetNtmsObjectInformation,
  SetNtmsObjectSecurity,
  SetNtmsRequestOrder,
  SetNtmsUIOptions,
  SIZEOF_NTMS_OBJECTINFORMATION,
  SubmitNtmsOperatorRequest,
  SwapNtmsMedia,
  UpdateNtmsOmidInfo,
  WaitForNtmsOperatorRequest,
} from "../../src/ntms/ntmsapi.ts";
import { encodeSecurityDescriptor } from "../../src/ntms/security_descriptor.ts";
import { cartridge, side } from "./create_media.ts";
import * as calls from "./calls.ts";
import type { Scene } from "./scene.ts";

export {
  leaveOneOut,
  type Scene,
  SCENE_LIBRARY,
  setScene,
  startScene,
} from "./scene.ts";

/** Calls that succeed in the scene, by the documented name. */
export const GOOD_CALLS: Readonly<
  Record<string, (scene: Scene) => Promise<number>>
> = {
  AddNtmsMediaType: (it) =>
    AddNtmsMediaType(it.hSession, it.otherType, it.library),
  AllocateNtmsMedia: (it) =>
    AllocateNtmsMedia(
      it.hSession,
      it.pool,
      it.sides[0],
      { value: "" },
      0,
      0,
      null,
    ),
  GetNtmsRequestOrder: (it) =>
    GetNtmsRequestOrder(it.hSession, it.waiting, { value: 0 }),
  SetNtmsRequestOrder: (it) => SetNtmsRequestOrder(it.hSession, it.waiting, 1),
  CancelNtmsLibraryRequest: (it) =>
    CancelNtmsLibraryRequest(it.hSession, it.waiting),
  DeleteNtmsRequests: (it) =>
    DeleteNtmsRequests(it.hSession, [it.finished], NTMS_LIBREQUEST, 1),
  GetNtmsUIOptions: (it) =>
    GetNtmsUIOptions(
      it.hSession,
      it.computer,
      NTMS_UITYPE_REQ,
      { value: "" },
      { value: 99 },
    ),
  SetNtmsUIOptions: (it) =>
    SetNtmsUIOptions(
      it.hSession,
      it.computer,
      NTMS_UITYPE_REQ,
      NTMS_UIDEST_ADD,
      "desk",
    ),
  CreateNtmsMedia: (it) =>
    CreateNtmsMedia(
      it.hSession,
      { value: cartridge(it.pool, { szBarCode: "NEW001L6" }) },
      [side({ OmidLabelId: Uint8Array.of(7, 7, 7) })],
      0,
    ),
  CancelNtmsOperatorRequest: (it) =>
    CancelNtmsOperatorRequest(it.hSession, it.requests[0]),
  ChangeNtmsMediaType: (it) =>
    ChangeNtmsMediaType(it.hSession, it.cartridges[0], it.otherFree),
  CreateNtmsMediaPool: (it) =>
    CreateNtmsMediaPool(
      it.hSession,
      "More",
      null,
      NTMS_CREATE_NEW,
      null,
      { value: "" },
    ),
  DeallocateNtmsMedia: (it) =>
    DeallocateNtmsMedia(it.hSession, it.media[0] ?? "", 0),
  DecommissionNtmsMedia: (it) =>
    DecommissionNtmsMedia(it.hSession, it.sides[1]),
  DeleteNtmsMedia: (it) => DeleteNtmsMedia(it.hSession, it.offline),
  DeleteNtmsMediaPool: (it) => DeleteNtmsMediaPool(it.hSession, it.emptyPool),
  DeleteNtmsMediaType: (it) =>
    DeleteNtmsMediaType(it.hSession, it.unusedType, it.library),
  DeleteNtmsDrive: (it) => DeleteNtmsDrive(it.hSession, it.goneDrive),
  DeleteNtmsLibrary: (it) => DeleteNtmsLibrary(it.hSession, it.goneLibrary),
  DisableNtmsObject: (it) =>
    DisableNtmsObject(it.hSession, NTMS_DRIVE, it.drive),
  DismountNtmsDrive: (it) => DismountNtmsDrive(it.hSession, it.holder),
  DismountNtmsMedia: (it) => DismountNtmsMedia(it.hSession, [it.mounted], 1, 0),
  EnableNtmsObject: (it) =>
    EnableNtmsObject(it.hSession, NTMS_DRIVE, it.disabled),
  EnumerateNtmsObject: (it) =>
    EnumerateNtmsObject(it.hSession, null, [], { value: 9 }, NTMS_DRIVE, 0),
  ExportNtmsDatabase: (it) => ExportNtmsDatabase(it.hSession),
  GetNtmsMediaPoolName: (it) =>
    GetNtmsMediaPoolName(
      it.hSession,
      it.pool,
      { value: "" },
      { value: 512 },
    ),
  GetNtmsObjectAttribute: (it) =>
    GetNtmsObjectAttribute(
      it.hSession,
      it.pool,
      NTMS_MEDIA_POOL,
      "Owner",
      new Uint8Array(1),
      { value: 1 },
    ),
  GetNtmsObjectInformation: (it) =>
    GetNtmsObjectInformation(it.hSession, it.drive, {
      value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATION, dwType: NTMS_UNKNOWN },
    }),
  GetNtmsObjectSecurity: (it) =>
    GetNtmsObjectSecurity(
      it.hSession,
      it.pool,
      NTMS_MEDIA_POOL,
      DACL_SECURITY_INFORMATION,
      new Uint8Array(4096),
      4096,
      { value: 0 },
    ),
  IdentifyNtmsSlot: (it) =>
    IdentifyNtmsSlot(it.hSession, it.emptySlot, NTMS_DISMOUNT_IMMEDIATE),
  ImportNtmsDatabase: (it) => ImportNtmsDatabase(it.hSession),
  InventoryNtmsLibrary: (it) =>
    InventoryNtmsLibrary(it.hSession, it.library, NTMS_INVENTORY_FAST),
  MountNtmsMedia: (it) =>
    MountNtmsMedia(
      it.hSession,
      [it.media[4] ?? ""],
      [],
      1,
      0,
      0,
      INFINITE,
      null,
    ),
  MoveToNtmsMediaPool: (it) =>
    MoveToNtmsMediaPool(it.hSession, it.cartridges[1], it.pool),
  SatisfyNtmsOperatorRequest: (it) =>
    SatisfyNtmsOperatorRequest(it.hSession, it.requests[1]),
  SetNtmsMediaComplete: (it) =>
    SetNtmsMediaComplete(it.hSession, it.media[1] ?? ""),
  SetNtmsObjectAttribute: (it) =>
    SetNtmsObjectAttribute(
      it.hSession,
      it.pool,
      NTMS_MEDIA_POOL,
      "Other",
      Uint8Array.of(1),
      1,
    ),
  SetNtmsObjectInformation: (it) =>
    SetNtmsObjectInformation(it.hSession, it.drive, {
      ...it.info,
      szDescription: "In the cellar",
    }),
  SetNtmsObjectSecurity: (it) =>
    SetNtmsObjectSecurity(
      it.hSession,
      it.pool,
      NTMS_MEDIA_POOL,
      DACL_SECURITY_INFORMATION,
      encodeSecurityDescriptor({ owner: null, group: null, entries: [] }),
    ),
  SubmitNtmsOperatorRequest: (it) =>
    SubmitNtmsOperatorRequest(
      it.hSession,
      NTMS_OPREQ_MESSAGE,
      "Hello",
      null,
      null,
      { value: "" },
    ),
  SwapNtmsMedia: (it) =>
    SwapNtmsMedia(it.hSession, it.media[2] ?? "", it.media[3] ?? ""),
  UpdateNtmsOmidInfo: (it) =>
    UpdateNtmsOmidInfo(
      it.hSession,
      it.media[3] ?? "",
      NTMS_OMID_TYPE_FILESYSTEM_INFO,
      0,
      { FileSystemType: "UDF", VolumeName: "DATA", SerialNumber: 1 },
    ),
  WaitForNtmsOperatorRequest: (it) =>
    WaitForNtmsOperatorRequest(it.hSession, it.settled, 0),
  CleanNtmsDrive: (it) => CleanNtmsDrive(it.hSession, it.holder),
  ReserveNtmsCleanerSlot: (it) =>
    ReserveNtmsCleanerSlot(it.hSession, it.library, it.emptySlot),
  InjectNtmsCleaner: (it) => injectAndStop(it),
  // Nothing is there to be ejected, which it finds out last.
  EjectNtmsCleaner: async (it) => {
    const operation = { value: "" };
    const code = await EjectNtmsCleaner(
      it.hSession,
      it.library,
      operation,
      NTMS_EJECT_START,
    );
    return code === ERROR_EMPTY ? ERROR_SUCCESS : code;
  },
  ReleaseNtmsCleanerSlot: (it) =>
    ReleaseNtmsCleanerSlot(it.hSession, it.library),
  // These keep the robot from work until hands have come, or have not come in time.
  AccessNtmsLibraryDoor: (it) =>
    AccessNtmsLibraryDoor(it.hSession, it.library, NTMS_INVENTORY_FAST),
  EjectNtmsMedia: (it) =>
    EjectNtmsMedia(
      it.hSession,
      it.cartridges[0],
      { value: "" },
      NTMS_EJECT_START,
    ),
  InjectNtmsMedia: (it) =>
    InjectNtmsMedia(it.hSession, it.library, { value: "" }, NTMS_INJECT_START),
};

/** An injection that keeps nobody waiting. */
async function injectAndStop({ hSession, library }: Scene): Promise<number> {
  const operation = { value: "" };
  const code = await InjectNtmsCleaner(
    hSession,
    library,
    operation,
    5,
    NTMS_INJECT_START,
  );
  if (code !== ERROR_SUCCESS) return code;
  const stop = () =>
    InjectNtmsCleaner(hSession, library, operation, 5, NTMS_INJECT_STOP);
  // What has come to its end cannot be stopped again.
  await calls.until(async () => await stop() !== ERROR_SUCCESS);
  return code;
}
