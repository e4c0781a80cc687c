import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { openSession, type OpenSessionOptions } from "../../src/client/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { SlowLibrary } from "../service/slow_library.ts";
import { startTestService } from "../service/test_service.ts";
import { canRun, runClient } from "./child_process.ts";

/** A network namespace of its own, in which only loopback is, and down. */
const NO_NETWORK = ["unshare", "--user", "--map-root-user", "--net"];
const canUnshare = await canRun("unshare", ...NO_NETWORK.slice(1), "true");
/** A user that is neither root nor in any group. */
const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
/** Nobody can run Deno on this checkout: not below a home directory, say. */
const canBeNobody = await canRun(
  "setpriv",
  ...NOBODY.slice(1),
  "sh",
  "-c",
  'test -r "$1" && "$2" --version',
  "sh",
  new URL("../../src/client/mod.ts", import.meta.url).pathname,
  Deno.execPath(),
);

function skipped(reason: string, can: boolean): boolean {
  if (!can) {
    Deno.stderr.writeSync(new TextEncoder().encode(`skipped: ${reason}\n`));
  }
  return !can;
}

async function failure(options: OpenSessionOptions): Promise<NtmsError> {
  return await assertRejects(async () => {
    await using _session = await openSession(options);
  }, NtmsError);
}

async function withDirectory(
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-" });
  try {
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A port of this computer at which nobody listens. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("ERROR_INVALID_COMPUTERNAME: the server name is malformed", async () => {
  for (const server of ["a b", "\\\\", "[::1", "tapes:0", "300.1.1.1", "-a"]) {
    const error = await failure({ server });
    assertEquals([error.code, error.win32], [
      "ERROR_INVALID_COMPUTERNAME",
      1210,
    ], server);
    assertStringIncludes(error.message, JSON.stringify(server));
  }
});

Deno.test("ERROR_INVALID_PARAMETER: the application name is empty, too long or has control characters", async () => {
  for (const application of ["", "x".repeat(65), "a\tb", "\u0085"]) {
    assertEquals(
      (await failure({ application })).code,
      "ERROR_INVALID_PARAMETER",
    );
  }
  for (const wait of [-1, NaN]) {
    assertEquals((await failure({ wait })).code, "ERROR_INVALID_PARAMETER");
  }
});

Deno.test({
  name: "ERROR_NO_NETWORK: no interface but loopback is up",
  ignore: skipped(
    "ERROR_NO_NETWORK: this user may not make a network namespace (unshare)",
    canUnshare,
  ),
  fn: () =>
    withDirectory(async (directory) => {
      const lines =
        `for (const server of ["tapes.example.org", "192.0.2.1", "[2001:db8::1]", "127.0.0.1:9"]) {
        console.log(server, await codeOf({ server }));
      }`;
      const down = await runClient(lines, { directory, through: NO_NETWORK });
      assertEquals(down.out.split("\n"), [
        "tapes.example.org ERROR_NO_NETWORK",
        "192.0.2.1 ERROR_NO_NETWORK",
        "[2001:db8::1] ERROR_NO_NETWORK",
        "127.0.0.1:9 ERROR_NO_NETWORK",
      ], down.err);
    }),
});

Deno.test({
  name:
    "ERROR_NO_NETWORK: with loopback up, only what is beyond it cannot be reached",
  ignore: skipped(
    "ERROR_NO_NETWORK with loopback up: no `ip` here, or no network namespace",
    canUnshare && await canRun("ip", "link"),
  ),
  fn: () =>
    withDirectory(async (directory) => {
      const lines =
        `for (const server of ["tapes.example.org", "192.0.2.1", "127.0.0.1:9"]) {
        console.log(server, await codeOf({ server }));
      }`;
      const through = [
        ...NO_NETWORK,
        "sh",
        "-c",
        `ip link set lo up; exec "$@"`,
        "sh",
      ];
      const { err, out } = await runClient(lines, { directory, through });
      assertEquals(out.split("\n"), [
        "tapes.example.org ERROR_NO_NETWORK",
        "192.0.2.1 ERROR_NO_NETWORK",
        "127.0.0.1:9 ERROR_NOT_CONNECTED",
      ], err);
    }),
});

Deno.test("ERROR_NOT_CONNECTED: name not found, port refused, or no RSM service there", async () => {
  const unknown = await failure({ server: "no-such-host.invalid" });
  assertEquals([unknown.code, unknown.win32], ["ERROR_NOT_CONNECTED", 2250]);
  const refused = await failure({ server: `127.0.0.1:${freePort()}` });
  assertEquals([refused.code, refused.data.errno], [
    "ERROR_NOT_CONNECTED",
    "ECONNREFUSED",
  ]);
  await using other = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("<html>", { headers: { "content-type": "text/html" } }),
  );
  const strange = await failure({ server: `127.0.0.1:${other.addr.port}` });
  assertEquals(strange.code, "ERROR_NOT_CONNECTED");
});

Deno.test("ERROR_NOT_CONNECTED: what answers breaks off or speaks no HTTP", async () => {
  for (
    const words of [
      "",
      "SSH-2.0-x\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{",
    ]
  ) {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const answering = (async () => {
      // The second call, too, that follows where an answer breaks off.
      for await (using connection of listener) {
        await connection.read(new Uint8Array(4096));
        await connection.write(new TextEncoder().encode(words));
      }
    })();
    const { code, message } = await failure({
      server: `127.0.0.1:${listener.addr.port}`,
    });
    listener.close();
    await answering;
    assertEquals(code, "ERROR_NOT_CONNECTED");
    assert(!message.includes("no answer in"), message);
  }
});

Deno.test("ERROR_NOT_READY: this computer's service does not listen", () =>
  withDirectory(async (directory) => {
    const error = await failure({ socket: `${directory}/rsm.sock` });
    assertEquals([error.code, error.win32, error.retry], [
      "ERROR_NOT_READY",
      21,
      "after",
    ]);
    assertStringIncludes(error.message, "rsm serve");
  }));

Deno.test("ERROR_NOT_READY: the service is still doing its first inventory, and `wait` rides that out", async () => {
  const library = new SlowLibrary();
  await using test = await startTestService({}, library.createManager);
  await library.asked;
  assertEquals(
    (await failure({ socket: test.socket })).code,
    "ERROR_NOT_READY",
  );
  assertEquals(
    (await failure({ socket: test.socket, wait: 50 })).code,
    "ERROR_NOT_READY",
  );
  const opening = openSession({ socket: test.socket, wait: 60_000 });
  library.becomeReady();
  await using session = await opening;
  assertEquals((await session.map())[0]?.cartridges.length, 4);
});

Deno.test("`wait` also waits for a service that does not listen yet", () =>
  withDirectory(async (directory) => {
    const socket = `${directory}/rsm.sock`;
    const opening = openSession({ socket, wait: 60_000 });
    await using _test = await startTestService({ socket });
    await using session = await opening;
    assertEquals((await session.enumerate("drive")).length, 1);
  }));

Deno.test("ERROR_CANCELLED: the caller gives up waiting", async () => {
  const library = new SlowLibrary();
  await using test = await startTestService({}, library.createManager);
  await library.asked;
  for (const socket of [test.socket, `${test.directory}/none.sock`]) {
    const abort = new AbortController();
    const failing = failure({ socket, wait: 60_000, signal: abort.signal });
    queueMicrotask(() => abort.abort("enough"));
    const error = await failing;
    assertEquals([error.code, error.cause], ["ERROR_CANCELLED", "enough"]);
  }
  assertEquals(
    (await failure({ signal: AbortSignal.abort() })).code,
    "ERROR_CANCELLED",
  );
  library.becomeReady();
});

Deno.test("RPC_S_NO_INTERFACES: the service speaks only older interface versions", async () => {
  await using test = await startTestService({ interfaceVersion: 0 });
  await test.service.ready;
  const error = await failure({ socket: test.socket });
  assertEquals([error.code, error.win32], ["RPC_S_NO_INTERFACES", 1817]);
  assertStringIncludes(error.message, "update the service");
});

Deno.test("a service that also speaks a newer interface version is understood", async () => {
  await using test = await startTestService({ interfaceVersion: 7 });
  await using session = await test.session();
  assertEquals((await session.enumerate("drive")).length, 1);
});

Deno.test({
  name:
    "ERROR_ACCESS_DENIED: another user may not connect, or has no right to use the computer",
  ignore: skipped(
    "ERROR_ACCESS_DENIED as another user: setpriv needs root, and nobody must be able to read this checkout and to run Deno",
    canBeNobody,
  ),
  fn: async () => {
    await using test = await startTestService();
    await test.service.ready;
    const directory = await Deno.makeTempDir();
    await Deno.chmod(directory, 0o777);
    try {
      const lines = `const socket = ${JSON.stringify(test.socket)};
        try {
          await openSession({ socket });
        } catch (error) {
          console.log(error.code, error.win32, error.message);
        }`;
      const options = { directory, through: NOBODY };
      const kept = await runClient(lines, options);
      assertStringIncludes(kept.out, "ERROR_ACCESS_DENIED 5 ", kept.err);
      assertStringIncludes(kept.out, "this user may not connect");
      await Deno.chmod(test.directory, 0o755);
      const admitted = await runClient(lines, options);
      assertEquals(admitted.out, "", admitted.err);
      await using own = await test.session();
      const [computer = ""] = await own.enumerate("computer");
      await own.setAccess(computer, []);
      const refused = await runClient(lines, options);
      assertStringIncludes(
        refused.out,
        "ERROR_ACCESS_DENIED 5 OpenNtmsSession needs the right USE on computer",
        refused.err,
      );
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});

Deno.test("importing the client needs no permission, and opening a session only those for the socket", async () => {
  await using test = await startTestService();
  await test.service.ready;
  const nothing = await runClient(`console.log("imported");`, {
    directory: test.directory,
    permissions: [],
  });
  assertEquals([nothing.status, nothing.out], [0, "imported"], nothing.err);
  const socket = test.socket;
  const lines = `console.log(await codeOf({ socket: ${
    JSON.stringify(socket)
  } }));`;
  const narrow = [
    `--allow-read=${socket}`,
    `--allow-write=${socket}`,
    `--allow-net=unix:${socket}`,
  ];
  const allowed = await runClient(lines, {
    directory: test.directory,
    permissions: narrow,
  });
  assertEquals(allowed.out, "opened", allowed.err);
  const denied = await runClient(lines, {
    directory: test.directory,
    permissions: [],
  });
  assertEquals(denied.out, "ERROR_ACCESS_DENIED", denied.err);
});

Deno.test("RSM_SOCKET names this computer's service, where it may be read", async () => {
  await using test = await startTestService();
  await test.service.ready;
  const env = { RSM_SOCKET: test.socket };
  const lines =
    `console.log(await codeOf(), await codeOf({ server: "localhost" }), await codeOf({ server: "." }));`;
  const read = await runClient(lines, { directory: test.directory, env });
  assertEquals(read.out, "opened opened opened", read.err);
});

Deno.test("the user's own service is found at its usual place", () =>
  withDirectory(async (directory) => {
    await using _test = await startTestService({
      socket: `${directory}/rsm/rsm.sock`,
    });
    const { err, out } = await runClient(
      `console.log(await codeOf({ wait: 30_000 }));`,
      {
        directory,
        env: { XDG_RUNTIME_DIR: directory },
      },
    );
    assertEquals(out, "opened", err);
  }));

Deno.test("a program ends although it leaves a session open", async () => {
  await using test = await startTestService();
  await test.service.ready;
  const lines = `const session = await openSession({ socket: ${
    JSON.stringify(test.socket)
  } });
    console.log((await session.enumerate("drive")).length);`;
  const { err, out, status } = await runClient(lines, {
    directory: test.directory,
  });
  assertEquals([status, out], [0, "1"], err);
});

Deno.test("the application name tags the session, and is RSM where none is given", async () => {
  await using test = await startTestService();
  await using named = await test.session({
    application: "Backup \u00c4\u{1F4FC}",
  });
  assertEquals(named.application, "Backup \u00c4\u{1F4FC}");
  await using unnamed = await test.session();
  assertEquals([unnamed.application, unnamed.server], ["RSM", "localhost"]);
  assert(named.id !== unnamed.id);
});
