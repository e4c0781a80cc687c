/**
 * A library that does at once what is decided, to see what comes of decisions
 * in the long run.
 *
 * @module
 */
import {
  decide,
  type DriveSituation,
  type MountWork,
  nextLook,
  type Situation,
} from "../../../src/manager/scheduling/mod.ts";
import { drive, medium, mount, situation } from "./fixture.ts";

/** A mount that is asked for. */
export interface Asked {
  readonly at: number;
  readonly cartridges: readonly string[];
  readonly position?: number;
  readonly priority: number;
  readonly holdMs: number;
  readonly owner: string;
  /** Asked for when this one has come about, which is held until that one has ended. */
  readonly then?: Pick<Asked, "cartridges" | "holdMs">;
}

/** What came of it. */
export interface LibraryRun {
  /** How long each waited, in the order asked. */
  readonly waitsMs: readonly number[];
  /** How many have not come about. */
  readonly waiting: number;
}

interface Held {
  readonly driveIds: readonly string[];
  /** When it ends; null where that hangs on another one. */
  endsAt: number | null;
}

/** Has a library of empty drives do what is asked of it, until nothing more comes of it. */
export function runLibrary(
  asked: readonly Asked[],
  options: { readonly drives: number; readonly ageingLimitMs: number },
): LibraryRun {
  const run = new Run(options.drives, options.ageingLimitMs);
  for (const one of asked) run.ask(one);
  run.toTheEnd();
  return { waitsMs: run.waitsMs, waiting: run.waiting };
}

class Run {
  readonly waitsMs: number[] = [];
  #drives: DriveSituation[];
  readonly #ageingLimitMs: number;
  readonly #asked = new Map<MountWork, Asked>();
  readonly #held = new Map<MountWork, Held>();
  /** Mounts that are held until another one has ended. */
  readonly #before = new Map<MountWork, MountWork>();
  #now = 0;

  constructor(drives: number, ageingLimitMs: number) {
    this.#ageingLimitMs = ageingLimitMs;
    this.#drives = Array.from(
      { length: drives },
      (_, index) => drive(`drive ${index}`),
    );
  }

  get waiting(): number {
    return this.#asked.size - this.waitsMs.filter(() => true).length;
  }

  ask(asked: Asked): MountWork {
    const { position = null } = asked;
    const work = mount(
      asked.cartridges.map((id) => medium(id, { position })),
      {
        arrival: this.#asked.size,
        submitted: asked.at,
        priority: asked.priority,
        owner: asked.owner,
      },
    );
    this.#asked.set(work, asked);
    return work;
  }

  toTheEnd(): void {
    for (let next: number | null = 0; next !== null; next = this.#next()) {
      this.#now = next;
      for (const [work, { endsAt }] of this.#held) {
        if (endsAt !== null && endsAt <= next) this.#end(work);
      }
      for (const { work, verdict } of decide(this.#open(), this.#situation())) {
        if (verdict.start && work.kind === "mount") {
          this.#start(work, verdict.driveIds);
        }
      }
    }
  }

  /** What has come and not started. */
  #open(): MountWork[] {
    return [...this.#asked.keys()].filter(({ arrival, submitted }) =>
      submitted <= this.#now && this.waitsMs[arrival] === undefined
    );
  }

  #situation(): Situation {
    return situation(this.#drives, {
      now: this.#now,
      ageingLimitMs: this.#ageingLimitMs,
      busyCartridges: new Set(
        [...this.#held.keys()].flatMap(({ media }) =>
          media.map(({ cartridgeId }) => cartridgeId)
        ),
      ),
    });
  }

  /** When something happens next; null when nothing does. */
  #next(): number | null {
    const times = [...this.#held.values()].flatMap(({ endsAt }) =>
      endsAt ?? []
    );
    for (const { submitted } of this.#asked.keys()) {
      if (submitted > this.#now) times.push(submitted);
    }
    const look = nextLook(this.#open(), this.#situation());
    if (look !== null) times.push(look);
    return times.length === 0 ? null : Math.min(...times);
  }

  #start(work: MountWork, driveIds: readonly string[]): void {
    const asked = this.#asked.get(work);
    if (asked === undefined) throw new Error("Nobody asked for this mount");
    this.waitsMs[work.arrival] = this.#now - work.submitted;
    for (const [index, id] of driveIds.entries()) {
      const one = work.media[index];
      const cartridgeId = one?.cartridgeId ?? null;
      this.#drives = this.#drives.map((other) =>
        other.id === id
          ? {
            ...other,
            cartridgeId,
            holder: work.owner,
            heldSince: this.#now,
            evictableFrom: null,
            homePosition: one?.position ?? null,
          }
          : other.cartridgeId === cartridgeId
          ? { ...other, cartridgeId: null, evictableFrom: null }
          : other
      );
    }
    const { then } = asked;
    const endsAt = then === undefined ? this.#now + asked.holdMs : null;
    this.#held.set(work, { driveIds, endsAt });
    if (then === undefined) return;
    const { priority, owner } = asked;
    const second = this.ask({ ...then, at: this.#now + 1, priority, owner });
    this.#before.set(second, work);
  }

  #end(work: MountWork): void {
    const held = this.#held.get(work);
    this.#held.delete(work);
    this.#drives = this.#drives.map((one) =>
      held?.driveIds.includes(one.id) === true
        ? { ...one, holder: null, heldSince: 0, evictableFrom: this.#now }
        : one
    );
    const before = this.#before.get(work);
    if (before !== undefined) this.#end(before);
  }
}
