/**
 * A service whose robot takes its time over the first inventory.
 *
 * @module
 */

import { type Changer, openChanger } from "../../src/changer/mod.ts";
import { Database } from "../../src/database/mod.ts";
import { openManager } from "../../src/manager/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Service, startServiceWith } from "../../src/service/service.ts";
import { SMALL_LIBRARY } from "./running_service.ts";

/** A service in its first inventory, which ends when the test says so. */
export class SlowService implements AsyncDisposable {
  /** The service itself. */
  readonly service: Service;
  /** Path of its socket. */
  readonly socket: string;
  readonly #directory: string;
  readonly #robot: PromiseWithResolvers<void>;

  private constructor(
    service: Service,
    socket: string,
    directory: string,
    robot: PromiseWithResolvers<void>,
  ) {
    this.service = service;
    this.socket = socket;
    this.#directory = directory;
    this.#robot = robot;
  }

  /** Starts it, at a socket of its own or a given one; resolves when the robot has begun. */
  static async start(at?: string): Promise<SlowService> {
    const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    const robot = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const open = async (): Promise<Changer> => {
      const changer = await openChanger(SMALL_LIBRARY, { clock: systemClock });
      const readElements = changer.readElements.bind(changer);
      changer.readElements = async (options) => {
        begun.resolve();
        await robot.promise;
        return await readElements(options);
      };
      return changer;
    };
    const socket = at ?? `${directory}/rsm.sock`;
    const service = await startServiceWith(
      { state: `${directory}/state`, socket },
      async ({ clock, random, log }) =>
        openManager({
          database: await Database.open(":memory:"),
          libraries: [{ device: SMALL_LIBRARY, open }],
          clock,
          random,
          log,
          computer: "here",
        }),
    );
    await begun.promise;
    return new SlowService(service, socket, directory, robot);
  }

  /** Lets the robot end the inventory; resolves when the service is ready. */
  async finishInventory(): Promise<void> {
    this.#robot.resolve();
    await this.service.ready;
  }

  /** Lets the inventory end, and stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.finishInventory();
    await this.service.close();
    await Deno.remove(this.#directory, { recursive: true });
  }
}
