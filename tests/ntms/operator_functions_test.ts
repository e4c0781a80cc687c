import { assert, assertEquals } from "@std/assert";
import {
  CancelNtmsOperatorRequest,
  CloseNtmsNotification,
  type DWORD,
  GetLastError,
  type HANDLE,
  INVALID_HANDLE_VALUE,
  NTMS_DRIVE,
  NTMS_NULLGUID,
  NTMS_OBJ_INSERT,
  NTMS_OPREQ_MOVEMEDIA,
  OpenNtmsNotification,
  SatisfyNtmsOperatorRequest,
  SubmitNtmsOperatorRequest,
  SubmitNtmsOperatorRequestA,
  WaitForNtmsNotification,
  WaitForNtmsOperatorRequest,
} from "../../src/ntms/ntmsapi.ts";
import { isObject } from "../../src/ntms/arguments.ts";
import { nameOf } from "./codes.ts";
import { FakeService } from "./fake_service.ts";
import { guid } from "./records.ts";

Deno.test("SubmitNtmsOperatorRequest() hands over what is asked, and gives the request's id", async () => {
  await using service = await FakeService.open();
  const { hSession } = service;
  const id = { value: "" };
  const kind = NTMS_OPREQ_MOVEMEDIA;
  const [first, second] = [guid(1), guid(2)];
  await SubmitNtmsOperatorRequest(hSession, kind, "Go", first, second, id);
  assertEquals(id.value, guid(66));
  assertEquals(service.lastInput, {
    command: "moveMedia",
    message: "Go",
    argument1: first,
    argument2: second,
  });
  const text = Uint8Array.of(0xe4, 0, 0x58);
  const none = NTMS_NULLGUID;
  await SubmitNtmsOperatorRequestA(hSession, kind, text, none, null, id);
  assertEquals(service.lastInput, {
    command: "moveMedia",
    message: "ä",
    argument1: null,
    argument2: null,
  });
  await SubmitNtmsOperatorRequest(hSession, kind, null, null, null, id);
  assert(isObject(service.lastInput));
  assertEquals(service.lastInput.message, null);
});

Deno.test("the other functions on operator requests name the request", async () => {
  await using service = await FakeService.open();
  const { hSession } = service;
  assertEquals(await WaitForNtmsOperatorRequest(hSession, guid(1), 5), 0);
  assertEquals(service.lastInput, { request: guid(1), timeoutMs: 5 });
  assertEquals(await CancelNtmsOperatorRequest(hSession, guid(2)), 0);
  assertEquals(await SatisfyNtmsOperatorRequest(hSession, guid(3)), 0);
  assertEquals(service.asked.map(({ name }) => name), [
    "WaitForNtmsOperatorRequest",
    "CancelNtmsOperatorRequest",
    "SatisfyNtmsOperatorRequest",
  ]);
});

/** A channel's call as a program without types makes it. */
function wait(
  handle: unknown,
  change: unknown,
  timeout: unknown,
  options?: unknown,
): Promise<DWORD> {
  const call: (...given: never[]) => Promise<DWORD> = WaitForNtmsNotification;
  return Reflect.apply(call, null, [handle, change, timeout, options]);
}

async function open(service: FakeService): Promise<HANDLE> {
  return await OpenNtmsNotification(service.hSession, NTMS_DRIVE);
}

Deno.test("OpenNtmsNotification() opens a channel for the type, which its handle stands for", async () => {
  await using service = await FakeService.open();
  const handle = await open(service);
  assertEquals(service.lastInput, { type: "drive" });
  const change = { value: { dwOperation: 0, ObjectId: "" } };
  assertEquals(await WaitForNtmsNotification(handle, change, 7), 0);
  assertEquals(change.value, {
    dwOperation: NTMS_OBJ_INSERT,
    ObjectId: guid(68),
  });
  assert(isObject(service.lastInput));
  assertEquals(service.lastInput.channel, guid(67));
  assertEquals([service.lastInput.most, service.lastInput.timeoutMs], [1, 7]);
  assertEquals(await CloseNtmsNotification(handle), 0);
  assertEquals(service.lastInput, { channel: guid(67), force: false });
});

Deno.test("a wait that failed is asked again by its own GUID, one that did not by another", async () => {
  await using service = await FakeService.open();
  const handle = await open(service);
  const change = { value: { dwOperation: 0, ObjectId: "" } };
  const takes: unknown[] = [];
  for (const code of ["ERROR_CANCELLED", null, null] as const) {
    service.failWith = code;
    await WaitForNtmsNotification(handle, change, 0);
    assert(isObject(service.lastInput));
    takes.push(service.lastInput.take);
  }
  assertEquals(takes[0], takes[1]);
  assert(takes[1] !== takes[2]);
  await CloseNtmsNotification(handle);
});

Deno.test("a channel that is busy stays open, one that the service lost is closed", async () => {
  await using service = await FakeService.open();
  const busy = await open(service);
  service.failWith = "ERROR_BUSY";
  assertEquals(nameOf(await CloseNtmsNotification(busy)), "ERROR_BUSY");
  assertEquals(await CloseNtmsNotification(busy), 0);
  const lost = await open(service);
  service.failWith = "ERROR_CONNECTION_UNAVAIL";
  assertEquals(
    nameOf(await CloseNtmsNotification(lost)),
    "ERROR_NOT_CONNECTED",
  );
  assertEquals(
    nameOf(await CloseNtmsNotification(lost)),
    "ERROR_INVALID_HANDLE",
  );
});

Deno.test("the functions on notifications refuse bad arguments before they ask the service", async () => {
  await using service = await FakeService.open();
  const handle = await open(service);
  service.asked.length = 0;
  const good = { value: { dwOperation: 0, ObjectId: "" } };
  const bad: readonly [unknown, unknown, unknown?][] = [
    [null, 0],
    [5, 0],
    [Object.freeze({ value: 5 }), 0],
    [good, -1],
    [good, 2 ** 32],
    [good, "0"],
    [good, 0, 5],
    [good, 0, { signal: 5 }],
  ];
  for (const [change, timeout, options] of bad) {
    assertEquals(
      nameOf(await wait(handle, change, timeout, options)),
      "ERROR_INVALID_PARAMETER",
    );
  }
  for (const none of [null, undefined, 0n, -1n, service.hSession, 5, "5", {}]) {
    assertEquals(nameOf(await wait(none, good, 0)), "ERROR_INVALID_HANDLE");
    const closed: DWORD = await Reflect.apply(CloseNtmsNotification, null, [
      none,
    ]);
    const missing = none === null || none === undefined || none === 0n;
    assertEquals(
      nameOf(closed),
      missing ? "ERROR_INVALID_PARAMETER" : "ERROR_INVALID_HANDLE",
    );
  }
  for (const type of [0, 1, 19, -1, "5", null, undefined]) {
    const opened: HANDLE = await Reflect.apply(OpenNtmsNotification, null, [
      service.hSession,
      type,
    ]);
    assertEquals(opened, INVALID_HANDLE_VALUE);
    assertEquals(nameOf(GetLastError()), "ERROR_INVALID_PARAMETER");
  }
  assertEquals(service.asked, []);
  await CloseNtmsNotification(handle);
});
