/**
 * A process with several client programs, each with a session of its own: at
 * each "go" they call the service until it is gone, and they tell each call
 * before and after on a line of the standard output.
 *
 * Arguments: socket, seed, names of the programs.
 *
 * @module
 */

import { openSession, type Session } from "../../src/client/mod.ts";
import { NtmsError, type NtmsErrorCode } from "../../src/model/mod.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import { Chance } from "../simulation/chance.ts";
import type { Told } from "./told.ts";

/** How many media a program keeps. */
const MEDIA = 3;
/** Errors that tell that the service is gone. */
const GONE: readonly NtmsErrorCode[] = [
  "ERROR_CONNECTION_UNAVAIL",
  "ERROR_NOT_CONNECTED",
  "ERROR_NOT_READY",
  "ERROR_INVALID_HANDLE",
];

function tell(told: Told): void {
  const line = new TextEncoder().encode(`${JSON.stringify(told)}\n`);
  for (let sent = 0; sent < line.length;) {
    sent += Deno.stdout.writeSync(line.subarray(sent));
  }
}

class Program {
  readonly #socket: string;
  readonly #name: string;
  readonly #chance: Chance;
  #session: Session | null = null;
  #pool = "";
  #library = "";
  #calls = 0;
  #names = 0;
  /** Its logical media, and whether they may be mounted. */
  readonly #media = new Map<string, boolean>();

  constructor(socket: string, name: string, chance: Chance) {
    this.#socket = socket;
    this.#name = name;
    this.#chance = chance;
  }

  /** Calls until the service is gone. */
  async run(): Promise<void> {
    try {
      await this.#begin();
      for (;;) await this.#act();
    } catch (error) {
      const gone = error instanceof NtmsError && GONE.includes(error.code);
      if (!gone) throw error;
    } finally {
      await this.#session?.[Symbol.asyncDispose]().catch(() => {});
      this.#session = null;
    }
    tell({ program: this.#name, is: "down" });
  }

  async #begin(): Promise<void> {
    const session = await openSession({
      socket: this.#socket,
      application: this.#name,
      wait: 10_000,
    });
    this.#session = session;
    this.#pool = await ltoPool(session, {
      name: "load",
      drawFromFree: true,
      returnToFree: true,
    });
    const libraries = await session.objects("library");
    this.#library = libraries.find(({ kind }) => kind === "online")?.id ?? "";
    const found = await session.objects("logicalMedium");
    const own = found.filter(({ name }) => name.startsWith(`${this.#name}-`))
      .map(({ id }) => id);
    for (const id of this.#media.keys()) {
      if (!own.includes(id)) this.#media.delete(id);
    }
    // Those of lost answers were never mounted.
    for (const id of own) this.#media.set(id, this.#media.get(id) ?? false);
  }

  async #act(): Promise<void> {
    const medium = this.#chance.pick([...this.#media.keys()]);
    const dice = this.#chance.below(100);
    if (medium === undefined || (this.#media.size < MEDIA && dice < 60)) {
      await this.#allocate();
    } else if (dice === 99) {
      await this.#call("inventory", {}, async (session) => {
        await session.inventory(this.#library, { wait: true });
      });
    } else if (this.#media.get(medium) === true) {
      await this.#dismount(medium, dice < 80);
    } else if (dice < 70) {
      await this.#deallocate(medium);
    } else {
      await this.#mount(medium);
    }
  }

  async #allocate(): Promise<void> {
    const name = `${this.#name}-${++this.#names}`;
    await this.#call("allocate", { name }, async (session) => {
      const { logicalMedium } = await session.allocate({
        pool: this.#pool,
        name,
        errorIfUnavailable: true,
      });
      this.#media.set(logicalMedium, false);
      return { medium: logicalMedium };
    });
  }

  async #deallocate(medium: string): Promise<void> {
    await this.#call("deallocate", { medium }, async (session) => {
      await session.deallocate(medium);
      this.#media.delete(medium);
    });
  }

  async #mount(medium: string): Promise<void> {
    // Without an answer it may be mounted.
    this.#media.set(medium, true);
    await this.#call("mount", { medium }, async (session) => {
      const { requests } = await session.mount(medium, { timeoutMs: 5_000 });
      return { requests };
    });
  }

  async #dismount(medium: string, deferred: boolean): Promise<void> {
    await this.#call("dismount", { medium }, async (session) => {
      const { requests } = await session.dismount(medium, {
        deferred,
        wait: !deferred && this.#chance.below(2) === 0,
      });
      return { requests };
    });
    // Also when it was refused, because it was not mounted.
    this.#media.set(medium, false);
  }

  /** Makes a call and tells of it; one that was refused is over. */
  async #call(
    operation: Extract<Told, { is: "asked" }>["operation"],
    about: { medium?: string; name?: string },
    call: (session: Session) => Promise<
      { medium?: string; requests?: readonly string[] } | void
    >,
  ): Promise<void> {
    if (this.#session === null) throw new TypeError("no session");
    const program = this.#name;
    const id = ++this.#calls;
    tell({ program, is: "asked", call: id, operation, ...about });
    try {
      const answer = await call(this.#session) ?? {};
      tell({ program, is: "acknowledged", call: id, ...answer });
    } catch (error) {
      if (!(error instanceof NtmsError) || GONE.includes(error.code)) {
        throw error;
      }
      tell({ program, is: "refused", call: id, code: error.code });
    }
  }
}

const [socket = "", seed = "0", ...names] = Deno.args;
const programs = names.map((name) =>
  new Program(socket, name, new Chance(Number(seed), name))
);
for await (const _go of Deno.stdin.readable) {
  await Promise.all(programs.map((program) => program.run()));
}
