/**
 * Cartridges on their way out of a library: brought to a port, offered there
 * until a person takes them, and brought back when nobody does.
 *
 * @module
 */

import {
  cartridgeAt,
  findCartridge,
  type Place,
  portsOf,
  updatePort,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { leave } from "./departure.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { askOperatorOnce } from "./operators.ts";
import {
  endOf,
  type EndReason,
  type Passenger,
  type PortOperation,
  type PortWork,
} from "./port_work.ts";
import { beginRequests, endPortWork, failRequests } from "./requests.ts";

/** How an offer ended. */
type Offered = "taken" | "time is up" | EndReason;

/** One ejection, of one cartridge or a batch. */
export class Ejection implements PortOperation {
  readonly id: string;
  readonly kind: "eject" | "ejectCleaner";
  readonly #ports: PortWork;
  readonly #passengers: readonly Passenger[];
  readonly #stop = new AbortController();

  /** `id` is the one under which callers know it. */
  constructor(
    ports: PortWork,
    id: string,
    passengers: readonly Passenger[],
    kind: Ejection["kind"] = "eject",
  ) {
    this.#ports = ports;
    this.id = id;
    this.kind = kind;
    this.#passengers = passengers;
  }

  end(reason: EndReason): void {
    this.#stop.abort(reason);
  }

  async run(): Promise<void> {
    await Promise.all(this.#passengers.map((one) => this.#eject(one)));
  }

  async #eject(passenger: Passenger): Promise<void> {
    const { context, device } = this.#ports;
    const { cartridge } = passenger.medium;
    const release = this.#ports.hold(cartridge.id);
    try {
      const port = await this.#bring(passenger);
      try {
        await device.unlock();
        await device.operate(port.elementAddress, "open");
        const offered = await this.#offer(port);
        await device.operate(port.elementAddress, "close");
        if (offered === "taken") await this.#taken(passenger, port);
        else await this.#takeBack(passenger, port, offered);
      } finally {
        this.#ports.release(port);
      }
    } catch (error) {
      if (await this.#isGone(passenger)) {
        const ids = [passenger.requestId];
        return await endPortWork(context, "portWorkEnds", ids);
      }
      const reason = this.#stop.signal.aborted
        ? endOf(error, `The ejection of ${cartridge.name}`)
        : documentedDeviceError(error);
      await failRequests(context, [passenger.requestId], reason);
    } finally {
      release();
    }
  }

  /** Brings it to a port, which is its own from then on. */
  async #bring(passenger: Passenger): Promise<Place> {
    const { context } = this.#ports;
    for (;;) {
      const port = await this.#ports.reserve(this.#stop.signal);
      let isThere = false;
      try {
        await beginRequests(context, [passenger.requestId]);
        isThere = await this.#ports.toPort(passenger, port);
        if (isThere) return port;
      } finally {
        if (!isThere) this.#ports.release(port);
      }
    }
  }

  /** Whether a quick hand has taken it before the offer was noted. */
  async #isGone({ medium }: Passenger): Promise<boolean> {
    const { database } = this.#ports.context;
    const now = await database.read((db) =>
      findCartridge(db, medium.cartridge.id)
    );
    return now === null || now.placeId === null;
  }

  /** Waits until a person has taken what is in a port. */
  async #offer(port: Place): Promise<Offered> {
    const { context, device } = this.#ports;
    const { signal } = this.#stop;
    const seconds = await this.#offeredSeconds(port);
    const until = context.clock.monotonic() + seconds * 1_000;
    for (;;) {
      const elements = await device.look();
      const element = elements?.find(({ elementAddress }) =>
        elementAddress === port.elementAddress
      );
      if (element?.full === false) return "taken";
      if (signal.aborted) return reasonOf(signal);
      if (context.clock.monotonic() >= until) return "time is up";
      await device.untilNextLook(signal);
    }
  }

  async #offeredSeconds(port: Place): Promise<number> {
    const { context, host } = this.#ports;
    const rows = await context.database.read((db) => portsOf(db, host.id));
    return rows.find(({ id }) => id === port.id)?.maxExtendSeconds ?? 0;
  }

  async #taken({ medium, requestId }: Passenger, port: Place): Promise<void> {
    const { context } = this.#ports;
    await endPortWork(context, "cartridgeLeft", [requestId], async (db) => {
      const there = await cartridgeAt(db, port.id);
      // An inventory may have noticed it first.
      if (there?.id !== medium.cartridge.id) return;
      await leave(db, there);
      await updatePort(db, port.id, { content: "empty" });
    });
  }

  /** What nobody took goes home, and somebody is told. */
  async #takeBack(
    passenger: Passenger,
    port: Place,
    offered: Exclude<Offered, "taken">,
  ): Promise<void> {
    // The service stops: the next one finds the cartridge in its port.
    if (offered === "closing") throw endOf(null, "The ejection");
    await this.#ports.toSlot(passenger);
    const { name } = passenger.medium.cartridge;
    if (offered !== "time is up") throw endOf(null, `The ejection of ${name}`);
    const message =
      `Nobody took cartridge ${name} out of ${port.name} in time, so it went back; eject it again to have it`;
    const { context } = this.#ports;
    await context.database.write((db) =>
      askOperatorOnce(db, context, {
        command: "moveMedia",
        message,
        about: { type: "cartridge", id: passenger.medium.cartridge.id },
      })
    );
    throw new NtmsError("ERROR_TIMEOUT", message);
  }
}

function reasonOf(signal: AbortSignal): EndReason {
  return signal.reason === "closing" ? "closing" : "stopped";
}
