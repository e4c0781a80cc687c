/** A real service over a virtual library, in a directory of its own. */
import type { Limits, Log } from "../../src/model/mod.ts";
import {
  openSession,
  type OpenSessionOptions,
  type Session,
} from "../../src/client/mod.ts";
import { openRealManager } from "../../src/service/open_manager.ts";
import { findIdentityObstacle } from "../../src/service/peers.ts";
import {
  type Service,
  type ServiceOptions,
  startServiceWith,
} from "../../src/service/service.ts";
import type { CreateManager } from "../../src/service/start.ts";

/** What a service told its log. */
export class TestLog implements Log {
  readonly lines: string[] = [];
  info(message: string): void {
    this.lines.push(`info ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }
  error(message: string): void {
    this.lines.push(`error ${message}`);
  }
}

/** The library of a test: eight slots, one drive, four cartridges. */
export const LIBRARY =
  "virtual:test?slots=8&drives=1&cartridges=4&barcodes=TEST%02dL6&files=no";

/** A service, its directory, and sessions with it. */
export interface TestService extends AsyncDisposable {
  readonly directory: string;
  readonly socket: string;
  readonly service: Service;
  readonly log: TestLog;
  /** Opens a session over the Unix socket. */
  session(options?: OpenSessionOptions): Promise<Session>;
}

/** Starts a service; `create` is what its managing half is made by. */
export async function startTestService(
  options: ServiceOptions = {},
  create: CreateManager = openRealManager,
  findObstacle: typeof findIdentityObstacle = findIdentityObstacle,
  limits: Partial<Limits> = {},
): Promise<TestService> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-" });
  const socket = `${directory}/rsm.sock`;
  const log = new TestLog();
  let service: Service;
  try {
    service = await startServiceWith(
      {
        libraries: [LIBRARY],
        state: `${directory}/state`,
        socket,
        trustBarCodes: true,
        log,
        ...options,
      },
      create,
      findObstacle,
      limits,
    );
  } catch (error) {
    await Deno.remove(directory, { recursive: true });
    throw error;
  }
  return {
    directory,
    socket,
    service,
    log,
    session: (given = {}) => openSession({ socket, wait: 30_000, ...given }),
    async [Symbol.asyncDispose]() {
      await service.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** Makes an application pool without media and begins to wait for one. */
export async function waitForMedium(
  session: Session,
  signal?: AbortSignal,
): Promise<{ outcome: Promise<unknown> }> {
  const [cartridge] = await session.objects("cartridge");
  if (cartridge === undefined) throw new Error("The library is empty");
  const pool = await session.createPool({
    name: "Empty",
    mediaType: cartridge.mediaType,
  });
  const outcome = session.allocate({
    pool,
    ...(signal === undefined ? {} : { signal }),
  }).then(() => "allocated", (error: unknown) => error);
  // The operator request shows that the service waits by now.
  const deadline = performance.now() + 10_000;
  while ((await session.enumerate("operatorRequest")).length === 0) {
    if (performance.now() > deadline) throw new Error("No operator was asked");
  }
  return { outcome };
}

/** A managing half with one call of its own making. */
export function managerWith(
  replaced: Readonly<Record<string, unknown>>,
): CreateManager {
  return async (options) =>
    new Proxy(await openRealManager(options), {
      get(manager, key) {
        if (typeof key === "string" && key in replaced) return replaced[key];
        const member: unknown = Reflect.get(manager, key, manager);
        return typeof member === "function" ? member.bind(manager) : member;
      },
    });
}

/** Sends text to a socket as it is; gives all that comes back until it is closed, or `enough` says so. */
export async function sendRaw(
  path: string,
  text: string | Uint8Array,
  enough: (answer: string) => boolean = hasWholeAnswer,
  /** Ends the sending side when all is sent. */
  ends = false,
): Promise<string> {
  using connection = await Deno.connect({ transport: "unix", path });
  const bytes = typeof text === "string"
    ? new TextEncoder().encode(text)
    : text;
  const sending = (async () => {
    for (let sent = 0; sent < bytes.length;) {
      sent += await connection.write(bytes.subarray(sent));
    }
    if (ends) await connection.closeWrite();
  })().catch(() => {});
  let answer = "";
  const buffer = new Uint8Array(65_536);
  const utf8 = new TextDecoder();
  while (!enough(answer)) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) break;
    answer += utf8.decode(buffer.subarray(0, count), { stream: true });
  }
  await sending;
  return answer;
}

function hasWholeAnswer(answer: string): boolean {
  const [head, body] = answer.split("\r\n\r\n", 2);
  const length = /content-length: (\d+)/i.exec(head ?? "")?.[1];
  return body !== undefined && length !== undefined &&
    new TextEncoder().encode(body).length >= Number(length);
}

/** A request as text. */
export function post(
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const all = {
    host: "rsm",
    "content-type": "application/json",
    "content-length": String(new TextEncoder().encode(body).length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) =>
    `${name}: ${value}\r\n`
  );
  return `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

/** Status and code of an answer. */
export function outcomeOf(answer: string): { status: number; code: string } {
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  const body: { code?: string } = JSON.parse(
    answer.split("\r\n\r\n", 2)[1] ?? "",
  );
  return { status, code: body.code ?? "" };
}
