/**
 * The steps that wait for the arms of one library. Each arm takes one at a
 * time, in the order that the rules of scheduling give; no two of them are at
 * one element.
 *
 * @module
 */

import type { Place } from "../database/mod.ts";
import type { Clock } from "../model/mod.ts";
import { chooseSteps, type ReadyStep } from "./scheduling/mod.ts";

/** For whose sake a step is taken, as far as that tells when. */
export type Urgency = Pick<ReadyStep, "kind" | "priority">;

/** What is told of a step before it is taken. */
export interface ArmStep {
  readonly source: Pick<Place, "elementAddress">;
  readonly target: Pick<Place, "elementAddress">;
  /** Of an exchange: the drive between the two. */
  readonly drive?: Pick<Place, "elementAddress">;
  readonly requestId: string | null;
}

/** How urgent a step is whose request is not in the queue. */
const NOT_URGENT: Urgency = { kind: "mount", priority: 0 };

/** A step that waits for an arm. */
interface Waiting {
  readonly step: ReadyStep;
  readonly elements: readonly number[];
  take(transport: number): Promise<void>;
}

/** An arm, and the elements it is at now; null at rest. */
interface Arm {
  /** Address of its transport; 0 for whichever the library chooses. */
  readonly transport: number;
  position: number;
  elements: readonly number[] | null;
}

/** Steps that wait for the arms of one library. */
export class ArmQueue {
  readonly #clock: Clock;
  readonly #urgencies: ReadonlyMap<string, Urgency>;
  readonly #arms: readonly Arm[];
  readonly #waiting = new Map<string, Waiting>();
  /** What wants all arms, before all steps. */
  readonly #first: (() => Promise<void>)[] = [];
  #number = 0;

  /**
   * Arms at rest.
   *
   * @param urgencies Those of the requests that run, by their ids.
   * @param transports Their transports, where the library takes a step for
   * each at the same time. @default {[0]} One step at a time.
   */
  constructor(
    clock: Clock,
    urgencies: ReadonlyMap<string, Urgency>,
    transports: readonly number[] = [0],
  ) {
    this.#clock = clock;
    this.#urgencies = urgencies;
    this.#arms = transports.map((transport) => ({
      transport,
      position: 0,
      elements: null,
    }));
  }

  /** The transports under way, beside one. */
  movingBeside(transport: number): readonly number[] {
    return this.#arms.flatMap((arm) =>
      arm.elements === null || arm.transport === transport ? [] : arm.transport
    );
  }

  /** Takes a step when it is its turn, with the transport given to `work`. */
  step<T>(
    { source, drive, target, requestId }: ArmStep,
    work: (transport: number) => Promise<T>,
  ): Promise<T> {
    const { kind, priority } = this.#urgencies.get(requestId ?? "") ??
      NOT_URGENT;
    const id = String(this.#number++);
    const step = {
      id,
      kind,
      priority,
      readySince: this.#clock.now(),
      from: source.elementAddress,
    };
    const elements = [source, ...(drive === undefined ? [] : [drive]), target]
      .map(({ elementAddress }) => elementAddress);
    return new Promise((resolve, reject) => {
      const take = (transport: number) => work(transport).then(resolve, reject);
      this.#waiting.set(id, { step, elements, take });
      this.#next();
    });
  }

  /** Has all arms before all steps that wait. */
  first<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#first.push(() => work().then(resolve, reject));
      this.#next();
    });
  }

  #next(): void {
    if (this.#first.length > 0) return this.#takeFirst();
    for (let next = this.#choose(); next !== null; next = this.#choose()) {
      const { arm, waiting: { elements, step, take } } = next;
      this.#waiting.delete(step.id);
      arm.elements = elements;
      arm.position = elements.at(-1) ?? arm.position;
      take(arm.transport).finally(() => {
        arm.elements = null;
        this.#next();
      });
    }
  }

  #takeFirst(): void {
    if (this.#arms.some(({ elements }) => elements !== null)) return;
    const take = this.#first.shift();
    if (take === undefined) return;
    for (const arm of this.#arms) arm.elements = [];
    take().finally(() => {
      for (const arm of this.#arms) arm.elements = null;
      this.#next();
    });
  }

  /** What an arm does next; null when none can do anything. */
  #choose(): { arm: Arm; waiting: Waiting } | null {
    const taken = new Set(this.#arms.flatMap(({ elements }) => elements ?? []));
    const steps: ReadyStep[] = [];
    for (const { elements, step } of this.#waiting.values()) {
      if (!elements.some((address) => taken.has(address))) steps.push(step);
    }
    const arms = this.#arms.flatMap(({ elements, position, transport }) =>
      elements === null ? { id: String(transport), position } : []
    );
    const [choice] = chooseSteps(arms, steps, this.#clock.now());
    const waiting = this.#waiting.get(choice?.stepId ?? "");
    const arm = this.#arms.find(({ transport }) =>
      String(transport) === choice?.armId
    );
    return waiting === undefined || arm === undefined ? null : { arm, waiting };
  }
}
