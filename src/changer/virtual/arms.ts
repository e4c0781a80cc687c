/**
 * What the transports of a virtual library do with cartridges.
 *
 * @module
 */
import { type Clock, sleep } from "../../model/mod.ts";
import type { Command } from "../../scsi/mod.ts";
import type { LibraryModel } from "./library.ts";
import { type Circumstances, DONE, type Outcome } from "./logical_unit.ts";
import { atField, SENSE, type SenseCode } from "./sense_codes.ts";
import type { Timing } from "./timing.ts";

/** What transports work with. */
export interface ArmsParts {
  readonly model: LibraryModel;
  readonly clock: Clock;
  readonly timing: Timing;
  /** Keeps what the model has become; the command is answered after that. */
  readonly keep: () => Promise<void>;
  /** A cartridge has arrived in a drive. */
  readonly arrived: (elementAddress: number) => void;
}

/** What is done with a cartridge, and what may stand against it. */
interface Act {
  readonly transport: number;
  readonly places: readonly number[];
  readonly refusal: () => SenseCode | null;
  /** Takes up what the transport has in its hand on the way; null where nobody sees that. */
  readonly lift: (() => void) | null;
  /** Why it cannot be ended, once it was taken up. */
  readonly halted: () => SenseCode | null;
  readonly end: () => void;
}

/** The transports of a virtual library. */
export class Arms {
  readonly #parts: ArmsParts;

  /** Transports at rest. */
  constructor(parts: ArmsParts) {
    this.#parts = parts;
  }

  /**
   * A transport that works while others do: one that is named, of several. It
   * is seen to hold what it carries, or who comes new to the library would take
   * its way for free.
   */
  partFor(transport: number): number | null {
    const { count } = this.#parts.model.layout.transport;
    return count > 1 && transport !== 0 ? transport : null;
  }

  /** Moves a cartridge. */
  async move(
    command: Extract<Command, { command: "moveMedium" }>,
    { effect }: Circumstances,
  ): Promise<Outcome> {
    const { model, arrived } = this.#parts;
    const { invert, source, transport } = command;
    if (invert) return { sense: atField(SENSE.invalidField, 10) };
    const arm = model.transportOf(transport);
    const target = effect === "gripper" ? arm : command.target;
    const lifts = this.partFor(transport) !== null &&
      source !== command.target;
    const carried = lifts ? arm : source;
    return await this.#act({
      transport,
      places: [source, target],
      refusal: () => model.moveRefusal(transport, source, command.target),
      lift: lifts ? () => model.move(source, arm) : null,
      halted: () => model.moveRefusal(transport, carried, command.target),
      end: () => {
        model.move(carried, target);
        if (source !== target) arrived(target);
      },
    });
  }

  /** Exchanges two cartridges. */
  async exchange(
    command: Extract<Command, { command: "exchangeMedium" }>,
    { effect }: Circumstances,
  ): Promise<Outcome> {
    const { model, arrived } = this.#parts;
    const { firstTarget, secondTarget, source, transport } = command;
    if (command.invertFirst || command.invertSecond) {
      return { sense: atField(SENSE.invalidField, 10) };
    }
    const arm = model.transportOf(transport);
    const lifts = this.partFor(transport) !== null;
    const carried = lifts ? arm : firstTarget;
    return await this.#act({
      transport,
      places: [firstTarget, source, firstTarget, secondTarget],
      refusal: () =>
        model.exchangeRefusal(transport, source, firstTarget, secondTarget),
      lift: lifts ? () => model.move(firstTarget, arm) : null,
      halted: () => {
        if (model.element(source)?.cartridge === null) return SENSE.sourceEmpty;
        if (model.element(firstTarget)?.cartridge !== null) {
          return SENSE.targetFull;
        }
        // Where they swap places the way is free once the other one has left.
        return secondTarget === source
          ? null
          : model.moveRefusal(transport, arm, secondTarget);
      },
      end: () => {
        if (effect === "gripper") return model.move(carried, arm);
        if (effect === "half") return model.move(carried, secondTarget);
        if (carried === firstTarget) {
          model.exchange(source, firstTarget, secondTarget);
        } else {
          model.move(source, firstTarget);
          model.move(arm, secondTarget);
        }
        arrived(firstTarget);
        arrived(secondTarget);
      },
    });
  }

  /**
   * Asks, takes its time, asks again, since hands and drives do not wait for
   * it, and answers when the result is kept.
   */
  async #act(
    { transport, places, refusal, lift, halted, end }: Act,
  ): Promise<Outcome> {
    const { clock, keep, model } = this.#parts;
    const refused = refusal();
    if (refused !== null) return { sense: refused };
    const durationMs = model.motionMs(transport, ...places);
    lift?.();
    if (durationMs > 0) await sleep(clock, durationMs);
    const refusedNow = lift === null ? refusal() : halted();
    if (refusedNow === null) {
      end();
      model.stand(transport, places.at(-1) ?? 0);
    }
    if (refusedNow === null || lift !== null) await keep();
    return refusedNow === null ? DONE : { sense: refusedNow };
  }
}
