/**
 * Channels that tell every change of objects, in the order of the commits.
 *
 * A channel is a place in a buffer that all channels of a type share, so that
 * one that is never read costs no more than one that is.
 *
 * @module
 */

import {
  type Caller,
  type ChannelId,
  NtmsError,
  type ObjectEvent,
  type ObjectNotification,
  type ObjectType,
  type TakeInput,
} from "../model/mod.ts";
import { ChangeBuffer } from "./change_buffer.ts";
import type { Context } from "./context.ts";
import { cancelled, type Deferred, deferred, within } from "./waiting.ts";

/** Calls on notifications, as the service sees them. */
export interface NotificationManager {
  /** Opens a channel for the changes of objects of one type, or of all (OpenNtmsNotification). */
  open(caller: Caller, type: ObjectType | null): ChannelId;
  /** Takes the next changes, waiting for one (WaitForNtmsNotification). Abort gives ERROR_CANCELLED. */
  wait(
    caller: Caller,
    input: TakeInput,
    signal?: AbortSignal,
  ): Promise<readonly ObjectNotification[]>;
  /** Closes a channel (CloseNtmsNotification); with `force` also while somebody waits at it, who is told ERROR_CANCELLED. */
  close(caller: Caller, channel: ChannelId, force: boolean): void;
}

/** How many answers are kept for repetitions: as many callers may take from one channel at a time and lose none. */
const TAKES_KEPT = 4;

/** Objects of all types. */
const ALL = "all";

/** What channels follow. */
interface Topic {
  readonly name: ObjectType | typeof ALL;
  readonly buffer: ChangeBuffer;
  channels: number;
  /** The channels at which somebody waits. */
  readonly waiting: Set<Channel>;
}

/** Somebody who waits at a channel. */
interface Waiter {
  readonly take: string;
  readonly most: number;
  readonly changes: Deferred<readonly ObjectNotification[]>;
}

interface Channel {
  readonly id: ChannelId;
  readonly session: string | null;
  readonly topic: Topic;
  /** Number of the first change after it was opened. */
  readonly first: number;
  /** Number of the next change to tell. */
  next: number;
  isLost: boolean;
  readonly waiters: Waiter[];
  /** What was told, by the calls that took it. */
  readonly takes: Map<string, readonly ObjectNotification[]>;
}

/** The channels of one manager. */
export class Notifications implements NotificationManager {
  readonly #context: () => Context;
  readonly #topics = new Map<string, Topic>();
  readonly #channels = new Map<ChannelId, Channel>();
  readonly #bySession = new Map<string | null, Set<Channel>>();

  /** `context` throws while the manager is not ready. */
  constructor(context: () => Context) {
    this.#context = context;
  }

  open(caller: Caller, type: ObjectType | null): ChannelId {
    const { limits, random } = this.#context();
    const own = this.#bySession.get(caller.session) ?? new Set();
    if (this.#channels.size >= limits.channels) {
      throw tooMany(`${limits.channels} channels are open`);
    }
    if (own.size >= limits.channelsInOneSession) {
      throw tooMany(`The session has ${own.size} channels open`);
    }
    const topic = this.#topicOf(type ?? ALL, limits.changesBuffered);
    topic.channels++;
    const channel: Channel = {
      id: random.guid(),
      session: caller.session,
      topic,
      first: topic.buffer.next,
      next: topic.buffer.next,
      isLost: false,
      waiters: [],
      takes: new Map(),
    };
    this.#channels.set(channel.id, channel);
    this.#bySession.set(caller.session, own.add(channel));
    return channel.id;
  }

  async wait(
    caller: Caller,
    { channel: id, most, take, timeoutMs }: TakeInput,
    signal?: AbortSignal,
  ): Promise<readonly ObjectNotification[]> {
    const { clock } = this.#context();
    const channel = this.#find(caller, id);
    const before = channel.takes.get(take);
    if (before !== undefined) return before;
    const waiter: Waiter = { take, most, changes: deferred() };
    // A repetition stands in for the call that it repeats.
    const repeated = channel.waiters.find((each) => each.take === take);
    if (repeated !== undefined) {
      remove(channel, repeated);
      repeated.changes.reject(cancelled("A call that was repeated"));
    }
    channel.waiters.push(waiter);
    channel.topic.waiting.add(channel);
    serve(channel);
    const now = channel.takes.get(take);
    if (now !== undefined) return now;
    if (channel.isLost) throw lost();
    try {
      return await within(waiter.changes.promise, {
        clock,
        timeoutMs,
        signal,
        what: "The wait for a notification",
      });
    } finally {
      remove(channel, waiter);
    }
  }

  close(caller: Caller, id: ChannelId, force: boolean): void {
    const channel = this.#find(caller, id);
    if (channel.waiters.length > 0 && !force) {
      throw new NtmsError(
        "ERROR_BUSY",
        "Cannot close the notification: a call waits at it; let it end first",
      );
    }
    this.#drop(channel, "The wait for a notification (it was closed)");
  }

  /** A session has ended, and its channels with it. */
  endSession(session: string): void {
    for (const channel of [...this.#bySession.get(session) ?? []]) {
      this.#drop(channel, "The wait for a notification (its session ended)");
    }
  }

  /** Closes all channels. */
  end(): void {
    for (const channel of [...this.#channels.values()]) {
      this.#drop(channel, "The wait for a notification (the service stops)");
    }
  }

  /** Tells what a commit has changed; null for too many to tell. */
  tell(changes: readonly ObjectEvent[] | null): void {
    if (this.#channels.size === 0) return;
    if (changes === null) {
      for (const channel of this.#channels.values()) {
        channel.isLost = true;
        serve(channel);
      }
      return;
    }
    const all = this.#topics.get(ALL);
    const touched = new Set<Topic>(all === undefined ? [] : [all]);
    for (const change of changes) {
      all?.buffer.append(change);
      const topic = this.#topics.get(change.type);
      topic?.buffer.append(change);
      if (topic !== undefined) touched.add(topic);
    }
    for (const { waiting } of touched) {
      for (const channel of [...waiting]) serve(channel);
    }
  }

  #topicOf(name: Topic["name"], buffered: number): Topic {
    const topic = this.#topics.get(name) ?? {
      name,
      buffer: new ChangeBuffer(buffered),
      channels: 0,
      waiting: new Set(),
    };
    this.#topics.set(name, topic);
    return topic;
  }

  #find(caller: Caller, id: ChannelId): Channel {
    const channel = this.#channels.get(id);
    if (channel !== undefined && channel.session === caller.session) {
      return channel;
    }
    throw new NtmsError(
      "ERROR_INVALID_HANDLE",
      `The session has no open notification ${id}`,
    );
  }

  #drop(channel: Channel, reason: string): void {
    const { id, session, topic, waiters } = channel;
    this.#channels.delete(id);
    const own = this.#bySession.get(session);
    own?.delete(channel);
    if (own?.size === 0) this.#bySession.delete(session);
    for (const waiter of waiters.splice(0)) {
      waiter.changes.reject(cancelled(reason));
    }
    topic.waiting.delete(channel);
    topic.channels--;
    // What nobody follows is not held.
    if (topic.channels === 0) this.#topics.delete(topic.name);
  }
}

/** Gives those who wait what there is, first come first served. */
function serve(channel: Channel): void {
  const { takes, topic: { buffer }, waiters } = channel;
  for (let waiter = waiters[0]; waiter !== undefined; waiter = waiters[0]) {
    const changes = channel.isLost
      ? null
      : buffer.from(channel.next, waiter.most);
    if (changes === null) {
      channel.isLost = true;
      waiter.changes.reject(lost());
    } else if (changes.length === 0) return;
    else {
      const base = channel.next - channel.first + 1;
      const told = changes.map(({ id, operation, type }, index) => ({
        number: base + index,
        operation,
        type,
        id,
      }));
      channel.next += changes.length;
      takes.set(waiter.take, told);
      const [oldest] = takes.keys();
      if (takes.size > TAKES_KEPT && oldest !== undefined) takes.delete(oldest);
      waiter.changes.resolve(told);
    }
    remove(channel, waiter);
  }
}

function remove(channel: Channel, waiter: Waiter): void {
  const { topic, waiters } = channel;
  const at = waiters.indexOf(waiter);
  if (at >= 0) waiters.splice(at, 1);
  if (waiters.length === 0) topic.waiting.delete(channel);
}

function lost(): NtmsError {
  return new NtmsError(
    "ERROR_NO_DATA",
    "The notification fell too far behind, and changes are missing: close it, open a new one, and look at all objects again",
  );
}

function tooMany(reason: string): NtmsError {
  return new NtmsError(
    "ERROR_NOT_ENOUGH_MEMORY",
    `${reason}, which is the most; close some that nobody reads`,
  );
}
