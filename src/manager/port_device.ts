/**
 * The ports and doors of a library as a device: unlocked, opened, closed and
 * looked at. What a library cannot do of it, people do by hand.
 *
 * @module
 */

import { type Changer, ChangerError, type Element } from "../changer/mod.ts";
import { type Clock, sleep } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { deviceCall } from "./crash_points.ts";

/** ASC and ASCQ of a library whose door is open, as the standard and as some vendors tell it. */
const DOOR_IS_OPEN = { asc: 0x04, ascq: [0x18, 0x83] } as const;

/** The ports and doors of one library. */
export class PortDevice {
  readonly #context: Context;
  readonly #changer: Changer;

  /** Those of an open changer. */
  constructor(context: Context, changer: Changer) {
    this.#context = context;
    this.#changer = changer;
  }

  /** How many places the ports have. */
  get places(): number {
    return this.#changer.layout.importExport.count;
  }

  /** How often the library has told of a change. */
  get attentions(): number {
    return this.#changer.attentions;
  }

  /** Lets people at doors and ports. */
  unlock(): Promise<void> {
    return this.#whereAble(() => this.#changer.lockDoor(false));
  }

  /** Extends a port, or pulls it in. */
  operate(elementAddress: number, action: "open" | "close"): Promise<void> {
    return this.#whereAble(() =>
      this.#changer.movePort(elementAddress, action)
    );
  }

  /** The ports as they are; null while the library does not answer. */
  async look(): Promise<readonly Element[] | null> {
    try {
      return await deviceCall(
        this.#context,
        "readPorts",
        () => this.#changer.readElements({ types: ["importExport"] }),
      );
    } catch (error) {
      if (error instanceof ChangerError) return null;
      throw error;
    }
  }

  /** Whether the door is open; null while nobody can tell. */
  async isDoorOpen(): Promise<boolean | null> {
    try {
      await deviceCall(
        this.#context,
        "changerReady",
        () => this.#changer.waitReady(0),
      );
      return false;
    } catch (error) {
      if (!(error instanceof ChangerError)) throw error;
      const { asc = 0, ascq = 0 } = error.sense ?? {};
      const told = DOOR_IS_OPEN.ascq.some((one) => one === ascq);
      return asc === DOOR_IS_OPEN.asc && told ? true : null;
    }
  }

  /** Waits until it is time to look again, or for the signal. */
  async untilNextLook(signal: AbortSignal): Promise<void> {
    const { clock, limits } = this.#context;
    await pause(clock, limits.portAskedMs, signal);
  }

  async #whereAble(act: () => Promise<void>): Promise<void> {
    try {
      await deviceCall(this.#context, "operatePort", act);
    } catch (error) {
      // A library that knows no such command leaves it to people; one that
      // does not answer now is asked again by who waits.
      if (!(error instanceof ChangerError)) throw error;
    }
  }
}

async function pause(
  clock: Clock,
  durationMs: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await sleep(clock, durationMs, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
