/**
 * What the documents say of objects, pools and inventories, as far
 * as it holds now.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  CreateNtmsMediaPool,
  type DWORD,
  EnumerateNtmsObject,
  GetNtmsObjectInformationA,
  type HANDLE,
  InventoryNtmsLibrary,
  NTMS_CHANGER,
  NTMS_CHANGER_TYPE,
  NTMS_COMPUTER,
  NTMS_CREATE_NEW,
  NTMS_DRIVE,
  NTMS_DRIVE_TYPE,
  NTMS_ENUM_ROOTPOOL,
  NTMS_IEDOOR,
  NTMS_IEPORT,
  NTMS_INVENTORY_FAST,
  NTMS_LIBRARY,
  NTMS_LIBRARYTYPE_OFFLINE,
  NTMS_LIBREQUEST,
  NTMS_LM_INVENTORY,
  NTMS_LM_MOUNT,
  NTMS_LM_PASSED,
  NTMS_LOGICAL_MEDIA,
  NTMS_MEDIA_POOL,
  NTMS_MEDIA_TYPE,
  NTMS_NULLGUID,
  type NTMS_OBJECTINFORMATION,
  NTMS_OPEN_ALWAYS,
  NTMS_OPEN_EXISTING,
  NTMS_OPREQUEST,
  NTMS_PARTITION,
  NTMS_PHYSICAL_MEDIA,
  NTMS_POOLTYPE_APPLICATION,
  NTMS_STORAGESLOT,
  type Ref,
  SIZEOF_NTMS_OBJECTINFORMATIONA,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";

/** What may contain objects of each type, beside the system (model.md, 2). */
const CONTAINERS: ReadonlyMap<DWORD, readonly DWORD[]> = new Map([
  [NTMS_CHANGER, [NTMS_LIBRARY]],
  [NTMS_DRIVE, [NTMS_LIBRARY]],
  [NTMS_IEDOOR, [NTMS_LIBRARY]],
  [NTMS_IEPORT, [NTMS_LIBRARY]],
  [NTMS_STORAGESLOT, [NTMS_LIBRARY]],
  [NTMS_LIBREQUEST, [NTMS_LIBRARY]],
  [NTMS_MEDIA_TYPE, [NTMS_LIBRARY]],
  [NTMS_PHYSICAL_MEDIA, [NTMS_MEDIA_POOL, NTMS_LIBRARY]],
  [NTMS_PARTITION, [NTMS_PHYSICAL_MEDIA, NTMS_LOGICAL_MEDIA, NTMS_MEDIA_POOL]],
  [NTMS_LOGICAL_MEDIA, [NTMS_MEDIA_POOL, NTMS_PARTITION]],
  [NTMS_MEDIA_POOL, [NTMS_MEDIA_POOL]],
  [NTMS_LIBRARY, []],
  [NTMS_COMPUTER, []],
  [NTMS_CHANGER_TYPE, []],
  [NTMS_DRIVE_TYPE, []],
  [NTMS_OPREQUEST, []],
]);

/** One object of every type but operator requests, of which there is none. */
async function oneOfEach(hSession: HANDLE): Promise<Map<DWORD, string>> {
  await calls.allocated(hSession, A);
  const found = new Map<DWORD, string>();
  for (const type of CONTAINERS.keys()) {
    const [id] = await calls.idsOf(hSession, type);
    if (id !== undefined) found.set(type, id);
  }
  assertEquals(found.size, CONTAINERS.size - 1);
  return found;
}

Deno.test(
  "EnumerateNtmsObject() lists each type in the documented containers, and in no other",
  holds(["EnumerateNtmsObject.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const objects = await oneOfEach(hSession);
    for (const [type, containers] of CONTAINERS) {
      for (const [containerType, id] of objects) {
        assertEquals(
          await calls.enumerate(hSession, type, id),
          containers.includes(containerType)
            ? "ERROR_SUCCESS"
            : "ERROR_INVALID_PARAMETER",
          `type ${type} in type ${containerType}`,
        );
      }
    }
  }),
);

Deno.test(
  "EnumerateNtmsObject() without a container lists all parts of a library, by their number",
  holds(["EnumerateNtmsObject.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const drives = await calls.infosOf(hSession, NTMS_DRIVE);
    const slots = await calls.infosOf(hSession, NTMS_STORAGESLOT);
    const first = drives[0]?.Info.Drive.Number ?? NaN;
    assertEquals(
      drives.map(({ Info }) => Info.Drive.Number),
      [first, first + 1],
    );
    const numbers = slots.map(({ Info }) => Info.StorageSlot.Number);
    assertEquals(numbers.length, 8);
    assertEquals(numbers, numbers.toSorted((a, b) => a - b));
  }),
);

Deno.test(
  "EnumerateNtmsObject() without a container lists every media type that is known, with a library only its own",
  holds(["EnumerateNtmsObject.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { online: [library = ""] } = await calls.libraries(hSession);
    const known = await calls.infosOf(hSession, NTMS_MEDIA_TYPE);
    const handled = await calls.idsOf(hSession, NTMS_MEDIA_TYPE, library);
    const names = known.map(({ szName }) => szName);
    assert(names.includes("LTO-6") && names.includes("DDS-4"));
    const foreign = known.find(({ szName }) => szName === "DDS-4");
    assert(!handled.includes(foreign?.ObjectGuid ?? ""));
    assert(handled.length > 0 && handled.length < known.length);
  }),
);

Deno.test(
  "EnumerateNtmsObject() lists the top level of pools only, after the root pool where that is asked for",
  holds(["EnumerateNtmsObject.2", "EnumerateNtmsObject.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    await calls.createPool(hSession, "App", NTMS_OPEN_ALWAYS);
    await calls.createPool(hSession, "App\\Day", NTMS_OPEN_ALWAYS);
    const top = await calls.infosOf(hSession, NTMS_MEDIA_POOL);
    const names = top.map(({ szName }) => szName);
    assert(names.includes("App") && !names.includes("Day"));
    const list: string[] = [];
    const size = { value: 99 };
    await EnumerateNtmsObject(
      hSession,
      null,
      list,
      size,
      NTMS_MEDIA_POOL,
      NTMS_ENUM_ROOTPOOL,
    );
    assertEquals(list.slice(1), top.map(({ ObjectGuid }) => ObjectGuid));
    assertEquals(size.value, top.length + 1);
  }),
);

Deno.test("EnumerateNtmsObject() gives ERROR_INVALID_PARAMETER for the root pool among other objects", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const [pool = ""] = await calls.idsOf(hSession, NTMS_MEDIA_POOL);
  for (const [container, type] of [[null, 5], [pool, 12]] as const) {
    const size = { value: 9 };
    const code = await EnumerateNtmsObject(
      hSession,
      container,
      [],
      size,
      type,
      NTMS_ENUM_ROOTPOOL,
    );
    assertEquals(code, 87);
  }
});

Deno.test(
  "EnumerateNtmsObject() of a container without members succeeds with no ids",
  holds(["EnumerateNtmsObject.5"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { offline } = await calls.libraries(hSession);
    assertEquals(await calls.idsOf(hSession, NTMS_DRIVE, offline), []);
  }),
);

Deno.test("EnumerateNtmsObject() cuts the list where it is too short and tells how many ids are needed", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const all = await calls.idsOf(hSession, NTMS_STORAGESLOT);
  const list: string[] = [];
  const size = { value: 3 };
  const code = await EnumerateNtmsObject(
    hSession,
    null,
    list,
    size,
    NTMS_STORAGESLOT,
    0,
  );
  assertEquals([code, list, size.value], [122, all.slice(0, 3), 8]);
});

Deno.test("GetNtmsObjectInformation() tells of every object that EnumerateNtmsObject() lists", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  await oneOfEach(hSession);
  for (const type of CONTAINERS.keys()) {
    for (const id of await calls.idsOf(hSession, type)) {
      const info = await calls.infoOf(hSession, id);
      assertEquals([info.dwType, info.ObjectGuid], [type, id]);
    }
  }
});

Deno.test(
  "GetNtmsObjectInformation() of the offline library tells its kind and how many media it has",
  holds(["GetNtmsObjectInformation.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { offline } = await calls.libraries(hSession);
    const info = await calls.infoOf(hSession, offline);
    assert(info.dwType === NTMS_LIBRARY);
    assertEquals(info.Info.Library.LibraryType, NTMS_LIBRARYTYPE_OFFLINE);
    assertEquals(info.Info.Library.dwNumberOfMedia, 0);
  }),
);

Deno.test("GetNtmsObjectInformationA() wants the A structure and fills it", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const { id } = await calls.cartridgeOf(hSession, A);
  const dwSize = SIZEOF_NTMS_OBJECTINFORMATIONA;
  const info: Ref<NTMS_OBJECTINFORMATION> = {
    value: { dwSize, dwType: NTMS_PHYSICAL_MEDIA },
  };
  assertEquals(await GetNtmsObjectInformationA(hSession, id, info), 0);
  assert(info.value.dwType === NTMS_PHYSICAL_MEDIA && info.value.Info);
  assertEquals(info.value.Info.PhysicalMedia.szBarCode, A);
  assertEquals(info.value.dwSize, dwSize);
});

Deno.test(
  "CreateNtmsMediaPool() makes an application pool that draws nothing from and returns nothing to the free pool",
  holds(["CreateNtmsMediaPool.1", "CreateNtmsMediaPool.7"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const mediaType = await calls.mediaTypeId(hSession);
    const info = await calls.infoOf(hSession, await calls.poolId(hSession));
    assert(info.dwType === NTMS_MEDIA_POOL);
    assertEquals(info.Info.MediaPool, {
      PoolType: NTMS_POOLTYPE_APPLICATION,
      MediaType: mediaType,
      Parent: NTMS_NULLGUID,
      AllocationPolicy: 0,
      DeallocationPolicy: 0,
      dwMaxAllocates: 0,
      dwNumberOfPhysicalMedia: 0,
      dwNumberOfLogicalMedia: 0,
      dwNumberOfMediaPools: 0,
    });
  }),
);

Deno.test(
  "CreateNtmsMediaPool() makes one level a call, and only the last one holds media",
  holds(["CreateNtmsMediaPool.2", "CreateNtmsMediaPool.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const mediaType = await calls.mediaTypeId(hSession);
    const always = NTMS_OPEN_ALWAYS;
    const upper = { value: "" };
    const lower = { value: "" };
    await CreateNtmsMediaPool(hSession, "App", null, always, null, upper);
    await CreateNtmsMediaPool(
      hSession,
      "\\App\\Day",
      mediaType,
      always,
      null,
      lower,
    );
    const info = await calls.infoOf(hSession, lower.value);
    assert(info.dwType === NTMS_MEDIA_POOL);
    assertEquals(info.szName, "Day");
    assertEquals(info.Info.MediaPool.Parent, upper.value);
    assertEquals(info.Info.MediaPool.MediaType, mediaType);
    const above = await calls.infoOf(hSession, upper.value);
    assert(above.dwType === NTMS_MEDIA_POOL);
    assertEquals(above.Info.MediaPool.MediaType, NTMS_NULLGUID);
    assertEquals(above.Info.MediaPool.dwNumberOfMediaPools, 1);
  }),
);

Deno.test(
  "CreateNtmsMediaPool() opens a pool that exists, unless it is to be new",
  holds(["CreateNtmsMediaPool.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const ids = [];
    for (const action of [3, 3, 1] as const) {
      const pool = { value: "" };
      await CreateNtmsMediaPool(hSession, "App", null, action, null, pool);
      ids.push(pool.value);
    }
    assertEquals(new Set(ids).size, 1);
    assertEquals(
      await calls.createPool(hSession, "App", 2),
      "ERROR_ALREADY_EXISTS",
    );
    assertEquals(
      await calls.createPool(hSession, "app", NTMS_OPEN_EXISTING),
      "ERROR_OBJECT_NOT_FOUND",
    );
  }),
);

Deno.test(
  "CreateNtmsMediaPool() opens the service's own pools and makes none",
  holds(["CreateNtmsMediaPool.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const [free] = await calls.infosOf(hSession, NTMS_MEDIA_POOL);
    const path = free?.szName ?? "";
    assertEquals(
      await calls.createPool(hSession, path, NTMS_CREATE_NEW),
      "ERROR_ALREADY_EXISTS",
    );
    assertEquals(
      await calls.createPool(hSession, `${path}\\Mine`, NTMS_CREATE_NEW),
      "ERROR_INVALID_PARAMETER",
    );
  }),
);

Deno.test(
  "InventoryNtmsLibrary() queues a library request, behind what a busy library does",
  holds(["InventoryNtmsLibrary.1", "InventoryNtmsLibrary.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open("Stocktaker");
    const { online: [library = ""] } = await calls.libraries(hSession);
    const medium = await calls.allocated(hSession, A);
    const mounting = calls.mount(hSession, [medium]);
    const method = NTMS_INVENTORY_FAST;
    assertEquals(await InventoryNtmsLibrary(hSession, library, method), 0);
    assertEquals(await mounting, "ERROR_SUCCESS");
    await calls.until(async () => {
      const requests = await calls.infosOf(hSession, NTMS_LIBREQUEST, library);
      const own = requests.map(({ Info }) => Info.LibRequest)
        .filter((it) => it.szApplication === "Stocktaker");
      return [NTMS_LM_MOUNT, NTMS_LM_INVENTORY].every((operation) =>
        own.some((it) =>
          it.OperationCode === operation && it.State === NTMS_LM_PASSED
        )
      );
    });
  }),
);
