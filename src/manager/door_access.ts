/**
 * A library whose door is given to a person: nothing moves until it is closed
 * again, and what is in the library is looked at then.
 *
 * @module
 */

import {
  doorOf,
  updateDoor,
  updateObject,
  type Writer,
} from "../database/mod.ts";
import type { Caller, DoorState } from "../model/mod.ts";
import { documentedDeviceError } from "./device_errors.ts";
import { askOperator } from "./operators.ts";
import {
  endOf,
  type EndReason,
  type PortOperation,
  type PortWork,
} from "./port_work.ts";
import { beginRequests, endPortWork, failRequests } from "./requests.ts";
import { deferred } from "./waiting.ts";
import type { Item } from "./work_queue.ts";
import { AskedFor } from "./asked_for.ts";

/** One time that a person is at the door. */
export class DoorAccess implements PortOperation {
  readonly id: string;
  readonly kind = "door";
  readonly #caller: Caller;
  readonly #ports: PortWork;
  readonly #takesInventory: boolean;
  /** What is to be seen to once it is closed. */
  readonly #after: () => Promise<void>;
  readonly #stop = new AbortController();
  readonly #atRest = deferred<void>();
  readonly #left = deferred<void>();
  #asked: AskedFor | null = null;

  /** `id` is that of its library request. */
  constructor(
    ports: PortWork,
    caller: Caller,
    id: string,
    takesInventory: boolean,
    after: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#ports = ports;
    this.#caller = caller;
    this.id = id;
    this.#takesInventory = takesInventory;
    this.#after = after;
  }

  end(reason: EndReason): void {
    this.#stop.abort(reason);
    this.#atRest.reject(endOf(null, "The access to the door"));
  }

  async run(): Promise<void> {
    const { context, host } = this.#ports;
    try {
      await host.add(this.#restingPlace());
      await this.#atRest.promise;
      await beginRequests(context, [this.id]);
      try {
        await this.#untilClosed();
      } finally {
        this.#left.resolve();
        await this.#asked?.end();
      }
      if (this.#takesInventory) await host.inventory();
      await this.#after();
      await endPortWork(context, "portWorkEnds", [this.id], async (db) => {
        // The end is told under the id of the library.
        const now = context.clock.now();
        await updateObject(db, host.id, { operationalState: "ready" }, now);
      });
    } catch (error) {
      this.#left.resolve();
      await failRequests(
        context,
        [this.id],
        documentedDeviceError(error),
      );
    }
  }

  /** As work in the queue it has the library to itself, until the person has left. */
  #restingPlace(): Item {
    return {
      kind: "door",
      priority: 0,
      caller: this.#caller,
      requestIds: [this.id],
      media: [],
      run: async () => {
        this.#atRest.resolve();
        await this.#left.promise;
      },
      fail: (error) => {
        this.#atRest.reject(error);
        return Promise.resolve();
      },
      waits: () => {},
    };
  }

  /** The door was opened and is closed again; a library that does not tell of its door tells of a change. */
  async #untilClosed(): Promise<void> {
    const { context, device, host } = this.#ports;
    const door = await context.database.read((db) => doorOf(db, host.id));
    const { attentions } = device;
    await device.unlock();
    const callAt = context.clock.monotonic() +
      (door?.maxOpenSeconds ?? 0) * 1_000;
    let state: DoorState = "unknown";
    for (;;) {
      const open = await device.isDoorOpen();
      if (open === true && state !== "open") {
        state = "open";
        await this.#note(door?.id, state);
      }
      const used = state === "open" || device.attentions !== attentions;
      if (open === false && used) break;
      if (this.#stop.signal.aborted) {
        throw endOf(null, "The access to the door");
      }
      if (context.clock.monotonic() >= callAt) await this.#callOperator();
      if (await this.#saidToBeClosed()) break;
      await device.untilNextLook(this.#stop.signal);
    }
    await this.#note(door?.id, "closed");
  }

  async #note(doorId: string | undefined, state: DoorState): Promise<void> {
    if (doorId === undefined) return;
    await this.#ports.context.database.write((db: Writer) =>
      updateDoor(db, doorId, { state })
    );
  }

  async #callOperator(): Promise<void> {
    if (this.#asked !== null) return;
    const { context, host } = this.#ports;
    const request = await context.database.write((db) =>
      askOperator(db, context, {
        command: "deviceService",
        message: `Close the door of library ${host.name}; nothing moves before`,
        about: { type: "library", id: host.id },
      })
    );
    this.#asked = new AskedFor(context, request, () => {});
  }

  /** Whether the operator says so, for a library that does not tell. */
  async #saidToBeClosed(): Promise<boolean> {
    if (this.#asked === null || !this.#asked.isChanged) return false;
    return await this.#asked.state() === "complete";
  }
}
