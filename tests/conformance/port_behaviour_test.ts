/**
 * How ports and doors behave, by the lines of the documents.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  AccessNtmsLibraryDoor,
  type HANDLE,
  NTMS_COMPUTER,
  NTMS_DOORSTATE_OPEN,
  NTMS_EJECT_FORCE,
  NTMS_EJECT_QUEUE,
  NTMS_EJECT_STOP,
  NTMS_IEDOOR,
  NTMS_IEPORT,
  NTMS_INJECT_RETRACT,
  NTMS_INJECT_START,
  NTMS_INJECT_STARTMANY,
  NTMS_INJECT_STOP,
  NTMS_INVENTORY_FAST,
  NTMS_INVENTORY_NONE,
  NTMS_LIBRARY,
  NTMS_LIBREQUEST,
  NTMS_LM_DOORACCESS,
  NTMS_LM_EJECT,
  NTMS_LM_PASSED,
  NTMS_OPREQUEST,
  NTMS_PHYSICAL_MEDIA,
  NTMS_STORAGESLOT,
  type NtmsInventoryMethod,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { endTold } from "./ends.ts";
import { change } from "./managing_calls.ts";
import {
  eject,
  endOf,
  hands,
  inject,
  library,
  portOf,
  ports,
  QUICK,
  requestsOf,
  succeeded,
} from "./port_calls.ts";
import { holds, type LineId } from "./record.ts";
import {
  RunningService,
  type RunningServiceOptions,
  SMALL_LIBRARY,
} from "./running_service.ts";

const FIRST = "LAB001L6";

function rule(
  name: string,
  lines: readonly LineId[],
  body: (hSession: HANDLE, service: RunningService) => Promise<void>,
  options: RunningServiceOptions = {},
): void {
  Deno.test(
    name,
    holds(lines, async () => {
      await using service = await RunningService.start({
        ...QUICK,
        ...options,
      });
      await body(await service.open(), service);
    }),
  );
}

async function cartridge(hSession: HANDLE, barCode = FIRST) {
  return await calls.cartridgeOf(hSession, barCode);
}

async function take(service: RunningService, place: string): Promise<void> {
  await hands(service, { action: "remove", place });
}

async function bring(
  service: RunningService,
  barCode: string,
  place: string | null = null,
): Promise<void> {
  await hands(service, { action: "insert", place, barCode });
}

async function barCodes(hSession: HANDLE): Promise<string[]> {
  const all = await calls.infosOf(hSession, NTMS_PHYSICAL_MEDIA);
  return all.map(({ Info }) => Info.PhysicalMedia.szBarCode);
}

async function setPortSeconds(hSession: HANDLE, seconds: number) {
  for (const id of await ports(hSession)) {
    await change(hSession, id, (info) => {
      assert(info.dwType === NTMS_IEPORT);
      info.Info.IEPort.MaxExtendSecs = seconds;
    });
  }
}

async function isInSlot(hSession: HANDLE, barCode: string): Promise<boolean> {
  const slots = await calls.idsOf(
    hSession,
    NTMS_STORAGESLOT,
    await library(hSession),
  );
  const known = await barCodes(hSession);
  if (!known.includes(barCode)) return false;
  return slots.includes((await cartridge(hSession, barCode)).Location);
}

rule(
  "EjectNtmsMedia() offers a cartridge until it is taken, its time is up, or it is stopped",
  ["EjectNtmsMedia.2"],
  async (hSession, service) => {
    const { id } = await cartridge(hSession);
    const stopped = await eject(hSession, id);
    await portOf(hSession, FIRST);
    succeeded(
      await eject(hSession, null, NTMS_EJECT_STOP, stopped.operation),
    );
    assertEquals(await endOf(hSession, stopped.operation), "cancelled");
    assert(await isInSlot(hSession, FIRST));
    const taken = await eject(hSession, id);
    await take(service, await portOf(hSession, FIRST));
    assertEquals(await endOf(hSession, taken.operation), "passed");
    await setPortSeconds(hSession, 0);
    const other = await cartridge(hSession, "LAB002L6");
    const late = await eject(hSession, other.id);
    assertEquals(await endOf(hSession, late.operation), "cancelled");
    assert(await isInSlot(hSession, "LAB002L6"));
  },
);

rule(
  "EjectNtmsMedia() gathers cartridges until one starts, or none",
  ["EjectNtmsMedia.3"],
  async (hSession, service) => {
    const first = await cartridge(hSession, FIRST);
    const second = await cartridge(hSession, "LAB002L6");
    succeeded(await eject(hSession, first.id, NTMS_EJECT_QUEUE));
    succeeded(await eject(hSession, second.id));
    await take(service, await portOf(hSession, FIRST));
    await take(service, await portOf(hSession, "LAB002L6"));
    for (const { ObjectGuid } of await requestsOf(hSession, NTMS_LM_EJECT)) {
      assertEquals(await endOf(hSession, ObjectGuid), "passed");
    }
    const third = await cartridge(hSession, "LAB003L6");
    await eject(hSession, third.id, NTMS_EJECT_QUEUE);
    succeeded(await eject(hSession, null));
    await portOf(hSession, "LAB003L6");
  },
);

rule(
  "EjectNtmsMedia() leaves a cartridge in the offline library, or forgets it by the computer's policy",
  ["EjectNtmsMedia.4"],
  async (hSession, service) => {
    const eachLeaves = async (barCode: string) => {
      const { id } = await cartridge(hSession, barCode);
      const { operation } = await eject(hSession, id);
      await take(service, await portOf(hSession, barCode));
      assertEquals(await endOf(hSession, operation), "passed");
    };
    await eachLeaves(FIRST);
    const { offline } = await calls.libraries(hSession);
    assertEquals((await cartridge(hSession)).CurrentLibrary, offline);
    const [computer = ""] = await calls.idsOf(hSession, NTMS_COMPUTER);
    await change(hSession, computer, (info) => {
      assert(info.dwType === NTMS_COMPUTER);
      info.Info.Computer.dwMediaPoolPolicy = 1;
    });
    await eachLeaves("LAB002L6");
    assertEquals(await barCodes(hSession), [FIRST, "LAB003L6", "LAB004L6"]);
  },
);

rule(
  "EjectNtmsMedia() ejects what is mounted by force",
  ["EjectNtmsMedia.5"],
  async (hSession, service) => {
    const [medium] = await calls.allocatedAll(hSession, [FIRST]);
    await calls.mount(hSession, [medium]);
    const { id } = await cartridge(hSession);
    assertEquals((await eject(hSession, id)).code, "ERROR_BUSY");
    const { operation } = await eject(hSession, id, NTMS_EJECT_FORCE);
    await take(service, await portOf(hSession, FIRST));
    assertEquals(await endOf(hSession, operation), "passed");
  },
);

rule(
  "InjectNtmsMedia() brings what is put into a port to a slot; known media come back, others are entered",
  ["InjectNtmsMedia.2", "InjectNtmsMedia.6"],
  async (hSession, service) => {
    const id = await library(hSession);
    const { id: medium } = await cartridge(hSession);
    const out = await eject(hSession, medium);
    await take(service, await portOf(hSession, FIRST));
    await endOf(hSession, out.operation);
    for (const barCode of [FIRST, "NEW001L6"]) {
      const { operation } = await inject(hSession, id);
      await bring(service, barCode);
      assertEquals(await endOf(hSession, operation), "passed");
      assert(await isInSlot(hSession, barCode));
    }
    assertEquals((await cartridge(hSession)).id, medium);
  },
);

rule(
  "InjectNtmsMedia() takes in once, or many times, or at once; which id stops what",
  ["InjectNtmsMedia.3", "InjectNtmsMedia.4"],
  async (hSession, service) => {
    const id = await library(hSession);
    const once = await inject(hSession, id, NTMS_INJECT_START);
    const wrong = await inject(
      hSession,
      id,
      NTMS_INJECT_RETRACT,
      once.operation,
    );
    assertEquals(wrong.code, "ERROR_INVALID_OPERATION");
    succeeded(await inject(hSession, id, NTMS_INJECT_STOP, once.operation));
    assertEquals(await endOf(hSession, once.operation), "cancelled");
    const many = await inject(hSession, id, NTMS_INJECT_STARTMANY);
    for (const barCode of ["NEW001L6", "NEW002L6"]) {
      await bring(service, barCode);
      succeeded(
        await inject(hSession, id, NTMS_INJECT_RETRACT, many.operation),
      );
      await calls.until(() => isInSlot(hSession, barCode));
    }
    succeeded(await inject(hSession, id, NTMS_INJECT_STOP, many.operation));
    assertEquals(await endOf(hSession, many.operation), "passed");
  },
);

rule(
  "InjectNtmsMedia() leaves in the port what finds no slot, and has the operator asked",
  ["InjectNtmsMedia.5"],
  async (hSession, service) => {
    const [one = "", other = ""] = await ports(hSession);
    await bring(service, "NEW001L6", one);
    await bring(service, "NEW002L6", other);
    const { operation } = await inject(hSession, await library(hSession));
    assertEquals(await endOf(hSession, operation), "failed");
    await calls.untilOperatorRequest(hSession);
    const [request] = await calls.infosOf(hSession, NTMS_OPREQUEST);
    const message = request?.Info.OpRequest.szMessage ?? "";
    assert(message.includes("No slot is free"), message);
  },
  { libraries: [SMALL_LIBRARY.replace("slots=8", "slots=5")] },
);

rule(
  "InjectNtmsMedia() tells its end under the id of the operation, and takes nothing into the offline library",
  ["InjectNtmsMedia.7"],
  async (hSession, service) => {
    const { offline } = await calls.libraries(hSession);
    const refused = await inject(hSession, offline);
    assertEquals(refused.code, "ERROR_LIBRARY_OFFLINE");
    const { operation } = await inject(hSession, await library(hSession));
    const told = await endTold(
      hSession,
      NTMS_LIBREQUEST,
      () => bring(service, "NEW001L6"),
    );
    assertEquals(told, operation);
  },
);

rule(
  "AccessNtmsLibraryDoor() has an inventory by the method given, once the door is closed",
  [
    "AccessNtmsLibraryDoor.2",
    "AccessNtmsLibraryDoor.5",
    "AccessNtmsLibraryDoor.6",
  ],
  async (hSession, service) => {
    const id = await library(hSession);
    const slots = await calls.idsOf(hSession, NTMS_STORAGESLOT, id);
    const change = async (
      barCode: string,
      slot: string,
      method: NtmsInventoryMethod,
    ) => {
      await AccessNtmsLibraryDoor(hSession, id, method);
      await hands(service, { action: "openDoor" });
      await calls.until(async () => {
        const [door] = await calls.infosOf(hSession, NTMS_IEDOOR);
        return door?.Info.IEDoor.State === NTMS_DOORSTATE_OPEN;
      });
      await bring(service, barCode, slot);
      await hands(service, { action: "closeDoor" });
      await calls.until(async () => {
        const all = await requestsOf(hSession, NTMS_LM_DOORACCESS);
        return all.every(({ Info }) =>
          Info.LibRequest.State === NTMS_LM_PASSED
        );
      });
    };
    const told = await endTold(
      hSession,
      NTMS_LIBRARY,
      () => change("NEW001L6", slots[5] ?? "", NTMS_INVENTORY_FAST),
    );
    assertEquals(told, id);
    assert((await barCodes(hSession)).includes("NEW001L6"));
    await change("NEW002L6", slots[6] ?? "", NTMS_INVENTORY_NONE);
    assert(!(await barCodes(hSession)).includes("NEW002L6"));
  },
  { libraries: [SMALL_LIBRARY.replace("drives=2", "drives=2&ports=0")] },
);

rule(
  "AccessNtmsLibraryDoor() asks the operator to close a door that stays open too long",
  ["AccessNtmsLibraryDoor.4"],
  async (hSession, service) => {
    const id = await library(hSession);
    const [door = ""] = await calls.idsOf(hSession, NTMS_IEDOOR, id);
    await change(hSession, door, (info) => {
      assert(info.dwType === NTMS_IEDOOR);
      info.Info.IEDoor.MaxOpenSecs = 0;
    });
    await AccessNtmsLibraryDoor(hSession, id, NTMS_INVENTORY_NONE);
    await hands(service, { action: "openDoor" });
    await calls.untilOperatorRequest(hSession);
    await hands(service, { action: "closeDoor" });
    await calls.until(async () =>
      (await calls.idsOf(hSession, NTMS_OPREQUEST)).length === 0
    );
  },
);
