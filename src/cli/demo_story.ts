/**
 * What `rsm demo` does, step by step, told while it happens.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { Mount } from "../model/calls.ts";
import { NtmsError } from "../model/errors.ts";
import type { LogicalMediumId } from "../model/ids.ts";
import type { Context } from "./command.ts";
import { createPool } from "./create_pool.ts";
import { drawMaps } from "./library_map.ts";
import { counted } from "./numbers.ts";
import { withProgress } from "./progress.ts";

/** A step that was done. */
export interface DemoStep {
  readonly step: string;
  readonly seconds: number;
}

const POOL = "demo";
const DATA_BYTES = 4 << 20;
/** The longest request that `crypto.getRandomValues` takes. */
const RANDOM_BYTES = 65_536;

function randomData(): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(DATA_BYTES);
  for (let at = 0; at < data.length; at += RANDOM_BYTES) {
    crypto.getRandomValues(data.subarray(at, at + RANDOM_BYTES));
  }
  return data;
}

async function sha256(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", data);
  return Array.from(
    new Uint8Array(digest),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** The demonstration, from the start of a service to its end. */
export class DemoStory {
  readonly #context: Context;
  readonly #directory: string;
  readonly #speed: string;
  readonly #steps: DemoStep[] = [];

  /** Prepares a demonstration in an empty directory. */
  constructor(context: Context, directory: string, speed: string) {
    this.#context = context;
    this.#directory = directory;
    this.#speed = speed;
  }

  /** Runs it all; resolves to the steps that were done. */
  async tell(): Promise<readonly DemoStep[]> {
    const { startService } = await import("../service/mod.ts");
    const { openSession } = await import("../client/mod.ts");
    const socket = `${this.#directory}/rsm.sock`;
    const library = `virtual:demo?slots=24&drives=2&ports=1&cartridges=18` +
      `&barcodes=DEMO%02dL6&speed=${this.#speed}` +
      `&dir=${this.#directory}/library`;
    const starting = startService({
      libraries: [library],
      state: `${this.#directory}/state`,
      socket,
      trustBarCodes: true,
    });
    await using service = await starting;
    await this.#step(
      "A service starts and takes stock of a virtual library",
      service.ready,
    );
    const opening = openSession({
      application: "demo",
      socket,
      signal: this.#context.signal,
    });
    await using session = await opening;
    await this.#step("A session is opened over its socket", opening);
    await this.#showMap(session);
    await this.#useMedium(session);
    await this.#showMap(session);
    return this.#steps;
  }

  async #useMedium(session: Session): Promise<void> {
    const medium = await this.#step(
      `A medium is allocated from the new pool "${POOL}"`,
      this.#allocate(session),
    );
    const first = await this.#mount(session, medium);
    await this.#showMap(session);
    const written = randomData();
    await this.#step(
      `${counted(DATA_BYTES, "byte")} are written to ${first.device}`,
      Deno.writeFile(first.device, written),
    );
    await this.#dismount(session, medium);
    const second = await this.#mount(session, medium);
    const read = await this.#step(
      `It is read back from ${second.device}`,
      Deno.readFile(second.device),
    );
    await this.#compare(written, read);
    await this.#dismount(session, medium);
    await this.#step(
      "The medium is given back",
      session.deallocate(medium),
    );
  }

  async #allocate(session: Session): Promise<LogicalMediumId> {
    const pool = await createPool(session, {
      path: POOL,
      type: undefined,
      drawFromFree: true,
      returnToFree: true,
      mode: "new",
    });
    const { logicalMedium } = await session.allocate({
      pool: pool.id,
      errorIfUnavailable: true,
      signal: this.#context.signal,
    });
    return logicalMedium;
  }

  async #mount(session: Session, medium: LogicalMediumId): Promise<Mount> {
    const { mounts: [mount] } = await this.#step(
      "It is brought into a drive",
      session.mount(medium, {
        read: true,
        write: true,
        signal: this.#context.signal,
      }),
    );
    if (mount !== undefined) return mount;
    throw new NtmsError(
      "ERROR_MEDIA_NOT_AVAILABLE",
      `The service tells no drive for medium ${medium}`,
    );
  }

  async #dismount(session: Session, medium: LogicalMediumId): Promise<void> {
    await this.#step(
      "It is taken out and put back into its slot",
      session.dismount(medium, { wait: true, signal: this.#context.signal }),
    );
  }

  async #compare(
    written: Uint8Array<ArrayBuffer>,
    read: Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    const [before, after] = await Promise.all([sha256(written), sha256(read)]);
    if (before !== after) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `What was read is not what was written: SHA-256 ${after}, not ${before}`,
      );
    }
    await this.#step(
      `It is what was written: SHA-256 ${before.slice(0, 16)}...`,
      Promise.resolve(),
    );
  }

  /** Waits for a step and tells it. */
  async #step<T>(step: string, work: Promise<T>): Promise<T> {
    const { output, io } = this.#context;
    const start = io.clock.monotonic();
    const result = await withProgress(this.#context, step, work);
    const seconds = (io.clock.monotonic() - start) / 1000;
    this.#steps.push({ step, seconds });
    const time = output.style.dim(`(${seconds.toFixed(2)} s)`);
    if (!output.json) {
      output.data(`${output.style.green("*")} ${step} ${time}`);
    }
    return result;
  }

  async #showMap(session: Session): Promise<void> {
    const { output, io } = this.#context;
    if (output.json) return;
    const map = drawMaps(await session.map(), {
      columns: output.columns,
      style: output.style,
      whole: !io.outIsTerminal,
      nowMs: io.clock.now(),
    });
    output.data(`\n${map}\n`);
  }
}
