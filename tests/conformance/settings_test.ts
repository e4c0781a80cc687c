/**
 * What the documents say of the members that SetNtmsObjectInformation writes.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  type DWORD,
  type FilledObjectInformation,
  type HANDLE,
  NTMS_ALLOCATE_FROMSCRATCH,
  NTMS_CHANGER,
  NTMS_CHANGER_TYPE,
  NTMS_COMPUTER,
  NTMS_DEALLOCATE_TOSCRATCH,
  NTMS_DRIVE,
  NTMS_DRIVE_TYPE,
  NTMS_IEDOOR,
  NTMS_IEPORT,
  NTMS_INVENTORY_OMID,
  NTMS_LIBRARY,
  NTMS_LIBRARYFLAG_AUTODETECTCHANGE,
  NTMS_LIBREQUEST,
  NTMS_LOGICAL_MEDIA,
  NTMS_MEDIA_POOL,
  NTMS_MEDIA_TYPE,
  NTMS_OPREQUEST,
  NTMS_PARTITION,
  NTMS_PHYSICAL_MEDIA,
  NTMS_STORAGESLOT,
  SetNtmsObjectInformation,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { change } from "./managing_calls.ts";
import { submitted } from "./operator_errors.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";
const WITH_PORT =
  "virtual:ported?slots=8&drives=2&ports=1&cartridges=4&barcodes=LAB%03dL6&files=no";

const NAMED: readonly DWORD[] = [
  NTMS_LIBRARY,
  NTMS_MEDIA_POOL,
  NTMS_PHYSICAL_MEDIA,
  NTMS_PARTITION,
  NTMS_LOGICAL_MEDIA,
];
const UNNAMED: readonly DWORD[] = [
  NTMS_CHANGER,
  NTMS_CHANGER_TYPE,
  NTMS_COMPUTER,
  NTMS_DRIVE,
  NTMS_DRIVE_TYPE,
  NTMS_IEDOOR,
  NTMS_IEPORT,
  NTMS_LIBREQUEST,
  NTMS_MEDIA_TYPE,
  NTMS_OPREQUEST,
  NTMS_STORAGESLOT,
];

/** An object of each type, which the caller may name where it can be named. */
async function oneOfEach(hSession: HANDLE): Promise<Map<DWORD, string>> {
  const medium = await calls.allocated(hSession, A);
  await calls.mount(hSession, [medium]);
  await submitted(hSession);
  const { online: [library = ""] } = await calls.libraries(hSession);
  const { id, MediaPool } = await calls.cartridgeOf(hSession, A);
  const found = new Map<DWORD, string>([
    [NTMS_LIBRARY, library],
    [NTMS_MEDIA_POOL, MediaPool],
    [NTMS_PHYSICAL_MEDIA, id],
    [NTMS_PARTITION, await calls.sideOf(hSession, A)],
    [NTMS_LOGICAL_MEDIA, medium],
  ]);
  for (const type of UNNAMED) {
    const [object = ""] = await calls.idsOf(hSession, type);
    found.set(type, object);
  }
  return found;
}

async function changed(
  hSession: HANDLE,
  id: string,
  edit: (info: FilledObjectInformation) => void,
): Promise<FilledObjectInformation> {
  assertEquals(await change(hSession, id, edit), "ERROR_SUCCESS");
  return await calls.infoOf(hSession, id);
}

Deno.test(
  "SetNtmsObjectInformation() writes the description of objects of every type, and the names of those that have one of their own",
  holds(
    ["SetNtmsObjectInformation.2", "SetNtmsObjectInformation.3"],
    async () => {
      await using service = await RunningService.start({
        libraries: [WITH_PORT],
      });
      const hSession = await service.open();
      const objects = await oneOfEach(hSession);
      for (const [type, id] of objects) {
        const before = await calls.infoOf(hSession, id);
        const after = await changed(hSession, id, (info) => {
          info.szName = `Name ${type}`;
          info.szDescription = `Description ${type}`;
        });
        assertEquals(after.szDescription, `Description ${type}`);
        assertEquals(
          after.szName,
          NAMED.includes(type) ? `Name ${type}` : before.szName,
        );
      }
      assertEquals(objects.size, NAMED.length + UNNAMED.length);
    },
  ),
);

async function poolInfo(hSession: HANDLE, id: string) {
  const info = await calls.infoOf(hSession, id);
  assert(info.dwType === NTMS_MEDIA_POOL);
  return info;
}

Deno.test(
  "SetNtmsObjectInformation() stores every member of the structure: of two writers that read before, the last one has its way in all of them",
  holds(["SetNtmsObjectInformation.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const other = await service.open("Other");
    const pool = await calls.poolId(hSession);
    const [mine, theirs] = [
      await poolInfo(hSession, pool),
      await poolInfo(other, pool),
    ];
    theirs.szDescription = "Theirs";
    theirs.Info.MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
    mine.Info.MediaPool.DeallocationPolicy = NTMS_DEALLOCATE_TOSCRATCH;
    for (
      const [session, info] of [[other, theirs], [hSession, mine]] as const
    ) {
      assertEquals(await SetNtmsObjectInformation(session, pool, info), 0);
    }
    const { Info: { MediaPool }, szDescription } = await poolInfo(other, pool);
    assertEquals(szDescription, "");
    assertEquals(MediaPool.AllocationPolicy, 0);
    assertEquals(MediaPool.DeallocationPolicy, NTMS_DEALLOCATE_TOSCRATCH);
  }),
);

Deno.test(
  "SetNtmsObjectInformation() writes the computer's policy for media pools, and how long requests are kept",
  holds(["SetNtmsObjectInformation.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const [computer = ""] = await calls.idsOf(hSession, NTMS_COMPUTER);
    const info = await changed(hSession, computer, (info) => {
      assert(info.dwType === NTMS_COMPUTER);
      Object.assign(info.Info.Computer, COMPUTER);
    });
    assert(info.dwType === NTMS_COMPUTER);
    assertEquals({ ...info.Info.Computer, ...COMPUTER }, info.Info.Computer);
  }),
);

const COMPUTER = {
  dwMediaPoolPolicy: 1,
  dwLibRequestFlags: 1,
  dwLibRequestPurgeTime: 3600,
  dwOpRequestFlags: 1,
  dwOpRequestPurgeTime: 7200,
};

Deno.test(
  "SetNtmsObjectInformation() writes the delay of a drive, and how long a door may be open and a port be out",
  holds(["SetNtmsObjectInformation.5"], async () => {
    await using service = await RunningService.start({
      libraries: [WITH_PORT],
    });
    const hSession = await service.open();
    const [drive = ""] = await calls.driveIds(hSession);
    const [door = ""] = await calls.idsOf(hSession, NTMS_IEDOOR);
    const [port = ""] = await calls.idsOf(hSession, NTMS_IEPORT);
    const after = [
      await changed(hSession, drive, (info) => {
        assert(info.dwType === NTMS_DRIVE);
        info.Info.Drive.dwDeferDismountDelay = 61;
      }),
      await changed(hSession, door, (info) => {
        assert(info.dwType === NTMS_IEDOOR);
        info.Info.IEDoor.MaxOpenSecs = 62;
      }),
      await changed(hSession, port, (info) => {
        assert(info.dwType === NTMS_IEPORT);
        info.Info.IEPort.MaxExtendSecs = 63;
      }),
    ];
    const values = after.map((info) =>
      info.dwType === NTMS_DRIVE
        ? info.Info.Drive.dwDeferDismountDelay
        : info.dwType === NTMS_IEDOOR
        ? info.Info.IEDoor.MaxOpenSecs
        : info.dwType === NTMS_IEPORT
        ? info.Info.IEPort.MaxExtendSecs
        : 0
    );
    assertEquals(values, [61, 62, 63]);
  }),
);

Deno.test(
  "SetNtmsObjectInformation() writes a library's recovery, inventory method, cleaner uses, flags and name",
  holds(["SetNtmsObjectInformation.6"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { online: [library = ""] } = await calls.libraries(hSession);
    const before = await calls.infoOf(hSession, library);
    assert(before.dwType === NTMS_LIBRARY);
    const AutoRecovery = !before.Info.Library.AutoRecovery;
    const after = await changed(hSession, library, (info) => {
      assert(info.dwType === NTMS_LIBRARY);
      info.szName = "Cellar";
      const { Library } = info.Info;
      Library.AutoRecovery = AutoRecovery;
      Library.InventoryMethod = NTMS_INVENTORY_OMID;
      Library.dwCleanerUsesRemaining = 5;
      Library.dwFlags |= NTMS_LIBRARYFLAG_AUTODETECTCHANGE;
    });
    assert(after.dwType === NTMS_LIBRARY);
    const { Library } = after.Info;
    assertEquals(
      [after.szName, Library.AutoRecovery, Library.InventoryMethod],
      ["Cellar", AutoRecovery, NTMS_INVENTORY_OMID],
    );
    assertEquals(Library.dwCleanerUsesRemaining, 5);
    assertEquals(Library.dwFlags & NTMS_LIBRARYFLAG_AUTODETECTCHANGE, 4);
  }),
);

Deno.test(
  "SetNtmsObjectInformation() sets NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING by dwCleanerUsesRemaining only",
  holds(["SetNtmsObjectInformation.8"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { online: [library = ""] } = await calls.libraries(hSession);
    const flags = async (uses: number, dwFlags?: number) => {
      const info = await changed(hSession, library, (info) => {
        assert(info.dwType === NTMS_LIBRARY);
        info.Info.Library.dwCleanerUsesRemaining = uses;
        info.Info.Library.dwFlags = dwFlags ?? info.Info.Library.dwFlags;
      });
      assert(info.dwType === NTMS_LIBRARY);
      return info.Info.Library.dwFlags & 8;
    };
    assertEquals(await flags(20, 8), 0);
    assertEquals(await flags(0xffff_ffff), 8);
    assertEquals(await flags(0xffff_ffff, 0), 8);
    assertEquals(await flags(7), 0);
  }),
);
