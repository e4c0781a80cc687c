/**
 * A manager with virtual libraries, for tests.
 *
 * @module
 */

import { type Changer, openChanger } from "../../src/changer/mod.ts";
import { Database } from "../../src/database/mod.ts";
import type { MediaLabelLibrary } from "../../src/labels/mod.ts";
import {
  type Crash,
  type HotPlug,
  type Manager,
  type Messenger,
  openManager,
  type SiteMediaType,
} from "../../src/manager/mod.ts";
import {
  type Caller,
  type Clock,
  type EnumerateInput,
  INFINITE,
  type LibraryMap,
  type Limits,
  type Log,
  type MediaPoolId,
  type NtmsObject,
  type ObjectType,
  type RecordOf,
} from "../../src/model/mod.ts";
import { systemClock, systemRandom } from "../../src/model/system.ts";

/** Collects what is logged. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  info(message: string): void {
    this.lines.push(`info ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }
  error(message: string, data?: Readonly<Record<string, unknown>>): void {
    this.lines.push(`error ${message} ${JSON.stringify(data)}`);
  }
}

/** What a test manager is made of. */
export interface FixtureOptions {
  readonly url?: string;
  readonly urls?: readonly string[];
  readonly path?: string;
  readonly trustBarCodes?: boolean;
  readonly graceSeconds?: number;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
  readonly crash?: Crash;
  readonly mediaTypes?: readonly SiteMediaType[];
  readonly labelLibraries?: readonly MediaLabelLibrary[];
  readonly messenger?: Messenger;
  /** Looks for known libraries that are not among those given. */
  readonly looksForKnown?: boolean;
  /** Tells of devices that come and go. */
  readonly hotPlug?: HotPlug;
  /** Opens the changer another way. */
  readonly open?: (device: string) => Promise<Changer>;
}

/** A manager and what tests want to see of it. */
export interface Fixture extends AsyncDisposable {
  readonly manager: Manager;
  readonly log: MemoryLog;
  /** The changers, as they were opened. */
  readonly changers: Changer[];
  /** A caller of an application. */
  caller(application?: string, session?: string): Caller;
  /** All objects of a type in the system, or in a container. */
  all<Type extends ObjectType>(
    type: Type,
    container?: string,
  ): Promise<RecordOf<Type>[]>;
  /** The map of the first library with a device. */
  map(): Promise<LibraryMap>;
  /** A new application pool of LTO-6 media that draws from the free pool. */
  pool(name?: string): Promise<MediaPoolId>;
  /** Allocates any medium; its logical medium. */
  allocate(pool: string, application?: string): Promise<string>;
}

/** Opens a manager and waits until it is ready. */
export async function openFixture(
  options: FixtureOptions = {},
): Promise<Fixture> {
  const fixture = await startFixture(options);
  await fixture.manager.ready;
  return fixture;
}

/** Opens a manager and does not wait. */
export async function startFixture(
  options: FixtureOptions = {},
): Promise<Fixture> {
  const log = new MemoryLog();
  const changers: Changer[] = [];
  const clock = options.clock ?? systemClock;
  const urls = options.urls ??
    [options.url ?? "virtual:test?files=no&barcodes=LAB%03dL6"];
  const open = options.open ??
    ((device: string) => openChanger(device, { clock }));
  const sourceOf = (device: string) => ({
    device,
    open: async () => {
      const changer = await open(device);
      changers.push(changer);
      return changer;
    },
  });
  const manager = openManager({
    database: await Database.open(options.path ?? ":memory:"),
    libraries: urls.map(sourceOf),
    ...(options.looksForKnown === true ? { sourceOf } : {}),
    clock,
    random: systemRandom,
    log,
    computer: "here",
    trustBarCodes: options.trustBarCodes ?? true,
    ...(options.graceSeconds === undefined
      ? {}
      : { graceSeconds: options.graceSeconds }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.crash === undefined ? {} : { crash: options.crash }),
    mediaTypes: options.mediaTypes ?? [],
    labelLibraries: options.labelLibraries ?? [],
    ...(options.hotPlug === undefined ? {} : { hotPlug: options.hotPlug }),
    ...(options.messenger === undefined
      ? {}
      : { messenger: options.messenger }),
  });
  const caller = (application = "backup", session = "s1"): Caller => ({
    application,
    user: "someone",
    computer: "here",
    session,
  });
  const all = async <Type extends ObjectType>(
    type: Type,
    container: string | null = null,
  ): Promise<RecordOf<Type>[]> => {
    const isOf = (record: NtmsObject): record is RecordOf<Type> =>
      record.type === type;
    const all: NtmsObject[] = [];
    let next: string | null = null;
    do {
      const input: EnumerateInput = {
        type,
        container,
        ...(next === null ? {} : { after: next }),
      };
      const part = await manager.list(input);
      all.push(...part.items);
      next = part.next;
    } while (next !== null);
    return all.filter(isOf);
  };
  return {
    manager,
    log,
    changers,
    caller,
    all,
    async map() {
      const [map] = await manager.map(null);
      if (map === undefined) throw new Error("no library");
      return map;
    },
    async pool(name = "backup") {
      const type = (await all("mediaType")).find((one) => one.name === "LTO-6");
      const { pool } = await manager.createPool(caller(), {
        name,
        mediaType: type?.id ?? null,
        parent: null,
        mode: "always",
        drawFromFree: true,
      });
      return pool;
    },
    async allocate(pool, application) {
      const { logicalMedium } = await manager.allocate(caller(application), {
        pool,
        side: null,
        timeoutMs: INFINITE,
      });
      return logicalMedium;
    },
    [Symbol.asyncDispose]: () => manager[Symbol.asyncDispose](),
  };
}

/** A mount call with the usual arguments. */
export function mountOf(
  ...media: string[]
): { media: string[]; priority: number; timeoutMs: number } {
  return { media, priority: 0, timeoutMs: INFINITE };
}
