/**
 * What good calls are about: a service with a library, media in many states
 * and requests.
 *
 * @module
 */

import {
  AddNtmsMediaType,
  DisableNtmsObject,
  ExportNtmsDatabase,
  type FilledObjectInformation,
  type HANDLE,
  NTMS_COMPUTER,
  NTMS_DRIVE,
  NTMS_MEDIA_TYPE,
  NTMS_MOUNT_SPECIFIC_DRIVE,
  SatisfyNtmsOperatorRequest,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { plugIn } from "./device_calls.ts";
import { requestsOf } from "./scene_requests.ts";
import { setAttribute, systemPool } from "./managing_calls.ts";
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
  /** The drive that it is mounted in. */
  readonly holder: string;
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
  /** A library that is not present. */
  readonly goneLibrary: string;
  /** A drive of it. */
  readonly goneDrive: string;
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

/** Lets a service take in the library with one cartridge more than it has later, and another library, which is gone then. */
export async function leaveOneOut(state: string): Promise<void> {
  const more = SCENE_LIBRARY.replace("cartridges=12", "cartridges=13");
  await using service = await RunningService.start({
    state,
    libraries: [more],
  });
  // One after the other, so that the other one is second.
  await plugIn(service);
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
  // Twice: it can be dismounted by its own id, and by that of its drive.
  await calls.mount(hSession, [mounted], { options, drives: [first] });
  await calls.mount(hSession, [mounted], { options, drives: [first] });
  const { online: [library = "", goneLibrary = ""] } = await calls.libraries(
    hSession,
  );
  const [goneDrive = ""] = await calls.idsOf(hSession, NTMS_DRIVE, goneLibrary);
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
    holder: first,
    sides: [
      await calls.sideOf(hSession, "LAB007L6"),
      await calls.sideOf(hSession, "LAB008L6"),
    ],
    cartridges: [await cartridge("LAB009L6"), await cartridge("LAB010L6")],
    offline: await cartridge(GONE),
    drive,
    disabled,
    library,
    goneLibrary,
    goneDrive,
    emptySlot: (await slots(hSession)).at(-1) ?? "",
    otherType: typeOf("DDS-4"),
    unusedType,
    requests: [await submitted(hSession), await submitted(hSession)],
    settled,
    info: await calls.infoOf(hSession, drive),
  };
}
