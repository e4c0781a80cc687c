/**
 * How labels behave, by the lines of the documents.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  type HANDLE,
  IdentifyNtmsSlot,
  InventoryNtmsLibrary,
  MoveToNtmsMediaPool,
  NTMS_DISMOUNT_DEFERRED,
  NTMS_DISMOUNT_IMMEDIATE,
  NTMS_DRIVE,
  NTMS_INVENTORY_FAST,
  NTMS_INVENTORY_OMID,
  NTMS_LIBRARY,
  NTMS_LIBREQUEST,
  NTMS_LM_PASSED,
  NTMS_LM_PROCESSOMID,
  NTMS_MEDIA_POOL,
  NTMS_OMID_TYPE_FILESYSTEM_INFO,
  NTMS_OPREQUEST,
  NTMS_PARTSTATE_AVAILABLE,
  NTMS_PARTSTATE_UNPREPARED,
  NTMS_PHYSICAL_MEDIA,
  NTMS_STORAGESLOT,
  type NtmsInventoryMethod,
  UpdateNtmsOmidInfo,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { endTold } from "./ends.ts";
import {
  ansiLabels,
  slots,
  told,
  WRITABLE_LIBRARY,
  written,
} from "./label_calls.ts";
import { systemPool } from "./managing_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";
const LABEL = ansiLabels("VOL001");
const WRITABLE = { libraries: [WRITABLE_LIBRARY] };

Deno.test(
  "UpdateNtmsOmidInfo() has the label libraries look at the bytes of a tape's label, and keeps their answer with the side",
  holds(["UpdateNtmsOmidInfo.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    assertEquals(await told(hSession, medium, LABEL), "ERROR_SUCCESS");
    const side = await calls.sideInfoOf(hSession, A);
    assertEquals(
      [
        side.szOmidLabelType,
        new TextDecoder().decode(side.OmidLabelId),
        side.dwOmidLabelIdLength,
        side.szOmidLabelInfo,
      ],
      ["ANSI", "VOL001", 6, "Volume VOL001"],
    );
  }),
);

Deno.test(
  "UpdateNtmsOmidInfo() keeps type, volume name and serial number of a file system",
  holds(["UpdateNtmsOmidInfo.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const code = await UpdateNtmsOmidInfo(
      hSession,
      await calls.allocated(hSession, A),
      NTMS_OMID_TYPE_FILESYSTEM_INFO,
      644,
      { FileSystemType: "UDF", VolumeName: "DATA", SerialNumber: 0x1a2b },
    );
    assertEquals(nameOf(code), "ERROR_SUCCESS");
    const side = await calls.sideInfoOf(hSession, A);
    assertEquals(side.szOmidLabelType, "UDF");
    assertEquals([...side.OmidLabelId], [0, 0, 0x1a, 0x2b]);
    assertEquals(side.szOmidLabelInfo, "DATA");
  }),
);

/** How many labels requests have read. */
async function labelsRead(hSession: HANDLE): Promise<number> {
  const requests = await calls.infosOf(hSession, NTMS_LIBREQUEST);
  return requests.filter(({ Info }) =>
    Info.LibRequest.OperationCode === NTMS_LM_PROCESSOMID &&
    Info.LibRequest.State === NTMS_LM_PASSED
  ).length;
}

Deno.test(
  "IdentifyNtmsSlot() leaves the medium in its drive where it is deferred, and else puts it back at once",
  holds(["IdentifyNtmsSlot.2"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const [first = "", second = ""] = await slots(hSession);
    await IdentifyNtmsSlot(hSession, first, NTMS_DISMOUNT_DEFERRED);
    await IdentifyNtmsSlot(hSession, second, NTMS_DISMOUNT_IMMEDIATE);
    const placeOf = async (barCode: string) =>
      (await calls.cartridgeOf(hSession, barCode)).LocationType;
    assertEquals(await placeOf("LAB001L6"), NTMS_DRIVE);
    assertEquals(await placeOf("LAB002L6"), NTMS_STORAGESLOT);
  }),
);

Deno.test(
  "IdentifyNtmsSlot() succeeds on an empty slot, and there is no medium more",
  holds(["IdentifyNtmsSlot.3"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const before = await calls.idsOf(hSession, NTMS_PHYSICAL_MEDIA);
    const empty = (await slots(hSession)).at(-1) ?? "";
    const code = await IdentifyNtmsSlot(hSession, empty, 0);
    assertEquals(nameOf(code), "ERROR_SUCCESS");
    assertEquals(await calls.idsOf(hSession, NTMS_PHYSICAL_MEDIA), before);
  }),
);

Deno.test(
  "IdentifyNtmsSlot() is told of under the slot's id",
  holds(["IdentifyNtmsSlot.4"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const [slot = ""] = await slots(hSession);
    const told = await endTold(
      hSession,
      NTMS_STORAGESLOT,
      () => IdentifyNtmsSlot(hSession, slot, NTMS_DISMOUNT_IMMEDIATE),
    );
    assertEquals(told, slot);
  }),
);

Deno.test(
  "InventoryNtmsLibrary() by labels returns at once, and a request for each medium reads its label",
  holds(["InventoryNtmsLibrary.1", "InventoryNtmsLibrary.2"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const { online: [library = ""] } = await calls.libraries(hSession);
    const code = await InventoryNtmsLibrary(
      hSession,
      library,
      NTMS_INVENTORY_OMID,
    );
    assertEquals(nameOf(code), "ERROR_SUCCESS");
    await calls.until(async () => await labelsRead(hSession) === 4);
  }),
);

Deno.test(
  "MountNtmsMedia() reads the label in the drive; another one than the known one leads to an inventory, and is not mounted",
  holds(["MountNtmsMedia.10"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    await written(hSession, medium, LABEL);
    assertEquals(await told(hSession, medium, LABEL), "ERROR_SUCCESS");
    // Another program has the drive for a moment, and another tape.
    await written(hSession, medium, ansiLabels("OTHER1"));
    const before = (await calls.idsOf(hSession, NTMS_LIBREQUEST)).length;
    assertEquals(await calls.mount(hSession, [medium]), "ERROR_INVALID_STATE");
    assert((await calls.idsOf(hSession, NTMS_OPREQUEST)).length > 0);
    await calls.until(async () =>
      (await calls.idsOf(hSession, NTMS_LIBREQUEST)).length > before + 1
    );
  }),
);

Deno.test(
  "InventoryNtmsLibrary() tells its end under the id of the library, when the labels are read",
  holds(["InventoryNtmsLibrary.5"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const { online: [library = ""] } = await calls.libraries(hSession);
    const take = (method: NtmsInventoryMethod) => () =>
      InventoryNtmsLibrary(hSession, library, method);
    const told = (method: NtmsInventoryMethod) =>
      endTold(hSession, NTMS_LIBRARY, take(method));
    assertEquals(await told(NTMS_INVENTORY_FAST), library);
    assertEquals(await labelsRead(hSession), 0);
    assertEquals(await told(NTMS_INVENTORY_OMID), library);
    assertEquals(await labelsRead(hSession), 4);
  }),
);

Deno.test(
  "MoveToNtmsMediaPool() tells its end under the id of the pool, when the free label is written where one is needed",
  holds(["MoveToNtmsMediaPool.6"], async () => {
    await using service = await RunningService.start({
      ...WRITABLE,
      trustBarCodes: false,
    });
    const hSession = await service.open();
    const { id } = await calls.cartridgeOf(hSession, A);
    const free = await systemPool(hSession, "\\Free\\LTO-6");
    const own = await calls.poolId(hSession);
    const told = (pool: string) =>
      endTold(
        hSession,
        NTMS_MEDIA_POOL,
        () => MoveToNtmsMediaPool(hSession, id, pool),
      );
    assertEquals(await told(free), free);
    const { State } = await calls.sideInfoOf(hSession, A);
    assertEquals(State, NTMS_PARTSTATE_AVAILABLE);
    assertEquals(await told(own), own);
  }),
);

Deno.test(
  "MoveToNtmsMediaPool() into a free pool has the label written by a request; until then the sides are unprepared, then available",
  holds(["MoveToNtmsMediaPool.3", "MoveToNtmsMediaPool.4"], async () => {
    await using service = await RunningService.start({
      // The robot and the drive take their time.
      libraries: [WRITABLE_LIBRARY.replace("speed=none", "speed=200")],
      trustBarCodes: false,
    });
    const hSession = await service.open();
    const { id } = await calls.cartridgeOf(hSession, A);
    const free = await systemPool(hSession, "\\Free\\LTO-6");
    const code = await MoveToNtmsMediaPool(hSession, id, free);
    assertEquals(nameOf(code), "ERROR_SUCCESS");
    const stateOf = async () => (await calls.sideInfoOf(hSession, A)).State;
    const states = new Set([await stateOf()]);
    await calls.until(async () => {
      states.add(await stateOf());
      return states.has(NTMS_PARTSTATE_AVAILABLE);
    });
    assertEquals([...states], [
      NTMS_PARTSTATE_UNPREPARED,
      NTMS_PARTSTATE_AVAILABLE,
    ]);
    const side = await calls.sideInfoOf(hSession, A);
    assertEquals(side.szOmidLabelType, "RSM free medium");
  }),
);
