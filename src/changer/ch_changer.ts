/**
 * A changer reached through the kernel's `ch` driver, for hosts where raw SCSI
 * commands are not permitted. The driver hides much: sense data, unit
 * attentions (so `attentions` stays 0 and only an inventory shows what hands
 * did), the choice of the transport, locks. Where the changer's sg node can be
 * opened too, it is asked for what the driver does not tell: element addresses
 * and the serial numbers of drives.
 *
 * @module
 */
import {
  type ChangerElement,
  ErrnoError,
  MediaChanger,
} from "../../ffi/mod.ts";
import type { Clock } from "../model/mod.ts";
import { type DeviceIdentifier, ELEMENT_TYPES, quirksOf } from "../scsi/mod.ts";
import { askCompanion, type Companion } from "./ch_companion.ts";
import { elementOf, isAccessible, isFull } from "./ch_elements.ts";
import { chFailure } from "./ch_failures.ts";
import { countsOf, syntheticLayout, unitAt } from "./ch_units.ts";
import {
  type Changer,
  type ChangerAbilities,
  ChangerError,
  type DeviceIdentity,
  type Drive,
  type Element,
  type ElementLayout,
  type ElementType,
  type Exchange,
  type Move,
} from "./changer.ts";
import { serialNumberIn } from "./drive_matching.ts";
import type { Effect } from "./failures.ts";
import type { HostDevice } from "./host_devices.ts";
import { findHostDrives } from "./host_drives.ts";
import { Pauses } from "./pauses.ts";
import { PATIENCE } from "./patience.ts";
import { SerialQueue } from "./queue.ts";
import { openFailure } from "./sg_device.ts";
import { overlap } from "./ranges.ts";
import type { ScsiAddress } from "./scsi_drive.ts";

const NO_ADDRESS: ScsiAddress = { port: 0, bus: 0, target: 0, lun: 0 };

/** A media changer reached through the kernel's driver. */
export class ChChanger implements Changer {
  readonly device: string;
  readonly scsi: ScsiAddress;
  readonly identity: DeviceIdentity;
  readonly layout: ElementLayout;
  /** The driver tells of none. */
  readonly attentions = 0;
  readonly #node: MediaChanger;
  readonly #host: HostDevice | null;
  readonly #clock: Clock;
  readonly #queue = new SerialQueue();
  #abilities: ChangerAbilities;

  private constructor(
    device: string,
    node: MediaChanger,
    layout: ElementLayout,
    known: {
      readonly companion: Companion | null;
      readonly host: HostDevice | null;
      readonly clock: Clock;
    },
  ) {
    const { companion, host } = known;
    this.device = device;
    this.#node = node;
    this.#host = host;
    this.#clock = known.clock;
    this.scsi = host?.scsi ?? NO_ADDRESS;
    this.layout = layout;
    this.identity = companion?.character.identity ?? host?.identity ??
      { vendor: "", product: "", revision: "", serialNumber: "" };
    this.#abilities = {
      barCodeReader: true,
      // Nobody tells: it is taken for granted until the changer refuses it.
      exchange: companion?.character.abilities.exchange ?? true,
      position: true,
      lockDoor: false,
      invert: companion?.character.abilities.invert ?? false,
      driveIdentifiers: (companion?.identifiers.size ?? 0) > 0,
    };
  }

  /**
   * Opens a `/dev/schN`.
   *
   * @param host What sysfs says of the device, null where it says nothing.
   */
  static async open(
    device: string,
    host: HostDevice | null,
    clock: Clock,
  ): Promise<ChChanger> {
    let node: MediaChanger;
    try {
      node = await MediaChanger.open(device);
    } catch (error) {
      throw openFailure(device, error);
    }
    try {
      const parameters = await node.parameters();
      const companion = await askCompanion(host, clock);
      const counts = countsOf(parameters);
      const told = companion?.character.layout;
      // Another count is another view of the library: its addresses are not ours.
      const layout = told !== undefined &&
          ELEMENT_TYPES.every((type) => told[type].count === counts[type])
        ? told
        : syntheticLayout(parameters);
      return new ChChanger(device, node, layout, { companion, host, clock });
    } catch (error) {
      await node.close();
      if (!(error instanceof ErrnoError)) throw error;
      throw chFailure(`open ${device}`, error, "reads");
    }
  }

  /** See {@linkcode Changer.abilities}. */
  get abilities(): ChangerAbilities {
    return this.#abilities;
  }

  /**
   * See {@linkcode Changer.waitReady}. The driver cannot be asked; a changer
   * that tells the state of an element is ready.
   */
  async waitReady(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const pauses = new Pauses(this.#clock, timeoutMs);
    const type = ELEMENT_TYPES.find((name) => this.layout[name].count > 0);
    if (type === undefined) return;
    const { first } = this.layout[type];
    while (true) {
      signal?.throwIfAborted();
      try {
        await this.#element(first);
        return;
      } catch (error) {
        const passing = error instanceof ChangerError &&
          error.cause instanceof ErrnoError && error.cause.code === "EIO";
        if (!passing || !await pauses.pause(signal)) throw error;
      }
    }
  }

  /** See {@linkcode Changer.readElements}: one question for each element. */
  async readElements(options: {
    types?: readonly ElementType[];
    first?: number;
    count?: number;
  } = {}): Promise<readonly Element[]> {
    const elements: Element[] = [];
    for (const type of options.types ?? ELEMENT_TYPES) {
      const range = overlap(this.layout[type], options);
      const serials = type === "dataTransfer" && range.count > 0
        ? await this.#driveSerialNumbers()
        : null;
      const end = range.first + range.count;
      for (let address = range.first; address < end; address++) {
        const found = await this.#element(address);
        elements.push(
          elementOf(this.layout, type, found, serials?.get(address) ?? ""),
        );
      }
    }
    return elements;
  }

  /** See {@linkcode Changer.move}. The driver chooses the transport. */
  async move(move: Move): Promise<void> {
    const { source, target, invert = false } = move;
    const act = `move from element ${source} to element ${target}`;
    const from = this.#unit(act, source);
    const to = this.#unit(act, target);
    await this.#call(act, "moves", () => this.#node.move(from, to, invert));
  }

  /** See {@linkcode Changer.exchange}. The driver chooses the transport. */
  async exchange(exchange: Exchange): Promise<void> {
    const { source, firstTarget, secondTarget } = exchange;
    const act =
      `exchange from element ${source} to element ${firstTarget} and on to element ${secondTarget}`;
    const from = this.#unit(act, source);
    const first = this.#unit(act, firstTarget);
    const second = this.#unit(act, secondTarget);
    await this.#optional(
      "exchange",
      () =>
        this.#call(
          act,
          "moves",
          () => this.#node.exchange(from, first, second),
        ),
    );
  }

  /** See {@linkcode Changer.position}. The driver chooses the transport. */
  async position(elementAddress: number): Promise<void> {
    const act = `move the transport to element ${elementAddress}`;
    const unit = this.#unit(act, elementAddress);
    await this.#optional(
      "position",
      () => this.#call(act, "moves", () => this.#node.position(unit)),
    );
  }

  /** See {@linkcode Changer.initialize}. The driver knows no ranges: all elements are looked at. */
  async initialize(): Promise<void> {
    await this.#call(
      `initialize ${this.device}`,
      "reads",
      () => this.#node.initialize(),
    );
  }

  /** See {@linkcode Changer.lockDoor}: the driver cannot. */
  lockDoor(locked: boolean): Promise<void> {
    return Promise.reject(
      notPossible(`${locked ? "lock" : "unlock"} the doors of ${this.device}`),
    );
  }

  /** See {@linkcode Changer.movePort}: the driver cannot. */
  movePort(elementAddress: number, action: "open" | "close"): Promise<void> {
    return Promise.reject(
      notPossible(`${action} the port at element ${elementAddress}`),
    );
  }

  /** See {@linkcode Changer.drives}. */
  async drives(): Promise<readonly Drive[]> {
    const companion = await this.#queue.run(() =>
      askCompanion(this.#host, this.#clock)
    );
    const busAddresses = new Map<number, { id: number; lun: number }>();
    const { first, count } = this.layout.dataTransfer;
    for (let address = first; address < first + count; address++) {
      const { scsiAddress } = await this.#element(address);
      if (scsiAddress !== undefined) busAddresses.set(address, scsiAddress);
    }
    return await findHostDrives(
      {
        layout: this.layout,
        identifiers: this.#ours(companion?.identifiers),
        busAddresses,
        accessible: (elementAddress, timeoutMs) =>
          this.#untilAccessible(elementAddress, timeoutMs),
      },
      this.#host?.scsi ?? null,
      this.#clock,
    );
  }

  /** See {@linkcode Changer.close}. */
  close(): Promise<void> {
    return this.#queue.run(() => this.#node.close());
  }

  /** As {@linkcode close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #element(elementAddress: number): Promise<ChangerElement> {
    const act = `read element ${elementAddress} of ${this.device}`;
    const unit = this.#unit(act, elementAddress);
    return this.#call(act, "reads", () => this.#node.element(unit));
  }

  /** One call at a time, its errors judged. */
  #call<T>(act: string, effect: Effect, call: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ErrnoError)) throw error;
        throw chFailure(act, error, effect);
      }
    });
  }

  /** A command that not every changer knows; whether this one does is remembered. */
  async #optional(
    ability: "exchange" | "position",
    run: () => Promise<void>,
  ): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (error instanceof ChangerError && error.sense?.asc === 0x20) {
        this.#abilities = { ...this.#abilities, [ability]: false };
      }
      throw error;
    }
  }

  #unit(act: string, elementAddress: number) {
    const unit = unitAt(this.layout, elementAddress);
    if (unit !== null) return unit;
    throw new ChangerError(
      `Cannot ${act}: no element is at address ${elementAddress}`,
      {
        outcome: "failed",
        advice: "programming",
        sense: { key: 5, asc: 0x21, ascq: 0x01 },
      },
    );
  }

  async #driveSerialNumbers(): Promise<ReadonlyMap<number, string>> {
    if (!this.#abilities.driveIdentifiers) return new Map();
    const companion = await this.#queue.run(() =>
      askCompanion(this.#host, this.#clock)
    );
    return new Map(
      [...this.#ours(companion?.identifiers)].map((
        [address, identifier],
      ) => [address, serialNumberIn(identifier)]),
    );
  }

  /** Identifiers by our addresses; none where the addresses are not the changer's. */
  #ours(
    identifiers: ReadonlyMap<number, DeviceIdentifier> | undefined,
  ): ReadonlyMap<number, DeviceIdentifier> {
    const { first, count } = this.layout.dataTransfer;
    return new Map(
      [...identifiers ?? []].filter(([address]) =>
        address >= first && address < first + count
      ),
    );
  }

  async #untilAccessible(
    elementAddress: number,
    timeoutMs: number,
  ): Promise<void> {
    if (quirksOf(this.identity).accessMeaningless) return;
    const pauses = new Pauses(
      this.#clock,
      Math.min(timeoutMs, PATIENCE.accessNoticedMs),
    );
    do {
      const { status } = await this.#element(elementAddress);
      if (!isFull(status) || isAccessible(status)) return;
    } while (await pauses.pause());
  }
}

function notPossible(act: string): ChangerError {
  return new ChangerError(
    `Cannot ${act}: the kernel's changer driver has no way to; open the changer by its sg node instead`,
    { outcome: "failed", advice: "programming" },
  );
}
