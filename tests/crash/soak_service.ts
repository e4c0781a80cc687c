/**
 * The service of a soak, started again and again with the same library.
 *
 * @module
 */

import { ServiceProcess } from "../recovery/service_process.ts";

/** A service that is not ready by then will not be. */
const READY_WITHIN_MS = 60_000;

/** One state directory, one virtual library, and at most one service. */
export class SoakService {
  /** The library, without faults. */
  readonly url: string;
  readonly #directory: string;
  #process: ServiceProcess | null = null;
  #starts = 0;
  #longestStartMs = 0;

  /** None runs yet; the directory becomes part of the URL. */
  constructor(directory: string, url: string) {
    this.#directory = directory;
    this.url = `${url}&dir=${directory}/library`;
  }

  /** How often one was started. */
  get starts(): number {
    return this.#starts;
  }

  /** The longest time from a start to being ready. */
  get longestStartMs(): number {
    return this.#longestStartMs;
  }

  /**
   * Starts one and waits until it is ready; with a seed its library has faults.
   *
   * @throws {NotStartedError} when it does not become ready.
   */
  async start(seed?: number): Promise<void> {
    const faults = seed === undefined ? "" : `&faults=${seed}`;
    const started = performance.now();
    const tooLate = new AbortController();
    const timer = setTimeout(() => tooLate.abort(), READY_WITHIN_MS);
    this.#starts++;
    try {
      this.#process = await ServiceProcess.start(
        this.#directory,
        [this.url + faults],
        { readyBy: tooLate.signal },
      );
    } finally {
      clearTimeout(timer);
    }
    const tookMs = performance.now() - started;
    this.#longestStartMs = Math.max(this.#longestStartMs, tookMs);
    this.#log(`--- start ${this.#starts}${faults} ---`, this.#process);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** Ends it as systemd would; its exit status. */
  async stop(): Promise<number> {
    return await this.#process?.stop() ?? 0;
  }

  /** Its log is for whoever has to find out what went wrong. */
  #log(title: string, process: ServiceProcess): void {
    process.ended.then(({ errors }) =>
      Deno.writeTextFileSync(
        `${this.#directory}/service.log`,
        `${title}\n${errors}`,
        { append: true },
      )
    );
  }
}
