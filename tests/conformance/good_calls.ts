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
  CreateNtmsMedia,
  CreateNtmsMediaPool,
  DACL_SECURITY_INFORMATION,
  DeallocateNtmsMedia,
  DecommissionNtmsMedia,
  DeleteNtmsMedia,
  DeleteNtmsMediaPool,
  DeleteNtmsMediaType,
  DeleteNtmsRequests,
  DisableNtmsObject,
  DismountNtmsMedia,
  EjectNtmsMedia,
  EnableNtmsObject,
  EnumerateNtmsObject,
  ExportNtmsDatabase,
  type FilledObjectInformation,
  GetNtmsMediaPoolName,
  GetNtmsObjectAttribute,
  GetNtmsObjectInformation,
  GetNtmsObjectSecurity,
  GetNtmsRequestOrder,
  GetNtmsUIOptions,
  type HANDLE,
  IdentifyNtmsSlot,
  ImportNtmsDatabase,
  INFINITE,
  InjectNtmsMedia,
  InventoryNtmsLibrary,
  MountNtmsMedia,
  MoveToNtmsMediaPool,
  NTMS_COMPUTER,
  NTMS_CREATE_NEW,
  NTMS_DISMOUNT_IMMEDIATE,
  NTMS_DRIVE,
  NTMS_EJECT_START,
  NTMS_INJECT_START,
  NTMS_INVENTORY_FAST,
  NTMS_LIBREQUEST,
  NTMS_MEDIA_POOL,
  NTMS_MEDIA_TYPE,
  NTMS_MOUNT_SPECIFIC_DRIVE,
  NTMS_OMID_TYPE_FILESYSTEM_INFO,
  NTMS_OPREQ_MESSAGE,
  NTMS_UIDEST_ADD,
  NTMS_UITYPE_REQ,
  NTMS_UNKNOWN,
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
import * as calls from "./calls.ts";
import { cartridge, side } from "./create_media.ts";
import { requestsOf } from "./scene_requests.ts";
import { inRun, setAttribute, systemPool } from "./managing_calls.ts";
import { slots } from "./label_calls.ts";
import { submitted } from "./operator_errors.ts";
import {
  RunningService,
  type RunningServiceOptions,
} from "./running_service.ts";

/** The library of the scene; one more cartridge was in it before. */
export const SCENE_LIBRARY =
  "virtual:scene?slots=16&drives=3&cartridges=12&barcodes=LAB%03dL6&files=no";
const GONE = "LAB013L6";

/** What the calls are about. */
export interface Scene {
  /** A session. */
  readonly hSession: HANDLE;
  /** The pool that the media are in, with an attribute "Owner". */
  readonly pool: string;
  /** A pool with nothing in it. */
  readonly emptyPool: string;
  /** The free pool of another type than the cartridges'. */
  readonly otherFree: string;
  /** Logical media at rest. */
  readonly media: readonly string[];
  /** One that is mounted. */
  readonly mounted: string;
  /** Sides that nobody has. */
  readonly sides: readonly [string, string];
  /** Cartridges that nobody has. */
  readonly cartridges: readonly [string, string];
  /** A cartridge that is in no library. */
  readonly offline: string;
  /** A drive that is enabled. */
  readonly drive: string;
  /** One that is disabled. */
  readonly disabled: string;
  /** The library. */
  readonly library: string;
  /** A slot of it with nothing in it. */
  readonly emptySlot: string;
  /** A media type that the library does not handle. */
  readonly otherType: string;
  /** One that it handles, without cartridges. */
  readonly unusedType: string;
  /** Operator requests that nobody settled. */
  readonly requests: readonly [string, string];
  /** One that is done. */
  readonly settled: string;
  /** A library request that waits: a mount. */
  readonly waiting: string;
  /** One that is finished. */
  readonly finished: string;
  /** The computer. */
  readonly computer: string;
  /** What was read of the drive. */
  readonly info: FilledObjectInformation;
}

/** Lets a service take in the library with one cartridge more than it has later. */
export async function leaveOneOut(state: string): Promise<void> {
  const more = SCENE_LIBRARY.replace("cartridges=12", "cartridges=13");
  await inRun({ state, libraries: [more] }, () => Promise.resolve(""));
}

/** Starts a service where the scene can be set. */
export async function startScene(
  state: string,
  options: RunningServiceOptions = {},
): Promise<RunningService> {
  await leaveOneOut(state);
  const libraries = [SCENE_LIBRARY];
  return await RunningService.start({ ...options, state, libraries });
}

/** Makes what the calls are about. */
export async function setScene(hSession: HANDLE): Promise<Scene> {
  const [mounted, ...media] = await calls.allocatedAll(hSession, [
    "LAB001L6",
    "LAB002L6",
    "LAB003L6",
    "LAB004L6",
    "LAB005L6",
    "LAB006L6",
  ]);
  const pool = await calls.poolId(hSession);
  await setAttribute(hSession, pool, "Owner", Uint8Array.of(1));
  const [first = "", drive = "", disabled = ""] = await calls.driveIds(
    hSession,
  );
  await DisableNtmsObject(hSession, NTMS_DRIVE, disabled);
  await calls.until(async () =>
    !(await calls.infoOf(hSession, disabled)).Enabled
  );
  const options = NTMS_MOUNT_SPECIFIC_DRIVE;
  await calls.mount(hSession, [mounted], { options, drives: [first] });
  const { online: [library = ""] } = await calls.libraries(hSession);
  const types = await calls.infosOf(hSession, NTMS_MEDIA_TYPE);
  const typeOf = (name: string) =>
    types.find(({ szName }) => szName === name)?.ObjectGuid ?? "";
  const unusedType = typeOf("DDS-3");
  await AddNtmsMediaType(hSession, unusedType, library);
  await ExportNtmsDatabase(hSession);
  const cartridge = async (barCode: string) =>
    (await calls.cartridgeOf(hSession, barCode)).id;
  const settled = await submitted(hSession);
  await SatisfyNtmsOperatorRequest(hSession, settled);
  const [computer = ""] = await calls.idsOf(hSession, NTMS_COMPUTER);
  return {
    hSession,
    computer,
    ...await requestsOf(hSession, pool),
    pool,
    emptyPool: await calls.poolId(hSession, "Empty"),
    otherFree: await systemPool(hSession, "\\Free\\LTO-7"),
    media,
    mounted,
    sides: [
      await calls.sideOf(hSession, "LAB007L6"),
      await calls.sideOf(hSession, "LAB008L6"),
    ],
    cartridges: [await cartridge("LAB009L6"), await cartridge("LAB010L6")],
    offline: await cartridge(GONE),
    drive,
    disabled,
    library,
    emptySlot: (await slots(hSession)).at(-1) ?? "",
    otherType: typeOf("DDS-4"),
    unusedType,
    requests: [await submitted(hSession), await submitted(hSession)],
    settled,
    info: await calls.infoOf(hSession, drive),
  };
}

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
  DisableNtmsObject: (it) =>
    DisableNtmsObject(it.hSession, NTMS_DRIVE, it.drive),
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
