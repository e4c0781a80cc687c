import { assertEquals } from "@std/assert";
import {
  AllocateNtmsMedia,
  DeallocateNtmsMedia,
  DismountNtmsMedia,
  INFINITE,
  InventoryNtmsLibrary,
  MountNtmsMedia,
  type NTMS_ALLOCATION_INFORMATION,
  NTMS_NULLGUID,
  type Ref,
} from "../../src/ntms/ntmsapi.ts";
import { FakeService } from "./fake_service.ts";
import { guid } from "./records.ts";

Deno.test("AllocateNtmsMedia() asks for what the bits say and fills both pointers", async () => {
  await using service = await FakeService.open();
  const medium = { value: "" };
  const from: Ref<NTMS_ALLOCATION_INFORMATION> = {
    value: { dwSize: 32, lpReserved: null, AllocatedFrom: NTMS_NULLGUID },
  };
  const code = await AllocateNtmsMedia(
    service.hSession,
    guid(1),
    guid(2),
    medium,
    1 | 4,
    5000,
    from,
  );
  assertEquals(code, 0);
  assertEquals(medium.value, guid(31));
  assertEquals(from.value.AllocatedFrom, guid(33));
  assertEquals(service.lastInput, {
    pool: guid(1),
    side: guid(2),
    timeoutMs: 5000,
    wholeCartridge: true,
    errorIfUnavailable: true,
  });
});

Deno.test("AllocateNtmsMedia() with NTMS_ALLOCATE_NEXT starts from the medium that goes in", async () => {
  await using service = await FakeService.open();
  const medium = { value: guid(7) };
  const { hSession } = service;
  const code = await AllocateNtmsMedia(
    hSession,
    guid(1),
    null,
    medium,
    2,
    INFINITE,
    null,
  );
  assertEquals(code, 0);
  assertEquals(service.lastInput, {
    pool: guid(1),
    side: null,
    timeoutMs: INFINITE,
    wholeCartridge: false,
    errorIfUnavailable: false,
    nextOf: guid(7),
  });
});

Deno.test("DeallocateNtmsMedia() gives the logical medium back", async () => {
  await using service = await FakeService.open();
  assertEquals(await DeallocateNtmsMedia(service.hSession, guid(7), 0), 0);
  assertEquals(service.lastInput, { logicalMedium: guid(7) });
});

Deno.test("MountNtmsMedia() asks for what the bits say and fills the drives", async () => {
  await using service = await FakeService.open();
  const drives = ["", "", guid(9)];
  const code = await MountNtmsMedia(
    service.hSession,
    [guid(1), guid(2), guid(3)],
    drives,
    2,
    1 | 2 | 4 | 8 | 32,
    -15,
    INFINITE,
    { value: { dwSize: 16, lpReserved: null } },
  );
  assertEquals(code, 0);
  assertEquals(drives, [guid(41), guid(42), guid(9)]);
  assertEquals(service.lastInput, {
    media: [guid(1), guid(2)],
    read: true,
    write: true,
    errorIfBusy: true,
    errorIfOffline: true,
    noWait: true,
    priority: -15,
    timeoutMs: INFINITE,
  });
});

Deno.test("MountNtmsMedia() with NTMS_MOUNT_SPECIFIC_DRIVE takes the drives that go in", async () => {
  await using service = await FakeService.open();
  const drives = [guid(8), guid(9)];
  const { hSession } = service;
  const media = [guid(1), guid(2)];
  const code = await MountNtmsMedia(hSession, media, drives, 2, 16, 0, 0, null);
  assertEquals(code, 0);
  assertEquals(service.lastInput, {
    media,
    drives: [guid(8), guid(9)],
    read: false,
    write: false,
    errorIfBusy: false,
    errorIfOffline: false,
    noWait: false,
    priority: 0,
    timeoutMs: 0,
  });
});

Deno.test("DismountNtmsMedia() puts away at once unless it is to be deferred", async () => {
  await using service = await FakeService.open();
  for (
    const [dwOptions, deferred] of [[0, false], [1, true], [2, false]] as const
  ) {
    const code = await DismountNtmsMedia(
      service.hSession,
      [guid(1)],
      1,
      dwOptions,
    );
    assertEquals(code, 0);
    assertEquals(service.lastInput, { media: [guid(1)], deferred });
  }
});

Deno.test("InventoryNtmsLibrary() asks for the method of the action", async () => {
  await using service = await FakeService.open();
  for (
    const [dwAction, method] of [[1, "fast"], [2, "omid"], [3, "default"], [
      5,
      "stop",
    ]] as const
  ) {
    const code = await InventoryNtmsLibrary(
      service.hSession,
      guid(2),
      dwAction,
    );
    assertEquals(code, 0);
    assertEquals(service.lastInput, { library: guid(2), method });
  }
});
