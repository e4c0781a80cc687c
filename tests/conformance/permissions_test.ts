/**
 * The library asks for no permission at import, and for the narrowest when it
 * is used.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { runChild } from "./child.ts";
import { RunningService } from "./running_service.ts";

const LIBRARY =
  new URL("../../native/build/librsm.so", import.meta.url).pathname;

/** What reaching a service at a path needs. */
function socketPermissions(socket: string): string[] {
  const [major = 0, minor = 0] = Deno.version.deno.split(".").map(Number);
  const ofNet = major > 2 || minor >= 9 ? [`--allow-net=unix:${socket}`] : [];
  return [`--allow-read=${socket}`, `--allow-write=${socket}`, ...ofNet];
}

Deno.test("importing mod.ts needs no permission, no configuration and no package", async () => {
  assertEquals(await runChild([], "import_child.ts"), "true");
});

Deno.test("a session needs the permissions of its socket and no others", async () => {
  await using service = await RunningService.start();
  const { socket } = service;
  const permissions = socketPermissions(socket);
  assertEquals(
    await runChild(permissions, "session_child.ts", [socket, "session"]),
    "[2]",
  );
});

Deno.test("the documented functions need those and the native library's file", async () => {
  await using service = await RunningService.start();
  const { socket } = service;
  const [read, ...others] = socketPermissions(socket);
  const permissions = [
    `${read},${LIBRARY}`,
    ...others,
    `--allow-ffi=${LIBRARY}`,
  ];
  assertEquals(
    await runChild(permissions, "session_child.ts", [socket, "ntmsapi"]),
    "[0,2,0]",
  );
});

Deno.test("OpenNtmsSession() gives ERROR_ACCESS_DENIED where the native library may not be loaded, and leaves no session open", async () => {
  await using service = await RunningService.start();
  const { socket } = service;
  const permissions = socketPermissions(socket);
  assertEquals(
    await runChild(permissions, "session_child.ts", [socket, "ntmsapi"]),
    "[5,9,6]",
  );
  assertEquals(service.service.status().sessions, 0);
});
