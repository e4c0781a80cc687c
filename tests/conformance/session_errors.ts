/**
 * Errors of OpenNtmsSession and CloseNtmsSession.
 *
 * @module
 */

import {
  CloseNtmsSession,
  GetLastError,
  OpenNtmsSession,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import { runChild } from "./child.ts";
import { type Row, rowsOf } from "./rows.ts";
import {
  RunningService,
  type RunningServiceOptions,
} from "./running_service.ts";
import { SlowService } from "./slow_service.ts";

function opening(
  code: string,
  cause: string,
  options: RunningServiceOptions,
  serverOf: (service: RunningService) => string | null = () => null,
): Row {
  return {
    name: "OpenNtmsSession",
    code,
    cause,
    async produce() {
      await using service = await RunningService.start(options);
      return await service.tryOpen(serverOf(service));
    },
  };
}

/** Runs a command in a network namespace of its own, where nothing is up. */
const ALONE = ["unshare", "--user", "--map-root-user", "--net"];

function canUnshare(): boolean {
  const [program = "", ...args] = [...ALONE, "true"];
  try {
    return new Deno.Command(program, { args, stderr: "null" }).outputSync()
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The rows. */
export const SESSION_ERRORS: readonly Row[] = [
  opening("ERROR_SUCCESS", "the service is ready", {}),
  opening(
    "ERROR_INVALID_COMPUTERNAME",
    "the server name has no valid form",
    {},
    () => "no host!",
  ),
  opening(
    "ERROR_NOT_CONNECTED",
    "nothing listens at the server's port",
    {},
    () => "127.0.0.1:1",
  ),
  {
    name: "OpenNtmsSession",
    code: "ERROR_NOT_READY",
    cause: "the service takes its first inventory",
    async produce() {
      await using service = await SlowService.start();
      await OpenNtmsSession(null, null, 0, { socket: service.socket });
      return nameOf(GetLastError());
    },
  },
  opening("RPC_S_NO_INTERFACES", "the service speaks older interfaces only", {
    interfaceVersion: 0,
  }),
  opening(
    "ERROR_ACCESS_DENIED",
    "the caller over TCP does not show the service's token",
    { listen: "127.0.0.1:0" },
    ({ service }) => `127.0.0.1:${service.listen?.port}`,
  ),
  {
    name: "OpenNtmsSession",
    code: "ERROR_NO_NETWORK",
    cause: "no interface but loopback is there",
    ...(canUnshare() ? {} : {
      obstacle: "this user may not make a network namespace (unshare)",
    }),
    async produce() {
      return nameOf(
        Number(await runChild(["-A"], "./no_network_child.ts", [], ALONE)),
      );
    },
  },
  ...rowsOf("OpenNtmsSession", [
    [
      "ERROR_NOT_READY",
      "this computer's service does not listen",
      (_, service) => service.tryOpen(null, `${service.socket}.other`),
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the application name has 65 characters",
      async (_, { socket }) => {
        await OpenNtmsSession(null, "a".repeat(65), 0, { socket });
        return GetLastError();
      },
    ],
  ]),
  ...rowsOf("CloseNtmsSession", [
    [
      "ERROR_SUCCESS",
      "the session is open",
      (hSession) => CloseNtmsSession(hSession),
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      async (hSession) => {
        await CloseNtmsSession(hSession);
        return await CloseNtmsSession(hSession);
      },
    ],
    [
      "ERROR_CONNECTION_UNAVAIL",
      "the service has stopped",
      async (hSession, { service }) => {
        await service.close();
        return await CloseNtmsSession(hSession);
      },
    ],
  ]),
];
