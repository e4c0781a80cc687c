/**
 * What the documents say of media in drives when time passes, a drive is
 * disabled, or a cartridge is missing.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  DisableNtmsObject,
  type HANDLE,
  InventoryNtmsLibrary,
  MountNtmsMedia,
  NTMS_DISMOUNT_DEFERRED,
  NTMS_DRIVE,
  NTMS_DRIVESTATE_DISMOUNTED,
  NTMS_INVENTORY_OMID,
  NTMS_LIBREQUEST,
  NTMS_LM_PASSED,
  NTMS_LM_PROCESSOMID,
  NTMS_MEDIASTATE_IDLE,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { WRITABLE_LIBRARY } from "./label_calls.ts";
import { LAST, withoutLast } from "./managing_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";
const B = "LAB002L6";

/** Mounts a medium and dismounts it deferred; its drive. */
async function leftInDrive(hSession: HANDLE): Promise<string> {
  const medium = await calls.allocated(hSession, A);
  await calls.mount(hSession, [medium]);
  const { Location } = await calls.cartridgeOf(hSession, A);
  const deferred = NTMS_DISMOUNT_DEFERRED;
  assertEquals(
    await calls.dismount(hSession, [medium], deferred),
    "ERROR_SUCCESS",
  );
  return Location;
}

/** Waits until a cartridge is in its home slot. */
async function untilHome(hSession: HANDLE): Promise<void> {
  await calls.until(async () => {
    const { HomeSlot, Location } = await calls.cartridgeOf(hSession, A);
    return Location === HomeSlot;
  });
}

Deno.test(
  "DismountNtmsMedia() deferred leaves the medium in the drive within the drive's delay: others go to a free drive, and lower ones wait",
  holds(["DismountNtmsMedia.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const drive = await leftInDrive(hSession);
    const info = await calls.infoOf(hSession, drive);
    assert(info.dwType === NTMS_DRIVE);
    assertEquals(info.Info.Drive.dwDeferDismountDelay, 300);
    const [b, c] = await calls.allocatedAll(hSession, [B, LAST]);
    assertEquals(await calls.mount(hSession, [b]), "ERROR_SUCCESS");
    const lower = await MountNtmsMedia(hSession, [c], [], 1, 0, -1, 50, null);
    assertEquals(nameOf(lower), "ERROR_TIMEOUT");
    assertEquals((await calls.cartridgeOf(hSession, A)).Location, drive);
  }),
);

Deno.test(
  "DisableNtmsObject() of a drive puts its medium away, and no mount uses the drive",
  holds(["DisableNtmsObject.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const drive = await leftInDrive(hSession);
    assertEquals(
      nameOf(await DisableNtmsObject(hSession, NTMS_DRIVE, drive)),
      "ERROR_SUCCESS",
    );
    await untilHome(hSession);
    const info = await calls.infoOf(hSession, drive);
    assert(info.dwType === NTMS_DRIVE && !info.Enabled);
    assertEquals(info.Info.Drive.State, NTMS_DRIVESTATE_DISMOUNTED);
    const { LogicalMedia } = await calls.sideInfoOf(hSession, A);
    assertEquals(await calls.mount(hSession, [LogicalMedia]), "ERROR_SUCCESS");
    const { Location } = await calls.cartridgeOf(hSession, A);
    assert(Location !== drive);
  }),
);

Deno.test(
  "MountNtmsMedia() mounts none of its media while one of them is offline",
  holds(["MountNtmsMedia.4"], async () => {
    const outcome = await withoutLast(
      async (hSession) =>
        (await calls.allocatedAll(hSession, [A, LAST])).join(),
      async (hSession, media) => {
        const { abort, signal } = calls.abortable();
        const waiting = calls.mount(hSession, media.split(","), { signal });
        await calls.untilOperatorRequest(hSession);
        const { MediaState } = await calls.cartridgeOf(hSession, A);
        assertEquals(MediaState, NTMS_MEDIASTATE_IDLE);
        abort();
        return await waiting;
      },
    );
    assertEquals(outcome, "ERROR_CANCELLED");
  }),
);

Deno.test(
  "InventoryNtmsLibrary() by labels empties a drive that nobody uses, and reads what is in use when it is free",
  holds(["InventoryNtmsLibrary.4"], async () => {
    await using service = await RunningService.start({
      libraries: [WRITABLE_LIBRARY],
    });
    const hSession = await service.open();
    await leftInDrive(hSession);
    const used = await calls.allocated(hSession, B);
    assertEquals(await calls.mount(hSession, [used]), "ERROR_SUCCESS");
    const { online: [library = ""] } = await calls.libraries(hSession);
    const method = NTMS_INVENTORY_OMID;
    assertEquals(await InventoryNtmsLibrary(hSession, library, method), 0);
    await untilHome(hSession);
    const { LocationType } = await calls.cartridgeOf(hSession, B);
    assertEquals(LocationType, NTMS_DRIVE);
    assertEquals(await calls.dismount(hSession, [used]), "ERROR_SUCCESS");
    const side = await calls.sideOf(hSession, B);
    await calls.until(async () =>
      (await calls.infosOf(hSession, NTMS_LIBREQUEST)).some(({ Info }) =>
        Info.LibRequest.OperationCode === NTMS_LM_PROCESSOMID &&
        Info.LibRequest.State === NTMS_LM_PASSED &&
        Info.LibRequest.PartitionId === side
      )
    );
  }),
);
