/**
 * What the documents say of devices that come and go.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  CloseNtmsSession,
  DisableNtmsObject,
  EnableNtmsObject,
  EndNtmsDeviceChangeDetection,
  type HANDLE,
  NTMS_CHANGER,
  NTMS_DRIVE,
  NTMS_IEDOOR,
  NTMS_IEPORT,
  NTMS_MEDIA_TYPE,
  NTMS_NOT_PRESENT,
  NTMS_NULLGUID,
  NTMS_OBJ_INSERT,
  NTMS_OBJ_UPDATE,
  NTMS_PHYSICAL_MEDIA,
  NTMS_STORAGESLOT,
  OpenNtmsNotification,
  WaitForNtmsNotification,
} from "../../src/ntms/ntmsapi.ts";
import { openSession } from "../../mod.ts";
import * as calls from "./calls.ts";
import {
  begin,
  deleteDrive,
  deleteLibrary,
  plugIn,
  pullDrive,
  unplug,
  unplugged,
  watch,
  WATCHING,
} from "./device_calls.ts";
import { hands, library, ports } from "./port_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";
const ALONE = "virtual:alone?slots=0&files=no";

/** The bar codes of all media. */
async function barCodes(hSession: HANDLE): Promise<string[]> {
  return (await calls.infosOf(hSession, NTMS_PHYSICAL_MEDIA))
    .map(({ Info }) => Info.PhysicalMedia.szBarCode);
}

/** Puts a cartridge into a port of the library, which tells of it when it is asked. */
async function insert(
  service: RunningService,
  hSession: HANDLE,
  barCode: string,
): Promise<void> {
  const place = (await ports(hSession))
    .at(Number(barCode.charAt(2)) - 1) ?? null;
  await hands(service, { action: "insert", place, barCode });
}

function untilKnown(hSession: HANDLE, barCode: string): Promise<void> {
  return calls.until(async () => (await barCodes(hSession)).includes(barCode));
}

Deno.test(
  "DeleteNtmsLibrary() deletes all parts of a library, and its media are in the offline library with their allocations",
  holds(["DeleteNtmsLibrary.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const id = await plugIn(service);
    const medium = await calls.allocated(hSession, "OTH001L6");
    await calls.mount(hSession, [medium]);
    await unplug(service, id);
    const types = [
      NTMS_DRIVE,
      NTMS_CHANGER,
      NTMS_STORAGESLOT,
      NTMS_IEPORT,
      NTMS_IEDOOR,
    ];
    const parts = (
      await Promise.all(types.map((type) => calls.idsOf(hSession, type, id)))
    ).flat();
    assertEquals(parts.length, 9);
    assertEquals(await deleteLibrary(hSession, id), "ERROR_SUCCESS");
    const left = await Promise.all(
      types.map((type) => calls.idsOf(hSession, type)),
    );
    assertEquals(left.flat().filter((part) => parts.includes(part)), []);
    const { offline } = await calls.libraries(hSession);
    for (const barCode of ["OTH001L6", "OTH002L6"]) {
      const { CurrentLibrary } = await calls.cartridgeOf(hSession, barCode);
      assertEquals(CurrentLibrary, offline);
    }
    const { LogicalMedia } = await calls.sideInfoOf(hSession, "OTH001L6");
    assertEquals(LogicalMedia, medium);
  }),
);

Deno.test(
  "DeleteNtmsDrive() of a stand-alone drive deletes its library, and its media are offline",
  holds(["DeleteNtmsDrive.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const id = await plugIn(service, ALONE);
    const [drive = ""] = await calls.idsOf(hSession, NTMS_DRIVE, id);
    assertEquals(await deleteDrive(hSession, drive), "ERROR_INVALID_STATE");
    await unplug(service, id);
    assertEquals(await deleteDrive(hSession, drive), "ERROR_SUCCESS");
    const { online } = await calls.libraries(hSession);
    assert(!online.includes(id));
  }),
);

Deno.test(
  "a change detection watches what SetNtmsDeviceChangeDetection() names, until it ends: by its own function or with its session",
  holds([
    "BeginNtmsDeviceChangeDetection.1",
    "BeginNtmsDeviceChangeDetection.3",
    "SetNtmsDeviceChangeDetection.2",
    "SetNtmsDeviceChangeDetection.3",
    "EndNtmsDeviceChangeDetection.1",
    "CloseNtmsSession.3",
  ], async () => {
    await using service = await RunningService.start(WATCHING);
    const hSession = await service.open();
    const watcher = await service.open("Watcher");
    const id = await library(hSession);
    const unseen = async (barCode: string) => {
      for (let times = 0; times < 20; times++) {
        assert(!(await barCodes(hSession)).includes(barCode));
      }
    };
    // A look that is under way when the watch ends still comes to its end.
    const settled = async () => {
      await using session = await openSession({ socket: service.socket });
      await session.inventory(id, { wait: true });
    };
    const first = await begin(watcher);
    await insert(service, hSession, "NE1001L6");
    await unseen("NE1001L6");
    const channel = await OpenNtmsNotification(hSession, NTMS_PHYSICAL_MEDIA);
    assertEquals(await watch(watcher, first, [id]), "ERROR_SUCCESS");
    await untilKnown(hSession, "NE1001L6");
    const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
    assertEquals(await WaitForNtmsNotification(channel, change, 1_000), 0);
    const { dwOperation, ObjectId } = change.value;
    const { id: added } = await calls.cartridgeOf(hSession, "NE1001L6");
    assertEquals([dwOperation, ObjectId], [NTMS_OBJ_INSERT, added]);
    // Once more, without being asked again.
    const [port = ""] = await ports(hSession);
    await hands(service, { action: "remove", place: port });
    await calls.until(async () =>
      (await calls.cartridgeOf(hSession, "NE1001L6").catch(() => null))
        ?.CurrentLibrary !== id
    );
    assertEquals(await EndNtmsDeviceChangeDetection(watcher, first), 0);
    await settled();
    await hands(service, {
      action: "insert",
      place: port,
      barCode: "NE1002L6",
    });
    await unseen("NE1002L6");
    const second = await begin(watcher);
    assertEquals(await watch(watcher, second, [id]), "ERROR_SUCCESS");
    await untilKnown(hSession, "NE1002L6");
    await CloseNtmsSession(watcher);
    await settled();
    await insert(service, hSession, "NE2003L6");
    await unseen("NE2003L6");
  }),
);

Deno.test(
  "SetNtmsDeviceChangeDetection() with media or media types watches the stand-alone drives that could hold them, and no others",
  holds(["SetNtmsDeviceChangeDetection.1"], async () => {
    await using service = await RunningService.start(WATCHING);
    const hSession = await service.open();
    const alone = await plugIn(service, ALONE);
    const [drive = ""] = await calls.idsOf(hSession, NTMS_DRIVE, alone);
    const detection = await begin(hSession);
    const { id, MediaType } = await calls.cartridgeOf(hSession, A);
    for (
      const [type, object] of [
        [NTMS_PHYSICAL_MEDIA, id],
        [NTMS_MEDIA_TYPE, MediaType],
      ] as const
    ) {
      assertEquals(
        await watch(hSession, detection, [object], type),
        "ERROR_SUCCESS",
      );
    }
    await insert(service, hSession, "NE1001L6");
    {
      await using session = await openSession({ socket: service.socket });
      await session.ports.useHands({
        library: alone,
        action: "insert",
        place: drive,
        barCode: "NE1002L6",
      });
    }
    await calls.until(async () =>
      (await calls.idsOf(hSession, NTMS_PHYSICAL_MEDIA, alone)).length === 1
    );
    assert(!(await barCodes(hSession)).includes("NE1001L6"));
  }),
);

Deno.test(
  "DisableNtmsObject() comes before a drive is taken away: nothing uses it then, and EnableNtmsObject() comes after it is back",
  holds(["DisableNtmsObject.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const [drive = ""] = await calls.driveIds(hSession);
    assertEquals(await DisableNtmsObject(hSession, NTMS_DRIVE, drive), 0);
    await pullDrive(service, hSession);
    const { dwOperationalState, Enabled } = await calls.infoOf(hSession, drive);
    assertEquals([dwOperationalState, Enabled], [NTMS_NOT_PRESENT, false]);
    const medium = await calls.allocated(hSession, A);
    assertEquals(await calls.mount(hSession, [medium]), "ERROR_SUCCESS");
    assert((await calls.cartridgeOf(hSession, A)).Location !== drive);
    await pullDrive(service, hSession, true);
    assertEquals(await EnableNtmsObject(hSession, NTMS_DRIVE, drive), 0);
    const other = await calls.allocated(hSession, "LAB002L6");
    assertEquals(await calls.mount(hSession, [other]), "ERROR_SUCCESS");
    assertEquals(
      (await calls.cartridgeOf(hSession, "LAB002L6")).Location,
      drive,
    );
  }),
);

Deno.test("a library that is plugged out has its notifications, and comes back by its serial number", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const channel = await OpenNtmsNotification(hSession, NTMS_DRIVE);
  const id = await unplugged(service);
  assertEquals(await plugIn(service), id);
  const operations: number[] = [];
  const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
  while (await WaitForNtmsNotification(channel, change, 0) === 0) {
    operations.push(change.value.dwOperation);
  }
  assertEquals(operations.slice(0, 1), [NTMS_OBJ_INSERT]);
  assert(operations.slice(1).every((one) => one === NTMS_OBJ_UPDATE));
});
