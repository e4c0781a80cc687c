/**
 * The robot's logical unit of a virtual library: what each SMC command does to
 * the model.
 *
 * @module
 */
import { type Clock, sleep } from "../../model/mod.ts";
import {
  type Command,
  DEVICE_TYPE,
  type DeviceIdentifier,
  ELEMENT_TYPES,
  type ElementStatus,
  encodeElementStatus,
  encodeLogPage,
  encodeModeSense10,
  encodeModeSense6,
  encodeSense,
  encodeTapeAlert,
  LOG_PAGE,
  NO_SENSE,
  t10Designator,
} from "../../scsi/mod.ts";
import type { DeviceIdentity } from "../changer.ts";
import { isCleaning } from "../elements.ts";
import { Arms } from "./arms.ts";
import { answerInquiry, driveIdentity } from "./identity.ts";
import type { LibraryModel, VirtualElement } from "./library.ts";
import {
  type Behaviour,
  type Circumstances,
  DONE,
  type Outcome,
} from "./logical_unit.ts";
import { modePages } from "./mode_pages.ts";
import { atField, SENSE } from "./sense_codes.ts";
import type { Timing } from "./timing.ts";

/** What the robot's unit works on. */
export interface ChangerUnitParts {
  /** Name of the library. */
  readonly name: string;
  readonly identity: DeviceIdentity;
  readonly model: LibraryModel;
  readonly clock: Clock;
  readonly timing: Timing;
  /** Keeps what the model has become; the command is answered after that. */
  readonly keep: () => Promise<void>;
  /** Who is in a drive bay; null for nobody. @default {undefined} The drive that was delivered. */
  readonly driveAt?: (elementAddress: number) => DeviceIdentity | null;
  /** A cartridge has arrived in a drive. */
  readonly arrived: (elementAddress: number) => void;
  /** A port was used. */
  readonly portUsed: () => void;
}

/** TapeAlert flag of a changer: mail slot open. */
const ALERT_PORT_OPEN = 17;
/** ASC and ASCQ of an element whose label cannot be read. */
const LABEL_UNREADABLE = { asc: 0x83, ascq: 0x01 } as const;
/** What the library answers while its door is open. */
const WITH_OPEN_DOOR: ReadonlySet<Command["command"]> = new Set(
  [
    "requestSense",
    "inquiry",
    "modeSense6",
    "modeSense10",
    "logSense",
    "preventAllowMediumRemoval",
  ] as const,
);
/** Carries out SMC commands. */
export class ChangerUnit implements Behaviour {
  readonly target = "changer";
  readonly #parts: ChangerUnitParts;
  readonly #alerts = new Set<number>();
  readonly #arms: Arms;

  /** The robot of a library. */
  constructor(parts: ChangerUnitParts) {
    this.#parts = parts;
    this.#arms = new Arms(parts);
  }

  /** See {@linkcode Behaviour.forget}. */
  forget(initiator: string): void {
    this.#parts.model.prevent(initiator, false);
  }

  /** See {@linkcode Behaviour.partFor}: several transports work side by side, each on a rail of its own. */
  partFor(command: Command): number | null {
    const moves = command.command === "moveMedium" ||
      command.command === "exchangeMedium";
    return moves ? this.#arms.partFor(command.transport) : null;
  }

  /** See {@linkcode Behaviour.carryOut}. */
  carryOut(
    command: Command,
    circumstances: Circumstances,
  ): Outcome | Promise<Outcome> {
    const { model, identity } = this.#parts;
    if (model.doorOpen && !WITH_OPEN_DOOR.has(command.command)) {
      return { sense: SENSE.doorOpen };
    }
    switch (command.command) {
      case "testUnitReady":
        return DONE;
      case "requestSense":
        return { data: encodeSense(NO_SENSE) };
      case "inquiry":
        return answerInquiry(identity, DEVICE_TYPE.mediumChanger, command);
      case "modeSense6":
      case "modeSense10":
        return this.#modeSense(command);
      case "logSense":
        return this.#logSense(command);
      case "readElementStatus":
        return this.#readElementStatus(command);
      case "initializeElementStatus":
        return this.#initialize(0, Infinity);
      case "initializeElementStatusWithRange":
      case "initializeElementStatusWithRangeVendor":
        return this.#initialize(
          command.range?.start ?? 0,
          command.range?.count || Infinity,
        );
      case "positionToElement":
        return this.#position(command);
      case "moveMedium":
        return this.#arms.move(command, circumstances);
      case "exchangeMedium":
        return this.#arms.exchange(command, circumstances);
      case "preventAllowMediumRemoval":
        model.prevent(circumstances.initiator, command.prevent);
        return DONE;
      case "openCloseImportExport":
        return this.#port(command);
      default:
        return { sense: SENSE.unsupportedCommand };
    }
  }

  async #position(
    command: Extract<Command, { command: "positionToElement" }>,
  ): Promise<Outcome> {
    const { model } = this.#parts;
    if (model.element(command.target) === undefined) {
      return { sense: atField(SENSE.invalidElement, 4) };
    }
    const { target, transport } = command;
    await this.#takeTime(model.motionMs(transport, target));
    model.stand(transport, target);
    return DONE;
  }

  async #initialize(start: number, count: number): Promise<Outcome> {
    const { model, timing } = this.#parts;
    const addresses = [...model.elements()].filter(({ elementAddress }) =>
      elementAddress >= start && elementAddress < start + count
    );
    await this.#takeTime(addresses.length * timing.scanMs);
    return DONE;
  }

  async #port(
    command: Extract<Command, { command: "openCloseImportExport" }>,
  ): Promise<Outcome> {
    const { model, portUsed, keep } = this.#parts;
    const port = model.element(command.element);
    if (port?.type !== "importExport") {
      return { sense: atField(SENSE.invalidElement, 2) };
    }
    const open = command.action === "open";
    if (open && model.prevented) return { sense: SENSE.removalPrevented };
    if (port.open === open) return DONE;
    port.open = open;
    if (open) this.#alerts.add(ALERT_PORT_OPEN);
    else portUsed();
    await keep();
    return DONE;
  }

  #modeSense(
    command: Extract<Command, { command: "modeSense6" | "modeSense10" }>,
  ): Outcome {
    if (command.pageControl === "saved") {
      return { sense: SENSE.savingNotSupported };
    }
    const pages = modePages(this.#parts.model.layout, command);
    if (pages === null) return { sense: atField(SENSE.invalidField, 2) };
    const answer = {
      mediumType: 0,
      deviceSpecific: 0,
      blockDescriptors: new Uint8Array(0),
      pages,
    };
    const encode = command.command === "modeSense6"
      ? encodeModeSense6
      : encodeModeSense10;
    return { data: encode(answer, command.allocationLength) };
  }

  #logSense(command: Extract<Command, { command: "logSense" }>): Outcome {
    switch (command.page) {
      case LOG_PAGE.supportedPages: {
        const { supportedPages, tapeAlert } = LOG_PAGE;
        // The list of pages has one byte for each and no parameters.
        const list = encodeLogPage({
          page: supportedPages,
          subpage: 0,
          parameters: [],
        });
        list[3] = 2;
        return {
          data: Uint8Array.of(...list, supportedPages, tapeAlert)
            .slice(0, command.allocationLength),
        };
      }
      case LOG_PAGE.tapeAlert: {
        const data = encodeTapeAlert(
          [...this.#alerts],
          command.allocationLength,
        );
        this.#alerts.clear();
        return { data };
      }
      default:
        return { sense: atField(SENSE.invalidField, 2) };
    }
  }

  #readElementStatus(
    command: Extract<Command, { command: "readElementStatus" }>,
  ): Outcome {
    const { allocationLength, count, deviceIds, start, volumeTags } = command;
    const types = command.type === "all" ? ELEMENT_TYPES : [command.type];
    const elements: ElementStatus[] = [];
    for (const type of types) {
      const room = count - elements.length;
      for (const element of this.#parts.model.elementsFrom(type, start, room)) {
        elements.push(this.#statusOf(element));
      }
    }
    return {
      data: encodeElementStatus(elements, {
        volumeTags,
        deviceIds,
        allocationLength,
      }),
    };
  }

  #statusOf(element: VirtualElement): ElementStatus {
    const { cartridge, elementAddress, open, type } = element;
    const unreadable = cartridge !== null && cartridge.barCode === null;
    const isEmptyBay = this.#parts.model.emptyBays.has(elementAddress);
    const abnormal = isEmptyBay
      ? SENSE.driveRemoved
      : unreadable
      ? LABEL_UNREADABLE
      : null;
    const common = {
      elementAddress,
      full: cartridge !== null,
      except: abnormal !== null,
      asc: abnormal?.asc ?? 0,
      ascq: abnormal?.ascq ?? 0,
      disabled: false,
      mediumType: cartridge === null
        ? 0
        : isCleaning(0, cartridge.barCode)
        ? 2
        : 1,
      sourceElementAddress: element.sourceAddress,
      inverted: false,
      volumeTag: cartridge?.barCode ?? null,
      alternateVolumeTag: null,
    };
    switch (type) {
      case "transport":
        return { ...common, type };
      case "storage":
        return { ...common, type, accessible: true };
      case "importExport":
        return {
          ...common,
          type,
          accessible: !open,
          placedByOperator: element.byOperator,
          exportEnabled: true,
          importEnabled: true,
          operatorRequired: false,
          carrier: false,
        };
      case "dataTransfer":
        return {
          ...common,
          type,
          accessible: !isEmptyBay &&
            this.#parts.model.drive(elementAddress)?.refusal() === null,
          notOnBus: true,
          busAddress: null,
          logicalUnit: null,
          deviceIdentifier: this.#driveIdentifier(elementAddress),
        };
    }
  }

  #driveIdentifier(elementAddress: number): DeviceIdentifier | null {
    const { driveAt, model, name } = this.#parts;
    const number = elementAddress - model.layout.dataTransfer.first;
    const identity = driveAt === undefined
      ? driveIdentity(name, number)
      : driveAt(elementAddress);
    return identity === null ? null : t10Designator(identity);
  }

  async #takeTime(durationMs: number): Promise<void> {
    if (durationMs > 0) await sleep(this.#parts.clock, durationMs);
  }
}
