/**
 * What the ports and the door of one library are used for: which port is
 * whose, and the operations that wait for a person.
 *
 * @module
 */

import type { Changer } from "../changer/mod.ts";
import {
  cartridgeAt,
  cartridgesInPorts,
  findFreePort,
  type Medium,
  type Place,
} from "../database/mod.ts";
import { type Caller, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { askOperatorOnce } from "./operators.ts";
import { PortDevice } from "./port_device.ts";
import type { Robot } from "./robot.ts";
import { Transfer } from "./transfer.ts";
import type { Item, WorkQueue } from "./work_queue.ts";

/** What the ports need of their library. */
export interface PortHost {
  readonly id: string;
  readonly name: string;
  /** Takes an inventory now; resolves when it is done. */
  inventory(): Promise<void>;
  /** Takes an inventory, and then this work again. */
  retryAfterInventory(item: Item): Promise<void>;
  /** Starts nothing more before an inventory. */
  distrust(): Promise<void>;
  /** Puts work into the queue, behind an inventory where one is due. */
  add(item: Item): Promise<void>;
}

/** Why an operation came to its end before its work was done. */
export type EndReason = "stopped" | "retracted" | "closing";

/** An operation that waits for a person. */
export interface PortOperation {
  /** By which callers stop it: the id of its first library request. */
  readonly id: string;
  readonly kind:
    | "eject"
    | "ejectCleaner"
    | "inject"
    | "injectMany"
    | "injectCleaner"
    | "door";
  /** Brings it to its end; what is under way is finished. */
  end(reason: EndReason): void;
  run(): Promise<void>;
}

/** A cartridge that goes through a port. */
export interface Passenger {
  readonly caller: Caller;
  readonly requestId: string;
  readonly medium: Medium;
}

/** The ports of one library at work. */
export class PortWork {
  readonly host: PortHost;
  readonly context: Context;
  readonly device: PortDevice;
  readonly #robot: Robot;
  readonly #queue: WorkQueue;
  /** Ports that an operation has for itself, by id. */
  readonly #reserved = new Set<string>();
  readonly #underWay = new Map<string, PortOperation>();
  readonly #runs = new Set<Promise<void>>();

  constructor(
    host: PortHost,
    context: Context,
    changer: Changer,
    robot: Robot,
    queue: WorkQueue,
  ) {
    this.host = host;
    this.context = context;
    this.device = new PortDevice(context, changer);
    this.#robot = robot;
    this.#queue = queue;
  }

  /** Begins an operation. */
  begin(operation: PortOperation): void {
    this.#underWay.set(operation.id, operation);
    const run = operation.run().catch((error) =>
      this.context.log.error("Cannot end the work of a port", {
        library: this.host.name,
        error: error instanceof Error ? error.message : String(error),
      })
    ).finally(() => {
      this.#underWay.delete(operation.id);
      this.#runs.delete(run);
    });
    this.#runs.add(run);
  }

  /** An operation under way; undefined where there is none of this id. */
  operation(id: string): PortOperation | undefined {
    return this.#underWay.get(id);
  }

  /** Whether cartridges are taken in now. */
  get isTakingIn(): boolean {
    return [...this.#underWay.values()].some(({ kind }) =>
      kind !== "door" && kind.startsWith("inject")
    );
  }

  /** Whether an operation has a port for itself. */
  isReserved(portId: string): boolean {
    return this.#reserved.has(portId);
  }

  /** Gives up what waits for people. */
  stop(): void {
    for (const operation of this.#underWay.values()) operation.end("closing");
  }

  /** Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    await Promise.all(this.#runs);
  }

  /** Keeps a cartridge from being mounted, until the returned function is called. */
  hold(cartridgeId: string): () => void {
    return this.#queue.hold(cartridgeId);
  }

  /** Brings a cartridge to a port; false where a hand has put another one there. */
  async toPort(passenger: Passenger, port: Place): Promise<boolean> {
    const { medium: { cartridge }, requestId } = passenger;
    let isFree = true;
    await this.#transfer(passenger, false, async () => {
      const there = await this.context.database.read((db) =>
        cartridgeAt(db, port.id)
      );
      isFree = there === null || there.id === cartridge.id;
      if (isFree) await this.#robot.carry(cartridge.id, port, requestId);
    });
    return isFree;
  }

  /** Brings a cartridge from a port to a slot that is kept for it. */
  async toOwnSlot(passenger: Passenger, slot: Place): Promise<void> {
    const { medium: { cartridge }, requestId } = passenger;
    await this.#transfer(
      passenger,
      true,
      () => this.#robot.carry(cartridge.id, slot, requestId),
    );
  }

  /** Brings a cartridge from a port to its home slot, or to a free one; does nothing where it has left the port. */
  async toSlot(passenger: Passenger): Promise<void> {
    const { medium: { cartridge }, requestId } = passenger;
    await this.#transfer(
      passenger,
      true,
      () => this.#robot.carryHome(cartridge.id, requestId),
    );
  }

  /**
   * An empty port for one operation; asks the operator to empty one where
   * there is none.
   *
   * @throws {NtmsError} ERROR_CANCELLED when the signal says so.
   */
  async reserve(signal: AbortSignal): Promise<Place> {
    for (;;) {
      const port = await this.context.database.read((db) =>
        findFreePort(db, this.host.id, this.#reserved)
      );
      signal.throwIfAborted();
      // Another operation may have taken it while the catalogue was read.
      if (port !== null && !this.#reserved.has(port.id)) {
        this.#reserved.add(port.id);
        return port;
      }
      await this.#askToEmptyPorts();
      await this.device.untilNextLook(signal);
      signal.throwIfAborted();
      await this.#noticeEmptiedPorts();
    }
  }

  /** Gives a port back. */
  release(port: Place): void {
    this.#reserved.delete(port.id);
  }

  async #transfer(
    { caller, medium, requestId }: Passenger,
    fromPort: boolean,
    work: () => Promise<void>,
  ): Promise<void> {
    const transfer = new Transfer(
      this.host,
      caller,
      requestId,
      medium,
      fromPort,
      work,
    );
    await this.host.add(transfer);
    await transfer.done;
  }

  async #askToEmptyPorts(): Promise<void> {
    const { id, name } = this.host;
    // What others wait to be taken out of their ports will be.
    if (this.#reserved.size > 0) return;
    await this.context.database.write((db) =>
      askOperatorOnce(db, this.context, {
        command: "deviceService",
        message:
          `Every port of library ${name} is full or disabled; take out what is in the ports`,
        about: { type: "library", id },
      })
    );
  }

  /** People take cartridges out of ports that nobody watches. */
  async #noticeEmptiedPorts(): Promise<void> {
    const elements = await this.device.look();
    if (elements === null) return;
    const inPorts = await this.context.database.read((db) =>
      cartridgesInPorts(db, this.host.id)
    );
    const full = elements.filter((element) => element.full).length;
    if (full < inPorts.length) await this.host.inventory();
  }
}

/** The error of an operation that was brought to its end. */
export function endOf(reason: unknown, what: string): NtmsError {
  return reason instanceof NtmsError
    ? reason
    : new NtmsError("ERROR_CANCELLED", `${what} was stopped`);
}
