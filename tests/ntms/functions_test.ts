import { assert, assertEquals } from "@std/assert";
import { NtmsError } from "../../src/model/errors.ts";
import {
  AllocateNtmsMedia,
  CloseNtmsSession,
  CreateNtmsMediaPool,
  CreateNtmsMediaPoolA,
  DeallocateNtmsMedia,
  DismountNtmsMedia,
  EnumerateNtmsObject,
  GetLastError,
  GetNtmsObjectInformation,
  GetNtmsObjectInformationA,
  InventoryNtmsLibrary,
  lastErrorDetail,
  MountNtmsMedia,
  NTMS_DRIVE,
  NTMS_MEDIA_POOL,
  NTMS_NULLGUID,
  type NTMS_OBJECTINFORMATION,
  NTMS_UNKNOWN,
  OpenNtmsSession,
  OpenNtmsSessionA,
  type Ref,
  SIZEOF_NTMS_OBJECTINFORMATIONA,
  SIZEOF_NTMS_OBJECTINFORMATIONW,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "./codes.ts";
import { FakeService } from "./fake_service.ts";
import { guid } from "./records.ts";

Deno.test("OpenNtmsSession() asks for the application that is named", async () => {
  await using service = new FakeService();
  const hSession = await OpenNtmsSession(null, "Nightly", 0);
  assert(hSession > 0n);
  assertEquals(service.lastInput, { application: "Nightly" });
  assertEquals(await CloseNtmsSession(hSession), 0);
});

Deno.test("OpenNtmsSessionA() reads the application's name as Windows-1252 up to the zero byte", async () => {
  await using service = new FakeService();
  const name = Uint8Array.of(0x4e, 0xe4, 0x80, 0, 0x58);
  const hSession = await OpenNtmsSessionA(null, name, 0);
  assertEquals(service.lastInput, { application: "Nä€" });
  assertEquals(await CloseNtmsSession(hSession), 0);
});

Deno.test("CloseNtmsSession() tells the service, once", async () => {
  await using service = await FakeService.open();
  assertEquals(await CloseNtmsSession(service.hSession), 0);
  assertEquals(service.asked.map(({ name }) => name), ["CloseNtmsSession"]);
  assertEquals(
    nameOf(await CloseNtmsSession(service.hSession)),
    "ERROR_INVALID_HANDLE",
  );
  assertEquals(service.asked.length, 1);
});

Deno.test("a closed handle is ERROR_INVALID_HANDLE for every function, and the service is not asked", async () => {
  await using service = await FakeService.open();
  const { hSession } = service;
  await CloseNtmsSession(hSession);
  service.asked.length = 0;
  const codes = [
    await EnumerateNtmsObject(hSession, null, [], { value: 9 }, NTMS_DRIVE, 0),
    await DeallocateNtmsMedia(hSession, guid(1), 0),
    await DismountNtmsMedia(hSession, [guid(1)], 1, 0),
    await InventoryNtmsLibrary(hSession, guid(1), 1),
    await CloseNtmsSession(hSession),
  ];
  assertEquals(codes, [6, 6, 6, 6, 6]);
  assertEquals(service.asked, []);
});

Deno.test("EnumerateNtmsObject() fills the list and tells the count", async () => {
  await using service = await FakeService.open();
  const list = [guid(9), guid(9), guid(9), guid(9)];
  const size = { value: 4 };
  const code = await EnumerateNtmsObject(
    service.hSession,
    NTMS_NULLGUID,
    list,
    size,
    NTMS_DRIVE,
    0,
  );
  assertEquals(code, 0);
  assertEquals(list, [guid(1), guid(2), guid(3), guid(9)]);
  assertEquals(size.value, 3);
  assertEquals(service.lastInput, {
    type: "drive",
    container: null,
    rootPool: false,
  });
});

Deno.test("EnumerateNtmsObject() cuts the list to the room there is and tells what is needed", async () => {
  await using service = await FakeService.open();
  const list: string[] = [];
  const size = { value: 2 };
  const code = await EnumerateNtmsObject(
    service.hSession,
    guid(2),
    list,
    size,
    NTMS_DRIVE,
    0,
  );
  assertEquals(nameOf(code), "ERROR_INSUFFICIENT_BUFFER");
  assertEquals(list, [guid(1), guid(2)]);
  assertEquals(size.value, 3);
});

Deno.test("EnumerateNtmsObject() without a list tells how many there are", async () => {
  await using service = await FakeService.open();
  const size = { value: 100 };
  const code = await EnumerateNtmsObject(
    service.hSession,
    null,
    null,
    size,
    NTMS_MEDIA_POOL,
    1,
  );
  assertEquals(nameOf(code), "ERROR_INSUFFICIENT_BUFFER");
  assertEquals(size.value, 3);
  assertEquals(service.lastInput, {
    type: "mediaPool",
    container: null,
    rootPool: true,
  });
});

Deno.test("GetNtmsObjectInformation() fills the member that dwType selects", async () => {
  await using service = await FakeService.open();
  for (const dwType of [NTMS_DRIVE, NTMS_UNKNOWN]) {
    const info: Ref<NTMS_OBJECTINFORMATION> = {
      value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATIONW, dwType },
    };
    const id = `{${guid(5).toUpperCase()}}`;
    assertEquals(
      await GetNtmsObjectInformation(service.hSession, id, info),
      0,
    );
    assert(info.value.dwType === NTMS_DRIVE && info.value.Info !== undefined);
    assertEquals(info.value.Info.Drive.szDeviceName, "/dev/nst0");
    assertEquals(info.value.szName, "drive Ł");
    assertEquals(service.lastInput, { id: guid(5) });
  }
});

Deno.test("GetNtmsObjectInformationA() wants the A structure's size and fills Windows-1252 text", async () => {
  await using service = await FakeService.open();
  const info: Ref<NTMS_OBJECTINFORMATION> = {
    value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATIONA, dwType: NTMS_DRIVE },
  };
  const { hSession } = service;
  assertEquals(await GetNtmsObjectInformation(hSession, guid(5), info), 87);
  assertEquals(await GetNtmsObjectInformationA(hSession, guid(5), info), 0);
  assert(info.value.Info !== undefined);
  assertEquals(info.value.szName, "drive ?");
});

Deno.test("GetNtmsObjectInformation() refuses a dwType that is not the object's, and fills nothing", async () => {
  await using service = await FakeService.open();
  const asked = { dwSize: SIZEOF_NTMS_OBJECTINFORMATIONW, dwType: 9 };
  const info: Ref<NTMS_OBJECTINFORMATION> = { value: asked };
  const code = await GetNtmsObjectInformation(
    service.hSession,
    guid(5),
    info,
  );
  assertEquals(nameOf(code), "ERROR_INVALID_PARAMETER");
  assertEquals(info.value, asked);
});

Deno.test("CreateNtmsMediaPool() asks the service for the whole path", async () => {
  await using service = await FakeService.open();
  for (const path of ["\\App\\Daily", "App\\Daily"]) {
    const pool = { value: "" };
    const code = await CreateNtmsMediaPool(
      service.hSession,
      path,
      guid(14),
      2,
      null,
      pool,
    );
    assertEquals(code, 0);
    assertEquals(pool.value, guid(30));
    assertEquals(service.lastInput, {
      name: path,
      mediaType: guid(14),
      parent: null,
      mode: "new",
    });
  }
});

Deno.test("CreateNtmsMediaPoolA() reads the path as Windows-1252", async () => {
  await using service = await FakeService.open();
  const path = Uint8Array.of(0x5c, 0xc4, 0);
  const pool = { value: "" };
  const { hSession } = service;
  assertEquals(
    await CreateNtmsMediaPoolA(hSession, path, null, 1, null, pool),
    0,
  );
  assertEquals(service.lastInput, {
    name: "\\Ä",
    mediaType: null,
    parent: null,
    mode: "existing",
  });
});

Deno.test("an error of the service becomes its number, and its message can be read", async () => {
  await using service = await FakeService.open();
  service.failWith = "ERROR_MEDIA_OFFLINE";
  const code = await DismountNtmsMedia(service.hSession, [guid(1)], 1, 0);
  assertEquals(code, 4304);
  assertEquals(GetLastError(), 4304);
  const detail = lastErrorDetail();
  assert(detail instanceof NtmsError);
  assertEquals(detail.message, "Told to fail");
});

Deno.test("a lost connection is ERROR_NOT_CONNECTED of InventoryNtmsLibrary and ERROR_CONNECTION_UNAVAIL of CloseNtmsSession", async () => {
  await using service = await FakeService.open();
  service.failWith = "ERROR_CONNECTION_UNAVAIL";
  assertEquals(
    nameOf(await InventoryNtmsLibrary(service.hSession, guid(2), 1)),
    "ERROR_NOT_CONNECTED",
  );
  service.failWith = "ERROR_CONNECTION_UNAVAIL";
  assertEquals(
    nameOf(await CloseNtmsSession(service.hSession)),
    "ERROR_CONNECTION_UNAVAIL",
  );
});

Deno.test("functions that wait hand the caller's signal on", async () => {
  await using service = await FakeService.open();
  const { hSession } = service;
  const options = { signal: new AbortController().signal };
  await AllocateNtmsMedia(
    hSession,
    guid(1),
    null,
    { value: "" },
    0,
    0,
    null,
    options,
  );
  await MountNtmsMedia(hSession, [guid(1)], [], 1, 0, 0, 0, null, options);
  await DismountNtmsMedia(hSession, [guid(1)], 1, 0, options);
  await InventoryNtmsLibrary(hSession, guid(1), 1, options);
  assertEquals(
    service.asked.map(({ signal }) => signal),
    [options.signal, options.signal, options.signal, options.signal],
  );
});
