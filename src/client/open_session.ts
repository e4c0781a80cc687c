/**
 * Opens a session: finds the service, agrees on a version of the interface,
 * waits for a service that is still starting.
 *
 * @module
 */

import { isApplicationName, LIMITS, NtmsError } from "../model/mod.ts";
import {
  defaultStateDirectory,
  findService,
  INTERFACE_VERSIONS,
  type OpenInput,
  socketPaths,
  TOKEN_FILE,
} from "../protocol/mod.ts";
import {
  type Address,
  formatAddress,
  isLoopback,
  parseAddress,
  parseServerName,
} from "./address.ts";
import { shareDoor } from "./doors.ts";
import {
  isGranted,
  readEnvironment,
  readHostName,
  readTextFile,
} from "./host.ts";
import { cancelledError, throwIfAborted } from "./http_door.ts";
import { Session, type SessionToken } from "./session.ts";

/** Options for {@linkcode openSession}. */
export interface OpenSessionOptions {
  /**
   * The computer whose service is meant: a host name, an IPv4 address or an
   * IPv6 address in brackets, each with `:port` or without.
   *
   * @default {undefined} This computer.
   */
  server?: string;
  /** Name of the application, 1 to 64 characters; tags what the session causes. @default {"RSM"} */
  application?: string;
  /** How long to wait for a service that is not ready yet, ms. @default {0} */
  wait?: number;
  /** Gives up. */
  signal?: AbortSignal;
  /**
   * Where this computer's service listens.
   *
   * @default {undefined} What RSM_SOCKET says; else the service of this very
   * process; else the usual places: the user's own, then the system's.
   */
  socket?: string;
}

/** The longest a service is asked to hold its answer; shorter than common proxies allow. */
const LONGEST_HOLD_MS = 20_000;
/** How long the answer may take beyond that. */
const ANSWER_WITHIN_MS = 10_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Opens a session with an RSM service.
 *
 * @param options Which service, for which application, how long to wait.
 * @returns The session; dispose of it, or close it.
 * @throws {NtmsError} ERROR_INVALID_COMPUTERNAME, ERROR_INVALID_PARAMETER,
 * ERROR_NO_NETWORK, ERROR_NOT_CONNECTED, ERROR_NOT_READY, ERROR_ACCESS_DENIED,
 * RPC_S_NO_INTERFACES, ERROR_NOT_ENOUGH_MEMORY, ERROR_CANCELLED.
 */
export async function openSession(
  options: OpenSessionOptions = {},
): Promise<Session> {
  const { wait = 0, signal } = options;
  checkApplication(options.application);
  checkWait(wait);
  const addresses = findAddresses(options);
  const deadline = performance.now() + wait;
  for (let pauseMs = FIRST_PAUSE_MS;; pauseMs *= 1.5) {
    throwIfAborted(signal);
    try {
      return await openAny(addresses, options, deadline - performance.now());
    } catch (error) {
      const restMs = deadline - performance.now();
      const passing = error instanceof NtmsError &&
        error.code === "ERROR_NOT_READY";
      if (!passing || restMs <= 0) throw error;
      await pause(Math.min(pauseMs, LONGEST_PAUSE_MS, restMs), signal);
    }
  }
}

/**
 * Makes this Worker's own connection to a session that is open already.
 *
 * @param token What {@linkcode Session.token} gave, in this process.
 */
export function attachSession(token: SessionToken): Session {
  const address = parseAddress(token.address);
  if (address === null) {
    throw new NtmsError(
      "ERROR_INVALID_HANDLE",
      `Cannot attach to session ${token.id}: "${token.address}" is no address`,
    );
  }
  return new Session(shareDoor(address), token);
}

function checkApplication(application: string | undefined): void {
  if (application !== undefined && !isApplicationName(application)) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `An application name has 1 to ${LIMITS.nameLength} characters, none of them a control character; this one is ${
        JSON.stringify(application.slice(0, 80))
      }`,
    );
  }
}

function checkWait(wait: number): void {
  if (!(wait >= 0)) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `\`wait\` is a number of milliseconds, not ${wait}`,
    );
  }
}

/** The addresses to try, in this order. */
function findAddresses(options: OpenSessionOptions): readonly Address[] {
  const server = parseServerName(options.server, readHostName);
  if (server.kind === "tcp") return [server];
  const socket = options.socket ?? readEnvironment("RSM_SOCKET");
  if (socket !== undefined) return [{ kind: "unix", path: socket }];
  const service = findService();
  if (service !== null) return [{ kind: "process", key: service.key }];
  const paths = socketPaths(readEnvironment);
  return paths
    .filter((path, index) =>
      // The last one is tried in any case, so that Deno may ask its user.
      index === paths.length - 1 || isGranted({ name: "read", path })
    )
    .map((path) => ({ kind: "unix", path }));
}

async function openAny(
  addresses: readonly Address[],
  options: OpenSessionOptions,
  restMs: number,
): Promise<Session> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await openAt(address, options, restMs);
    } catch (error) {
      failure = error;
      const absent = error instanceof NtmsError &&
        error.code === "ERROR_NOT_READY" && "errno" in error.data;
      if (!absent) throw error;
    }
  }
  throw failure;
}

async function openAt(
  address: Address,
  options: OpenSessionOptions,
  restMs: number,
): Promise<Session> {
  const waitMs = Math.round(Math.max(0, Math.min(restMs, LONGEST_HOLD_MS)));
  const input: OpenInput = {
    ...(options.application === undefined
      ? {}
      : { application: options.application }),
    ...(waitMs === 0 ? {} : { waitMs }),
  };
  const share = shareDoor(address, admissionToken(address));
  try {
    const opened = await share.door.call("OpenNtmsSession", input, {
      signal: options.signal,
      answerWithinMs: waitMs + ANSWER_WITHIN_MS,
    });
    checkVersion(opened.interfaceVersion);
    return new Session(share, {
      address: attachableAddress(address),
      id: opened.session,
      secret: opened.secret,
      application: opened.application,
      server: options.server || "localhost",
      leaseSeconds: opened.leaseSeconds,
    });
  } catch (error) {
    share.release();
    throw error;
  }
}

/** The address at which another Worker reaches the same service. */
function attachableAddress(address: Address): string {
  const service = address.kind === "process" ? findService(address.key) : null;
  return service?.address ?? formatAddress(address);
}

/** What the service asks of TCP callers, where this process may know it. */
function admissionToken(address: Address): string | undefined {
  if (address.kind !== "tcp") return undefined;
  const given = readEnvironment("RSM_TOKEN");
  if (given !== undefined || !isLoopback(address.hostname)) return given;
  for (const root of [false, true]) {
    const directory = defaultStateDirectory({ root, env: readEnvironment });
    const token = readTextFile(`${directory}/${TOKEN_FILE}`)?.trim();
    if (token) return token;
  }
  return undefined;
}

/** A service that agrees to what was not offered is none to talk to. */
function checkVersion(version: number): void {
  const { oldest, newest } = INTERFACE_VERSIONS;
  if (version < oldest || version > newest) {
    throw new NtmsError(
      "RPC_S_NO_INTERFACES",
      `The service speaks version ${version} of the interface, this client ${oldest} to ${newest}`,
    );
  }
}

function pause(
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    const onAbort = () => {
      clearTimeout(timer);
      if (signal !== undefined) reject(cancelledError(signal));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
