/**
 * What the documents say of mounting and dismounting, as far as it holds now.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  DeallocateNtmsMedia,
  type HANDLE,
  MountNtmsMedia,
  NTMS_DISMOUNT_DEFERRED,
  NTMS_DRIVE,
  type NTMS_DRIVEINFORMATION,
  NTMS_DRIVESTATE_DISMOUNTABLE,
  NTMS_DRIVESTATE_DISMOUNTED,
  NTMS_DRIVESTATE_LOADED,
  NTMS_LIBREQUEST,
  type NTMS_LIBREQUESTINFORMATION,
  NTMS_LM_CANCELLED,
  NTMS_LM_DISMOUNT,
  NTMS_LM_MOUNT,
  NTMS_LM_PASSED,
  NTMS_MEDIASTATE_IDLE,
  NTMS_MEDIASTATE_LOADED,
  NTMS_MOUNT_ERROR_NOT_AVAILABLE,
  NTMS_MOUNT_NOWAIT,
  NTMS_MOUNT_SPECIFIC_DRIVE,
  NTMS_MOUNT_WRITE,
  NTMS_OPREQ_MOVEMEDIA,
  NTMS_OPREQUEST,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { holds } from "./record.ts";
import { RunningService, SMALL_LIBRARY } from "./running_service.ts";

const A = "LAB001L6";
const B = "LAB002L6";
const C = "LAB003L6";

/** The drive that a cartridge is in. */
async function driveOf(
  hSession: HANDLE,
  barCode: string,
): Promise<NTMS_DRIVEINFORMATION> {
  const { Location } = await calls.cartridgeOf(hSession, barCode);
  const info = await calls.infoOf(hSession, Location);
  assert(info.dwType === NTMS_DRIVE);
  return info.Info.Drive;
}

/** The library requests of one kind, the oldest first. */
async function requests(
  hSession: HANDLE,
  operation: number,
): Promise<NTMS_LIBREQUESTINFORMATION[]> {
  return (await calls.infosOf(hSession, NTMS_LIBREQUEST))
    .map(({ Info }) => Info.LibRequest)
    .filter(({ OperationCode }) => OperationCode === operation);
}

async function mountsSoFar(hSession: HANDLE): Promise<number> {
  const drives = await calls.infosOf(hSession, NTMS_DRIVE);
  return drives.reduce((sum, { Info }) => sum + Info.Drive.dwMountCount, 0);
}

Deno.test(
  "MountNtmsMedia() ends with the medium loaded in the drive it names, and counts",
  holds(["MountNtmsMedia.1", "MountNtmsMedia.13"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const media = await calls.allocatedAll(hSession, [A, B]);
    const drives: string[] = [];
    const before = await mountsSoFar(hSession);
    assertEquals(
      await calls.mount(hSession, media, { drives }),
      "ERROR_SUCCESS",
    );
    assertEquals(await mountsSoFar(hSession), before + 2);
    for (const [index, barCode] of [A, B].entries()) {
      const cartridge = await calls.cartridgeOf(hSession, barCode);
      assertEquals(cartridge.Location, drives[index]);
      assertEquals(cartridge.LocationType, NTMS_DRIVE);
      assertEquals(cartridge.MediaState, NTMS_MEDIASTATE_LOADED);
      const sideId = await calls.sideOf(hSession, barCode);
      assertEquals(cartridge.MountedPartition, sideId);
      const drive = await driveOf(hSession, barCode);
      assertEquals(drive.State, NTMS_DRIVESTATE_LOADED);
      assertEquals(drive.SavedPartitionId, sideId);
      assertEquals((await calls.sideInfoOf(hSession, barCode)).dwMountCount, 1);
    }
  }),
);

Deno.test(
  "MountNtmsMedia() takes a side's id too, and enters one mount request for each side",
  holds(["MountNtmsMedia.2", "MountNtmsMedia.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open("Nightly");
    await calls.allocated(hSession, A);
    const sideId = await calls.sideOf(hSession, A);
    const code = await MountNtmsMedia(
      hSession,
      [sideId],
      [],
      1,
      0,
      -7,
      9999,
      null,
    );
    assertEquals(code, 0);
    const [request, ...more] = await requests(hSession, NTMS_LM_MOUNT);
    assertEquals(more, []);
    assertEquals(request?.PartitionId, sideId);
    assertEquals(request?.State, NTMS_LM_PASSED);
    assertEquals(request?.dwPriority, -7);
    assertEquals(request?.szApplication, "Nightly");
  }),
);

Deno.test("MountNtmsMedia() with NTMS_MOUNT_SPECIFIC_DRIVE uses the drives that are named", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const media = await calls.allocatedAll(hSession, [A, B]);
  const drives = (await calls.driveIds(hSession)).toReversed();
  const options = NTMS_MOUNT_SPECIFIC_DRIVE | NTMS_MOUNT_WRITE;
  assertEquals(
    await calls.mount(hSession, media, { options, drives: [...drives] }),
    "ERROR_SUCCESS",
  );
  assertEquals((await calls.cartridgeOf(hSession, A)).Location, drives[0]);
  assertEquals((await calls.cartridgeOf(hSession, B)).Location, drives[1]);
});

Deno.test(
  "MountNtmsMedia() waits for a drive, which a later DismountNtmsMedia() goes before",
  holds(["MountNtmsMedia.6", "DismountNtmsMedia.5"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const [a, b, c] = await calls.allocatedAll(hSession, [A, B, C]);
    await calls.mount(hSession, [a, b]);
    const waiting = calls.mount(hSession, [c]);
    await calls.untilWaitingRequest(hSession);
    assertEquals(await calls.dismount(hSession, [a]), "ERROR_SUCCESS");
    assertEquals(await waiting, "ERROR_SUCCESS");
  }),
);

Deno.test(
  "MountNtmsMedia() that runs out of time cancels the whole request and names no drives",
  holds(["MountNtmsMedia.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const [a, b, c] = await calls.allocatedAll(hSession, [A, B, C]);
    await calls.mount(hSession, [a]);
    const drives = ["untouched"];
    assertEquals(
      await calls.mount(hSession, [b, c], { timeout: 30, drives }),
      "ERROR_TIMEOUT",
    );
    assertEquals(drives, ["untouched"]);
    const states = (await requests(hSession, NTMS_LM_MOUNT)).map((it) =>
      it.State
    );
    assertEquals(states.toSorted(), [
      NTMS_LM_PASSED,
      NTMS_LM_CANCELLED,
      NTMS_LM_CANCELLED,
    ]);
    const { MediaState } = await calls.cartridgeOf(hSession, B);
    assertEquals(MediaState, NTMS_MEDIASTATE_IDLE);
  }),
);

Deno.test(
  "MountNtmsMedia() gives the drive to the waiting request of the highest priority",
  holds(["MountNtmsMedia.8"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const [a, b] = await calls.allocatedAll(hSession, [A, B]);
    const c = await calls.allocated(hSession, C);
    const d = await calls.allocated(hSession, "LAB004L6");
    await calls.mount(hSession, [a, b]);
    const order: string[] = [];
    const waiting = [[c, -15], [d, 15]].map(async ([medium, priority]) => {
      const media = [`${medium}`];
      const level = Number(priority);
      await MountNtmsMedia(hSession, media, [], 1, 0, level, 20_000, null);
      order.push(`${medium}`);
      await calls.dismount(hSession, media);
    });
    await calls.until(async () =>
      (await requests(hSession, NTMS_LM_MOUNT)).length === 4
    );
    await calls.dismount(hSession, [a]);
    await Promise.all(waiting);
    assertEquals(order, [d, c]);
  }),
);

Deno.test(
  "MountNtmsMedia() with NTMS_MOUNT_NOWAIT returns at once and names no drives",
  holds(["MountNtmsMedia.17"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    const drives: string[] = [];
    const options = NTMS_MOUNT_NOWAIT;
    assertEquals(
      await calls.mount(hSession, [medium], { options, drives, timeout: 0 }),
      "ERROR_SUCCESS",
    );
    assertEquals(drives, []);
    await calls.until(async () =>
      (await calls.cartridgeOf(hSession, A)).MediaState ===
        NTMS_MEDIASTATE_LOADED
    );
  }),
);

Deno.test(
  "MountNtmsMedia() keeps the medium from other applications until it is dismounted",
  holds(
    ["MountNtmsMedia.14", "MountNtmsMedia.6", "DismountNtmsMedia.4"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open();
      const medium = await calls.allocated(hSession, A);
      await calls.mount(hSession, [medium]);
      const other = await service.open("Other");
      const options = NTMS_MOUNT_ERROR_NOT_AVAILABLE;
      assertEquals(
        await calls.mount(other, [medium], { options }),
        "ERROR_BUSY",
      );
      assertEquals(
        await calls.dismount(other, [medium]),
        "ERROR_INVALID_STATE",
      );
      assertEquals(await calls.dismount(hSession, [medium]), "ERROR_SUCCESS");
      assertEquals(await calls.mount(other, [medium]), "ERROR_SUCCESS");
    },
  ),
);

Deno.test(
  "MountNtmsMedia() of an offline medium asks the operator to bring the cartridge into the library",
  holds(["MountNtmsMedia.5"], async () => {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    let medium = "";
    {
      await using service = await RunningService.start({ state });
      medium = await calls.allocated(await service.open(), "LAB004L6");
    }
    const libraries = [SMALL_LIBRARY.replace("cartridges=4", "cartridges=3")];
    {
      await using service = await RunningService.start({ state, libraries });
      const hSession = await service.open();
      const { online: [library] } = await calls.libraries(hSession);
      const { signal, abort } = calls.abortable();
      const waiting = calls.mount(hSession, [medium], { signal });
      await calls.untilOperatorRequest(hSession);
      const infos = await calls.infosOf(hSession, NTMS_OPREQUEST);
      const { id } = await calls.cartridgeOf(hSession, "LAB004L6");
      const moving = infos.map(({ Info }) => Info.OpRequest).find((it) =>
        it.Request === NTMS_OPREQ_MOVEMEDIA && it.Arg2 === library
      );
      assertEquals(moving?.Arg1, id);
      abort();
      assertEquals(await waiting, "ERROR_CANCELLED");
    }
    await Deno.remove(state, { recursive: true });
  }),
);

Deno.test("what is written to the drive's device is there when the medium is mounted again, whichever drive it is in", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  {
    const library =
      `virtual:files?slots=4&drives=2&cartridges=2&barcodes=LAB%03dL6&dir=${directory}/media`;
    await using service = await RunningService.start({ libraries: [library] });
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    const options = NTMS_MOUNT_SPECIFIC_DRIVE;
    const [first = "", second = ""] = await calls.driveIds(hSession);
    await calls.mount(hSession, [medium], { options, drives: [first] });
    const { szDeviceName } = await driveOf(hSession, A);
    await Deno.writeTextFile(szDeviceName, "kept");
    await calls.dismount(hSession, [medium]);
    await calls.untilIdle(hSession, A);
    await calls.mount(hSession, [medium], { options, drives: [second] });
    const again = await driveOf(hSession, A);
    assert(again.szDeviceName !== szDeviceName);
    assertEquals(await Deno.readTextFile(again.szDeviceName), "kept");
  }
  await Deno.remove(directory, { recursive: true });
});

Deno.test(
  "DismountNtmsMedia() queues a dismount request, after which the medium is idle in its home slot and the drive empty",
  holds(["DismountNtmsMedia.1", "DismountNtmsMedia.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    const { HomeSlot } = await calls.cartridgeOf(hSession, A);
    await calls.mount(hSession, [medium]);
    assertEquals(await calls.dismount(hSession, [medium]), "ERROR_SUCCESS");
    assertEquals((await requests(hSession, NTMS_LM_DISMOUNT)).length, 1);
    await calls.untilIdle(hSession, A);
    await calls.until(async () =>
      (await calls.cartridgeOf(hSession, A)).Location === HomeSlot
    );
    for (const { Info } of await calls.infosOf(hSession, NTMS_DRIVE)) {
      assertEquals(Info.Drive.State, NTMS_DRIVESTATE_DISMOUNTED);
    }
  }),
);

Deno.test(
  "DismountNtmsMedia() deferred leaves the medium in the drive, where the next mount finds it",
  holds(
    ["DismountNtmsMedia.2", "MountNtmsMedia.11", "MountNtmsMedia.12"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open();
      const medium = await calls.allocated(hSession, A);
      const drives: string[] = [];
      await calls.mount(hSession, [medium], { drives });
      assertEquals(
        await calls.dismount(hSession, [medium], NTMS_DISMOUNT_DEFERRED),
        "ERROR_SUCCESS",
      );
      const { State, dwDeferDismountDelay } = await driveOf(hSession, A);
      assertEquals(State, NTMS_DRIVESTATE_DISMOUNTABLE);
      assertEquals(dwDeferDismountDelay, 300);
      const again: string[] = [];
      assertEquals(
        await calls.mount(hSession, [medium], { drives: again }),
        "ERROR_SUCCESS",
      );
      assertEquals(again, drives);
    },
  ),
);

Deno.test(
  "DismountNtmsMedia() deferred lets another medium have the drive",
  holds(
    ["DismountNtmsMedia.2", "MountNtmsMedia.11", "MountNtmsMedia.12"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open();
      const [a, b, c] = await calls.allocatedAll(hSession, [A, B, C]);
      await calls.mount(hSession, [a, b]);
      await calls.dismount(hSession, [a], NTMS_DISMOUNT_DEFERRED);
      assertEquals(await calls.mount(hSession, [c]), "ERROR_SUCCESS");
      const { MediaState, Location, HomeSlot } = await calls.cartridgeOf(
        hSession,
        A,
      );
      assertEquals([MediaState, Location], [NTMS_MEDIASTATE_IDLE, HomeSlot]);
    },
  ),
);

Deno.test(
  "every mount is paired with a dismount: of two by one session, the last one takes the medium out",
  holds(["DismountNtmsMedia.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    await calls.mount(hSession, [medium]);
    assertEquals(await calls.mount(hSession, [medium]), "ERROR_SUCCESS");
    await calls.dismount(hSession, [medium]);
    assertEquals((await driveOf(hSession, A)).State, NTMS_DRIVESTATE_LOADED);
    assertEquals(await calls.dismount(hSession, [medium]), "ERROR_SUCCESS");
    await calls.untilIdle(hSession, A);
    assertEquals(
      nameOf(await DeallocateNtmsMedia(hSession, medium, 0)),
      "ERROR_SUCCESS",
    );
  }),
);
