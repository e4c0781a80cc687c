/**
 * The person of the day in the kernel lab: has cartridges ejected, takes them,
 * brings them back and has them injected, and cancels mounts that wait.
 *
 * @module
 */
import type { Session } from "../../src/client/mod.ts";
import {
  type LibraryMap,
  type MapCartridge,
  NtmsError,
  type NtmsErrorCode,
} from "../../src/model/mod.ts";
import { pause } from "../faults/waiting.ts";
import { putIn, takeOut } from "../lab/hands.ts";
import type { Chance } from "../simulation/chance.ts";

/** What the person has done, and was refused, so many times. */
export interface Deeds {
  ejected: number;
  injected: number;
  cancelled: number;
  /** Ejections that were refused, because a program had the cartridge. */
  refused: number;
}

/** How a request that is not there to be cancelled any more refuses it. */
const TOO_LATE: readonly NtmsErrorCode[] = [
  "ERROR_ACCESS_DENIED",
  "ERROR_OBJECT_NOT_FOUND",
];

/** Does it until told to stop; then every cartridge is in the library. */
export class Person {
  readonly #session: Session;
  readonly #chance: Chance;
  readonly deeds: Deeds = { ejected: 0, injected: 0, cancelled: 0, refused: 0 };

  constructor(session: Session, chance: Chance) {
    this.#session = session;
    this.#chance = chance;
  }

  async work(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.#takeOutAndBringBack();
      while (!stop.aborted && !await this.#cancel()) await pause(20);
      await pause(this.#chance.between(0, 500));
    }
  }

  async #map(): Promise<LibraryMap> {
    const [map] = await this.#session.map();
    if (map === undefined) throw new Error("there is no library");
    return map;
  }

  /** Cancels a mount that waits; whether one did. */
  async #cancel(): Promise<boolean> {
    const { requests } = await this.#map();
    const waiting = requests.filter(({ operation, state }) =>
      operation === "mount" && state !== "inProcess"
    );
    const one = this.#chance.pick(waiting);
    if (one === undefined) return false;
    const done = await unless(
      TOO_LATE,
      this.#session.queue.cancel(one.id).then(() => true),
    );
    if (done) this.deeds.cancelled++;
    return done === true;
  }

  async #takeOutAndBringBack(): Promise<void> {
    const { cartridges, library } = await this.#map();
    const cartridge = this.#chance.pick(
      cartridges.filter(({ mountedBy }) => mountedBy === ""),
    );
    if (cartridge === undefined) return;
    if (!await this.#takeOut(cartridge)) {
      this.deeds.refused++;
      return;
    }
    this.deeds.ejected++;
    await pause(this.#chance.between(0, 500));
    const { requests } = await this.#session.ports.inject(library.id);
    const empty = (await this.#map()).ports.find(({ content }) =>
      content === "empty"
    );
    if (empty === undefined) throw new Error("no port is empty");
    await putIn(empty.elementAddress, cartridge.barCode);
    await this.#session.ports.ended(requests);
    this.deeds.injected++;
  }

  /** Whether it was given out. */
  async #takeOut({ id }: MapCartridge): Promise<boolean> {
    const { ports } = this.#session;
    const begun = await unless(["ERROR_BUSY"], ports.eject(id));
    if (begun === null) return false;
    let isOver = false;
    const ended = ports.ended(begun.requests).finally(() => isOver = true);
    // Awaited below.
    ended.catch(() => {});
    while (!isOver && !await this.#takeFromPort(id)) await pause(20);
    await ended;
    return true;
  }

  /** Takes a cartridge if it is in a port. */
  async #takeFromPort(id: string): Promise<boolean> {
    const { cartridges, ports } = await this.#map();
    const place = cartridges.find((one) => one.id === id)?.location;
    const port = ports.find((one) => one.id === place);
    if (port !== undefined) await takeOut(port.elementAddress);
    return port !== undefined;
  }
}

/** What comes of a call; null where it was refused for one of these reasons. */
async function unless<T>(
  codes: readonly NtmsErrorCode[],
  call: Promise<T>,
): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NtmsError && codes.includes(error.code)) return null;
    throw error;
  }
}
