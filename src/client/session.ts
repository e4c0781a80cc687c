/**
 * A session with a service.
 *
 * @module
 */

import {
  type AllocateInput,
  type Allocation,
  type ChannelId,
  type CreatePoolInput,
  type DismountInput,
  type Guid,
  INFINITE,
  type InventoryInput,
  type InventoryResult,
  type LibraryId,
  type LibraryMap,
  type LibraryRequestId,
  type LogicalMediumId,
  type MediaPoolId,
  type MountInput,
  type MountResult,
  NtmsError,
  type NtmsObject,
  type ObjectType,
} from "../model/mod.ts";
import {
  type InputOf,
  type OperationName,
  type OutputOf,
  WIRE,
} from "../protocol/mod.ts";
import { Cleaners } from "./cleaners.ts";
import { Devices } from "./devices.ts";
import type { DoorShare } from "./doors.ts";
import { Drives } from "./drives.ts";
import { Labels } from "./labels.ts";
import { Lease } from "./lease.ts";
import type { ListOptions, PartOptions } from "./listing.ts";
import { bindCalls, ManagingCalls, type Repeatable } from "./managing_calls.ts";
import {
  NotificationChannel,
  type NotificationOptions,
  Notifications,
} from "./notifications.ts";
import { OperatorRequests } from "./operator_requests.ts";
import { Ports } from "./ports.ts";
import type { Cancellable, SendOptions, SessionCall } from "./session_call.ts";
import { Tokens } from "./tokens.ts";
import { Queue } from "./queue.ts";
import { UiDestinations } from "./ui_destinations.ts";

export type { Cancellable, ListOptions, PartOptions, Repeatable };

/** Which pool to create or open. */
export type CreatePoolOptions =
  & Pick<
    CreatePoolInput,
    "name" | "drawFromFree" | "returnToFree" | "maxAllocates" | "access"
  >
  & Partial<Pick<CreatePoolInput, "mediaType" | "parent" | "mode">>
  & Repeatable;

/** What to allocate. */
export type AllocateOptions =
  & Omit<AllocateInput, "side" | "timeoutMs">
  & Partial<Pick<AllocateInput, "side" | "timeoutMs">>
  & Cancellable
  & Repeatable;

/** How to mount. */
export type MountOptions =
  & Partial<Omit<MountInput, "media">>
  & Cancellable
  & Repeatable;

/** How to dismount. */
export type DismountOptions =
  & Partial<Omit<DismountInput, "media">>
  & Cancellable
  & Repeatable;

/** How to take stock. */
export type InventoryOptions =
  & Partial<Omit<InventoryInput, "library">>
  & Cancellable
  & Repeatable;

/**
 * What another Worker of this process needs to use a session. It is as good
 * as the session itself: keep it secret.
 */
export interface SessionToken {
  /** Where the service is. */
  readonly address: string;
  /** The session's id. */
  readonly id: string;
  /** What shows that a call may act in the session. */
  readonly secret: string;
  /** Application name of the session. */
  readonly application: string;
  /** The computer the service runs on, as it was named. */
  readonly server: string;
  /** How long the session outlives its last call. */
  readonly leaseSeconds: number;
}

/**
 * A session with an RSM service: what all calls go through. Open one with
 * {@linkcode openSession}; close it, or leave that to `await using`.
 *
 * All methods reject with an {@linkcode NtmsError}: beside the codes of the
 * operations with ERROR_INVALID_HANDLE once the session is closed or its
 * lease has run out, and with ERROR_CONNECTION_UNAVAIL when the service cannot
 * be reached any more.
 */
export class Session extends ManagingCalls implements AsyncDisposable {
  /** Application name that tags what the session causes. */
  readonly application: string;
  /** The computer the service runs on, as it was named; "localhost" for this one. */
  readonly server: string;
  /** Tells the session apart from others of the service. */
  readonly id: string;
  /** What people are asked for. */
  readonly operators: OperatorRequests;
  /** Libraries and drives that come and go. */
  readonly devices: Devices;
  /** Labels, the identifiers on the media. */
  readonly labels: Labels;
  /** Cartridges into libraries and out of them. */
  readonly ports: Ports;
  /** Cleaning cartridges, and the cleaning of drives. */
  readonly cleaners: Cleaners;
  /** Drives and what is in them. */
  readonly drives: Drives;
  /** What programs on other computers show to be let in. */
  readonly tokens: Tokens;
  /** The queues of libraries. */
  readonly queue: Queue;
  /** Where messages go. */
  readonly ui: UiDestinations;
  readonly #share: DoorShare;
  readonly #token: SessionToken;
  readonly #lease: Lease;
  readonly #sessionCall: SessionCall = async (name, input, options) =>
    await this.#call(name, input, options);
  #closed = false;

  /** Takes over a session that the service has opened; see {@linkcode openSession}. */
  constructor(share: DoorShare, token: SessionToken) {
    super();
    bindCalls(this, this.#sessionCall);
    this.devices = new Devices(this.#sessionCall);
    this.labels = new Labels(this.#sessionCall);
    this.operators = new OperatorRequests(this.#sessionCall);
    this.ports = new Ports(this.#sessionCall);
    this.cleaners = new Cleaners(this.#sessionCall);
    this.drives = new Drives(this.#sessionCall);
    this.tokens = new Tokens(this.#sessionCall);
    this.queue = new Queue(this.#sessionCall);
    this.ui = new UiDestinations(this.#sessionCall);
    this.application = token.application;
    this.server = token.server;
    this.id = token.id;
    this.#share = share;
    this.#token = token;
    this.#lease = new Lease(token.leaseSeconds, async () => {
      await this.#call("RenewNtmsSession", {});
    });
  }

  /** The record of one object. */
  async object(id: Guid): Promise<NtmsObject> {
    return (await this.#call("GetNtmsObjectInformation", { id })).object;
  }

  /** Creates a pool, or opens the one of this name; the name may be a path. */
  async createPool(options: CreatePoolOptions): Promise<MediaPoolId> {
    const { idempotencyKey, ...given } = options;
    const input: CreatePoolInput = {
      mediaType: null,
      parent: null,
      mode: "always",
      ...given,
    };
    return (await this.#call("CreateNtmsMediaPool", input, { idempotencyKey }))
      .pool;
  }

  /** Takes a side for the application, waiting for one if need be. */
  async allocate(options: AllocateOptions): Promise<Allocation> {
    const { signal, idempotencyKey, ...given } = options;
    const input = { side: null, timeoutMs: INFINITE, ...given };
    return await this.#call("AllocateNtmsMedia", input, {
      signal,
      idempotencyKey,
    });
  }

  /** Gives a side back. */
  async deallocate(
    logicalMedium: LogicalMediumId,
    options: Repeatable = {},
  ): Promise<void> {
    await this.#call("DeallocateNtmsMedia", { logicalMedium }, options);
  }

  /** Brings media into drives and waits until they can be used. */
  async mount(
    media: Guid | readonly Guid[],
    options: MountOptions = {},
  ): Promise<MountResult> {
    const { signal, idempotencyKey, ...given } = options;
    const input = {
      priority: 0,
      timeoutMs: INFINITE,
      ...given,
      media: listOf(media),
    };
    return await this.#call("MountNtmsMedia", input, {
      signal,
      idempotencyKey,
    });
  }

  /** Takes media out of their drives. */
  async dismount(
    media: Guid | readonly Guid[],
    options: DismountOptions = {},
  ): Promise<{ requests: readonly LibraryRequestId[] }> {
    const { signal, idempotencyKey, ...given } = options;
    const input = { ...given, media: listOf(media) };
    return await this.#call("DismountNtmsMedia", input, {
      signal,
      idempotencyKey,
    });
  }

  /** Compares the catalogue with what is in the library. */
  async inventory(
    library: LibraryId,
    options: InventoryOptions = {},
  ): Promise<InventoryResult> {
    const { signal, idempotencyKey, ...given } = options;
    const input: InventoryInput = { method: "default", ...given, library };
    return await this.#call("InventoryNtmsLibrary", input, {
      signal,
      idempotencyKey,
    });
  }

  /** One library, or all that have a device, as a person wants to see them. */
  async map(library: LibraryId | null = null): Promise<LibraryMap[]> {
    return [...(await this.#call("MapNtmsLibrary", { library })).libraries];
  }

  /**
   * Every change of objects from now on, in the order in which they were
   * committed, for `for await`.
   *
   * @example What happens to the drives
   * ```ts
   * import { NtmsError, openSession } from "@ntms/rsm";
   *
   * try {
   *   await using session = await openSession();
   *   const signal = AbortSignal.timeout(1000);
   *   for await (const change of session.notifications({ type: "drive", signal })) {
   *     console.log(change.number, change.operation, change.id);
   *   }
   * } catch (error) {
   *   if (!(error instanceof NtmsError)) throw error;
   *   console.log(error.code); // ERROR_CANCELLED when the second is over
   * }
   * ```
   */
  notifications(options: NotificationOptions = {}): Notifications {
    return new Notifications(this.#sessionCall, options);
  }

  /** Opens a channel that is read call by call; null for objects of all types. */
  async openChannel(type: ObjectType | null): Promise<NotificationChannel> {
    return this.channel(
      (await this.#call("OpenNtmsNotification", { type })).channel,
    );
  }

  /** A channel of this session that is open already. */
  channel(id: ChannelId): NotificationChannel {
    return new NotificationChannel(this.#sessionCall, id);
  }

  /** What another Worker of this process needs for {@linkcode attachSession}. */
  token(): SessionToken {
    this.#checkOpen();
    return this.#token;
  }

  /** Lets go of this object's share in the session, and leaves it open for others. */
  detach(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#lease.end();
    this.#share.release();
  }

  /**
   * Ends the session. Calls that wait end with ERROR_CANCELLED; media stay
   * allocated, and mounted where they are.
   */
  async close(): Promise<void> {
    this.#checkOpen();
    this.#closed = true;
    this.#lease.end();
    try {
      await this.#send("CloseNtmsSession", {});
    } finally {
      this.#share.release();
    }
  }

  /** Ends the session unless it has ended already, be it by the service. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    try {
      await this.close();
    } catch (error) {
      // Where the service or the session is gone, there is nothing to end.
      const gone = error instanceof NtmsError &&
        (error.code === "ERROR_INVALID_HANDLE" ||
          error.code === "ERROR_CONNECTION_UNAVAIL");
      if (!gone) throw error;
    }
  }

  #checkOpen(): void {
    if (this.#closed) {
      throw new NtmsError(
        "ERROR_INVALID_HANDLE",
        `Session ${this.id} is closed; open another`,
      );
    }
  }

  #call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    options?: SendOptions,
  ): Promise<OutputOf<Name>> {
    this.#checkOpen();
    this.#lease.touch();
    return this.#send(name, input, options);
  }

  #send<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    { idempotencyKey, signal }: SendOptions = {},
  ): Promise<OutputOf<Name>> {
    const key = WIRE[name].repetition === "keyed"
      ? idempotencyKey ?? crypto.randomUUID()
      : undefined;
    return this.#share.door.call(name, input, {
      session: this.#token,
      key,
      signal,
    });
  }
}

function listOf(media: Guid | readonly Guid[]): readonly Guid[] {
  return typeof media === "string" ? [media] : media;
}
