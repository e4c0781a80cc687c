/**
 * Why a service cannot be reached, as the documented codes of OpenNtmsSession
 * tell it.
 *
 * @module
 */

import { NtmsError, type NtmsErrorCode } from "../model/mod.ts";
import { type Address, formatAddress, isLoopback } from "./address.ts";
import { isNetworkUp } from "./host.ts";

/** A service took too long to connect or to answer. */
export class TooSlowError extends Error {
  /** Always "TooSlowError". */
  override readonly name = "TooSlowError";
}

/** Turns what went wrong while a session was being opened into a documented error. */
export function openingError(address: Address, cause: unknown): NtmsError {
  if (cause instanceof NtmsError) return cause;
  const [code, reason] = address.kind === "tcp"
    ? remoteReason(address.hostname, cause)
    : localReason(cause);
  return new NtmsError(
    code,
    `Cannot open a session with the RSM service at ${
      where(address)
    }: ${reason}`,
    { cause, data: { address: formatAddress(address), ...errnoOf(cause) } },
  );
}

/** Turns what went wrong with a call of an open session into a documented error. */
export function lostError(
  address: Address,
  cause: unknown,
  key?: string,
): NtmsError {
  if (cause instanceof NtmsError) return cause;
  return new NtmsError(
    "ERROR_CONNECTION_UNAVAIL",
    `The connection to the RSM service at ${where(address)} is gone: ${
      textOf(cause)
    }. What was asked may have been done or not; try again when the service runs${
      key === undefined ? "" : `, with the idempotency key ${key}`
    }`,
    {
      cause,
      data: {
        address: formatAddress(address),
        ...errnoOf(cause),
        ...(key === undefined ? {} : { idempotencyKey: key }),
      },
    },
  );
}

type Reason = readonly [NtmsErrorCode, string];

function localReason(cause: unknown): Reason {
  if (cause instanceof TooSlowError) {
    return ["ERROR_NOT_READY", `${cause.message}; it may be overloaded`];
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return ["ERROR_ACCESS_DENIED", `Deno does not permit it: ${cause.message}`];
  }
  switch (errnoOf(cause).errno) {
    case "ENOENT":
    case "ENOTDIR":
    case "ECONNREFUSED":
      return [
        "ERROR_NOT_READY",
        "nobody listens there; start the service with `rsm serve`, or name its socket by RSM_SOCKET",
      ];
    case "EACCES":
    case "EPERM":
      return [
        "ERROR_ACCESS_DENIED",
        "this user may not connect; only root, the service's own user and the group rsm may",
      ];
    case "EPIPE":
    case "ECONNRESET":
      return ["ERROR_NOT_READY", "it is starting or stopping just now"];
  }
  return cause instanceof Deno.errors.UnexpectedEof
    ? ["ERROR_NOT_READY", "it is starting or stopping just now"]
    : ["ERROR_NOT_CONNECTED", textOf(cause)];
}

function remoteReason(hostname: string, cause: unknown): Reason {
  if (cause instanceof Deno.errors.NotCapable) {
    return ["ERROR_ACCESS_DENIED", `Deno does not permit it: ${cause.message}`];
  }
  const { errno } = errnoOf(cause);
  if (errno === "ENETDOWN" || errno === "ENETUNREACH") {
    return [
      "ERROR_NO_NETWORK",
      `the network is down or unreachable (${errno})`,
    ];
  }
  const sent = cause instanceof TooSlowError || errno === "ECONNREFUSED";
  if (!isLoopback(hostname) && !sent && isNetworkUp() === false) {
    return ["ERROR_NO_NETWORK", "no network interface but loopback is up"];
  }
  return ["ERROR_NOT_CONNECTED", textOf(cause)];
}

function where(address: Address): string {
  return address.kind === "process"
    ? "this process"
    : formatAddress(address).replace(/^(?:unix|tcp):/, "");
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The errno's name, where the runtime tells it. */
function errnoOf(cause: unknown): { errno?: string } {
  return cause instanceof Error && "code" in cause &&
      typeof cause.code === "string"
    ? { errno: cause.code }
    : {};
}
