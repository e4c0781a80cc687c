/**
 * Robot steps with a journal: the intent is on disk before the robot moves,
 * the outcome after, and nobody is told before that. A step that ended badly
 * is settled by asking the library where the cartridge is.
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
import { NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";

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

/** What the elements of a step say of it. */
export type StepVerdict = "not done" | "done" | "lost track";

/** Judges a step by its two elements, read after the step was sent. */
export function judgeStep(
  source: Element | undefined,
  target: Element | undefined,
  barCode: string,
): StepVerdict {
  const holds = (element: Element | undefined) =>
    element?.full === true &&
    (barCode === "" || element.barCode === null || element.barCode === barCode);
  if (holds(source) && target?.full === false) return "not done";
  if (source?.full === false && holds(target)) return "done";
  return "lost track";
}

async function readBoth(changer: Changer, step: Step) {
  const read = async (address: number) => {
    const [element] = await changer.readElements({ first: address, count: 1 });
    return element;
  };
  return {
    source: await read(step.source.elementAddress),
    target: await read(step.target.elementAddress),
  };
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

/** Takes robot steps, each journalled. */
export class Journal {
  readonly #context: Context;
  readonly #changer: Changer;

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
  async move(step: Step): Promise<void> {
    const { database, clock } = this.#context;
    const intent = await database.write((db) =>
      insertIntent(db, {
        epoch: this.#context.epoch,
        libraryId: step.libraryId,
        cartridgeId: step.cartridgeId,
        sourceAddress: step.source.elementAddress,
        targetAddress: step.target.elementAddress,
        requestId: step.requestId,
        state: "planned",
        planned: clock.now(),
        sent: null,
        settled: null,
        note: "",
      })
    );
    const barCode = await this.#check(step, intent);
    await database.write((db) =>
      updateIntent(db, intent, { state: "sent", sent: clock.now() })
    );
    try {
      await this.#changer.move({
        source: step.source.elementAddress,
        target: step.target.elementAddress,
      });
    } catch (error) {
      await this.#settle(step, intent, barCode, error);
    }
    await database.write(async (db) => {
      await place(db, step);
      await updateIntent(db, intent, {
        state: "confirmed",
        settled: clock.now(),
      });
    });
  }

  /** No command goes out unless source and target are as the catalogue has them. */
  async #check(step: Step, intent: number): Promise<string> {
    const cartridge = await this.#context.database.read((db) =>
      findCartridge(db, step.cartridgeId)
    );
    const barCode = cartridge?.barCode ?? "";
    const { source, target } = await readBoth(this.#changer, step);
    if (judgeStep(source, target, barCode) === "not done") return barCode;
    const message = `Cannot move ${step.label} from ${step.source.name} to ` +
      `${step.target.name}: ${describe(step.source, source)}, ` +
      `${describe(step.target, target)}; the library was changed by hand`;
    await this.#end(intent, "failed", message);
    throw new StaleCatalogueError(message);
  }

  /** After an error: the elements tell, not the error. Returns when the step was done after all. */
  async #settle(
    step: Step,
    intent: number,
    barCode: string,
    error: unknown,
  ): Promise<void> {
    const text = error instanceof Error ? error.message : String(error);
    const known = error instanceof ChangerError && error.outcome === "failed";
    await this.#end(intent, "unknown", text);
    let verdict: StepVerdict;
    try {
      const { source, target } = await readBoth(this.#changer, step);
      verdict = judgeStep(source, target, barCode);
    } catch (cause) {
      throw new StaleCatalogueError(
        `${text}; whether ${step.label} moved is not known, because the library does not answer`,
        { cause },
      );
    }
    if (verdict === "done") return;
    if (verdict === "not done") {
      await this.#end(intent, "failed", text);
      throw known ? error : new ChangerError(text, {
        outcome: "failed",
        advice: error instanceof ChangerError ? error.advice : "hardware",
        cause: error,
      });
    }
    throw new StaleCatalogueError(
      `${text}; ${step.label} is neither in ${step.source.name} nor in ${step.target.name}`,
      { cause: error },
    );
  }

  #end(
    intent: number,
    state: "failed" | "unknown",
    note: string,
  ): Promise<void> {
    return this.#context.database.write((db) =>
      updateIntent(db, intent, {
        state,
        note,
        ...(state === "failed" ? { settled: this.#context.clock.now() } : {}),
      })
    );
  }
}

function describe(place: Place, element: Element | undefined): string {
  if (element === undefined) return `${place.name} is not reported`;
  if (!element.full) return `${place.name} is empty`;
  return `${place.name} holds ${
    element.barCode ?? "a cartridge without label"
  }`;
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

/** Throws the documented error for what a changer or drive said. */
export function documentedDeviceError(error: unknown): NtmsError {
  if (error instanceof NtmsError) return error;
  if (error instanceof StaleCatalogueError) {
    return new NtmsError("ERROR_INVALID_STATE", error.message, {
      cause: error,
    });
  }
  if (!(error instanceof ChangerError)) throw error;
  const code = {
    retry: "ERROR_BUSY",
    wait: "ERROR_BUSY",
    operator: "ERROR_DEVICE_NOT_AVAILABLE",
    media: "ERROR_UNABLE_TO_LOAD_MEDIUM",
    hardware: "ERROR_DEVICE_NOT_AVAILABLE",
    programming: "ERROR_INVALID_STATE",
  } as const;
  return new NtmsError(code[error.advice], error.message, {
    cause: error,
    ...(error.sense === null ? {} : { data: { sense: error.sense } }),
  });
}
