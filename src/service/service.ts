/**
 * The RSM service: listens first, so that early clients are told to wait, then
 * opens the catalogue and the libraries.
 *
 * @module
 */

import { resolve } from "node:path";
import { descriptorLimit } from "../../ffi/mod.ts";
import { LIMITS, type Limits, type Log } from "../model/mod.ts";
import { systemClock, systemRandom } from "../model/system.ts";
import {
  defaultSocketPath,
  defaultStateDirectory,
  INTERFACE_VERSION,
  INTERFACE_VERSIONS,
} from "../protocol/mod.ts";
import { type Accounts, hostAccounts } from "./accounts.ts";
import { Admission, ADMITTED_GROUP } from "./admission.ts";
import { makeApp } from "./app.ts";
import { Connections, connectionsFor } from "./connections.ts";
import { makeEndpoint } from "./endpoint.ts";
import { Dispatcher } from "./dispatch.ts";
import { offerInProcess } from "./in_process_door.ts";
import { listen, parseListen } from "./listen.ts";
import type { Answering, Listener, LoopbackAddress } from "./listener.ts";
import { notifySystem } from "./notify_system.ts";
import { findIdentityObstacle } from "./peers.ts";
import { prepareSocketPath, socketMode } from "./socket_file.ts";
import { type CreateManager, Start } from "./start.ts";
import { readSurroundings } from "./surroundings.ts";
import { readToken, takeStateDirectory } from "./state_directory.ts";

/** Options for {@linkcode startService}. */
export interface ServiceOptions {
  /** Paths or URLs of the media changers to manage. @default {[]} All that are found. */
  libraries?: readonly string[];
  /** Directory of the catalogue. @default {undefined} /var/lib/rsm as root, else $XDG_STATE_HOME/rsm. */
  state?: string;
  /** Path of the Unix socket; null for none. @default {undefined} /run/rsm/rsm.sock as root, else $XDG_RUNTIME_DIR/rsm/rsm.sock. */
  socket?: string | null;
  /** Loopback address and port to listen at too, such as "127.0.0.1:9417". @default {undefined} None. */
  listen?: string;
  /** Takes new cartridges with a bar code for free media, without reading a label. @default {false} */
  trustBarCodes?: boolean;
  /** Absolute paths of media label libraries of the site, which are asked before the built-in ones what a medium is. @default {[]} */
  mediaLabelLibraries?: readonly string[];
  /** Told what happens. @default {undefined} Nobody. */
  log?: Log;
  /** The newest version of the interface to speak, for tests of older ones. */
  interfaceVersion?: number;
  /** A session not heard of for so long is ended. @default {60} */
  leaseSeconds?: number;
}

/** How far a service is. */
export interface ServiceStatus {
  /** Whether it accepts sessions. */
  readonly ready: boolean;
  /** What it is doing, for people. */
  readonly activity: string;
  /** Sessions that are open. */
  readonly sessions: number;
}

/** A running service. */
export interface Service extends AsyncDisposable {
  /** Path of its Unix socket; null where it has none. */
  readonly socket: string | null;
  /** Where it listens for TCP; null for nowhere. */
  readonly listen: LoopbackAddress | null;
  /** Resolves when it accepts sessions; rejects when it cannot come so far. */
  readonly ready: Promise<void>;
  /** How far it is. */
  status(): ServiceStatus;
  /** Stops: cancels the calls that wait, lets a robot finish its move, closes the catalogue. */
  close(): Promise<void>;
}

const DEFAULT_LEASE_SECONDS = 60;
const QUIET: Log = { info() {}, warn() {}, error() {} };

/** Starts a service with a managing half of any making. */
export async function startServiceWith(
  options: ServiceOptions,
  createManager: CreateManager,
  findObstacle: typeof findIdentityObstacle = findIdentityObstacle,
  bounds: Partial<Limits> = {},
): Promise<Service> {
  // In the order of this stack things come about; in the other they end.
  await using parts = new AsyncDisposableStack();
  const { log = QUIET } = options;
  const limits = { ...LIMITS, ...bounds };
  const address = options.listen === undefined
    ? null
    : parseListen(options.listen);
  const surroundings = readSurroundings();
  const state = parts.use(
    takeStateDirectory(options.state ?? defaultStateDirectory(surroundings)),
  );
  const accounts = hostAccounts(() => systemClock.monotonic());
  const start = new Start(createManager, {
    libraries: options.libraries ?? [],
    state: state.path,
    trustBarCodes: options.trustBarCodes ?? false,
    mediaLabelLibraries: options.mediaLabelLibraries ?? [],
    log,
    clock: systemClock,
    random: systemRandom,
    limits,
  });
  const dispatcher = new Dispatcher({
    admission: new Admission({
      accounts,
      own: surroundings.own,
      computer: Deno.hostname(),
      token: address === null ? null : readToken(state, systemRandom),
    }),
    accounts,
    clock: systemClock,
    random: systemRandom,
    leaseSeconds: options.leaseSeconds ?? DEFAULT_LEASE_SECONDS,
    limits,
    versions: versionsUpTo(options.interfaceVersion ?? INTERFACE_VERSION),
    activity: () => start.status().activity,
  });
  const answering: Answering = {
    operations: makeEndpoint(dispatcher, log),
    pages: makeApp(() => start.status()),
  };
  const obstacle = await findObstacle();
  if (obstacle !== null) {
    log.warn("Only the service's own user can connect", { reason: obstacle });
  }
  const shared = obstacle === null;
  // Where peers are shown, there is the native library.
  const most = shared
    ? connectionsFor(limits.connections, descriptorLimit())
    : limits.connections;
  const connections = new Connections(
    { ...limits, connections: most },
    systemClock,
  );
  parts.defer(() => connections.close());
  const door = { answering, shared, connections };
  const { socket: given = defaultSocketPath(surroundings) } = options;
  const socket = given === null ? null : resolve(given);
  if (socket !== null) {
    const listener = await openSocket(door, socket, accounts);
    parts.defer(() => listener.close());
  }
  const tcp = await openPort(door, address);
  if (tcp !== null) parts.defer(() => tcp.close());
  parts.use(offerInProcess(dispatcher, systemRandom.guid(), socket, tcp));
  parts.defer(() => start.close());
  parts.defer(() => dispatcher.stop());
  start.begin((manager) => {
    dispatcher.begin(manager);
    log.info("The service is ready");
    notifySystem("READY=1\nSTATUS=Ready", log);
  });
  return new RunningService(
    parts.move(),
    socket,
    tcp === null ? null : { hostname: tcp.hostname, port: tcp.port },
    start,
    dispatcher,
    log,
  );
}

class RunningService implements Service {
  readonly ready: Promise<void>;
  readonly #parts: AsyncDisposableStack;
  readonly #start: Start;
  readonly #dispatcher: Dispatcher;
  readonly #log: Log;
  #closed: Promise<void> | null = null;

  constructor(
    parts: AsyncDisposableStack,
    readonly socket: string | null,
    readonly listen: LoopbackAddress | null,
    start: Start,
    dispatcher: Dispatcher,
    log: Log,
  ) {
    this.ready = start.ready;
    this.#parts = parts;
    this.#start = start;
    this.#dispatcher = dispatcher;
    this.#log = log;
  }

  status(): ServiceStatus {
    return {
      ...this.#start.status(),
      sessions: this.#dispatcher.sessions.count,
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#stop();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #stop(): Promise<void> {
    this.#log.info("The service is stopping");
    notifySystem("STOPPING=1", this.#log);
    await this.#parts.disposeAsync();
  }
}

/** What all listeners of a service share. */
interface Doorway {
  readonly answering: Answering;
  /** Whether callers can be told apart. */
  readonly shared: boolean;
  readonly connections: Connections;
}

/** Listens at a Unix socket, for others too where they can be told apart. */
async function openSocket(
  { answering, connections, shared }: Doorway,
  path: string,
  accounts: Accounts,
): Promise<Listener> {
  const group = await accounts.groupId(ADMITTED_GROUP);
  // Only root may give files away; any other service has its own group.
  const gid = Deno.uid() === 0 ? group : null;
  const ownership = { shared, gid };
  await prepareSocketPath(path, ownership);
  const mode = socketMode(ownership);
  const listener = await listen(
    answering,
    { path, mode },
    shared,
    connections,
  );
  if (shared && gid !== null) await Deno.chown(path, null, gid);
  return listener;
}

/** Listens at a TCP port, where one is asked for. */
async function openPort(
  { answering, connections, shared }: Doorway,
  address: LoopbackAddress | null,
): Promise<Listener & LoopbackAddress | null> {
  if (address === null) return null;
  const { close, port } = await listen(
    answering,
    address,
    shared,
    connections,
  );
  return { hostname: address.hostname, port, close };
}

function versionsUpTo(newest: number): typeof INTERFACE_VERSIONS {
  return { oldest: Math.min(INTERFACE_VERSIONS.oldest, newest), newest };
}
