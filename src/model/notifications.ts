/**
 * What is told of changes: the words that the catalogue, the manager, the wire
 * and both faces share.
 *
 * @module
 */

import type { Guid, IdOf } from "./ids.ts";
import type { ChangeOperation, ObjectType } from "./states.ts";

/** Id of a channel that tells changes. */
export type ChannelId = IdOf<"channel">;

/** That an object was made, changed or deleted, or that an operation on it has ended. */
export interface ObjectEvent {
  /** What happened to it. */
  readonly operation: ChangeOperation;
  /** Type of the object. */
  readonly type: ObjectType;
  /** Its id; the object of a deletion is gone. */
  readonly id: Guid;
}

/** A change as a channel tells it. */
export interface ObjectNotification extends ObjectEvent {
  /** 1 for the first change that the channel tells, one more for each further one. */
  readonly number: number;
}

/** Which changes to take from a channel (WaitForNtmsNotification). */
export interface TakeInput {
  /** The channel. */
  readonly channel: ChannelId;
  /** A GUID made for this call: sent again, it gets the same changes. */
  readonly take: Guid;
  /** Take this many at most. */
  readonly most: number;
  /** Milliseconds; 0 does not wait, 0xFFFFFFFF waits for ever. */
  readonly timeoutMs: number;
}
