/**
 * Sessions, notification channels and change detections as numbers: handles
 * that every Worker of this process may use.
 *
 * @module
 */

import {
  acquireHandle,
  closeHandle,
  ErrnoError,
  openHandle,
  releaseHandle,
} from "../../ffi/mod.ts";
import { type ChannelId, type DetectionId, NtmsError } from "../model/mod.ts";
import { isObject } from "../protocol/mod.ts";
import type { SessionToken } from "./session.ts";

/** Kind of the handles that stand for sessions. */
const SESSION_KIND = 1;
/** Kind of the handles that stand for notification channels. */
const CHANNEL_KIND = 2;
/** Kind of the handles that stand for change detections. */
const DETECTION_KIND = 3;

/** What a handle stands for, held until it is disposed of. */
export interface Held<Token> extends Disposable {
  /** What another Worker needs to use it. */
  readonly token: Token;
}

/** A session that a handle stands for, held until it is disposed of. */
export type HeldSession = Held<SessionToken>;

/** What another Worker of this process needs to use a notification channel. */
export interface ChannelToken {
  /** The session that it belongs to. */
  readonly session: SessionToken;
  /** The channel's id. */
  readonly channel: ChannelId;
}

/** What another Worker of this process needs to use a change detection. */
export interface DetectionToken {
  /** Id of its session, which has to be given too. */
  readonly session: string;
  /** The detection's id. */
  readonly detection: DetectionId;
}

/**
 * Makes a handle that stands for a session.
 *
 * @throws {NtmsError} ERROR_NOT_ENOUGH_MEMORY when too many are open.
 */
export function openSessionHandle(token: SessionToken): bigint {
  return open(SESSION_KIND, token);
}

/**
 * The session that a handle stands for. While it is held, closing the handle
 * does not free it; nobody else can take it any more.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function acquireSessionHandle(handle: bigint): HeldSession {
  return acquire(SESSION_KIND, handle, isToken);
}

/**
 * Ends a handle; of several that try, one succeeds.
 *
 * @returns What the handle stood for, for the session to be closed too.
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function closeSessionHandle(handle: bigint): SessionToken {
  using held = acquireSessionHandle(handle);
  inTable(() => closeHandle(handle, SESSION_KIND));
  return held.token;
}

/**
 * Makes a handle that stands for a notification channel.
 *
 * @throws {NtmsError} ERROR_NOT_ENOUGH_MEMORY when too many are open.
 */
export function openChannelHandle(token: ChannelToken): bigint {
  return open(CHANNEL_KIND, token);
}

/**
 * The notification channel that a handle stands for.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function acquireChannelHandle(handle: bigint): Held<ChannelToken> {
  return acquire(CHANNEL_KIND, handle, isChannelToken);
}

/**
 * Ends a handle of a notification channel; of several that try, one succeeds.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function closeChannelHandle(handle: bigint): void {
  inTable(() => closeHandle(handle, CHANNEL_KIND));
}

/**
 * Makes a handle that stands for a change detection.
 *
 * @throws {NtmsError} ERROR_NOT_ENOUGH_MEMORY when too many are open.
 */
export function openDetectionHandle(token: DetectionToken): bigint {
  return open(DETECTION_KIND, token);
}

/**
 * The change detection that a handle stands for.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function acquireDetectionHandle(handle: bigint): Held<DetectionToken> {
  return acquire(DETECTION_KIND, handle, isDetectionToken);
}

/**
 * Ends a handle of a change detection; of several that try, one succeeds.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when it is not open in this process.
 */
export function closeDetectionHandle(handle: bigint): void {
  inTable(() => closeHandle(handle, DETECTION_KIND));
}

function open(
  kind: number,
  token: SessionToken | ChannelToken | DetectionToken,
): bigint {
  const payload = new TextEncoder().encode(JSON.stringify(token));
  return inTable(() => openHandle(kind, payload));
}

function acquire<Token>(
  kind: number,
  handle: bigint,
  isOfKind: (value: unknown) => value is Token,
): Held<Token> {
  const payload = inTable(() => acquireHandle(handle, kind));
  const token: unknown = JSON.parse(new TextDecoder().decode(payload));
  if (!isOfKind(token)) {
    inTable(() => releaseHandle(handle, kind));
    throw new NtmsError(
      "ERROR_INVALID_HANDLE",
      "The handle does not stand for what it should",
    );
  }
  let held = true;
  return {
    token,
    [Symbol.dispose](): void {
      if (held) inTable(() => releaseHandle(handle, kind));
      held = false;
    },
  };
}

function inTable<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof ErrnoError)) throw cause;
    throw new NtmsError(
      cause.code === "EBADF"
        ? "ERROR_INVALID_HANDLE"
        : "ERROR_NOT_ENOUGH_MEMORY",
      cause.message,
      { cause },
    );
  }
}

function isToken(value: unknown): value is SessionToken {
  if (!isObject(value) || typeof value.leaseSeconds !== "number") return false;
  return ["address", "id", "secret", "application", "server"]
    .every((key) => typeof value[key] === "string");
}

function isChannelToken(value: unknown): value is ChannelToken {
  return isObject(value) && typeof value.channel === "string" &&
    isToken(value.session);
}

function isDetectionToken(value: unknown): value is DetectionToken {
  return isObject(value) && typeof value.detection === "string" &&
    typeof value.session === "string";
}
