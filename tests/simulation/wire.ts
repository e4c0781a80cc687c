/**
 * The wire between a process and a device: faults on the way, and the rules
 * that commands on it have to keep.
 *
 * @module
 */

import type {
  PlannedCommand,
  ScsiCommand,
  ScsiDevice,
  ScsiResult,
} from "../../src/changer/mod.ts";
import { SENSE } from "../../src/changer/mod.ts";
import {
  type Command,
  decodeCdb,
  decodeElementStatus,
  decodeSense,
  type ElementStatus,
  encodeElementStatus,
  HOST_STATUS,
  isGood,
  SCSI_STATUS,
  SENSE_KEY,
} from "../../src/scsi/mod.ts";
import { sleep } from "../../src/model/mod.ts";
import type { Faults } from "./faults.ts";
import type { Life } from "./life.ts";
import type { Move, StepWatch } from "./step_watch.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What the wire works with. */
export interface WireParts {
  readonly world: World;
  readonly faults: Faults;
  readonly steps: StepWatch;
  readonly library: TapeLibrary;
  /** A hand is in the library, where a move takes its cartridge. */
  readonly meddle: (elementAddress: number) => void;
  /** The element status told something that is not so. */
  readonly lied: (labels: boolean) => void;
}

type MoveCommand = Extract<
  Command,
  { command: "moveMedium" | "exchangeMedium" }
>;
type ReadCommand = Extract<Command, { command: "readElementStatus" }>;

const ATTENTIONS = [
  SENSE.powerOn,
  SENSE.mediumMayHaveChanged,
  SENSE.portAccessed,
] as const;

/** Watches and disturbs the commands of all lives. */
export class Wires {
  /** Until when the library is unplugged. */
  goneUntilMs = 0;
  /** Robot moves that are under way. */
  moving = 0;
  readonly #parts: WireParts;

  /** The wires of a library. */
  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  /** The wire of one process to one device. */
  readonly connect = (
    life: Life,
    unit: PlannedCommand["unit"],
    device: ScsiDevice,
  ): ScsiDevice["execute"] =>
  async (command) => {
    const { faults, library, world } = this.#parts;
    world.count("commands");
    const isGone = world.clock.monotonic() < this.goneUntilMs ||
      unit !== "changer" && library.model.emptyBays.has(unit);
    if (isGone) return NOT_CONNECTED;
    const decoded = decodeCdb(
      command.cdb,
      unit === "changer" ? "changer" : "drive",
    );
    // Hands may have been at an open port; the library tells that it was used.
    if (decoded.command === "openCloseImportExport") world.count("open ports");
    if (unit === "changer") this.#disturb();
    else if (decoded.command === "loadUnload" && !decoded.load) {
      this.#parts.steps.unloads(unit);
    }
    const moves = decoded.command === "moveMedium" ||
      decoded.command === "exchangeMedium";
    const result = moves
      ? await this.#move(life, decoded, device, command)
      : await device.execute(command);
    if (result.hostStatus === HOST_STATUS.timeOut) {
      await sleep(life.clock, command.timeoutMs);
    }
    if (decoded.command !== "readElementStatus" || !isGood(result)) {
      return result;
    }
    const told = faults.active ? this.#garble(decoded, result) : result;
    if (life.alive) this.#noteRead(decoded, told);
    return told;
  };

  #disturb(): void {
    const { faults, library, world } = this.#parts;
    if (!faults.strikes("unit attention")) return;
    const sense = world.misfortune.pick(ATTENTIONS);
    if (sense !== undefined) library.attention(sense);
  }

  async #move(
    life: Life,
    move: MoveCommand,
    device: ScsiDevice,
    command: ScsiCommand,
  ): Promise<ScsiResult> {
    const { faults, meddle, steps, world } = this.#parts;
    const { source, transport } = move;
    const halves = halvesOf(move);
    world.count(halves.length === 1 ? "moves" : "exchanges");
    if (this.moving > 0) world.count("moves at once");
    const ends = steps.moves(halves, transport);
    this.moving++;
    const executed = device.execute(command);
    if (faults.strikes("hand in mid-move")) meddle(source);
    const result = await executed;
    this.moving--;
    ends();
    const way = halves.map(({ source, target }) => `${source} -> ${target}`);
    world.note(`MOVE ${way.join(", ")}: ${describe(result)}`);
    if (life.alive && !isGood(result) && !wasRefused(result)) {
      steps.unsure(halves, transport);
    }
    return result;
  }

  #noteRead({ allocationLength }: ReadCommand, result: ScsiResult): void {
    try {
      const report = decodeElementStatus(result.data, { allocationLength });
      this.#parts.steps.reads(report.elements);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** Bends what the library says of itself. */
  #garble(command: ReadCommand, result: ScsiResult): ScsiResult {
    const { faults, lied, world } = this.#parts;
    const chance = world.misfortune;
    if (faults.strikes("malformed element status")) {
      lied(false);
      const data = result.data.slice();
      const at = chance.below(Math.min(16, data.length));
      if (at < data.length) data[at] = chance.below(256);
      return { ...result, data };
    }
    if (faults.strikes("short element status")) {
      lied(false);
      return chance.happens(0.5)
        ? { ...result, data: result.data.slice(0, -chance.between(1, 40)) }
        : this.#edit(
          command,
          result,
          (elements) => elements.slice(0, chance.below(elements.length + 1)),
        );
    }
    if (faults.strikes("label not read")) {
      lied(false);
      return this.#relabel(command, result, () => null);
    }
    if (faults.strikes("label read wrong")) {
      lied(true);
      return this.#relabel(command, result, (label) => `${label.slice(1)}8`);
    }
    return result;
  }

  /** Some labels are read another way. */
  #relabel(
    command: ReadCommand,
    result: ScsiResult,
    how: (label: string) => string | null,
  ): ScsiResult {
    const chance = this.#parts.world.misfortune;
    return this.#edit(
      command,
      result,
      (elements) =>
        elements.map((element) =>
          element.volumeTag === null || !chance.happens(0.3)
            ? element
            : { ...element, volumeTag: how(element.volumeTag) }
        ),
    );
  }

  #edit(
    command: ReadCommand,
    result: ScsiResult,
    change: (elements: readonly ElementStatus[]) => readonly ElementStatus[],
  ): ScsiResult {
    const { allocationLength, deviceIds, volumeTags } = command;
    const { elements } = decodeElementStatus(result.data, { allocationLength });
    const data = encodeElementStatus(change(elements), {
      allocationLength,
      deviceIds,
      volumeTags,
    });
    return { ...result, data };
  }
}

/** What an exchange is made of: first what was in the drive goes, then the other one comes. */
function halvesOf(command: MoveCommand): readonly Move[] {
  if (command.command === "moveMedium") return [command];
  const { firstTarget, secondTarget, source } = command;
  return [
    { source: firstTarget, target: secondTarget },
    { source, target: firstTarget },
  ];
}

const NOT_CONNECTED: ScsiResult = {
  status: SCSI_STATUS.good,
  hostStatus: HOST_STATUS.noConnect,
  driverStatus: 0,
  sense: new Uint8Array(0),
  data: new Uint8Array(0),
};

/** Whether the device plainly did not begin. */
function wasRefused(result: ScsiResult): boolean {
  if (result.hostStatus !== HOST_STATUS.ok) return false;
  if (result.status === SCSI_STATUS.busy) return true;
  return result.sense.length > 0 &&
    decodeSense(result.sense).key === SENSE_KEY.illegalRequest;
}

function describe(result: ScsiResult): string {
  if (isGood(result)) return "good";
  if (result.hostStatus !== HOST_STATUS.ok) {
    return `host status ${result.hostStatus}`;
  }
  if (result.sense.length === 0) return `status ${result.status}`;
  const { key, asc, ascq } = decodeSense(result.sense);
  return `sense ${key}/${asc.toString(16)}/${ascq.toString(16)}`;
}
