/**
 * What the documents say of pools after they were made, of the life of media,
 * and of what can be set of objects.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  DeallocateNtmsMedia,
  DecommissionNtmsMedia,
  DeleteNtmsMedia,
  DeleteNtmsMediaPool,
  DisableNtmsObject,
  EnableNtmsObject,
  GetNtmsDeviceName,
  GetNtmsMediaPoolName,
  type HANDLE,
  MoveToNtmsMediaPool,
  NTMS_ALLOCATE_FROMSCRATCH,
  NTMS_CREATE_NEW,
  NTMS_DEALLOCATE_TOSCRATCH,
  NTMS_DRIVE,
  NTMS_LIBRARY,
  NTMS_LIBREQUEST,
  NTMS_LM_DISABLEDRIVE,
  NTMS_LM_ENABLEDRIVE,
  NTMS_MEDIA_POOL,
  NTMS_MOUNT_READ,
  NTMS_PARTITION,
  NTMS_PARTSTATE_AVAILABLE,
  NTMS_PARTSTATE_COMPLETE,
  NTMS_PARTSTATE_DECOMMISSIONED,
  NTMS_PARTSTATE_UNPREPARED,
  NTMS_PHYSICAL_MEDIA,
  SetNtmsMediaComplete,
  SetNtmsObjectAttribute,
  SwapNtmsMedia,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import {
  attribute,
  change,
  LAST,
  pathOf,
  setAttribute,
  systemPool,
  withoutLast,
} from "./managing_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";
const B = "LAB002L6";
const FREE = "\\Free\\LTO-6";

async function succeed(code: Promise<number>): Promise<void> {
  assertEquals(nameOf(await code), "ERROR_SUCCESS");
}

async function changed(outcome: Promise<string>): Promise<void> {
  assertEquals(await outcome, "ERROR_SUCCESS");
}

/** The state of the side of the cartridge with a bar code. */
async function stateOf(hSession: HANDLE, barCode: string): Promise<number> {
  return (await calls.sideInfoOf(hSession, barCode)).State;
}

Deno.test(
  "GetNtmsMediaPoolName() joins all levels with backslashes, and counts the terminating null",
  holds(["GetNtmsMediaPoolName.1", "GetNtmsMediaPoolName.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    await calls.createPool(hSession, "App", NTMS_CREATE_NEW);
    const pool = await calls.poolId(hSession, "App\\Daily");
    const path = { value: "" };
    const size = { value: 512 };
    await succeed(GetNtmsMediaPoolName(hSession, pool, path, size));
    assertEquals([path.value, size.value], ["\\App\\Daily", 11]);
  }),
);

Deno.test(
  "DeleteNtmsMediaPool() deletes an application's pool without media and pools, and its path is free again",
  holds(["DeleteNtmsMediaPool.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    await succeed(DeleteNtmsMediaPool(hSession, pool));
    assertEquals(
      await calls.getInformation(hSession, pool, NTMS_MEDIA_POOL),
      "ERROR_OBJECT_NOT_FOUND",
    );
    assert(await calls.poolId(hSession) !== pool);
  }),
);

Deno.test("MoveToNtmsMediaPool() moves a cartridge with its sides and logical media between application pools", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const medium = await calls.allocated(hSession, A);
  const other = await calls.poolId(hSession, "Other");
  const { id } = await calls.cartridgeOf(hSession, A);
  await succeed(MoveToNtmsMediaPool(hSession, id, other));
  assertEquals((await calls.cartridgeOf(hSession, A)).MediaPool, other);
  const { LogicalMedia } = await calls.sideInfoOf(hSession, A);
  assertEquals(LogicalMedia, medium);
  assertEquals(
    await calls.idsOf(hSession, NTMS_PARTITION, other),
    [await calls.sideOf(hSession, A)],
  );
});

Deno.test("MoveToNtmsMediaPool() makes the sides of unrecognized media unprepared on the way to the free pool, until they have their free label", async () => {
  await using service = await RunningService.start({ trustBarCodes: false });
  const hSession = await service.open();
  const { id } = await calls.cartridgeOf(hSession, A);
  const free = await systemPool(hSession, FREE);
  await succeed(MoveToNtmsMediaPool(hSession, id, free));
  assertEquals((await calls.cartridgeOf(hSession, A)).MediaPool, free);
  assertEquals(await stateOf(hSession, A), NTMS_PARTSTATE_UNPREPARED);
});

Deno.test(
  "MoveToNtmsMediaPool() ends with available sides in the free pool of a library that trusts bar codes",
  holds(["MoveToNtmsMediaPool.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { id } = await calls.cartridgeOf(hSession, A);
    const free = await systemPool(hSession, FREE);
    await succeed(
      MoveToNtmsMediaPool(hSession, id, await calls.poolId(hSession)),
    );
    await succeed(MoveToNtmsMediaPool(hSession, id, free));
    assertEquals(await stateOf(hSession, A), NTMS_PARTSTATE_AVAILABLE);
  }),
);

Deno.test(
  "SetNtmsMediaComplete() leaves the logical medium, which is read and not written, and bars the free pool and deletion",
  holds([
    "SetNtmsMediaComplete.1",
    "SetNtmsMediaComplete.2",
    "SetNtmsMediaComplete.3",
    "MountNtmsMedia.7",
  ], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    await succeed(SetNtmsMediaComplete(hSession, medium));
    assertEquals(await stateOf(hSession, A), NTMS_PARTSTATE_COMPLETE);
    const { id } = await calls.cartridgeOf(hSession, A);
    const free = await systemPool(hSession, FREE);
    assertEquals(
      nameOf(await MoveToNtmsMediaPool(hSession, id, free)),
      "ERROR_BUSY",
    );
    assertEquals(
      nameOf(await DeleteNtmsMedia(hSession, id)),
      "ERROR_INVALID_STATE",
    );
    const options = NTMS_MOUNT_READ;
    assertEquals(
      await calls.mount(hSession, [medium], { options }),
      "ERROR_SUCCESS",
    );
  }),
);

Deno.test(
  "SwapNtmsMedia() has each logical medium designate the other side",
  holds(["SwapNtmsMedia.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const [a, b] = await calls.allocatedAll(hSession, [A, B]);
    await succeed(SwapNtmsMedia(hSession, a, b));
    assertEquals((await calls.sideInfoOf(hSession, A)).LogicalMedia, b);
    assertEquals((await calls.sideInfoOf(hSession, B)).LogicalMedia, a);
  }),
);

Deno.test(
  "DecommissionNtmsMedia() retires a side for good: it stays known and is never allocated again",
  holds(["DecommissionNtmsMedia.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const side = await calls.sideOf(hSession, A);
    await succeed(DecommissionNtmsMedia(hSession, side));
    assertEquals(await stateOf(hSession, A), NTMS_PARTSTATE_DECOMMISSIONED);
    const pool = await calls.poolId(hSession);
    assertEquals(
      await calls.allocate(hSession, pool, { side }),
      "ERROR_MEDIA_UNAVAILABLE",
    );
  }),
);

Deno.test(
  "DeleteNtmsMedia() removes the cartridge, its sides and all references",
  holds(["DeleteNtmsMedia.2"], async () => {
    const outcome = await withoutLast(
      (hSession) => calls.sideOf(hSession, LAST),
      async (hSession, side) => {
        const { id } = await calls.cartridgeOf(hSession, LAST);
        await succeed(DeleteNtmsMedia(hSession, id));
        const cartridges = await calls.idsOf(hSession, NTMS_PHYSICAL_MEDIA);
        assertEquals(cartridges.includes(id), false);
        return await calls.getInformation(hSession, side, NTMS_PARTITION);
      },
    );
    assertEquals(outcome, "ERROR_OBJECT_NOT_FOUND");
  }),
);

Deno.test(
  "SetNtmsObjectInformation() sets the policies and the limit of a pool, which allocation and deallocation go by",
  holds([
    "SetNtmsObjectInformation.7",
    "DeallocateNtmsMedia.1",
    "DeallocateNtmsMedia.4",
    "AllocateNtmsMedia.10",
    "CreateNtmsMediaPool.7",
  ], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const medium = { value: "" };
    const noMore = async () =>
      await calls.allocate(hSession, pool, { medium, timeout: 0 });
    assertEquals(await noMore(), "ERROR_TIMEOUT");
    await changed(change(hSession, pool, (info) => {
      assert(info.dwType === NTMS_MEDIA_POOL);
      const { MediaPool } = info.Info;
      MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
      MediaPool.DeallocationPolicy = NTMS_DEALLOCATE_TOSCRATCH;
      MediaPool.dwMaxAllocates = 1;
      info.szName = "Once";
    }));
    assertEquals(await pathOf(hSession, pool), "\\Once");
    assertEquals(await noMore(), "ERROR_SUCCESS");
    await succeed(DeallocateNtmsMedia(hSession, medium.value, 0));
    const [side] = await calls.infosOf(hSession, NTMS_PARTITION, pool);
    assertEquals(
      side?.Info.Partition.State,
      NTMS_PARTSTATE_DECOMMISSIONED,
    );
    assertEquals(
      await calls.allocate(hSession, pool, { side: side?.ObjectGuid ?? "" }),
      "ERROR_MEDIA_UNAVAILABLE",
    );
  }),
);

Deno.test(
  "SetNtmsObjectInformation() stores what can be written, and looks at nothing else",
  holds(
    ["SetNtmsObjectInformation.9", "GetNtmsObjectInformation.3"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open();
      const [drive = ""] = await calls.driveIds(hSession);
      const before = await calls.infoOf(hSession, drive);
      await changed(change(hSession, drive, (info) => {
        assert(info.dwType === NTMS_DRIVE);
        info.szDescription = "In the cellar";
        info.szName = "Not to be written";
        info.Enabled = false;
        info.Info.Drive.dwDeferDismountDelay = 9;
        info.Info.Drive.dwMountCount = 99;
      }));
      const { Modified, ...after } = await calls.infoOf(hSession, drive);
      assert(before.dwType === NTMS_DRIVE && Modified >= before.Modified);
      const { Modified: _then, ...rest } = before;
      assertEquals(after, {
        ...rest,
        szDescription: "In the cellar",
        Info: { Drive: { ...before.Info.Drive, dwDeferDismountDelay: 9 } },
      });
    },
  ),
);

Deno.test(
  "SetNtmsObjectAttribute() creates, replaces and, with size 0, deletes; names are compared exactly",
  holds(["SetNtmsObjectAttribute.2", "GetNtmsObjectAttribute.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const set = (...bytes: number[]) =>
      changed(setAttribute(hSession, pool, "Owner", Uint8Array.from(bytes)));
    await set(1, 2, 3);
    assertEquals(
      await attribute(hSession, pool, "Owner"),
      Uint8Array.of(1, 2, 3),
    );
    await set(9);
    assertEquals(await attribute(hSession, pool, "Owner"), Uint8Array.of(9));
    assertEquals(
      await attribute(hSession, pool, "owner"),
      "ERROR_OBJECT_NOT_FOUND",
    );
    await set();
    assertEquals(
      await attribute(hSession, pool, "Owner"),
      "ERROR_OBJECT_NOT_FOUND",
    );
  }),
);

Deno.test(
  "SetNtmsObjectAttribute() ignores a wrong dwType for a valid object id",
  holds(["SetNtmsObjectAttribute.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const data = Uint8Array.of(1);
    await succeed(
      SetNtmsObjectAttribute(hSession, pool, NTMS_DRIVE, "Owner", data, 1),
    );
    assertEquals(await attribute(hSession, pool, "Owner"), data);
  }),
);

Deno.test(
  "EnableNtmsObject() and DisableNtmsObject() queue a library request; what is in a disabled library counts as disabled",
  holds(
    ["EnableNtmsObject.1", "DisableNtmsObject.1", "DisableNtmsObject.2"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open();
      const [drive = ""] = await calls.driveIds(hSession);
      await succeed(DisableNtmsObject(hSession, NTMS_DRIVE, drive));
      assertEquals((await calls.infoOf(hSession, drive)).Enabled, false);
      await succeed(EnableNtmsObject(hSession, NTMS_DRIVE, drive));
      assertEquals((await calls.infoOf(hSession, drive)).Enabled, true);
      const requests = await calls.infosOf(hSession, NTMS_LIBREQUEST);
      assertEquals(
        requests.map(({ Info }) => Info.LibRequest)
          .filter(({ DriveId }) => DriveId === drive)
          .map(({ OperationCode }) => OperationCode),
        [NTMS_LM_DISABLEDRIVE, NTMS_LM_ENABLEDRIVE],
      );
      const { online: [library = ""] } = await calls.libraries(hSession);
      await succeed(DisableNtmsObject(hSession, NTMS_LIBRARY, library));
      const pool = await service.drawingPool(await calls.mediaTypeId(hSession));
      assertEquals(
        await calls.allocate(hSession, pool, { timeout: 0 }),
        "ERROR_TIMEOUT",
      );
    },
  ),
);

Deno.test("GetNtmsDeviceName() tells the szDeviceName of a drive, and refuses what has no device", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const [drive = ""] = await calls.driveIds(hSession);
  const device = { value: "" };
  const size = { value: 64 };
  await succeed(GetNtmsDeviceName(hSession, drive, device, size));
  const info = await calls.infoOf(hSession, drive);
  assert(info.dwType === NTMS_DRIVE);
  assertEquals(device.value, info.Info.Drive.szDeviceName);
  assertEquals(size.value, device.value.length + 1);
  const pool = await calls.poolId(hSession);
  assertEquals(
    nameOf(await GetNtmsDeviceName(hSession, pool, device, { value: 64 })),
    "ERROR_INVALID_PARAMETER",
  );
  assertEquals(
    nameOf(
      await GetNtmsDeviceName(hSession, calls.NOBODY, device, { value: 64 }),
    ),
    "ERROR_OBJECT_NOT_FOUND",
  );
});
