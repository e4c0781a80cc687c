import { assert, assertEquals, assertRejects } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import { type Caller, NtmsError } from "../../src/model/mod.ts";
import { HEADERS, isOperationName, WIRE } from "../../src/protocol/mod.ts";
import { OPERATIONS } from "../../src/protocol/operations.ts";
import { openRealManager } from "../../src/service/open_manager.ts";
import { findIdentityObstacle } from "../../src/service/peers.ts";
import type { CreateManager } from "../../src/service/start.ts";
import {
  startTestService,
  type TestService,
  waitForMedium,
} from "../service/test_service.ts";

const NAMES = Object.keys(WIRE).filter(isOperationName);
const NEVER = "0123abcd-0000-4000-8000-000000000001";

/** Stands between client and service, and loses answers. */
class LossyProxy implements AsyncDisposable {
  readonly path: string;
  /** The requests that went through, as text. */
  readonly requests: string[] = [];
  /** How many of the next answers are lost, with their connection. */
  loses = 0;
  readonly #listener: Deno.UnixListener;
  readonly #target: string;
  readonly #running: Promise<void>;
  readonly #open = new Set<Deno.Conn>();

  constructor(test: TestService) {
    this.path = `${test.directory}/proxy.sock`;
    this.#target = test.socket;
    this.#listener = Deno.listen({ transport: "unix", path: this.path });
    this.#running = this.#accept();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#open) connection.close();
    await this.#running;
  }

  async #accept(): Promise<void> {
    const all: Promise<void>[] = [];
    for await (const client of this.#listener) {
      all.push(this.#serve(client).catch(() => {}));
    }
    await Promise.all(all);
  }

  async #serve(client: Deno.Conn): Promise<void> {
    const service = await Deno.connect({
      transport: "unix",
      path: this.#target,
    });
    this.#open.add(client).add(service);
    const close = () => {
      for (const end of [client, service]) {
        if (this.#open.delete(end)) end.close();
      }
    };
    await Promise.all([
      this.#pass(client, service, (text) => {
        if (text.startsWith("POST")) this.requests.push(text);
        return true;
      }),
      this.#pass(service, client, () => {
        if (this.loses === 0) return true;
        this.loses--;
        return false;
      }),
    ].map((passing) => passing.catch(() => {}).finally(close)));
  }

  /** Passes on what comes, until the other side ends or `see` says no. */
  async #pass(
    from: Deno.Conn,
    to: Deno.Conn,
    see: (text: string) => boolean,
  ): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (;;) {
      const count = await from.read(buffer);
      if (count === null) return;
      const bytes = buffer.slice(0, count);
      if (!see(new TextDecoder().decode(bytes))) return;
      await to.write(bytes);
    }
  }
}

/** The keys of the requests of an operation that went through. */
function keysOf({ requests }: LossyProxy, name: string): string[] {
  return requests.filter((text) => text.startsWith(`POST /v1/${name} `))
    .map((text) => new RegExp(`${HEADERS.key}: (\\S+)`).exec(text)?.[1] ?? "");
}

async function codeOf(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

async function makePool(session: Session, name = "Daily"): Promise<string> {
  const [cartridge] = await session.objects("cartridge");
  return await session.createPool({
    name,
    mediaType: cartridge?.mediaType ?? null,
    drawFromFree: true,
    mode: "new",
  });
}

Deno.test("the operations that carry a key are those that change something", () => {
  for (const name of NAMES) {
    assertEquals(
      WIRE[name].repetition === "keyed",
      OPERATIONS[name].changes,
      name,
    );
  }
});

Deno.test("each operation whose answer is lost is sent again by itself, and done once", async () => {
  await using test = await startTestService();
  await using proxy = new LossyProxy(test);
  await test.service.ready;
  // Also the opening of a session: the first one is left to its lease.
  proxy.loses = 1;
  const session = await openSession({ socket: proxy.path });
  const losing = async <T>(name: string, call: () => Promise<T>) => {
    const before = keysOf(proxy, name).length;
    proxy.loses = 1;
    const answer = await call();
    const keys = keysOf(proxy, name).slice(before);
    assertEquals(keys.length, 2, `${name} is sent twice`);
    assertEquals(keys[0], keys[1], `${name} has one key`);
    return answer;
  };
  const drives = await losing(
    "EnumerateNtmsObject",
    () => session.enumerate("drive"),
  );
  assertEquals(drives.length, 1);
  const [cartridge] = await losing(
    "ListNtmsObject",
    () => session.objects("cartridge"),
  );
  await losing(
    "GetNtmsObjectInformation",
    () => session.object(drives[0] ?? ""),
  );
  const [map] = await losing("MapNtmsLibrary", () => session.map());
  // A second one of this name would be refused.
  const pool = await losing("CreateNtmsMediaPool", () =>
    session.createPool({
      name: "Daily",
      mediaType: cartridge?.mediaType ?? null,
      drawFromFree: true,
      mode: "new",
    }));
  const { logicalMedium, side } = await losing(
    "AllocateNtmsMedia",
    () => session.allocate({ pool }),
  );
  assertEquals(
    await session.enumerate("logicalMedium", { container: pool }),
    [logicalMedium],
  );
  const { mounts, requests } = await losing(
    "MountNtmsMedia",
    () => session.mount(logicalMedium),
  );
  assertEquals([mounts[0]?.side, requests.length], [side, 1]);
  // Had it been mounted twice, one dismount would not end it.
  const dismounted = await losing(
    "DismountNtmsMedia",
    () => session.dismount(logicalMedium, { wait: true }),
  );
  assertEquals(dismounted.requests.length, 1);
  const [after] = await session.map();
  assertEquals(after?.drives[0]?.state, "dismounted");
  await losing("DeallocateNtmsMedia", () => session.deallocate(logicalMedium));
  assertEquals(
    await session.enumerate("logicalMedium", { container: pool }),
    [],
  );
  const count = (await session.enumerate("libraryRequest")).length;
  const { report } = await losing(
    "InventoryNtmsLibrary",
    () => session.inventory(map?.library.id ?? "", { wait: true }),
  );
  assertEquals(report?.cartridges, 4);
  assertEquals((await session.enumerate("libraryRequest")).length, count + 1);
  await losing("CloseNtmsSession", () => session.close());
});

Deno.test("an answer that is lost twice is an error that names the key, with which it is repeated", async () => {
  await using test = await startTestService();
  await using proxy = new LossyProxy(test);
  await test.service.ready;
  await using session = await openSession({ socket: proxy.path });
  const pool = await makePool(session);
  proxy.loses = 2;
  const error = await assertRejects(
    () => session.allocate({ pool }),
    NtmsError,
  );
  assertEquals(error.code, "ERROR_CONNECTION_UNAVAIL");
  const { idempotencyKey } = error.data;
  assert(typeof idempotencyKey === "string");
  assert(error.message.includes(idempotencyKey));
  // From any session of the same program.
  await using other = await test.session();
  const allocation = await other.allocate({ pool, idempotencyKey });
  assertEquals(await other.enumerate("logicalMedium", { container: pool }), [
    allocation.logicalMedium,
  ]);
  assertEquals(await session.allocate({ pool, idempotencyKey }), allocation);
  // Another call, application or order of words is another matter.
  assertEquals(
    await codeOf(session.allocate({ pool, idempotencyKey, name: "Other" })),
    "ERROR_INVALID_PARAMETER",
  );
  assertEquals(
    await codeOf(session.deallocate(NEVER, { idempotencyKey })),
    "ERROR_INVALID_PARAMETER",
  );
  await using stranger = await test.session({ application: "Stranger" });
  const own = await stranger.allocate({ pool, idempotencyKey });
  assert(own.logicalMedium !== allocation.logicalMedium);
});

Deno.test("a failure is no answer to keep: the same key tries again", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const idempotencyKey = crypto.randomUUID();
  const pool = await makePool(session);
  const taken = [];
  for (let count = 0; count < 4; count++) {
    taken.push(await session.allocate({ pool }));
  }
  const last = () =>
    session.allocate({ pool, idempotencyKey, errorIfUnavailable: true });
  assertEquals(await codeOf(last()), "ERROR_MEDIA_UNAVAILABLE");
  await session.deallocate(taken[0]?.logicalMedium ?? "");
  const { logicalMedium } = await last();
  assertEquals((await last()).logicalMedium, logicalMedium);
});

Deno.test("a call with the key of one under way waits for it, and gets its answer", async () => {
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let calls = 0;
  const create: CreateManager = async (options) => {
    const manager = await openRealManager(options);
    const slow = async (
      caller: Caller,
      input: Parameters<typeof manager.allocate>[1],
    ) => {
      calls++;
      begun.resolve();
      await gate.promise;
      return await manager.allocate(caller, input);
    };
    return await managerOver({ allocate: slow }, manager)(options);
  };
  await using test = await startTestService({}, create);
  await using session = await test.session();
  const pool = await makePool(session);
  const idempotencyKey = crypto.randomUUID();
  const first = session.allocate({ pool, idempotencyKey });
  await begun.promise;
  const second = session.allocate({ pool, idempotencyKey });
  // One answer shows that the service has the second call before it.
  await session.enumerate("drive");
  assertEquals(
    await codeOf(session.allocate({ pool, idempotencyKey, name: "Other" })),
    "ERROR_INVALID_PARAMETER",
  );
  const abort = new AbortController();
  const third = codeOf(
    session.allocate({ pool, idempotencyKey, signal: abort.signal }),
  );
  await session.enumerate("drive");
  abort.abort();
  assertEquals(await third, "ERROR_CANCELLED");
  gate.resolve();
  assertEquals(await first, await second);
  assertEquals(calls, 1);
});

Deno.test("a call whose first try was given up while it waited is done in its place", async () => {
  await using test = await startTestService();
  await using proxy = new LossyProxy(test);
  await using session = await openSession({ socket: proxy.path, wait: 30_000 });
  await using other = await test.session();
  const abort = new AbortController();
  const { outcome } = await waitForMedium(session, abort.signal);
  const [key = ""] = keysOf(proxy, "AllocateNtmsMedia");
  abort.abort();
  const pools = await other.objects("mediaPool");
  const pool = pools.find(({ name }) => name === "Empty")?.id ?? "";
  const error = await outcome;
  assertEquals(error instanceof NtmsError && error.code, "ERROR_CANCELLED");
  const giveUp = new AbortController();
  const again = codeOf(
    other.allocate({ pool, idempotencyKey: key, signal: giveUp.signal }),
  );
  while ((await other.enumerate("operatorRequest")).length === 0);
  giveUp.abort();
  assertEquals(await again, "ERROR_CANCELLED");
});

Deno.test("after a restart of the service a repeated call gets its answer, in its own session and in another", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm-" });
  const library =
    `virtual:once?slots=8&drives=1&cartridges=4&barcodes=TEST%02dL6&dir=${directory}/library`;
  const socket = `${directory}/rsm.sock`;
  const options = {
    socket,
    state: `${directory}/state`,
    libraries: [library],
  };
  try {
    const idempotencyKey = crypto.randomUUID();
    let pool = "";
    let session: Session;
    let allocated = "";
    {
      await using _first = await startTestService(options);
      session = await openSession({ socket, wait: 30_000 });
      pool = await makePool(session);
      const request = { pool, idempotencyKey };
      allocated = (await session.allocate(request)).logicalMedium;
    }
    await using second = await startTestService(options);
    await second.service.ready;
    // Its session has ended with the first service: nothing else is done in it.
    const request = { pool, idempotencyKey };
    assertEquals((await session.allocate(request)).logicalMedium, allocated);
    assertEquals(
      await codeOf(session.allocate({ pool, idempotencyKey: NEVER })),
      "ERROR_INVALID_HANDLE",
    );
    assertEquals(
      await codeOf(session.allocate({ ...request, name: "Other" })),
      "ERROR_INVALID_PARAMETER",
    );
    await using other = await openSession({ socket });
    assertEquals((await other.allocate(request)).logicalMedium, allocated);
    session.detach();
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("in a session with too many calls under way another is told so, and it can still be closed", async () => {
  await using test = await startTestService(
    {},
    openRealManager,
    findIdentityObstacle,
    { callsInOneSession: 2, waitingAllocations: 10 },
  );
  const session = await test.session();
  const [one, two] = [
    await waitForMedium(session),
    session.allocate({
      pool: (await session.objects("mediaPool")).find(({ name }) =>
        name === "Empty"
      )?.id ?? "",
    }).catch((error: unknown) => error),
  ];
  while (await codeIfAny(session.enumerate("drive")) !== "ERROR_BUSY");
  await session.close();
  await Promise.all([one.outcome, two]);
  assertEquals(test.service.status().sessions, 0);
});

async function codeIfAny(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => "",
    (error) => error instanceof NtmsError ? error.code : String(error),
  );
}

function managerOver(
  replaced: Readonly<Record<string, unknown>>,
  manager: Awaited<ReturnType<CreateManager>>,
): CreateManager {
  return () =>
    Promise.resolve(
      new Proxy(manager, {
        get(target, key) {
          if (typeof key === "string" && key in replaced) return replaced[key];
          const member: unknown = Reflect.get(target, key, target);
          return typeof member === "function" ? member.bind(target) : member;
        },
      }),
    );
}
