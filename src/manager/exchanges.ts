/**
 * Exchanges with a journal: one command that changes the cartridge in a drive
 * for another one. In the journal it is two steps that are written down,
 * sent and settled together, so that each cartridge has its own end, whatever
 * the library did of it.
 *
 * @module
 */

import { type Changer, ChangerError } from "../changer/mod.ts";
import type { Place } from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import type { ArmQueue } from "./arm_queue.ts";
import type { Context } from "./context.ts";
import { deviceCall } from "./crash_points.ts";
import type { DoneStep, Intents, PlannedStep } from "./intents.ts";
import { describeElement } from "./reconcile.ts";
import { type ExchangeVerdict, judgeExchange } from "./reconcile_exchange.ts";
import { readExchange, type ToldExchange } from "./step_elements.ts";
import { notDone, StaleCatalogueError, textOf } from "./step_errors.ts";

/** A cartridge of an exchange. */
export interface Exchanging {
  readonly cartridgeId: string;
  /** Its label, which has to be known. */
  readonly barCode: string;
}

/** An exchange to make. */
export interface Exchange {
  readonly libraryId: string;
  readonly comes: Exchanging;
  readonly goes: Exchanging;
  /** Where the one is that comes. */
  readonly source: Place;
  readonly drive: Place;
  /** Where the one goes that is in the drive. */
  readonly target: Place;
  readonly requestId: string | null;
}

/** What was done: both halves, the first of them, or nothing. */
export type Exchanged = "both" | "put away" | "nothing";

/** An exchange while it is made. */
interface Attempt {
  readonly exchange: Exchange;
  readonly transport: number;
  readonly intents: { readonly goes: number; readonly comes: number };
}

/** Makes the exchanges of one changer. */
export class Exchanges {
  readonly #context: Context;
  readonly #changer: Changer;
  readonly #intents: Intents;
  readonly #arms: ArmQueue;

  /** The exchanges of a changer. */
  constructor(
    context: Context,
    changer: Changer,
    intents: Intents,
    arms: ArmQueue,
  ) {
    this.#context = context;
    this.#changer = changer;
    this.#intents = intents;
    this.#arms = arms;
  }

  /**
   * Makes an exchange.
   *
   * @throws {ChangerError} when nothing was done.
   * @throws {StaleCatalogueError} when nobody can tell what was done.
   */
  async take(exchange: Exchange, transport: number): Promise<Exchanged> {
    const { source, drive, target } = exchange;
    const addresses = [source, drive, target].map((place) =>
      place.elementAddress
    );
    // Moves say what is wrong there.
    if (this.#intents.isOpenAt(...addresses)) return "nothing";
    const intents = await this.#plan(exchange);
    try {
      return await this.#take({ exchange, transport, intents });
    } catch (error) {
      if (!(error instanceof NtmsError)) throw error;
      // It stops, or another service has taken over: nothing is tried again.
      if (error.code === "ERROR_NOT_READY") throw error;
      // The catalogue could not be written: it stays behind, the intents open.
      throw new StaleCatalogueError(
        `${error.message}; how ${describe(exchange)} ended is not written down`,
        { cause: error },
      );
    }
  }

  #plan(exchange: Exchange): Promise<Attempt["intents"]> {
    const { comes, drive, goes, libraryId, requestId, source, target } =
      exchange;
    const step = (
      { cartridgeId }: Exchanging,
      from: Place,
      to: Place,
    ): PlannedStep => ({
      libraryId,
      cartridgeId,
      sourceAddress: from.elementAddress,
      targetAddress: to.elementAddress,
      requestId,
    });
    return this.#intents.planExchange(
      step(goes, drive, target),
      step(comes, source, drive),
    );
  }

  async #take(attempt: Attempt): Promise<Exchanged> {
    const { goes, comes } = attempt.intents;
    if (!await this.#isAsExpected(attempt)) return "nothing";
    await this.#intents.send(goes, comes);
    const { attentions } = this.#changer;
    try {
      await this.#command(attempt);
    } catch (error) {
      return await this.#settle(attempt, error, attentions);
    }
    const verdict = await this.#ask(attempt).catch(textOf);
    if (verdict === "happened") return await this.#confirm(attempt, verdict);
    const error = new ChangerError(
      `The library answered that ${
        describe(attempt.exchange)
      } was done, and its elements say: ${verdict}`,
      { outcome: "unknown", advice: "operator" },
    );
    return await this.#settle(attempt, error, attentions);
  }

  /** No command goes out unless all three elements show what the catalogue has there. */
  async #isAsExpected(attempt: Attempt): Promise<boolean> {
    const { exchange, intents: { comes, goes } } = attempt;
    let elements: ToldExchange;
    try {
      elements = await this.#read(attempt);
    } catch (error) {
      await this.#intents.end([goes, comes], "failed", textOf(error));
      throw error;
    }
    const isAsExpected = this.#judge(attempt, elements) === "never happened" &&
      elements.told >= this.#changer.layout.transport.count;
    if (isAsExpected) return true;
    const { source, drive, target } = exchange;
    const found = [
      describeElement(source.name, elements.source),
      describeElement(drive.name, elements.drive),
      describeElement(target.name, elements.target),
    ].join(", ");
    await this.#intents.end(
      [goes, comes],
      "failed",
      `${describe(exchange)} was not sent: ${found}`,
    );
    return false;
  }

  /** After an error: the elements tell, not the error. */
  async #settle(
    attempt: Attempt,
    error: unknown,
    attentions: number,
  ): Promise<Exchanged> {
    const { comes, goes } = attempt.intents;
    const text = textOf(error);
    await this.#intents.end([goes, comes], "unknown", text);
    let verdict: ExchangeVerdict;
    try {
      verdict = await this.#ask(attempt);
    } catch (cause) {
      throw new StaleCatalogueError(
        `${text}; what was done of ${
          describe(attempt.exchange)
        } is not known, because the library does not answer`,
        { cause },
      );
    }
    switch (verdict) {
      case "happened":
        return await this.#confirm(attempt, verdict);
      case "put away":
        await this.#intents.end(comes, "failed", text);
        return await this.#confirm(attempt, verdict);
      case "never happened":
        await this.#intents.end([goes, comes], "failed", text);
        if (!this.#changer.abilities.exchange) return "nothing";
        // A unit attention stood in the place of the command.
        if (this.#changer.attentions === attentions) throw notDone(error, text);
    }
    throw new StaleCatalogueError(
      `${text}; ${describe(attempt.exchange)}: ${verdict}`,
      { cause: error },
    );
  }

  async #confirm(
    { exchange, intents }: Attempt,
    verdict: "happened" | "put away",
  ): Promise<Exchanged> {
    const { comes, drive, goes, source, target } = exchange;
    const away: DoneStep = {
      intent: intents.goes,
      cartridgeId: goes.cartridgeId,
      source: drive,
      target,
      labelSeen: false,
    };
    if (verdict === "put away") {
      await this.#intents.confirm(away);
      return verdict;
    }
    await this.#intents.confirm(away, {
      intent: intents.comes,
      cartridgeId: comes.cartridgeId,
      source,
      target: drive,
      labelSeen: false,
    });
    return "both";
  }

  async #ask(attempt: Attempt): Promise<ExchangeVerdict> {
    return this.#judge(attempt, await this.#read(attempt));
  }

  #judge({ exchange }: Attempt, elements: ToldExchange): ExchangeVerdict {
    const { comes, goes } = exchange;
    return judgeExchange(elements, {
      comes: comes.barCode,
      goes: goes.barCode,
    });
  }

  #command({ exchange, transport }: Attempt): Promise<void> {
    const { source, drive, target } = exchange;
    return deviceCall(this.#context, "exchange", () =>
      this.#changer.exchange({
        transport,
        source: source.elementAddress,
        firstTarget: drive.elementAddress,
        secondTarget: target.elementAddress,
      }));
  }

  #read({ exchange, transport }: Attempt): Promise<ToldExchange> {
    const { source, drive, target } = exchange;
    return deviceCall(this.#context, "readStep", () =>
      readExchange(
        this.#changer,
        source.elementAddress,
        drive.elementAddress,
        target.elementAddress,
        () => this.#arms.movingBeside(transport),
      ));
  }
}

function describe({ comes, drive, goes }: Exchange): string {
  return `the exchange of ${goes.barCode} for ${comes.barCode} in ${drive.name}`;
}
