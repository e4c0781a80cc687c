/**
 * Programs that follow changes: they open channels, take what those tell, and
 * keep a copy of the objects by it. What a channel tells is held against what
 * was committed.
 *
 * @module
 */

import type { Database } from "../../src/database/mod.ts";
import {
  INFINITE,
  type ObjectEvent,
  type ObjectNotification,
  type ObjectType,
} from "../../src/model/mod.ts";
import type { ManagedView } from "./managed_view.ts";
import type { Service } from "./service.ts";
import { APPLICATIONS, type Sessions } from "./sessions.ts";
import type { World } from "./world.ts";

/** What listeners work with. */
export interface ListenerParts {
  readonly world: World;
  readonly service: Service;
  readonly managed: ManagedView;
  readonly sessions: Sessions;
}

const TYPES: readonly (ObjectType | null)[] = [
  null,
  "cartridge",
  "side",
  "mediaPool",
  "logicalMedium",
  "libraryRequest",
  "operatorRequest",
  "drive",
];

/** A channel and what its program knows by it. */
interface Channel {
  readonly id: string;
  readonly application: string;
  readonly session: string | null;
  readonly type: ObjectType | null;
  /** Where in all changes the next one to be told is looked for. */
  next: number;
  /** How many were told. */
  told: number;
  /** The objects as they were when they were last told of, by id. */
  readonly copy: Map<string, string>;
  /** What was told since the copy was brought up to date. */
  readonly news: ObjectNotification[];
  waits: boolean;
  /** An answer that got lost on its way, to be asked for again. */
  lost: {
    readonly take: string;
    readonly changes: readonly ObjectNotification[];
  } | null;
}

/** All listeners. */
export class Listeners {
  readonly #parts: ListenerParts;
  /** All that was committed while anybody could listen, in order. */
  readonly #committed: ObjectEvent[] = [];
  #channels: Channel[] = [];
  /** A channel of a service that has ended. */
  #former: Channel | null = null;
  #takes = 0;

  /** The listeners of a world. */
  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  /** Notes from now on what is committed. */
  async begin(database: Database): Promise<void> {
    await database.onChanges((changes) => {
      this.#committed.push(...changes ?? []);
    });
  }

  /** One of them does something. */
  act(): void {
    const { service, world } = this.#parts;
    const chance = world.deeds;
    if (service.state !== "up") return;
    this.#dropOld();
    if (this.#former !== null && chance.happens(0.2)) {
      return this.#waitAtFormer(this.#former);
    }
    const channel = chance.pick(this.#channels);
    if (channel === undefined || chance.happens(0.15)) return this.#open();
    if (chance.happens(0.05)) return this.#close(channel);
    this.#wait(channel, chance.pick([0, 5_000, INFINITE, INFINITE]) ?? 0);
  }

  /** No channel outlives the service. */
  serviceEnded(): void {
    this.#former = this.#channels[0] ?? this.#former;
    this.#channels = [];
  }

  /** Brings the copies up to date. To be asked while nothing runs. */
  check(): void {
    const { managed } = this.#parts;
    for (const { copy, news } of this.#channels) {
      for (const { id, operation, type } of news.splice(0)) {
        const record = operation === "delete" ? null : managed.record(type, id);
        if (record === null) copy.delete(id);
        else copy.set(id, record);
      }
    }
  }

  /** Whether anybody has not been told all there is. */
  get areBehind(): boolean {
    return this.#channels.some((channel) =>
      channel.lost !== null || this.#after(channel) !== undefined
    );
  }

  /** Everybody takes all there is. */
  drain(): void {
    this.#dropOld();
    for (const channel of this.#channels) {
      if (!channel.waits) this.#wait(channel, 0, 1_000);
    }
  }

  /** The world is at rest, and everybody has taken all there is: the copies are what the catalogue has. */
  checkCopies(): void {
    const { managed, world } = this.#parts;
    this.#dropOld();
    for (const channel of this.#channels) {
      const { copy, type } = channel;
      const missing = this.#after(channel);
      if (missing !== undefined) {
        world.fail(
          `the channel of ${
            type ?? "all"
          } does not tell: ${missing.operation} of ${missing.type} ${missing.id}`,
        );
      }
      const records = managed.records(type);
      for (const [id, record] of records) {
        if (copy.get(id) === record) continue;
        world.fail(
          `by what its channel told, ${id} is ${
            copy.get(id)
          }, and the catalogue has ${record}`,
        );
      }
      if (copy.size > records.size) {
        world.fail(
          `by what its channel told there are ${copy.size} objects of ${
            type ?? "all types"
          }, and the catalogue has ${records.size}`,
        );
      }
      world.count("copies compared with catalogue");
    }
  }

  /** A session takes its channels along. */
  #dropOld(): void {
    const { sessions } = this.#parts;
    this.#channels = this.#channels.filter(({ application, session }) =>
      sessions.current(application) === session
    );
  }

  #open(): void {
    const { managed, service, sessions, world } = this.#parts;
    const chance = world.deeds;
    if (this.#channels.length >= 6) return;
    const application = chance.pick(APPLICATIONS) ?? "alpha";
    const type = chance.pick(TYPES) ?? null;
    const caller = sessions.caller(application);
    service.call(
      `listen ${application} ${type ?? "all"}`,
      (manager) => {
        const id = manager.notifications.open(caller, type);
        this.#channels.push({
          id,
          application,
          session: caller.session,
          type,
          next: this.#committed.length,
          told: 0,
          copy: new Map(managed.records(type)),
          news: [],
          waits: false,
          lost: null,
        });
        return Promise.resolve();
      },
    );
  }

  #close(channel: Channel): void {
    const { service, sessions } = this.#parts;
    if (channel.waits) return;
    const caller = sessions.caller(channel.application);
    service.call("listen no more", (manager) => {
      manager.notifications.close(caller, channel.id, false);
      this.#channels = this.#channels.filter((one) => one !== channel);
      return Promise.resolve();
    });
  }

  #wait(
    channel: Channel,
    timeoutMs: number,
    most = this.#parts.world.deeds.pick([1, 3, 20, 1_000]) ?? 1,
  ): void {
    const { service, sessions, world } = this.#parts;
    if (channel.waits) return;
    const again = channel.lost;
    const take = again?.take ?? `take ${++this.#takes}`;
    const caller = sessions.caller(channel.application);
    service.call(
      "listen",
      (manager, signal) => {
        channel.waits = true;
        return manager.notifications.wait(
          caller,
          { channel: channel.id, take, most, timeoutMs },
          signal,
        );
      },
      (changes) => {
        channel.waits = false;
        if (!this.#channels.includes(channel)) return;
        if (again !== null) {
          channel.lost = null;
          if (JSON.stringify(again.changes) !== JSON.stringify(changes)) {
            world.fail("a wait for changes that is repeated tells others");
          }
        } else if (world.misfortune.happens(0.1)) {
          channel.lost = { take, changes };
          return;
        }
        this.#take(channel, changes);
      },
      ({ code }) => {
        channel.waits = false;
        const documented = code === "ERROR_TIMEOUT" ||
          code === "ERROR_CANCELLED" || code === "ERROR_NOT_READY";
        if (documented || !this.#channels.includes(channel)) return;
        world.fail(`a wait for changes fails with ${code}`);
      },
    );
  }

  /** Numbered without a gap, in the order of the commits, none left out. */
  #take(channel: Channel, changes: readonly ObjectNotification[]): void {
    const { world } = this.#parts;
    for (const change of changes) {
      const { id, number, operation, type } = change;
      if (number !== ++channel.told) {
        world.fail(`change ${channel.told} of a channel has number ${number}`);
      }
      const committed = this.#after(channel);
      channel.next++;
      const same = committed?.id === id && committed.type === type &&
        committed.operation === operation;
      if (!same) {
        world.fail(
          `a channel tells ${operation} of ${type} ${id}, and next was ${committed?.operation} of ${committed?.type} ${committed?.id}`,
        );
      }
      channel.news.push(change);
      world.count("changes told");
    }
  }

  /** What a channel has to tell next; undefined where there is nothing. */
  #after(channel: Channel): ObjectEvent | undefined {
    const { type } = channel;
    for (;;) {
      const change = this.#committed[channel.next];
      if (change === undefined || type === null || change.type === type) {
        return change;
      }
      channel.next++;
    }
  }

  #waitAtFormer({ application, id }: Channel): void {
    const { service, sessions, world } = this.#parts;
    const caller = sessions.caller(application);
    this.#former = null;
    service.call(
      "listen at a former channel",
      (manager) =>
        manager.notifications.wait(caller, {
          channel: id,
          take: `take ${++this.#takes}`,
          most: 1,
          timeoutMs: 0,
        }),
      () => world.fail("a channel outlives its service"),
    );
  }
}
