/**
 * A service with a virtual library of its own, for tests that drive `rsm`
 * against it.
 *
 * @module
 */

import type { Service } from "../../src/service/mod.ts";
import { startService } from "../../src/service/mod.ts";
import { askDevice, carry } from "../crash/device.ts";
import { type Ended, run, TestIo } from "./test_io.ts";

/** A running service, and `rsm` set to use it. */
export class RunningService implements AsyncDisposable {
  readonly directory: string;
  readonly socket: string;
  readonly #url: string;
  #service: Service;

  private constructor(directory: string, url: string, service: Service) {
    this.directory = directory;
    this.socket = `${directory}/rsm.sock`;
    this.#url = url;
    this.#service = service;
  }

  /** Starts a service in a directory, with the library of a URL. */
  static async start(directory: string, url: string): Promise<RunningService> {
    return new RunningService(directory, url, await serve(directory, url));
  }

  /** The outside world of a command that is a client of this service. */
  io(): TestIo {
    return new TestIo({ RSM_SOCKET: this.socket });
  }

  /** Runs a command line, split at blanks, and wants it to succeed; gives the data. */
  async rsm(line: string): Promise<string> {
    const { status, out, err } = await this.try(line);
    if (status !== 0) throw new Error(`rsm ${line}: ${status}: ${err}`);
    return out.trimEnd();
  }

  /** Runs a command line, split at blanks. */
  try(line: string, io: TestIo = this.io()): Promise<Ended> {
    return run(line.split(" "), io);
  }

  /** Runs a command line for JSON. */
  async json(line: string) {
    return JSON.parse(await this.rsm(`${line} --json`));
  }

  /** Stops the service, and leaves the rest. */
  async stop(): Promise<void> {
    await this.#service.close();
  }

  /** Takes a cartridge out of the library by hand, while the service is down. */
  async takeOut(barCode: string): Promise<void> {
    await this.stop();
    const elements = await askDevice(this.#url);
    const [source] = [...elements].find(([, one]) => one === barCode) ?? [];
    if (source === undefined) throw new Error(`no cartridge ${barCode}`);
    await carry(this.#url, [[source, "outside"]]);
    this.#service = await serve(this.directory, this.#url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service[Symbol.asyncDispose]();
    await Deno.remove(this.directory, { recursive: true });
  }
}

/** Starts a service with a library called demo: 24 slots, two drives, a port, 18 cartridges; and files in its state directory. */
export async function runService(
  parameters = "slots=24&drives=2&ports=1&cartridges=18",
  files: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-cli-" });
  await Deno.mkdir(`${directory}/state`);
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${directory}/state/${name}`, text);
  }
  const url =
    `virtual:demo?${parameters}&barcodes=DEMO%02dL6&dir=${directory}/library`;
  return await RunningService.start(directory, url);
}

async function serve(directory: string, url: string): Promise<Service> {
  const service = await startService({
    libraries: [url],
    state: `${directory}/state`,
    socket: `${directory}/rsm.sock`,
    trustBarCodes: true,
  });
  await service.ready;
  return service;
}
