/**
 * From handles of notification channels to channels. As with sessions, the
 * number is good in every Worker of the process, and the connection behind it
 * is each Worker's own.
 *
 * @module
 */

import {
  acquireChannelHandle,
  attachSession,
  type ChannelToken,
  closeChannelHandle,
  type Held,
  type NotificationChannel,
  openChannelHandle,
  type Session,
} from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import type { ObjectType } from "../model/states.ts";
import { invalid } from "./arguments.ts";
import type { HANDLE } from "./types.ts";

/** A channel as this Worker uses it. */
interface Attached {
  readonly channel: NotificationChannel;
  /** Lets go of what this Worker holds for it alone. */
  detach(): void;
}

const attached = new Map<HANDLE, Attached>();

/** Opens a channel in a session; its handle. */
export async function openChannel(
  session: Session,
  type: ObjectType,
): Promise<HANDLE> {
  const channel = await session.openChannel(type);
  try {
    const token = { session: session.token(), channel: channel.id };
    const handle = openChannelHandle(token);
    attached.set(handle, { channel, detach: () => {} });
    return handle;
  } catch (error) {
    await channel.close(true);
    throw error;
  }
}

/**
 * Does something with the channel of a handle.
 *
 * @throws {NtmsError} ERROR_INVALID_HANDLE when the handle is closed, unknown
 * or of another process.
 */
export async function withChannel(
  hNotification: unknown,
  use: (channel: NotificationChannel) => Promise<void>,
): Promise<void> {
  const handle = readHandle(hNotification);
  using held = acquire(handle);
  await use(attachedOf(handle, held.token).channel);
}

/**
 * Closes the channel of a handle, and the handle.
 *
 * @throws {NtmsError} ERROR_BUSY while somebody waits at it, which leaves it
 * open.
 */
export async function closeChannel(hNotification: unknown): Promise<void> {
  const handle = readHandle(hNotification);
  using held = acquire(handle);
  const { channel } = attachedOf(handle, held.token);
  try {
    await channel.close(false);
  } catch (error) {
    if (!isBusy(error)) forget(handle);
    throw error;
  }
  forget(handle);
}

function forget(handle: HANDLE): void {
  attached.get(handle)?.detach();
  attached.delete(handle);
  closeChannelHandle(handle);
}

function isBusy(error: unknown): boolean {
  return error instanceof NtmsError && error.code === "ERROR_BUSY";
}

function readHandle(hNotification: unknown): HANDLE {
  if (typeof hNotification === "bigint") return hNotification;
  throw invalid(
    `hNotification is no handle: give what OpenNtmsNotification gave, not ${
      String(hNotification)
    }`,
    "ERROR_INVALID_HANDLE",
  );
}

function acquire(handle: HANDLE): Held<ChannelToken> {
  try {
    return acquireChannelHandle(handle);
  } catch (error) {
    // Another Worker may have closed it.
    attached.get(handle)?.detach();
    attached.delete(handle);
    throw error;
  }
}

function attachedOf(handle: HANDLE, token: ChannelToken): Attached {
  const known = attached.get(handle);
  if (known !== undefined) return known;
  const session = attachSession(token.session);
  const made = {
    channel: session.channel(token.channel),
    detach: () => session.detach(),
  };
  attached.set(handle, made);
  return made;
}
