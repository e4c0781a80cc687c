/**
 * A changer that is talked to by SMC commands, whatever carries them.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  type DeviceIdentifier,
  ELEMENT_TYPES,
  exchangeMedium,
  initializeElementStatus,
  initializeElementStatusWithRange,
  initializeElementStatusWithRangeVendor,
  moveMedium,
  openCloseImportExport,
  positionToElement,
  preventAllowMediumRemoval,
  type Quirks,
  quirksOf,
} from "../scsi/mod.ts";
import type {
  Changer,
  ChangerAbilities,
  DeviceIdentity,
  Drive,
  Element,
  ElementLayout,
  ElementRange,
  ElementType,
  Exchange,
  Move,
} from "./changer.ts";
import { Commander } from "./commander.ts";
import { serialNumberIn } from "./drive_matching.ts";
import type { Hands } from "./hands.ts";
import { ElementReader } from "./element_reader.ts";
import { elementOf } from "./elements.ts";
import { isUnknownCommand } from "./failures.ts";
import { PATIENCE } from "./patience.ts";
import { Pauses } from "./pauses.ts";
import { SerialQueue, SerialQueues } from "./queue.ts";
import { overlap } from "./ranges.ts";
import { untilReady } from "./readiness.ts";
import type { ScsiCommand, ScsiDevice } from "./scsi_device.ts";
import type { ScsiAddress } from "./scsi_drive.ts";
import { type Character, readCharacter } from "./smc_character.ts";

/** What the changer knows that helps to find its drives on this host. */
export interface DriveSearch {
  readonly layout: ElementLayout;
  /** Device identifiers by element address; empty where the changer tells none. */
  readonly identifiers: ReadonlyMap<number, DeviceIdentifier>;
  /** SCSI id and LUN by element address, where a changer on the same bus tells them. */
  readonly busAddresses?: ReadonlyMap<
    number,
    { readonly id: number; readonly lun: number }
  >;
  /** Resolves when the changer can take a cartridge from a drive, see {@linkcode Drive.unload}. */
  readonly accessible: (
    elementAddress: number,
    timeoutMs: number,
  ) => Promise<void>;
}

/** What a {@linkcode SmcChanger} is opened with. */
export interface SmcChangerParts {
  /** Path or URL, for messages. */
  readonly device: string;
  readonly scsiDevice: ScsiDevice;
  readonly scsi: ScsiAddress;
  /** Finds the drives on this host. */
  readonly findDrives: (search: DriveSearch) => Promise<readonly Drive[]>;
  readonly clock: Clock;
  /** Gives up opening. */
  readonly signal?: AbortSignal | undefined;
  /** Runs after the changer has been closed. */
  readonly onClose?: () => Promise<void>;
  /** The person at it, where that is a program. @default {undefined} */
  readonly hands?: Hands;
}

/** A media changer reached by SCSI commands. */
export class SmcChanger implements Changer {
  readonly hands?: Hands;
  readonly device: string;
  readonly scsi: ScsiAddress;
  readonly identity: DeviceIdentity;
  readonly layout: ElementLayout;
  readonly #parts: SmcChangerParts;
  readonly #commander: Commander;
  readonly #reader: ElementReader;
  readonly #quirks: Quirks;
  readonly #queue = new SerialQueue();
  /** Commands that move something, by transport where there are several. */
  readonly #arms = new SerialQueues<number>();
  #abilities: ChangerAbilities;
  /** Unit attentions that were met while opening; the caller knows nothing yet that they could make stale. */
  readonly #attentionsAtOpen: number;
  #closing: Promise<void> | null = null;

  private constructor(
    parts: SmcChangerParts,
    commander: Commander,
    character: Character,
  ) {
    this.device = parts.device;
    this.scsi = parts.scsi;
    if (parts.hands !== undefined) this.hands = parts.hands;
    this.identity = character.identity;
    this.layout = character.layout;
    this.#parts = parts;
    this.#commander = commander;
    this.#quirks = quirksOf(character.identity);
    this.#reader = new ElementReader(commander, parts.device);
    this.#abilities = character.abilities;
    this.#attentionsAtOpen = commander.attentions;
  }

  /** Asks the changer what it is and what it has. Closes the device when that fails. */
  static async open(parts: SmcChangerParts): Promise<SmcChanger> {
    const commander = new Commander(parts.scsiDevice, parts.clock);
    const giveUp = () => commander.stop();
    parts.signal?.addEventListener("abort", giveUp, { once: true });
    try {
      const character = await readCharacter(commander, parts.device);
      return new SmcChanger(parts, commander, character);
    } catch (error) {
      await closeParts(parts);
      throw error;
    } finally {
      parts.signal?.removeEventListener("abort", giveUp);
    }
  }

  /** See {@linkcode Changer.abilities}: what the changer refused is no longer in it. */
  get abilities(): ChangerAbilities {
    return {
      ...this.#abilities,
      barCodeReader: this.#abilities.barCodeReader && this.#reader.volumeTags,
      driveIdentifiers: this.#reader.identifiers,
    };
  }

  /** See {@linkcode Changer.movesAtOnce}. A library that does not answers BUSY, and is asked again. */
  get movesAtOnce(): boolean {
    return this.layout.transport.count > 1;
  }

  /** See {@linkcode Changer.attentions}. */
  get attentions(): number {
    return this.#commander.attentions - this.#attentionsAtOpen;
  }

  /** See {@linkcode Changer.waitReady}. */
  waitReady(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    // Each question queues by itself: others may come between, and `close`.
    return untilReady({
      act: `use the changer ${this.device}`,
      unit: "changer",
      once: (command) => this.#queue.run(() => this.#commander.once(command)),
      start: () => this.initialize(),
      clock: this.#parts.clock,
      timeoutMs,
      signal,
    });
  }

  /** See {@linkcode Changer.readElements}. */
  readElements(options: {
    types?: readonly ElementType[];
    first?: number;
    count?: number;
  } = {}): Promise<readonly Element[]> {
    return this.#queue.run(async () => {
      const elements: Element[] = [];
      for (const type of options.types ?? ELEMENT_TYPES) {
        const range = overlap(this.layout[type], options);
        if (range.count === 0) continue;
        const serials = type === "dataTransfer"
          ? await this.#driveSerialNumbers(range)
          : null;
        for (const status of await this.#reader.read(type, range)) {
          elements.push(
            elementOf(status, serials?.get(status.elementAddress) ?? ""),
          );
        }
      }
      return elements;
    });
  }

  /** See {@linkcode Changer.move}. */
  async move(move: Move): Promise<void> {
    const { source, target, invert = false } = move;
    const cdb = moveMedium({
      transport: this.#transport(move.transport),
      source,
      target,
      invert,
    });
    await this.#act(`move from element ${source} to element ${target}`, {
      cdb,
      timeoutMs: COMMAND_TIMEOUT_MS.moveMedium,
    }, move.transport);
  }

  /** See {@linkcode Changer.exchange}. */
  async exchange(exchange: Exchange): Promise<void> {
    const { source, firstTarget, secondTarget } = exchange;
    const cdb = exchangeMedium({
      transport: this.#transport(exchange.transport),
      source,
      firstTarget,
      secondTarget,
    });
    await this.#optional(
      "exchange",
      `exchange from element ${source} to element ${firstTarget} and on to element ${secondTarget}`,
      { cdb, timeoutMs: COMMAND_TIMEOUT_MS.exchangeMedium },
      exchange.transport,
    );
  }

  /** See {@linkcode Changer.position}. */
  async position(elementAddress: number, transport?: number): Promise<void> {
    const cdb = positionToElement({
      transport: this.#transport(transport),
      target: elementAddress,
    });
    await this.#optional(
      "position",
      `move the transport to element ${elementAddress}`,
      { cdb, timeoutMs: COMMAND_TIMEOUT_MS.positionToElement },
    );
  }

  /** See {@linkcode Changer.initialize}. */
  initialize(range?: { first: number; count: number }): Promise<void> {
    return this.#queue.run(() =>
      range === undefined ? this.#initializeAll() : this.#initializeRange(range)
    );
  }

  /** See {@linkcode Changer.lockDoor}. */
  async lockDoor(locked: boolean): Promise<void> {
    await this.#optional(
      "lockDoor",
      `${locked ? "lock" : "unlock"} the doors of ${this.device}`,
      {
        cdb: preventAllowMediumRemoval(locked),
        timeoutMs: COMMAND_TIMEOUT_MS.preventAllowMediumRemoval,
      },
    );
  }

  /** See {@linkcode Changer.movePort}. */
  async movePort(
    elementAddress: number,
    action: "open" | "close",
  ): Promise<void> {
    await this.#act(`${action} the port at element ${elementAddress}`, {
      cdb: openCloseImportExport({ element: elementAddress, action }),
      timeoutMs: COMMAND_TIMEOUT_MS.openCloseImportExport,
    });
  }

  /** See {@linkcode Changer.drives}. */
  async drives(): Promise<readonly Drive[]> {
    const { dataTransfer } = this.layout;
    const identifiers = await this.#queue.run(() =>
      this.#reader.driveIdentifiers(dataTransfer)
    );
    return await this.#parts.findDrives({
      layout: this.layout,
      identifiers,
      accessible: (elementAddress, timeoutMs) =>
        this.#untilAccessible(elementAddress, timeoutMs),
    });
  }

  /** See {@linkcode Changer.close}. */
  close(): Promise<void> {
    this.#commander.stop();
    this.#closing ??= this.#arms.idle().then(() =>
      this.#queue.run(() => closeParts(this.#parts))
    );
    return this.#closing;
  }

  /** As {@linkcode close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #act(act: string, command: ScsiCommand, transport = 0): Promise<void> {
    const task = () => this.#commander.act(act, command);
    return transport === 0 || !this.movesAtOnce
      ? this.#queue.run(task)
      : this.#arms.run(transport, task);
  }

  /** A command that not every changer knows; whether this one does is remembered. */
  async #optional(
    ability: "exchange" | "position" | "lockDoor",
    act: string,
    command: ScsiCommand,
    transport = 0,
  ): Promise<void> {
    try {
      await this.#act(act, command, transport);
    } catch (error) {
      if (isUnknownCommand(error)) {
        this.#abilities = { ...this.#abilities, [ability]: false };
      }
      throw error;
    }
  }

  async #initializeAll(): Promise<void> {
    await this.#commander.read(`initialize ${this.device}`, {
      cdb: initializeElementStatus(),
      timeoutMs: COMMAND_TIMEOUT_MS.initializeElementStatus,
    });
  }

  /** The standard's command, its forerunner, or else the whole library. */
  async #initializeRange(range: ElementRange): Promise<void> {
    const scsiRange = { start: range.first, count: range.count };
    const forms = [
      initializeElementStatusWithRange({ range: scsiRange }),
      initializeElementStatusWithRangeVendor({ range: scsiRange }),
    ];
    for (const cdb of forms) {
      try {
        await this.#commander.read(
          `initialize ${range.count} elements from ${range.first}`,
          {
            cdb,
            timeoutMs: COMMAND_TIMEOUT_MS.initializeElementStatusWithRange,
          },
        );
        return;
      } catch (error) {
        if (!isUnknownCommand(error)) throw error;
      }
    }
    await this.#initializeAll();
  }

  async #driveSerialNumbers(
    range: ElementRange,
  ): Promise<ReadonlyMap<number, string>> {
    const serials = new Map<number, string>();
    const found = await this.#reader.driveIdentifiers(range);
    for (const [elementAddress, identifier] of found) {
      serials.set(elementAddress, serialNumberIn(identifier));
    }
    return serials;
  }

  /**
   * Where there is one transport it is named: changers have been tried that
   * way most (mtx does so). Where there are more, 0 leaves the choice to them.
   */
  #transport(asked = 0): number {
    const { first, count } = this.layout.transport;
    return asked === 0 && count === 1 ? first : asked;
  }

  async #untilAccessible(
    elementAddress: number,
    timeoutMs: number,
  ): Promise<void> {
    if (this.#quirks.accessMeaningless) return;
    const pauses = new Pauses(
      this.#parts.clock,
      Math.min(timeoutMs, PATIENCE.accessNoticedMs),
    );
    do {
      const [element] = await this.readElements({
        types: ["dataTransfer"],
        first: elementAddress,
        count: 1,
      });
      if (element === undefined || !element.full || element.accessible) return;
    } while (await pauses.pause());
  }
}

async function closeParts(parts: SmcChangerParts): Promise<void> {
  try {
    await parts.scsiDevice.close();
  } finally {
    await parts.onClose?.();
  }
}
