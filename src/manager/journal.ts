/**
 * Robot steps with a journal: the intent is on disk before the robot moves,
 * the outcome after, and nobody is told before that. A step that ended badly
 * is settled by asking the library where the cartridge is; it is never sent
 * again blindly.
 *
 * @module
 */

import { type Changer, ChangerError } from "../changer/mod.ts";
import {
  type CartridgeRow,
  findCartridge,
  type Place,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import { ArmQueue } from "./arm_queue.ts";
import type { Context } from "./context.ts";
import { deviceCall } from "./crash_points.ts";
import { emptyTransports } from "./empty_transports.ts";
import { type Exchange, type Exchanged, Exchanges } from "./exchanges.ts";
import { Intents } from "./intents.ts";
import {
  describeElement,
  isVerified,
  judgeStep,
  type StepElements,
  type StepVerdict,
} from "./reconcile.ts";
import { readElement, readStep, type ToldStep } from "./step_elements.ts";
import {
  notDone,
  StaleCatalogueError,
  textOf,
  UnidentifiedError,
} from "./step_errors.ts";

/** A robot step to take. */
export interface Step {
  readonly libraryId: string;
  readonly cartridgeId: string;
  /** Bar code or name, for people. */
  readonly label: string;
  readonly source: Place;
  readonly target: Place;
  readonly requestId: string | null;
}

/** A step while it is taken. */
interface Attempt {
  readonly step: Step;
  readonly intent: number;
  /** 0 for whichever the library chooses. */
  readonly transport: number;
  readonly barCode: string;
  /** Whether its label, which is known, was not read when it was last looked for. */
  readonly unread: boolean;
}

/** Takes robot steps, one at a time for each arm, each journalled. */
export class Journal {
  readonly #context: Context;
  readonly #changer: Changer;
  readonly #intents: Intents;
  #attentionsSeen = 0;
  readonly #arms: ArmQueue;
  readonly #exchanges: Exchanges;

  /** A journal for the steps of one changer. */
  constructor(context: Context, changer: Changer) {
    this.#context = context;
    this.#changer = changer;
    this.#intents = new Intents(context);
    this.#arms = new ArmQueue(
      context.clock,
      context.urgencies,
      transportsOf(changer),
    );
    this.#exchanges = new Exchanges(
      context,
      changer,
      this.#intents,
      this.#arms,
    );
  }

  /** Whether the library has told that its content changed since the last inventory. */
  get needsInventory(): boolean {
    return this.#changer.attentions !== this.#attentionsSeen;
  }

  /** An inventory has settled all steps that were left open. */
  settled(): void {
    this.#intents.forget();
  }

  /** All elements are read next: what the library told before is no news then. */
  inventoryBegins(): void {
    this.#attentionsSeen = this.#changer.attentions;
  }

  /**
   * Moves a cartridge.
   *
   * @throws {ChangerError} when the step was not done.
   * @throws {StaleCatalogueError} when the library is not as the catalogue
   * has it, or nobody can tell whether the step was done.
   */
  move(step: Step): Promise<void> {
    return this.#arms.step(
      step,
      (transport) => this.#move(step, transport),
    );
  }

  /**
   * Changes the cartridge in a drive for another one by one command; what is
   * not done then is for moves.
   *
   * @throws {ChangerError} when nothing was done.
   * @throws {StaleCatalogueError} when nobody can tell what was done.
   */
  exchange(exchange: Exchange): Promise<Exchanged> {
    return this.#arms.step(
      exchange,
      (transport) => this.#exchanges.take(exchange, transport),
    );
  }

  /**
   * Has the transports put away what they hold after a step that broke off:
   * where it came from, or in a free slot.
   *
   * @throws {StaleCatalogueError} when a transport keeps its cartridge.
   */
  emptyTransports(libraryId: string): Promise<void> {
    return this.#arms.first(() =>
      emptyTransports({
        context: this.#context,
        changer: this.#changer,
        intents: this.#intents,
        libraryId,
      })
    );
  }

  async #move(step: Step, transport: number): Promise<void> {
    this.#requireSettled(step);
    const cartridge = await this.#context.database.read((db) =>
      findCartridge(db, step.cartridgeId)
    );
    const barCode = cartridge?.barCode ?? "";
    const unread = cartridge !== null && isUnread(cartridge);
    if (unread && step.target.type === "drive") {
      await this.#identify(step, barCode);
    }
    const intent = await this.#intents.plan({
      libraryId: step.libraryId,
      cartridgeId: step.cartridgeId,
      sourceAddress: step.source.elementAddress,
      targetAddress: step.target.elementAddress,
      requestId: step.requestId,
    });
    try {
      await this.#take({ step, intent, transport, barCode, unread });
    } catch (error) {
      if (!(error instanceof NtmsError)) throw error;
      // It stops, or another service has taken over: nothing is tried again.
      if (error.code === "ERROR_NOT_READY") throw error;
      // The catalogue could not be written: it stays behind, the intent open.
      throw new StaleCatalogueError(
        `${error.message}; how the move of ${step.label} ended is not written down`,
        { cause: error },
      );
    }
  }

  /** The library did not tell how the step before ended; an inventory will. */
  #requireSettled({ label, source, target }: Step): void {
    const { elementAddress: from } = source;
    if (!this.#intents.isOpenAt(from, target.elementAddress)) return;
    throw new StaleCatalogueError(
      `Cannot move ${label} from ${source.name} to ${target.name}: how the step before ended there is not known`,
    );
  }

  async #take(attempt: Attempt): Promise<void> {
    const { step, intent, barCode, unread } = attempt;
    const before = await this.#check(attempt);
    await this.#intents.send(intent);
    const { attentions } = this.#changer;
    let after: StepElements;
    try {
      await this.#command(
        attempt.transport,
        step.source.elementAddress,
        step.target.elementAddress,
      );
      after = await this.#verify(attempt, attentions);
    } catch (error) {
      after = await this.#settle(attempt, error, attentions);
    }
    const labelSeen = unread &&
      [before, after].some((elements) => isVerified(elements, barCode));
    await this.#intents.confirm({ ...step, intent, labelSeen });
  }

  /** No command goes out unless source, target and transport are as the catalogue has them. */
  async #check(attempt: Attempt): Promise<StepElements> {
    const { step, intent, barCode } = attempt;
    let elements: ToldStep;
    try {
      elements = await this.#read(attempt);
    } catch (error) {
      await this.#intents.end(intent, "failed", textOf(error));
      throw error;
    }
    const { transports } = elements;
    const { count } = this.#changer.layout.transport;
    const inTheWay = transports.find(({ full }) => full);
    const handsFree = inTheWay === undefined && elements.told >= count;
    const asExpected = judgeStep(elements, barCode) === "never happened" &&
      this.#isBelieved(elements, barCode, this.#attentionsSeen);
    if (handsFree && asExpected) return elements;
    const message =
      `Cannot move ${step.label} from ${step.source.name} to ${step.target.name}: ${
        [
          describeElement(step.source.name, elements.source),
          describeElement(step.target.name, elements.target),
          ...(handsFree ? [] : [describeElement("the transport", inTheWay)]),
        ].join(", ")
      }; the library was changed by hand`;
    await this.#intents.end(intent, "failed", message);
    throw new StaleCatalogueError(message);
  }

  /** What was last seen without its label is not mounted before it is seen with it. */
  async #identify({ cartridgeId, label, source }: Step, barCode: string) {
    const [element] = await deviceCall(
      this.#context,
      "readStep",
      () => readElement(this.#changer, source.elementAddress),
    );
    if (element?.barCode === barCode) return;
    throw new UnidentifiedError(
      `Nobody can tell whether it is ${label} that is to be moved, because its label was not read: ${
        describeElement(source.name, element)
      }; see to its label, or put ${label} into the library`,
      cartridgeId,
    );
  }

  /** Without its label a cartridge is taken for the one that was there only if no hand was in the library since. */
  #isBelieved(
    elements: StepElements,
    barCode: string,
    attentions: number,
  ): boolean {
    if (this.#changer.attentions === attentions) return true;
    return isVerified(elements, barCode);
  }

  /** The robot says that it is done: a hand may have given it another cartridge. */
  async #verify(
    attempt: Attempt,
    attentions: number,
  ): Promise<StepElements> {
    const { step, barCode } = attempt;
    const elements = await this.#read(attempt);
    const verdict = judgeStep(elements, barCode);
    if (
      verdict === "happened" && this.#isBelieved(elements, barCode, attentions)
    ) return elements;
    throw new ChangerError(
      `The library answered that ${step.label} was moved, and its elements say: ${verdict}`,
      { outcome: "unknown", advice: "operator" },
    );
  }

  /** After an error: the elements tell, not the error. Returns when the step was done after all. */
  async #settle(
    attempt: Attempt,
    error: unknown,
    attentions: number,
  ): Promise<StepElements> {
    const { step, intent, barCode } = attempt;
    const text = textOf(error);
    await this.#intents.end(intent, "unknown", text);
    let elements: StepElements;
    try {
      elements = await this.#read(attempt);
      if (judgeStep(elements, barCode) === "in the gripper") {
        elements = await this.#release(attempt, elements);
      }
      if (!isVerified(elements, barCode)) {
        await this.#intents.end(
          intent,
          "unknown",
          `${text}; judged without a label`,
        );
      }
    } catch (cause) {
      throw new StaleCatalogueError(
        `${text}; whether ${step.label} moved is not known, because the library does not answer`,
        { cause },
      );
    }
    const verdict = judgeStep(elements, barCode);
    const believed = this.#isBelieved(elements, barCode, attentions);
    if (verdict === "happened" && believed) return elements;
    if (verdict === "never happened" || verdict === "target taken") {
      await this.#intents.end(intent, "failed", text);
    }
    // A unit attention stood in the place of the command: the content changed,
    // and the step is taken again after an inventory, if it is still wanted.
    const attention = this.#changer.attentions !== attentions;
    if (verdict === "never happened" && !attention) throw notDone(error, text);
    throw new StaleCatalogueError(`${text}; ${step.label}: ${verdict}`, {
      cause: error,
    });
  }

  /** What the gripper kept goes on to the target, else back to the source; each try is a question, a command and a question. */
  async #release(
    attempt: Attempt,
    before: StepElements,
  ): Promise<StepElements> {
    const { step, barCode } = attempt;
    const [transport] = before.transports.filter(({ full }) => full);
    let elements = before;
    let verdict: StepVerdict = "in the gripper";
    for (const goal of [step.target, step.source]) {
      if (transport === undefined || verdict !== "in the gripper") break;
      const address = transport.elementAddress;
      const intent = await this.#intents.plan({
        libraryId: step.libraryId,
        cartridgeId: step.cartridgeId,
        sourceAddress: address,
        targetAddress: goal.elementAddress,
        requestId: step.requestId,
      });
      await this.#intents.send(intent);
      const answer = await this.#command(address, address, goal.elementAddress)
        .then(() => "", textOf);
      // What comes of it may remain unknown, also after a good answer.
      await this.#intents.end(intent, "unknown", answer);
      elements = await this.#read(attempt);
      verdict = judgeStep(elements, barCode);
      await this.#intents.end(
        intent,
        verdict === "in the gripper" ? "failed" : "resolved",
        verdict,
      );
    }
    return elements;
  }

  /** Has the robot move; what it answers is not the whole truth. */
  #command(transport: number, source: number, target: number): Promise<void> {
    return deviceCall(
      this.#context,
      "move",
      () => this.#changer.move({ transport, source, target }),
    );
  }

  #read({ step: { source, target }, transport }: Attempt): Promise<ToldStep> {
    return deviceCall(
      this.#context,
      "readStep",
      () =>
        readStep(
          this.#changer,
          source.elementAddress,
          target.elementAddress,
          () => this.#arms.movingBeside(transport),
        ),
    );
  }
}

/** The transports that take steps at the same time; 0 stands for whichever the library chooses. */
function transportsOf({ layout, movesAtOnce }: Changer): readonly number[] {
  const { first, count } = layout.transport;
  return movesAtOnce === true && count > 0
    ? Array.from({ length: count }, (_, index) => first + index)
    : [0];
}

/** Whether a cartridge has a label that was not read when it was last looked for. */
export function isUnread(
  { barCode, barCodeState }: Pick<CartridgeRow, "barCode" | "barCodeState">,
): boolean {
  return barCode !== "" && barCodeState === "unreadable";
}
