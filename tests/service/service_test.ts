import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { openSession } from "../../src/client/mod.ts";
import { LIMITS, NtmsError } from "../../src/model/mod.ts";
import { examineHost, startService } from "../../src/service/mod.ts";
import { openRealManager } from "../../src/service/open_manager.ts";
import { SlowLibrary } from "./slow_library.ts";
import {
  managerWith,
  outcomeOf,
  post,
  sendRaw,
  startTestService,
  waitForMedium,
} from "./test_service.ts";

async function codeOf(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}

function namesIn(directory: string): string[] {
  return [...Deno.readDirSync(directory)].map(({ name }) => name).sort();
}

Deno.test("the service listens first, and answers ERROR_NOT_READY until the first inventory is done", async () => {
  const library = new SlowLibrary();
  await using test = await startTestService({}, library.createManager);
  await library.asked;
  const error = await assertRejects(
    () => openSession({ socket: test.socket }),
    NtmsError,
    "is still starting: first inventory of virtual:test",
  );
  assertEquals(error.code, "ERROR_NOT_READY");
  assertEquals(test.service.status().ready, false);
  const health = await sendRaw(
    test.socket,
    "GET /health/ready HTTP/1.1\r\nhost: rsm\r\n\r\n",
  );
  assertStringIncludes(health, "HTTP/1.1 503");
  library.becomeReady();
  await test.service.ready;
  await using session = await openSession({ socket: test.socket });
  assertEquals((await session.map())[0]?.cartridges.length, 4);
});

Deno.test("a service that cannot start says why to its owner and to its clients", async () => {
  await using test = await startTestService(
    {},
    () =>
      Promise.reject(
        new NtmsError("ERROR_DATABASE_FAILURE", "The catalogue is damaged"),
      ),
  );
  assertEquals(await codeOf(test.service.ready), "ERROR_DATABASE_FAILURE");
  const error = await assertRejects(
    () => openSession({ socket: test.socket }),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_NOT_READY");
  assertStringIncludes(error.message, "The catalogue is damaged");
});

Deno.test("a service can be closed while it is starting", async () => {
  const library = new SlowLibrary();
  await using test = await startTestService({}, library.createManager);
  await library.asked;
  const abort = new AbortController();
  const { signal } = abort;
  const opening = codeOf(
    openSession({ socket: test.socket, wait: 60_000, signal }),
  );
  const ready = codeOf(test.service.ready);
  const closed = test.service.close();
  library.becomeReady();
  await closed;
  assertEquals(await ready, "ERROR_CANCELLED");
  // It would wait for the next service to start.
  abort.abort();
  assertEquals(await opening, "ERROR_CANCELLED");
});

Deno.test("closing the service ends the calls that wait with ERROR_CANCELLED", async () => {
  await using test = await startTestService();
  const session = await test.session();
  const { outcome } = await waitForMedium(session);
  await test.service.close();
  const error = await outcome;
  assert(error instanceof NtmsError);
  assertEquals(error.code, "ERROR_CANCELLED");
  assertEquals(
    await codeOf(session.enumerate("drive")),
    "ERROR_CONNECTION_UNAVAIL",
  );
  session.detach();
});

Deno.test("closing twice is closing once", async () => {
  await using test = await startTestService();
  await Promise.all([test.service.close(), test.service.close()]);
});

Deno.test("the socket is for everyone, who is told apart; the token and the state are for the user alone", async () => {
  await using test = await startTestService({ listen: "127.0.0.1:0" });
  assertEquals(modeOf(test.socket), 0o666);
  assertEquals(modeOf(`${test.directory}/state`), 0o700);
  assertEquals(modeOf(`${test.directory}/state/token`), 0o600);
});

Deno.test("the directory of the socket is made, for the service alone", async () => {
  const directory = await Deno.makeTempDir();
  const socket = `${directory}/run/rsm/rsm.sock`;
  await using test = await startTestService({ socket });
  assertEquals(test.service.socket, socket);
  assertEquals(modeOf(`${directory}/run/rsm`) & 0o007, 0);
  await test.service.close();
  assertEquals(namesIn(`${directory}/run/rsm`), []);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("one service has a state directory at a time", async () => {
  await using test = await startTestService();
  const options = {
    state: `${test.directory}/state`,
    socket: null,
    libraries: [],
  };
  assertEquals(await codeOf(startService(options)), "ERROR_SHARING_VIOLATION");
  await test.service.close();
  await using second = await startService({
    ...options,
    libraries: ["virtual:test?files=no"],
  });
  await second.ready;
});

Deno.test("a socket of a living service is left to it; that of a dead one is taken over", async () => {
  await using test = await startTestService();
  assertEquals(
    await codeOf(startTestService({ socket: test.socket })),
    "ERROR_SHARING_VIOLATION",
  );
  await using _alive = await test.session();
  // A process that is killed leaves its socket behind.
  const left = `${test.directory}/left.sock`;
  const script = `Deno.listen({transport:"unix",path:${
    JSON.stringify(left)
  }});Deno.kill(Deno.pid,"SIGKILL")`;
  await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    stderr: "null",
  }).output();
  assertEquals(namesIn(test.directory), ["left.sock", "rsm.sock", "state"]);
  await using second = await startTestService({ socket: left });
  await using session = await second.session({ socket: left });
  assertEquals((await session.enumerate("drive")).length, 1);
});

Deno.test("a path that is no place for a socket is refused", async () => {
  const directory = await Deno.makeTempDir();
  await Deno.writeTextFile(`${directory}/file`, "precious");
  assertEquals(
    await codeOf(startTestService({ socket: `${directory}/file` })),
    "ERROR_INVALID_PARAMETER",
  );
  assertEquals(await Deno.readTextFile(`${directory}/file`), "precious");
  assertEquals(
    await codeOf(
      startTestService({ socket: `${directory}/${"x".repeat(120)}` }),
    ),
    "ERROR_INVALID_PARAMETER",
  );
  await Deno.remove(directory, { recursive: true });
});

Deno.test("an address that others can reach is refused before anything is made", async () => {
  const directory = await Deno.makeTempDir();
  const state = `${directory}/state`;
  assertEquals(
    await codeOf(startTestService({ listen: "0.0.0.0:0", state })),
    "ERROR_INVALID_PARAMETER",
  );
  assertEquals(namesIn(directory), []);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("a session that is not heard of is lost, and what it had mounted is told to the manager", async () => {
  const ended = Promise.withResolvers<unknown[]>();
  const sessionEnded = (...told: unknown[]) => ended.resolve(told);
  await using test = await startTestService(
    { leaseSeconds: 0.2 },
    managerWith({ sessionEnded }),
  );
  const session = await test.session();
  await session.createPool({ name: "Left behind" });
  const token = session.token();
  session.detach();
  assertEquals(await ended.promise, [token.id, true]);
});

Deno.test("the client renews the lease by itself", async () => {
  const ended = Promise.withResolvers<unknown[]>();
  await using test = await startTestService(
    { leaseSeconds: 0.3 },
    managerWith({ sessionEnded: (...told: unknown[]) => ended.resolve(told) }),
  );
  const session = await test.session();
  await session.createPool({ name: "Left behind" });
  const threeLeases = new Promise((resolve) => setTimeout(resolve, 900));
  assertEquals(await Promise.race([ended.promise, threeLeases]), undefined);
  await session.close();
  assertEquals(await ended.promise, [session.id, false]);
});

Deno.test("a client of the same process needs no socket", async () => {
  await using test = await startTestService({ socket: null });
  assertEquals(test.service.socket, null);
  await using session = await openSession({
    wait: 30_000,
    application: "Inside",
  });
  assertEquals(session.application, "Inside");
  assertEquals((await session.enumerate("slot")).length, 8);
  assertEquals(
    await codeOf(session.object("nothing")),
    "ERROR_INVALID_PARAMETER",
  );
  const abort = new AbortController();
  const { outcome } = await waitForMedium(session, abort.signal);
  abort.abort();
  const error = await outcome;
  assertEquals(error instanceof NtmsError && error.code, "ERROR_CANCELLED");
});

Deno.test("over TCP the token of the state directory lets in, and nothing else does", async () => {
  await using test = await startTestService({ listen: "127.0.0.1:0" });
  await test.service.ready;
  const server = `127.0.0.1:${test.service.listen?.port}`;
  const token = (await Deno.readTextFile(`${test.directory}/state/token`))
    .trim();
  const before = Deno.env.get("RSM_TOKEN");
  try {
    Deno.env.set("RSM_TOKEN", "wrong");
    assertEquals(await codeOf(openSession({ server })), "ERROR_ACCESS_DENIED");
    Deno.env.set("RSM_TOKEN", token);
    await using session = await openSession({ server });
    assertEquals(session.server, server);
    assertEquals((await session.enumerate("drive")).length, 1);
  } finally {
    if (before === undefined) Deno.env.delete("RSM_TOKEN");
    else Deno.env.set("RSM_TOKEN", before);
  }
});

Deno.test("a medium allocated just when its caller has gone is given back", async () => {
  const allocated = Promise.withResolvers<void>();
  const given: string[] = [];
  const asked = Promise.withResolvers<void>();
  const id = "0123abcd-0000-4000-8000-000000000001";
  await using test = await startTestService(
    {},
    managerWith({
      allocate: async () => {
        asked.resolve();
        await allocated.promise;
        return { logicalMedium: id, side: id, allocatedFrom: id };
      },
      withdraw: (_caller: unknown, medium: string) => {
        given.push(medium);
        return Promise.resolve();
      },
    }),
  );
  await using session = await test.session();
  const abort = new AbortController();
  const outcome = codeOf(session.allocate({ pool: id, signal: abort.signal }));
  await asked.promise;
  abort.abort();
  assertEquals(await outcome, "ERROR_CANCELLED");
  // Another call shows that the service has seen the connection end.
  await session.enumerate("drive");
  allocated.resolve();
  await test.service.close();
  assertEquals(given, [id]);
});

Deno.test("examineHost() tells what a service would find here", async () => {
  const report = await examineHost();
  assertEquals(report.modules.map(({ name }) => name), ["sg", "ch", "st"]);
  assert(Array.isArray(report.devices));
  assert(report.socket.endsWith("/rsm.sock"));
});

Deno.test("where the runtime does not show who connects, the socket is for the own user alone", async () => {
  await using test = await startTestService(
    { listen: "127.0.0.1:0" },
    openRealManager,
    () => Promise.resolve("not shown"),
  );
  assertEquals(modeOf(test.socket), 0o600);
  assert(
    test.log.lines.includes("warn Only the service's own user can connect"),
  );
  const session = await test.session();
  assertEquals((await session.enumerate("drive")).length, 1);
  const abort = new AbortController();
  const given = await waitForMedium(session, abort.signal);
  abort.abort();
  const error = await given.outcome;
  assertEquals(error instanceof NtmsError && error.code, "ERROR_CANCELLED");
  const server = `127.0.0.1:${test.service.listen?.port}`;
  assertEquals(await codeOf(openSession({ server })), "ERROR_ACCESS_DENIED");
  const answers = [
    await sendRaw(test.socket, post("/v1/OpenNtmsSession", "{")),
    await sendRaw(
      test.socket,
      post("/v1/OpenNtmsSession", " ".repeat(LIMITS.requestBodyBytes + 1)),
    ),
    await sendRaw(test.socket, post("/v1/Nothing", "{}")),
  ];
  assertEquals(answers.map((it) => outcomeOf(it).status), [400, 413, 404]);
  await session.close();
  await test.service.close();
  assertEquals(namesIn(test.directory), ["state"]);
});

Deno.test("systemd is told when the service is ready, and when it stops", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/notify`;
  const listener = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--unstable-net",
      `const socket = Deno.listenDatagram({ transport: "unixpacket", path: ${
        JSON.stringify(path)
      } });
      console.log("listening");
      for (let count = 0; count < 2; count++) {
        const [bytes] = await socket.receive();
        console.log(new TextDecoder().decode(bytes));
      }`,
    ],
    stdout: "piped",
  }).spawn();
  const lines = listener.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  try {
    await lines.read();
    Deno.env.set("NOTIFY_SOCKET", path);
    await using test = await startTestService();
    await test.service.ready;
    assertEquals((await lines.read()).value, "READY=1\nSTATUS=Ready\n");
    await test.service.close();
    assertEquals((await lines.read()).value, "STOPPING=1\n");
  } finally {
    Deno.env.delete("NOTIFY_SOCKET");
    await lines.cancel();
    await listener.status;
    await Deno.remove(directory, { recursive: true });
  }
});
