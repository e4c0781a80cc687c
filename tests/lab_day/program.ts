/**
 * A program of the day in the kernel lab: mounts its media, reads on each what
 * it wrote there at the mount before, and writes something new.
 *
 * @module
 */
import { openSession, type Session } from "../../src/client/mod.ts";
import { type Mount, NtmsError } from "../../src/model/mod.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import { Chance } from "../simulation/chance.ts";
import { sendLine } from "../story/lines.ts";
import { quoted, readTape, writeTape } from "../story/tape.ts";
import type { Dismount, ProgramOptions, Told } from "./told.ts";

const WAYS: readonly (readonly [Dismount, number])[] = [
  ["waited for", 2],
  ["queued", 1],
  ["deferred", 1],
];

const tell = (told: Told) => sendLine(told);

class Program {
  readonly #session: Session;
  readonly #options: ProgramOptions;
  readonly #chance: Chance;
  /** What is on its cartridges, by bar codes. */
  readonly #written = new Map<string, string>();
  readonly #used = new Set<string>();
  #mounts = 0;

  constructor(session: Session, options: ProgramOptions) {
    this.#session = session;
    this.#options = options;
    this.#chance = new Chance(options.seed, options.name);
  }

  async run(): Promise<void> {
    const media = await this.#allocate();
    for (let left; (left = this.#options.mounts - this.#mounts) > 0;) {
      const [one = "", ...others] = this.#turned(media);
      const both = left > 1 && this.#chance.below(10) === 0;
      await this.#work(both ? [one, ...others] : [one]);
    }
    tell({ is: "done", written: Object.fromEntries(this.#written) });
  }

  async #allocate(): Promise<string[]> {
    const { media, name } = this.#options;
    const pool = await ltoPool(this.#session, { name, drawFromFree: true });
    const allocated: string[] = [];
    for (let number = 1; number <= media; number++) {
      const { logicalMedium } = await this.#session.allocate({
        pool,
        name: `${name}-${number}`,
      });
      allocated.push(logicalMedium);
    }
    return allocated;
  }

  /** Begins with one that was not mounted yet, as long as there is one. */
  #turned(media: readonly string[]): string[] {
    const unused = media.findIndex((medium) => !this.#used.has(medium));
    const first = unused >= 0 ? unused : this.#chance.below(media.length);
    return [...media.slice(first), ...media.slice(0, first)];
  }

  /** Mounts media, all at once, and uses each of them. */
  async #work(media: readonly string[]): Promise<void> {
    const began = performance.now();
    const mounts = await this.#mount(media);
    if (mounts === null) return;
    for (const medium of media) this.#used.add(medium);
    const waitedMs = performance.now() - began;
    let readBack = 0;
    for (const mount of mounts) if (await this.#use(mount)) readBack++;
    tell({ is: "mounted", media: mounts.length, readBack, waitedMs });
    const way = this.#chance.weighted(WAYS) ?? "queued";
    await this.#session.dismount(media, {
      deferred: way === "deferred",
      wait: way === "waited for",
    });
    tell({ is: "dismounted", way });
  }

  /** Null where somebody has cancelled it. */
  async #mount(media: readonly string[]): Promise<readonly Mount[] | null> {
    try {
      const { mounts } = await this.#session.mount(media, {
        write: true,
        priority: this.#chance.pick([-1, 0, 0, 1]) ?? 0,
      });
      return mounts;
    } catch (error) {
      const cancelled = error instanceof NtmsError &&
        error.code === "ERROR_CANCELLED";
      if (!cancelled) throw error;
      tell({ is: "cancelled" });
      return null;
    }
  }

  /** Whether what was read is what was written at the mount before. */
  async #use({ barCode, device }: Mount): Promise<boolean> {
    // The one that rewinds when it is closed.
    const tape = device.replace("/nst", "/st");
    const before = this.#written.get(barCode);
    const found = before === undefined ? undefined : await readTape(tape);
    if (found !== before) {
      tell({
        is: "wrong",
        what: `${this.#options.name} found ${
          quoted(found)
        } on ${barCode} instead of ${quoted(before)}`,
      });
    }
    const text = `${this.#options.name} on ${barCode} at mount ${++this
      .#mounts}`;
    await writeTape(tape, text);
    this.#written.set(barCode, text);
    return before !== undefined && found === before;
  }
}

const options: ProgramOptions = JSON.parse(Deno.args[0] ?? "{}");
await using session = await openSession({
  socket: options.socket,
  application: options.name,
});
await new Program(session, options).run();
