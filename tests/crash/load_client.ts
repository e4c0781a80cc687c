/**
 * A process with several client programs, each with a session of its own: at
 * each "go" they call the service until it is gone, and they tell each call
 * before and after on a line of the standard output.
 *
 * Argument: its options as JSON.
 *
 * @module
 */

import { openSession, type Session } from "../../src/client/mod.ts";
import { NtmsError, type NtmsErrorCode } from "../../src/model/mod.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import { Chance } from "../simulation/chance.ts";
import type { LoadOptions } from "./load_programs.ts";
import type { Told } from "./told.ts";

/** What a program has of one of its media. */
interface Own {
  /** It may be mounted. */
  mounted: boolean;
  /** The program wrote on it which one it is. */
  written: boolean;
}

/** How many media a program keeps. */
const MEDIA = 3;
/** Errors that tell that the service is gone. */
const GONE: readonly NtmsErrorCode[] = [
  "ERROR_CONNECTION_UNAVAIL",
  "ERROR_NOT_CONNECTED",
  "ERROR_NOT_READY",
  "ERROR_INVALID_HANDLE",
];

/** Refusals of a dismount that tell that there is no mount. */
const NOT_MOUNTED: readonly NtmsErrorCode[] = [
  "ERROR_INVALID_STATE",
  "ERROR_MEDIA_OFFLINE",
];

function tell(told: Told): void {
  const line = new TextEncoder().encode(`${JSON.stringify(told)}\n`);
  for (let sent = 0; sent < line.length;) {
    sent += Deno.stdout.writeSync(line.subarray(sent));
  }
}

class Program {
  readonly #options: LoadOptions;
  readonly #name: string;
  readonly #chance: Chance;
  #session: Session | null = null;
  #pool = "";
  #library = "";
  #calls = 0;
  #names = 0;
  /** Its logical media. */
  readonly #media = new Map<string, Own>();

  constructor(options: LoadOptions, name: string) {
    this.#options = options;
    this.#name = name;
    this.#chance = new Chance(options.seed, name);
  }

  /** Calls until the service is gone. */
  async run(): Promise<void> {
    try {
      await this.#begin();
      for (;;) {
        await this.#think();
        await this.#act();
      }
    } catch (error) {
      const gone = error instanceof NtmsError && GONE.includes(error.code);
      if (!gone) throw error;
    } finally {
      await this.#session?.[Symbol.asyncDispose]().catch(() => {});
      this.#session = null;
    }
    tell({ program: this.#name, is: "down" });
  }

  #think(): Promise<void> {
    const ms = this.#chance.between(0, 2 * this.#options.paceMs);
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  async #begin(): Promise<void> {
    const session = await openSession({
      socket: this.#options.socket,
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
    for (const id of own) this.#medium(id);
  }

  #medium(id: string): Own {
    const known = this.#media.get(id);
    if (known !== undefined) return known;
    const own = { mounted: false, written: false };
    this.#media.set(id, own);
    return own;
  }

  async #act(): Promise<void> {
    // One that waits for a drive while it has another one would keep all waiting.
    const medium = this.#mounted() ??
      this.#chance.pick([...this.#media.keys()]);
    const dice = this.#chance.below(100);
    const { callsToAnInventory, mountsInHundred } = this.#options;
    if (this.#chance.below(callsToAnInventory) === 0) {
      await this.#call("inventory", {}, async (session) => {
        await session.inventory(this.#library, { wait: true });
      });
    } else if (
      medium === undefined || (this.#media.size < MEDIA && dice >= 40)
    ) {
      await this.#allocate();
    } else if (this.#medium(medium).mounted) {
      await this.#dismount(medium, dice < 80);
    } else if (dice < mountsInHundred) {
      await this.#mount(medium);
    } else {
      await this.#deallocate(medium);
    }
  }

  #mounted(): string | undefined {
    return [...this.#media].find(([, { mounted }]) => mounted)?.[0];
  }

  async #allocate(): Promise<void> {
    const name = `${this.#name}-${++this.#names}`;
    await this.#call("allocate", { name }, async (session) => {
      const { logicalMedium } = await session.allocate({
        pool: this.#pool,
        name,
        errorIfUnavailable: true,
      });
      this.#medium(logicalMedium);
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
    this.#medium(medium).mounted = true;
    const devices: string[] = [];
    await this.#call("mount", { medium }, async (session) => {
      const answer = await session.mount(medium, { timeoutMs: 5_000 });
      devices.push(...answer.mounts.map(({ device }) => device));
      return { requests: answer.requests };
    });
    for (const device of devices) this.#use(medium, device);
  }

  /** Writes on a medium which one it is, and finds that there from then on. */
  #use(medium: string, device: string): void {
    const own = this.#medium(medium);
    const program = this.#name;
    try {
      if (own.written) {
        const found = Deno.readTextFileSync(device);
        if (found === medium) return;
        tell({ program, is: "misread", medium, found });
      }
      Deno.writeTextFileSync(device, medium, { create: false });
      own.written = true;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      tell({ program, is: "misread", medium, found: `no ${device}` });
    }
  }

  async #dismount(medium: string, deferred: boolean): Promise<void> {
    const waits = !deferred && this.#chance.below(2) === 0;
    const refusal = await this.#call(
      "dismount",
      { medium, waits },
      async (session) => {
        const { requests } = await session.dismount(medium, {
          deferred,
          wait: waits,
        });
        return { requests };
      },
    );
    // Refused in another way, it may be mounted all the same.
    if (refusal === null || NOT_MOUNTED.includes(refusal)) {
      this.#medium(medium).mounted = false;
    }
  }

  /** Makes a call and tells of it; the code with which it was refused, null when it was not. */
  async #call(
    operation: Extract<Told, { is: "asked" }>["operation"],
    about: { medium?: string; name?: string; waits?: boolean },
    call: (session: Session) => Promise<
      { medium?: string; requests?: readonly string[] } | void
    >,
  ): Promise<NtmsErrorCode | null> {
    if (this.#session === null) throw new TypeError("no session");
    const program = this.#name;
    const id = ++this.#calls;
    tell({ program, is: "asked", call: id, operation, ...about });
    try {
      const answer = await call(this.#session) ?? {};
      tell({ program, is: "acknowledged", call: id, ...answer });
      return null;
    } catch (error) {
      if (!(error instanceof NtmsError) || GONE.includes(error.code)) {
        throw error;
      }
      tell({ program, is: "refused", call: id, code: error.code });
      return error.code;
    }
  }
}

const options: LoadOptions = JSON.parse(Deno.args[0] ?? "{}");
const programs = options.names.map((name) => new Program(options, name));
// Ctrl-C is for who started it.
Deno.addSignalListener("SIGINT", () => {});
for await (const _go of Deno.stdin.readable) {
  await Promise.all(programs.map((program) => program.run()));
}
