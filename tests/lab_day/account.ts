/**
 * The account of a day in the kernel lab, for people.
 *
 * @module
 */
import type { Deeds } from "./person.ts";
import type { Dismount, Told } from "./told.ts";

/** The kernel's drivers of changers. */
export type Driver = "sg" | "ch";

/** What came of a day. */
export interface DayAccount {
  readonly driver: Driver;
  readonly seed: number;
  readonly programs: number;
  readonly seconds: number;
  readonly mounts: {
    readonly single: number;
    /** Of two cartridges at once; each counts as two. */
    readonly double: number;
    /** Given up because somebody has cancelled them. */
    readonly cancelled: number;
    readonly meanWaitMs: number;
    readonly longestWaitMs: number;
  };
  /** Cartridges on which was what their owner wrote at the mount before. */
  readonly readBack: number;
  readonly dismounts: Readonly<Record<Dismount, number>>;
  readonly person: Readonly<Deeds>;
  /** What `rsm queue` showed. */
  readonly queue: QueueSeen;
  /** Cartridges that held at the end what their owner wrote last. */
  readonly held: number;
  readonly wrong: readonly string[];
}

/** What `rsm queue` showed. */
export interface QueueSeen {
  looks: number;
  /** The most that waited at once. */
  mostWaiting: number;
  /** The most that ran at once. */
  mostRunning: number;
}

/** How many mounts there were; one of two cartridges counts as two. */
export function mountsOf({ mounts }: DayAccount): number {
  return mounts.single + 2 * mounts.double;
}

/** Takes in what programs tell. */
export class Tally {
  readonly #dismounts: Record<Dismount, number> = {
    "waited for": 0,
    queued: 0,
    deferred: 0,
  };
  readonly #waits: number[] = [];
  readonly wrong: string[] = [];
  /** What is on cartridges, by bar codes. */
  readonly written: Record<string, string> = {};
  #single = 0;
  #double = 0;
  #cancelled = 0;
  #readBack = 0;

  add(told: Told): void {
    switch (told.is) {
      case "mounted":
        if (told.media === 1) this.#single++;
        else this.#double++;
        this.#readBack += told.readBack;
        this.#waits.push(told.waitedMs);
        break;
      case "dismounted":
        this.#dismounts[told.way]++;
        break;
      case "cancelled":
        this.#cancelled++;
        break;
      case "wrong":
        this.wrong.push(told.what);
        break;
      case "done":
        Object.assign(this.written, told.written);
    }
  }

  get mounts(): number {
    return this.#single + 2 * this.#double;
  }

  /** What is known from the programs. */
  figures(): Pick<DayAccount, "mounts" | "readBack" | "dismounts"> {
    const waits = this.#waits;
    return {
      mounts: {
        single: this.#single,
        double: this.#double,
        cancelled: this.#cancelled,
        meanWaitMs: waits.reduce((sum, ms) => sum + ms, 0) /
          Math.max(1, waits.length),
        longestWaitMs: Math.max(0, ...waits),
      },
      readBack: this.#readBack,
      dismounts: this.#dismounts,
    };
  }
}

/** The account as lines. */
export function describeDay(account: DayAccount): string {
  const { mounts, dismounts, person, queue } = account;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  const ways = Object.entries(dismounts).map(([way, count]) =>
    `${count} ${way}`
  );
  const rows: [string, string][] = [
    ["day", `seed ${account.seed}, changer by ${account.driver}`],
    ["time", `${account.seconds.toFixed(1)} s`],
    [
      "mounts",
      `${
        mountsOf(account)
      } by ${account.programs} programs: ${mounts.single} of one cartridge, ${mounts.double} of two`,
    ],
    ["", `${mounts.cancelled} more were cancelled`],
    [
      "wait",
      `${ms(mounts.meanWaitMs)} on an average, ${
        ms(mounts.longestWaitMs)
      } at most`,
    ],
    ["read back", `${account.readBack} cartridges, as written before`],
    ["dismounts", ways.join(", ")],
    [
      "the person",
      `${person.ejected} ejected and taken, ${person.injected} brought back, ${person.cancelled} mounts cancelled, ${person.refused} ejections refused`,
    ],
    [
      "rsm queue",
      `${queue.looks} looks; at most ${queue.mostRunning} ran and ${queue.mostWaiting} waited`,
    ],
    ["at the end", `${account.held} cartridges hold what their owner wrote`],
    ["wrong", account.wrong.join("\n            ") || "nothing"],
  ];
  return rows.map(([name, value]) => `${name.padEnd(12)}${value}`).join("\n");
}
