import { assert, assertEquals } from "@std/assert";
import {
  CloseNtmsNotification,
  CloseNtmsSession,
  CreateNtmsMediaPool,
  DeallocateNtmsMedia,
  type DWORD,
  GetLastError,
  type HANDLE,
  INFINITE,
  INVALID_HANDLE_VALUE,
  NTMS_CREATE_NEW,
  NTMS_DRIVE,
  NTMS_LOGICAL_MEDIA,
  NTMS_MEDIA_POOL,
  NTMS_NULLGUID,
  NTMS_OBJ_DELETE,
  NTMS_OBJ_INSERT,
  NTMS_OBJ_UPDATE,
  NTMS_OPREQUEST,
  NTMS_PARTITION,
  OpenNtmsNotification,
  SatisfyNtmsOperatorRequest,
  WaitForNtmsNotification,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { submitted } from "./operator_errors.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

/** Takes one change: its code, what happened, and to what. */
async function take(
  hNotification: HANDLE,
  timeout: DWORD = INFINITE,
): Promise<[code: string, operation: DWORD, id: string]> {
  const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
  const code = await WaitForNtmsNotification(hNotification, change, timeout);
  return [nameOf(code), change.value.dwOperation, change.value.ObjectId];
}

const EMPTY = ["ERROR_TIMEOUT", 0, NTMS_NULLGUID];

Deno.test(
  "WaitForNtmsNotification() delivers one event a call: insert, update and delete",
  holds(["WaitForNtmsNotification.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const requests = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
    const media = await OpenNtmsNotification(hSession, NTMS_LOGICAL_MEDIA);
    const sides = await OpenNtmsNotification(hSession, NTMS_PARTITION);
    const one = await submitted(hSession);
    const two = await submitted(hSession);
    await SatisfyNtmsOperatorRequest(hSession, one);
    assertEquals(await take(requests), ["ERROR_SUCCESS", NTMS_OBJ_INSERT, one]);
    assertEquals(await take(requests), ["ERROR_SUCCESS", NTMS_OBJ_INSERT, two]);
    assertEquals(await take(requests), ["ERROR_SUCCESS", NTMS_OBJ_UPDATE, one]);
    assertEquals(await take(requests, 0), EMPTY);
    const medium = await calls.allocated(hSession, "LAB001L6");
    const side = await calls.sideOf(hSession, "LAB001L6");
    await DeallocateNtmsMedia(hSession, medium, 0);
    assertEquals(await take(media), ["ERROR_SUCCESS", NTMS_OBJ_INSERT, medium]);
    assertEquals(await take(media), ["ERROR_SUCCESS", NTMS_OBJ_DELETE, medium]);
    for (let n = 0; n < 2; n++) {
      assertEquals(await take(sides), ["ERROR_SUCCESS", NTMS_OBJ_UPDATE, side]);
    }
    assertEquals(await take(sides, 0), EMPTY);
    for (const channel of [requests, media, sides]) {
      assertEquals(await CloseNtmsNotification(channel), 0);
    }
  }),
);

Deno.test(
  "every change is reported to all registered clients, and to all channels of one",
  holds(["WaitForNtmsNotification.2"], async () => {
    await using service = await RunningService.start();
    const sessions = [await service.open("One"), await service.open("Two")];
    const channels = [];
    for (const hSession of [...sessions, ...sessions]) {
      channels.push(await OpenNtmsNotification(hSession, NTMS_OPREQUEST));
    }
    const waiting = channels.map((channel) => take(channel));
    const id = await submitted(sessions[0] ?? 0n);
    for (const told of await Promise.all(waiting)) {
      assertEquals(told, ["ERROR_SUCCESS", NTMS_OBJ_INSERT, id]);
    }
    for (const channel of channels) await CloseNtmsNotification(channel);
  }),
);

Deno.test(
  "a channel follows one type, and OpenNtmsNotification() refuses what is none",
  holds(["OpenNtmsNotification.1", "OpenNtmsNotification.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const drives = await OpenNtmsNotification(hSession, NTMS_DRIVE);
    const pools = await OpenNtmsNotification(hSession, NTMS_MEDIA_POOL);
    const pool = { value: "" };
    const action = NTMS_CREATE_NEW;
    await CreateNtmsMediaPool(hSession, "App", null, action, null, pool);
    assertEquals(await take(pools), [
      "ERROR_SUCCESS",
      NTMS_OBJ_INSERT,
      pool.value,
    ]);
    assertEquals(await take(drives, 0), EMPTY);
    for (const type of [0, 1, 19, 4711]) {
      const handle = await OpenNtmsNotification(
        hSession,
        JSON.parse(String(type)),
      );
      assertEquals(handle, INVALID_HANDLE_VALUE);
      assertEquals(nameOf(GetLastError()), "ERROR_INVALID_PARAMETER");
    }
    await CloseNtmsNotification(drives);
    await CloseNtmsNotification(pools);
  }),
);

Deno.test(
  "CloseNtmsNotification() fails while a WaitForNtmsNotification() on the channel is outstanding",
  holds(["CloseNtmsNotification.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const channel = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
    const waiting = take(channel);
    await calls.until(async () =>
      nameOf(await CloseNtmsNotification(channel)) === "ERROR_BUSY"
    );
    const id = await submitted(hSession);
    assertEquals(await waiting, ["ERROR_SUCCESS", NTMS_OBJ_INSERT, id]);
    assertEquals(await CloseNtmsNotification(channel), 0);
  }),
);

Deno.test("channels end with their session", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const channel = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
  const waiting = take(channel);
  await CloseNtmsSession(hSession);
  const [code] = await waiting;
  assert(["ERROR_CANCELLED", "ERROR_INVALID_HANDLE"].includes(code), code);
  assertEquals((await take(channel, 0))[0], "ERROR_INVALID_HANDLE");
  assertEquals(
    nameOf(await CloseNtmsNotification(channel)),
    "ERROR_INVALID_HANDLE",
  );
});

Deno.test("the handle of a channel is good in another Worker, and closed there it is closed here", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const channel = await OpenNtmsNotification(hSession, NTMS_OPREQUEST);
  const first = await submitted(hSession);
  const second = await submitted(hSession);
  assertEquals(await take(channel), ["ERROR_SUCCESS", NTMS_OBJ_INSERT, first]);
  const worker = new Worker(import.meta.resolve("./channel_worker.ts"), {
    type: "module",
  });
  try {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(channel);
    assertEquals(await promise, {
      codes: [0, 0],
      dwOperation: NTMS_OBJ_INSERT,
      ObjectId: second,
    });
  } finally {
    worker.terminate();
  }
  assertEquals((await take(channel, 0))[0], "ERROR_INVALID_HANDLE");
});
