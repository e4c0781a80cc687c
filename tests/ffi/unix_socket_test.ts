import { assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { createConnection, createServer, type Socket } from "node:net";
import { once } from "node:events";
import {
  descriptorLimit,
  ErrnoError,
  loadNativeLibrary,
  notifyServiceManager,
  peerCredentials,
} from "../../ffi/mod.ts";
import { TestDirectory } from "./_build.ts";

loadNativeLibrary();

function descriptorOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, "_handle");
  const fd: unknown = typeof handle === "object" && handle !== null
    ? Reflect.get(handle, "fd")
    : undefined;
  return typeof fd === "number" ? fd : -1;
}

Deno.test("peerCredentials() tells who connected to a Unix socket", async () => {
  using directory = new TestDirectory();
  const path = `${directory.path}/sock`;
  const server = createServer();
  server.listen(path);
  await once(server, "listening");
  const client = createConnection(path);
  const [accepted] = await once(server, "connection");
  try {
    const fd = descriptorOf(accepted);
    // Older runtimes show no descriptor: the service does without them there.
    if (fd < 0) return;
    assertEquals(peerCredentials(fd), {
      pid: Deno.pid,
      uid: Deno.uid() ?? -1,
      gid: Deno.gid() ?? -1,
    });
  } finally {
    client.destroy();
    accepted.destroy();
    server.close();
    await once(server, "close");
  }
});

Deno.test("peerCredentials() refuses what is no connected Unix socket", () => {
  const codes = [-1, 1 << 30].map((fd) => {
    const error = assertThrows(() => peerCredentials(fd), ErrnoError);
    assertInstanceOf(error, ErrnoError);
    return error.code;
  });
  assertEquals(codes, ["EBADF", "EBADF"]);
});

Deno.test("notifyServiceManager() names what stands in the way", () => {
  const code = (path: string) =>
    assertThrows(() => notifyServiceManager(path, "READY=1"), ErrnoError).code;
  assertEquals(code("/nonexistent/notify"), "ENOENT");
  assertEquals(code("@rsm-nobody-listens-here"), "ECONNREFUSED");
  assertEquals(code("relative"), "EINVAL");
  assertEquals(code(`/${"x".repeat(200)}`), "EINVAL");
  assertThrows(() => notifyServiceManager("/a\0b", "x"), TypeError, "NUL");
});

Deno.test("descriptorLimit() is what the kernel says", async () => {
  const limits = await Deno.readTextFile("/proc/self/limits");
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  assertEquals(
    descriptorLimit(),
    soft === "unlimited" ? 0x7fff_ffff : Number(soft),
  );
});
