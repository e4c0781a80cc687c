import { assertEquals } from "@std/assert";
import {
  CloseNtmsSession,
  GetLastError,
  INVALID_HANDLE_VALUE,
  lastErrorDetail,
  OpenNtmsSession,
  SetLastError,
  withLastError,
} from "../../src/ntms/ntmsapi.ts";
import { NtmsError } from "../../src/model/errors.ts";

/** Ends with ERROR_INVALID_COMPUTERNAME, without a service. */
const badServer = () => OpenNtmsSession("no host!", null, 0);
/** Ends with ERROR_INVALID_PARAMETER, without a service. */
const badApplication = () => OpenNtmsSession(null, "", 0);

Deno.test("GetLastError() gives the code that OpenNtmsSession failed with", async () => {
  assertEquals(await badServer(), INVALID_HANDLE_VALUE);
  assertEquals(GetLastError(), 1210);
  assertEquals(await badApplication(), INVALID_HANDLE_VALUE);
  assertEquals(GetLastError(), 87);
});

Deno.test("GetLastError() gives the code that a DWORD function returned", async () => {
  const code = await CloseNtmsSession(INVALID_HANDLE_VALUE);
  assertEquals(code, 6);
  assertEquals(GetLastError(), 6);
});

Deno.test("SetLastError() stores a DWORD", () => {
  SetLastError(170);
  assertEquals(GetLastError(), 170);
  SetLastError(-1);
  assertEquals(GetLastError(), 0xffff_ffff);
});

Deno.test("withLastError() begins with no error and leaves the Worker's alone", async () => {
  SetLastError(5);
  await withLastError(async () => {
    assertEquals(GetLastError(), 0);
    await badServer();
    assertEquals(GetLastError(), 1210);
  });
  assertEquals(GetLastError(), 5);
});

Deno.test("calls that overlap in withLastError() keep their codes apart", async () => {
  const codes = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      withLastError(async () => {
        await (index % 2 === 0 ? badServer() : badApplication());
        // Let all others end before the code is read.
        await new Promise((resolve) => setTimeout(resolve, 0));
        return GetLastError();
      })),
  );
  assertEquals(
    codes,
    Array.from({ length: 100 }, (_, index) => index % 2 === 0 ? 1210 : 87),
  );
});

Deno.test("withLastError() can stand within itself", async () => {
  await withLastError(async () => {
    await badServer();
    await withLastError(badApplication);
    assertEquals(GetLastError(), 1210);
  });
});

Deno.test("withLastError() gives what its function gives", () => {
  assertEquals(withLastError(() => 7), 7);
});

Deno.test("lastErrorDetail() gives the error behind the code, and null after SetLastError", async () => {
  await badServer();
  const detail = lastErrorDetail();
  assertEquals(
    detail instanceof NtmsError && detail.code,
    "ERROR_INVALID_COMPUTERNAME",
  );
  SetLastError(0);
  assertEquals(lastErrorDetail(), null);
});

Deno.test("each Worker has a last error of its own", async () => {
  SetLastError(32);
  const worker = new Worker(
    new URL("./last_error_worker.ts", import.meta.url),
    { type: "module" },
  );
  const code = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
  worker.terminate();
  assertEquals(code, 0);
  assertEquals(GetLastError(), 32);
});
