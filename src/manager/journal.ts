/**
 * Robot steps with a journal: the intent is on disk before the robot moves,
 * the outcome after, and nobody is told before that. A step that ended badly
 * is settled by asking the library where the cartridge is; it is never sent
 * again blindly.
 *
 * @module
 */

import { type Changer, ChangerError, type Element } from "../changer/mod.ts";
import {
  findCartridge,
  findPlace,
  insertIntent,
  openIntents,
  type Place,
  setFullness,
  updateCartridge,
  updateIntent,
  type Writer,
} from "../database/mod.ts";
import type { Context } from "./context.ts";
import {
  describeElement,
  isVerified,
  judgeStep,
  type StepElements,
  type StepVerdict,
} from "./reconcile.ts";

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

/** The catalogue does not match the library: an inventory has to come first. */
export class StaleCatalogueError extends Error {
  /** Makes the error. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StaleCatalogueError";
  }
}

/** A step while it is taken. */
interface Attempt {
  readonly step: Step;
  readonly intent: number;
  readonly barCode: string;
}

/** Takes robot steps, one at a time, each journalled. */
export class Journal {
  readonly #context: Context;
  readonly #changer: Changer;
  #last: Promise<unknown> = Promise.resolve();

  /** A journal for the steps of one changer. */
  constructor(context: Context, changer: Changer) {
    this.#context = context;
    this.#changer = changer;
  }

  /**
   * Moves a cartridge.
   *
   * @throws {ChangerError} when the step was not done.
   * @throws {StaleCatalogueError} when the library is not as the catalogue
   * has it, or nobody can tell whether the step was done.
   */
  move(step: Step): Promise<void> {
    return this.#inOrder(() => this.#move(step));
  }

  /**
   * Has the transports put away what they hold after a step that broke off:
   * where it came from, or in a free slot.
   *
   * @throws {StaleCatalogueError} when a transport keeps its cartridge.
   */
  emptyTransports(libraryId: string): Promise<void> {
    return this.#inOrder(async () => {
      for (const transport of await this.#transports()) {
        if (transport.full) await this.#putAway(libraryId, transport);
      }
    });
  }

  /** An arm does one thing at a time, and so does its journal. */
  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #move(step: Step): Promise<void> {
    const { database, clock } = this.#context;
    const cartridge = await database.read((db) =>
      findCartridge(db, step.cartridgeId)
    );
    const intent = await this.#plan(
      step.libraryId,
      step.cartridgeId,
      step.source.elementAddress,
      step.target.elementAddress,
      step.requestId,
    );
    const attempt = { step, intent, barCode: cartridge?.barCode ?? "" };
    await this.#check(attempt);
    await this.#send(intent);
    try {
      await this.#changer.move({
        source: step.source.elementAddress,
        target: step.target.elementAddress,
      });
    } catch (error) {
      await this.#settle(attempt, error);
    }
    await database.write(async (db) => {
      await place(db, step);
      await updateIntent(db, intent, {
        state: "confirmed",
        settled: clock.now(),
      });
    });
  }

  #plan(
    libraryId: string,
    cartridgeId: string,
    sourceAddress: number,
    targetAddress: number,
    requestId: string | null,
  ): Promise<number> {
    const { database, clock, epoch } = this.#context;
    return database.write((db) =>
      insertIntent(db, {
        epoch,
        libraryId,
        cartridgeId,
        sourceAddress,
        targetAddress,
        requestId,
        state: "planned",
        planned: clock.now(),
        sent: null,
        settled: null,
        note: "",
      })
    );
  }

  /** Nothing may stand between this commit and the command but the call. */
  #send(intent: number): Promise<void> {
    return this.#context.database.write((db) =>
      updateIntent(db, intent, {
        state: "sent",
        sent: this.#context.clock.now(),
      })
    );
  }

  /** No command goes out unless source, target and transport are as the catalogue has them. */
  async #check({ step, intent, barCode }: Attempt): Promise<void> {
    let elements: StepElements;
    try {
      elements = await this.#read(step);
    } catch (error) {
      await this.#end(intent, "failed", textOf(error));
      throw error;
    }
    const held = elements.transports.find(({ full }) => full);
    if (
      held === undefined && judgeStep(elements, barCode) === "never happened"
    ) return;
    const message =
      `Cannot move ${step.label} from ${step.source.name} to ${step.target.name}: ${
        [
          describeElement(step.source.name, elements.source),
          describeElement(step.target.name, elements.target),
          ...(held === undefined
            ? []
            : [describeElement("the transport", held)]),
        ].join(", ")
      }; the library was changed by hand`;
    await this.#end(intent, "failed", message);
    throw new StaleCatalogueError(message);
  }

  /** After an error: the elements tell, not the error. Returns when the step was done after all. */
  async #settle(attempt: Attempt, error: unknown): Promise<void> {
    const { step, intent, barCode } = attempt;
    const text = textOf(error);
    await this.#end(intent, "unknown", text);
    let verdict: StepVerdict;
    try {
      const elements = await this.#read(step);
      verdict = judgeStep(elements, barCode);
      if (verdict === "in the gripper") {
        verdict = await this.#release(attempt, elements);
      }
      if (!isVerified(elements, barCode)) {
        await this.#end(intent, "unknown", `${text}; judged without a label`);
      }
    } catch (cause) {
      throw new StaleCatalogueError(
        `${text}; whether ${step.label} moved is not known, because the library does not answer`,
        { cause },
      );
    }
    if (verdict === "happened") return;
    if (verdict === "never happened" || verdict === "target taken") {
      await this.#end(intent, "failed", text);
    }
    if (verdict === "never happened") throw notDone(error, text);
    throw new StaleCatalogueError(`${text}; ${step.label}: ${verdict}`, {
      cause: error,
    });
  }

  /** What the gripper kept goes on to the target, else back to the source; each try is a question, a command and a question. */
  async #release(
    { step, barCode }: Attempt,
    elements: StepElements,
  ): Promise<StepVerdict> {
    const [transport] = elements.transports.filter(({ full }) => full);
    let verdict: StepVerdict = "in the gripper";
    for (const goal of [step.target, step.source]) {
      if (transport === undefined || verdict !== "in the gripper") break;
      const address = transport.elementAddress;
      const intent = await this.#plan(
        step.libraryId,
        step.cartridgeId,
        address,
        goal.elementAddress,
        step.requestId,
      );
      await this.#send(intent);
      await this.#changer.move({
        source: address,
        target: goal.elementAddress,
      }).catch((error) => this.#end(intent, "unknown", textOf(error)));
      verdict = judgeStep(await this.#read(step), barCode);
      await this.#end(
        intent,
        verdict === "in the gripper" ? "failed" : "resolved",
        verdict,
      );
    }
    return verdict;
  }

  async #putAway(libraryId: string, transport: Element): Promise<void> {
    const slots = await this.#changer.readElements({ types: ["storage"] });
    const empty = slots.filter(({ full, accessible }) => !full && accessible);
    const target =
      empty.find(({ elementAddress }) =>
        elementAddress === transport.sourceAddress
      ) ?? empty[0];
    const label = transport.barCode ?? "a cartridge without label";
    if (target === undefined) {
      throw new StaleCatalogueError(
        `The transport holds ${label} and no slot is free; take a cartridge out of the library`,
      );
    }
    const { elementAddress } = transport;
    this.#context.log.warn("Putting away what the transport holds", {
      barCode: label,
      elementAddress: target.elementAddress,
    });
    const intent = await this.#plan(
      libraryId,
      "",
      elementAddress,
      target.elementAddress,
      null,
    );
    await this.#send(intent);
    try {
      await this.#changer.move({
        source: elementAddress,
        target: target.elementAddress,
      });
      await this.#end(intent, "resolved", `${label} was put away`);
    } catch (error) {
      await this.#end(intent, "unknown", textOf(error));
      const [now] = await this.#changer.readElements({
        first: elementAddress,
        count: 1,
      });
      await this.#end(intent, "resolved", textOf(error));
      if (now?.full !== false) {
        throw new StaleCatalogueError(
          `The transport keeps ${label}: ${textOf(error)}`,
          { cause: error },
        );
      }
    }
  }

  #transports(): Promise<readonly Element[]> {
    return this.#changer.readElements({ types: ["transport"] });
  }

  async #read(step: Step): Promise<StepElements> {
    const read = async (first: number) => {
      const [element] = await this.#changer.readElements({ first, count: 1 });
      return element;
    };
    return {
      source: await read(step.source.elementAddress),
      target: await read(step.target.elementAddress),
      transports: await this.#transports(),
    };
  }

  #end(
    intent: number,
    state: "failed" | "unknown" | "resolved",
    note: string,
  ): Promise<void> {
    return this.#context.database.write((db) =>
      updateIntent(db, intent, {
        state,
        note,
        ...(state === "unknown" ? {} : { settled: this.#context.clock.now() }),
      })
    );
  }
}

/** Writes where a cartridge now is. */
async function place(db: Writer, step: Step): Promise<void> {
  const { source, target } = step;
  await updateCartridge(db, step.cartridgeId, {
    placeId: target.id,
    placeType: target.type,
    ...(target.type === "slot" ? { homeSlotId: target.id } : {}),
  });
  await setFullness(db, [target.id], [source.id]);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The error of a step that the elements say was not done. */
function notDone(error: unknown, text: string): ChangerError {
  if (error instanceof ChangerError && error.outcome === "failed") return error;
  return new ChangerError(text, {
    outcome: "failed",
    advice: error instanceof ChangerError ? error.advice : "hardware",
    cause: error,
  });
}

/** Closes the steps left open, after an inventory has told where everything is. */
export async function resolveIntents(
  context: Context,
  libraryId: string,
): Promise<number> {
  return await context.database.write(async (db) => {
    const open = await openIntents(db, libraryId);
    for (const intent of open) {
      const cartridge = await findCartridge(db, intent.cartridgeId);
      const place = await findPlace(db, cartridge?.placeId ?? "");
      const address = place?.elementAddress;
      const note = address === intent.targetAddress
        ? "the inventory found it done"
        : address === intent.sourceAddress
        ? "the inventory found it not done"
        : "the inventory found the cartridge elsewhere";
      await updateIntent(db, intent.id, {
        state: "resolved",
        settled: context.clock.now(),
        note: intent.note === "" ? note : `${intent.note}; ${note}`,
      });
    }
    return open.length;
  });
}
