/**
 * What the documents say of the queue of a library.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  CancelNtmsLibraryRequest,
  CloseNtmsNotification,
  DeleteNtmsRequests,
  GetNtmsRequestOrder,
  type HANDLE,
  INFINITE,
  NTMS_EVENT_COMPLETE,
  NTMS_LIBREQUEST,
  type NTMS_LIBREQUESTINFORMATION,
  NTMS_LM_CANCELLED,
  NTMS_LM_INPROCESS,
  NTMS_LM_INVENTORY,
  NTMS_LM_MOUNT,
  NTMS_LM_PASSED,
  NTMS_LM_REMOVE,
  NTMS_LM_WAITING,
  NTMS_NULLGUID,
  NTMS_OBJ_UPDATE,
  OpenNtmsNotification,
  SetNtmsRequestOrder,
  WaitForNtmsNotification,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { requestOf, SLOW_LIBRARY, waitingMount } from "./queue_errors.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

async function infoOf(
  hSession: HANDLE,
  id: string,
): Promise<NTMS_LIBREQUESTINFORMATION> {
  const info = await calls.infoOf(hSession, id);
  assert(info.dwType === NTMS_LIBREQUEST);
  return info.Info.LibRequest;
}

async function orderOf(hSession: HANDLE, id: string): Promise<number> {
  const order = { value: -1 };
  assertEquals(await GetNtmsRequestOrder(hSession, id, order), 0);
  return order.value;
}

Deno.test(
  "CancelNtmsLibraryRequest() is queued by a library that is at it, as a request that names the other",
  holds(["CancelNtmsLibraryRequest.1"], async () => {
    const libraries = [SLOW_LIBRARY];
    await using service = await RunningService.start({ libraries });
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, "LAB001L6");
    const mount = calls.mount(hSession, [medium]);
    const id = await requestOf(hSession, NTMS_LM_MOUNT, NTMS_LM_INPROCESS);
    assertEquals(await CancelNtmsLibraryRequest(hSession, id), 0);
    const all = await calls.infosOf(hSession, NTMS_LIBREQUEST);
    const remove = all.find(({ Info: { LibRequest } }) =>
      LibRequest.OperationCode === NTMS_LM_REMOVE
    );
    assertEquals(remove?.Info.LibRequest.WorkItemId, id);
    assertEquals(await mount, "ERROR_CANCELLED");
    await requestOf(hSession, NTMS_LM_REMOVE, NTMS_LM_PASSED);
    await calls.untilIdle(hSession, "LAB001L6");
  }),
);

Deno.test(
  "CancelNtmsLibraryRequest() ends a request as NTMS_LM_CANCELLED, which is notified under its id",
  holds(["CancelNtmsLibraryRequest.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { outcome, request } = await waitingMount(hSession);
    const channel = await OpenNtmsNotification(hSession, NTMS_LIBREQUEST);
    assertEquals(await CancelNtmsLibraryRequest(hSession, request), 0);
    assertEquals(await outcome, "ERROR_CANCELLED");
    const { State } = await infoOf(hSession, request);
    assertEquals(State, NTMS_LM_CANCELLED);
    const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
    for (const operation of [NTMS_OBJ_UPDATE, NTMS_EVENT_COMPLETE]) {
      const code = await WaitForNtmsNotification(channel, change, INFINITE);
      assertEquals(
        [nameOf(code), change.value.dwOperation, change.value.ObjectId],
        ["ERROR_SUCCESS", operation, request],
      );
    }
    await CloseNtmsNotification(channel);
  }),
);

Deno.test(
  "SetNtmsRequestOrder() sorts mounts, the lower number first, and what has number 0 keeps its place",
  holds([
    "GetNtmsRequestOrder.1",
    "GetNtmsRequestOrder.2",
    "GetNtmsRequestOrder.3",
    "MountNtmsMedia.9",
    "SetNtmsRequestOrder.1",
    "SetNtmsRequestOrder.2",
  ], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { outcome: third, request: first } = await waitingMount(hSession);
    const other = await calls.allocated(hSession, "LAB004L6");
    const fourth = calls.mount(hSession, [other]);
    await calls.until(async () => (await waitingMounts(hSession)).length === 2);
    const second = (await waitingMounts(hSession)).find((id) => id !== first);
    assertEquals(await SetNtmsRequestOrder(hSession, second ?? "", 1), 0);
    assertEquals(await SetNtmsRequestOrder(hSession, first, 2), 0);
    assertEquals(await orderOf(hSession, second ?? ""), 1);
    assertEquals(await orderOf(hSession, first), 2);
    const inventory = await requestOf(
      hSession,
      NTMS_LM_INVENTORY,
      NTMS_LM_PASSED,
    );
    assertEquals(await orderOf(hSession, inventory), 0);
    const code = await SetNtmsRequestOrder(hSession, inventory, 1);
    assertEquals(nameOf(code), "ERROR_INVALID_PARAMETER");
    const [medium = ""] = await mediaOf(hSession, "LAB001L6");
    await calls.dismount(hSession, [medium]);
    assertEquals(await fourth, "ERROR_SUCCESS");
    const left = await infoOf(hSession, first);
    assertEquals(left.State, NTMS_LM_WAITING);
    assertEquals(await CancelNtmsLibraryRequest(hSession, first), 0);
    assertEquals(await third, "ERROR_CANCELLED");
  }),
);

async function waitingMounts(hSession: HANDLE): Promise<string[]> {
  const all = await calls.infosOf(hSession, NTMS_LIBREQUEST);
  return all.filter(({ Info: { LibRequest } }) =>
    LibRequest.OperationCode === NTMS_LM_MOUNT &&
    LibRequest.State === NTMS_LM_WAITING
  ).map(({ ObjectGuid }) => ObjectGuid);
}

async function mediaOf(hSession: HANDLE, barCode: string): Promise<string[]> {
  return [(await calls.sideInfoOf(hSession, barCode)).LogicalMedia];
}

Deno.test(
  "DeleteNtmsRequests() removes what is over, leaves what is not, and passes over ids of nothing",
  holds(["DeleteNtmsRequests.1", "DeleteNtmsRequests.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { outcome, request } = await waitingMount(hSession);
    const ids = await calls.idsOf(hSession, NTMS_LIBREQUEST);
    assert(ids.length > 2);
    const all = [...ids, calls.NOBODY];
    const type = NTMS_LIBREQUEST;
    assertEquals(
      await DeleteNtmsRequests(hSession, all, type, all.length),
      0,
    );
    assertEquals(await calls.idsOf(hSession, NTMS_LIBREQUEST), [request]);
    await CancelNtmsLibraryRequest(hSession, request);
    await outcome;
  }),
);
