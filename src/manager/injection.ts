/**
 * Cartridges on their way into a library: the ports are opened, and what a
 * person puts into them goes to free slots.
 *
 * @module
 */

import type { Element } from "../changer/mod.ts";
import {
  type CartridgeRow,
  cartridgesInPorts,
  findMedium,
  portsOf,
  sidesOf,
} from "../database/mod.ts";
import { type Caller, NtmsError } from "../model/mod.ts";
import { documentedDeviceError } from "./device_errors.ts";
import {
  endOf,
  type EndReason,
  type Passenger,
  type PortOperation,
  type PortWork,
} from "./port_work.ts";
import { beginRequests, endPortWork, failRequests } from "./requests.ts";

/** Takes in a cartridge that came into a port. */
export type TakeIn = (passenger: Passenger) => Promise<void>;

/** One injection. */
export class Injection implements PortOperation {
  readonly id: string;
  readonly kind: "inject" | "injectMany" | "injectCleaner";
  readonly #ports: PortWork;
  readonly #caller: Caller;
  readonly #stop = new AbortController();
  /** The ports are to be pulled in, and looked into, without an end. */
  #retract = new AbortController();
  /** Takes in what came, where that does not go to any slot. */
  readonly #take: TakeIn | null;
  #stored = 0;

  /** `id` is that of its library request. */
  constructor(
    ports: PortWork,
    caller: Caller,
    id: string,
    kind: Injection["kind"],
    take: TakeIn | null = null,
  ) {
    this.#ports = ports;
    this.#caller = caller;
    this.id = id;
    this.kind = kind;
    this.#take = take;
  }

  end(reason: EndReason): void {
    if (reason === "retracted") this.#retract.abort(reason);
    else this.#stop.abort(reason);
  }

  async run(): Promise<void> {
    const { context } = this.#ports;
    try {
      await beginRequests(context, [this.id]);
      await this.#takeIn();
      await endPortWork(context, "portWorkEnds", [this.id]);
    } catch (error) {
      const reason = this.#stop.signal.aborted
        ? endOf(error, "The injection")
        : documentedDeviceError(error);
      await failRequests(context, [this.id], reason);
    }
  }

  /** Takes in what people bring, until there is enough, time is up or somebody says so. */
  async #takeIn(): Promise<void> {
    const { context, device, host } = this.#ports;
    await device.unlock();
    const seconds = await this.#openSeconds();
    let until = context.clock.monotonic() + seconds * 1_000;
    let before = "";
    await this.#operateFree("open");
    for (;;) {
      const arrived = await this.#arrived();
      const now = arrived.map(({ elementAddress }) => elementAddress).join();
      const retracted = this.#retract.signal.aborted;
      const stopped = this.#stop.signal.aborted;
      // A person may still have a hand at them: they have to be seen twice.
      const settled = now === before || retracted || stopped;
      before = now;
      if (arrived.length > 0 && settled) {
        await this.#store(arrived);
        if (this.kind !== "injectMany") break;
        until = context.clock.monotonic() + seconds * 1_000;
        before = "";
        if (!stopped) await this.#operateFree("open");
      }
      if (retracted) this.#retract = new AbortController();
      if (stopped) break;
      if (arrived.length === 0 && context.clock.monotonic() >= until) break;
      await device.untilNextLook(
        AbortSignal.any([this.#stop.signal, this.#retract.signal]),
      );
    }
    await this.#operateFree("close");
    if (this.#stored > 0) return;
    if (this.#stop.signal.aborted) throw endOf(null, "The injection");
    throw new NtmsError(
      "ERROR_TIMEOUT",
      `Nobody put a cartridge into a port of library ${host.name} within ${seconds} s; inject again when somebody is there`,
    );
  }

  /** What is in ports that are nobody else's. */
  async #arrived(): Promise<readonly Element[]> {
    const elements = await this.#ports.device.look() ?? [];
    const free = new Set(await this.#freePorts());
    return elements.filter(({ elementAddress, full }) =>
      full && free.has(elementAddress)
    );
  }

  async #freePorts(): Promise<number[]> {
    const { context, host } = this.#ports;
    const rows = await context.database.read((db) => portsOf(db, host.id));
    return rows.filter(({ id }) => !this.#ports.isReserved(id))
      .map(({ elementAddress }) => elementAddress);
  }

  async #operateFree(action: "open" | "close"): Promise<void> {
    for (const address of await this.#freePorts()) {
      await this.#ports.device.operate(address, action);
    }
  }

  /** Enters what arrived, and brings it to slots. */
  async #store(arrived: readonly Element[]): Promise<void> {
    const { context, device, host } = this.#ports;
    for (const { elementAddress } of arrived) {
      await device.operate(elementAddress, "close");
    }
    await host.inventory();
    const inPorts = await context.database.read((db) =>
      cartridgesInPorts(db, host.id)
    );
    for (const cartridge of inPorts) {
      if (this.#ports.isReserved(cartridge.placeId ?? "")) continue;
      await this.#storeOne(cartridge);
      this.#stored++;
    }
  }

  async #storeOne(cartridge: CartridgeRow): Promise<void> {
    const medium = await this.#ports.context.database.read(async (db) => {
      const [side] = await sidesOf(db, cartridge.id);
      return side === undefined ? null : await findMedium(db, side.id);
    });
    if (medium === null) return;
    const passenger = { caller: this.#caller, requestId: this.id, medium };
    if (this.#take === null) await this.#ports.toSlot(passenger);
    else await this.#take(passenger);
  }

  /** How long the ports stay open without anything happening. */
  async #openSeconds(): Promise<number> {
    const { context, host } = this.#ports;
    const rows = await context.database.read((db) => portsOf(db, host.id));
    return Math.max(0, ...rows.map((row) => row.maxExtendSeconds));
  }
}
