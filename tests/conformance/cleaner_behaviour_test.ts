/**
 * How cleaning behaves, by the lines of the documents.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  type HANDLE,
  NTMS_DRIVE,
  NTMS_DRIVESTATE_BEING_CLEANED,
  NTMS_EJECT_STOP,
  NTMS_INJECT_STOP,
  NTMS_LIBRARY,
  NTMS_LIBRARYFLAG_CLEANERPRESENT,
  NTMS_LIBREQUEST,
  NTMS_LM_CLEANDRIVE,
  NTMS_LM_PASSED,
  NTMS_NULLGUID,
  NTMS_OPREQ_CLEANER,
  NTMS_OPREQUEST,
  NTMS_PHYSICAL_MEDIA,
  SetNtmsObjectInformation,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import {
  BY_DOOR,
  clean,
  CLEANER,
  drive,
  eject,
  inject,
  release,
  reserve,
  shown,
  slots,
  WITH_CLEANER,
} from "./cleaner_calls.ts";
import { withDesk } from "./desk_calls.ts";
import { endTold } from "./ends.ts";
import { inRun } from "./managing_calls.ts";
import {
  endOf,
  hands,
  library,
  portOf,
  QUICK,
  requestsOf,
  succeeded,
} from "./port_calls.ts";
import { holds, type LineId } from "./record.ts";
import {
  RunningService,
  type RunningServiceOptions,
} from "./running_service.ts";

function rule(
  name: string,
  lines: readonly LineId[],
  body: (hSession: HANDLE, service: RunningService) => Promise<void>,
  libraries = [WITH_CLEANER],
  options: RunningServiceOptions = {},
): void {
  Deno.test(
    name,
    holds(lines, async () => {
      await using service = await RunningService.start({
        ...QUICK,
        ...options,
        libraries,
      });
      await body(await service.open(), service);
    }),
  );
}

async function setUses(hSession: HANDLE, uses: number): Promise<void> {
  const id = await library(hSession);
  const info = await calls.infoOf(hSession, id);
  assert(info.dwType === NTMS_LIBRARY);
  info.Info.Library.dwCleanerUsesRemaining = uses;
  assertEquals(
    await SetNtmsObjectInformation(hSession, id, info),
    0,
  );
}

/** Open requests to the operator for a cleaning cartridge. */
async function asked(hSession: HANDLE) {
  const all = await calls.infosOf(hSession, NTMS_OPREQUEST);
  return all.filter(({ Info }) =>
    Info.OpRequest.Request === NTMS_OPREQ_CLEANER
  );
}

async function firstDrive(hSession: HANDLE): Promise<string> {
  const [id = ""] = await calls.driveIds(hSession);
  return id;
}

/** Cleans a drive, to its end. */
async function cleaned(hSession: HANDLE, id: string): Promise<string> {
  const before = await requestsOf(hSession, NTMS_LM_CLEANDRIVE);
  assertEquals(await clean(hSession, id), "ERROR_SUCCESS");
  const all = await requestsOf(hSession, NTMS_LM_CLEANDRIVE);
  const old = new Set(before.map(({ ObjectGuid }) => ObjectGuid));
  const request = all.find(({ ObjectGuid }) => !old.has(ObjectGuid));
  return await endOf(hSession, request?.ObjectGuid ?? "");
}

rule(
  "CleanNtmsDrive() takes a use and notes the time, keeps the drive from others meanwhile, and ends under the drive's id; with the last use an operator is asked",
  ["CleanNtmsDrive.1", "CleanNtmsDrive.2", "CleanNtmsDrive.3"],
  async (hSession) => {
    await setUses(hSession, 1);
    const id = await firstDrive(hSession);
    assertEquals((await drive(hSession, id)).LastCleanedTs, null);
    const told = await endTold(hSession, NTMS_DRIVE, async () => {
      assertEquals(await clean(hSession, id), "ERROR_SUCCESS");
      await calls.until(async () =>
        (await drive(hSession, id)).State === NTMS_DRIVESTATE_BEING_CLEANED
      );
    });
    assertEquals(told, id);
    assert((await drive(hSession, id)).LastCleanedTs !== null);
    assertEquals((await shown(hSession)).dwCleanerUsesRemaining, 0);
    assertEquals((await asked(hSession)).length, 1);
    const [request] = await requestsOf(hSession, NTMS_LM_CLEANDRIVE);
    assertEquals(request?.Info.LibRequest.State, NTMS_LM_PASSED);
  },
  [`${WITH_CLEANER}&speed=400`],
);

rule(
  "CleanNtmsDrive() without a cleaning cartridge has the operator asked for one",
  ["CleanNtmsDrive.4"],
  async (hSession) => {
    assertEquals(await clean(hSession), "ERROR_SUCCESS");
    await calls.until(async () => (await asked(hSession)).length === 1);
  },
  [WITH_CLEANER.replace(",CLN001L6", "")],
);

Deno.test(
  "CleanNtmsDrive() that is queued does not outlive the service",
  holds(["CleanNtmsDrive.6"], async () => {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    const libraries = [WITH_CLEANER.replace(",CLN001L6", "")];
    try {
      await inRun({ state, libraries }, async (hSession) => {
        assertEquals(await clean(hSession), "ERROR_SUCCESS");
        return "";
      });
      const end = await inRun({ state, libraries }, async (hSession) => {
        const [request] = await requestsOf(hSession, NTMS_LM_CLEANDRIVE);
        return await endOf(hSession, request?.ObjectGuid ?? "");
      });
      assertEquals(end, "cancelled");
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  }),
);

rule(
  "ReserveNtmsCleanerSlot() and ReleaseNtmsCleanerSlot() set and clear the slot that the library names, and end under the library's id",
  [
    "ReserveNtmsCleanerSlot.1",
    "ReserveNtmsCleanerSlot.2",
    "ReleaseNtmsCleanerSlot.1",
  ],
  async (hSession) => {
    const all = await slots(hSession);
    assertEquals(
      await reserve(hSession, all[0]),
      "ERROR_RESOURCE_NOT_AVAILABLE",
    );
    const told = await endTold(hSession, NTMS_LIBRARY, async () => {
      assertEquals(await reserve(hSession, all[4]), "ERROR_SUCCESS");
    });
    assertEquals(told, await library(hSession));
    assertEquals((await shown(hSession)).CleanerSlot, all[4]);
    assertEquals(await reserve(hSession, all[5]), "ERROR_CLEANER_SLOT_SET");
    assertEquals(await release(hSession), "ERROR_SUCCESS");
    assertEquals((await shown(hSession)).CleanerSlot, NTMS_NULLGUID);
  },
  [WITH_CLEANER.replace(",CLN001L6", "")],
);

rule(
  "InjectNtmsCleaner() brings one cartridge through a port into the reserved slot, with the uses given, and ends under the operation's id; it can be stopped",
  ["InjectNtmsCleaner.3", "InjectNtmsCleaner.4"],
  async (hSession, service) => {
    const all = await slots(hSession);
    await reserve(hSession, all[4]);
    const first = await inject(hSession);
    succeeded(first);
    succeeded(await inject(hSession, NTMS_INJECT_STOP, first.operation));
    assertEquals(await endOf(hSession, first.operation), "cancelled");
    let operation = "";
    const told = await endTold(hSession, NTMS_LIBREQUEST, async () => {
      const second = await inject(hSession);
      succeeded(second);
      operation = second.operation;
      await hands(service, { action: "insert", place: null, barCode: CLEANER });
      assertEquals(await endOf(hSession, operation), "passed");
    });
    assertEquals(told, operation);
    const { Location } = await calls.cartridgeOf(hSession, CLEANER);
    assertEquals(Location, all[4]);
    const { dwCleanerUsesRemaining, dwFlags } = await shown(hSession);
    assertEquals(dwCleanerUsesRemaining, 7);
    assert((dwFlags & NTMS_LIBRARYFLAG_CLEANERPRESENT) !== 0);
  },
  [WITH_CLEANER.replace(",CLN001L6", "")],
);

rule(
  "InjectNtmsCleaner() and EjectNtmsCleaner() go by the door where there are no ports, with a request to the operator",
  ["InjectNtmsCleaner.2", "EjectNtmsCleaner.2"],
  async (hSession, service) => {
    const { operation } = await eject(hSession);
    const { CleanerSlot } = await shown(hSession);
    await hands(service, { action: "openDoor" });
    await hands(service, { action: "remove", place: CleanerSlot });
    await hands(service, { action: "closeDoor" });
    assertEquals(await endOf(hSession, operation), "passed");
    const begun = await inject(hSession);
    succeeded(begun);
    await calls.until(async () => (await asked(hSession)).length === 1);
    await hands(service, { action: "openDoor" });
    await hands(service, {
      action: "insert",
      place: CleanerSlot,
      barCode: CLEANER,
    });
    await hands(service, { action: "closeDoor" });
    assertEquals(await endOf(hSession, begun.operation), "passed");
    assertEquals((await shown(hSession)).dwCleanerUsesRemaining, 7);
  },
  [BY_DOOR],
);

rule(
  "EjectNtmsCleaner() forgets the cartridge that is taken, after which no uses remain, keeps the slot, and ends under the operation's id; stopped, it brings it back",
  ["EjectNtmsCleaner.3", "EjectNtmsCleaner.4", "EjectNtmsCleaner.5"],
  async (hSession, service) => {
    await setUses(hSession, 5);
    const before = await shown(hSession);
    const first = await eject(hSession);
    await portOf(hSession, CLEANER);
    succeeded(await eject(hSession, NTMS_EJECT_STOP, first.operation));
    await endOf(hSession, first.operation);
    const { Location } = await calls.cartridgeOf(hSession, CLEANER);
    assertEquals(Location, before.CleanerSlot);
    assertEquals((await shown(hSession)).dwCleanerUsesRemaining, 5);
    let operation = "";
    const told = await endTold(hSession, NTMS_LIBREQUEST, async () => {
      const second = await eject(hSession);
      operation = second.operation;
      const place = await portOf(hSession, CLEANER);
      await hands(service, { action: "remove", place });
      assertEquals(await endOf(hSession, operation), "passed");
    });
    assertEquals(told, operation);
    const all = await calls.infosOf(hSession, NTMS_PHYSICAL_MEDIA);
    assert(!all.some(({ szName }) => szName === CLEANER));
    const after = await shown(hSession);
    assertEquals(after.dwCleanerUsesRemaining, 0);
    assertEquals(after.CleanerSlot, before.CleanerSlot);
  },
);

rule(
  "CleanNtmsDrive() with a used up cartridge takes no use",
  [],
  async (hSession) => {
    await setUses(hSession, 9);
    assertEquals(await cleaned(hSession, await firstDrive(hSession)), "failed");
    assertEquals((await shown(hSession)).dwCleanerUsesRemaining, 0);
  },
  [`${WITH_CLEANER}&cleanings=0`],
);

Deno.test(
  "CleanNtmsDrive() only marks a stand-alone drive as cleaned",
  holds(["CleanNtmsDrive.5"], () =>
    withDesk(async (desk, service) => {
      const hSession = await service.open();
      assertEquals(await cleaned(hSession, desk.drive), "passed");
      assert((await drive(hSession, desk.drive)).LastCleanedTs !== null);
    })),
);
