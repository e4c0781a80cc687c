/**
 * The steps that wait for the arm of one library. It takes one at a time, in
 * the order that the rules of scheduling give.
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
  readonly requestId: string | null;
}

/** How urgent a step is whose request is not in the queue. */
const NOT_URGENT: Urgency = { kind: "mount", priority: 0 };

/** Where the only arm stands that there is to choose for. */
const ARM = "arm";

/** What waits for the arm; `step` is null where it wants the arm before all others. */
interface Waiting {
  readonly step: ReadyStep | null;
  readonly endsAt: number;
  take(): Promise<void>;
}

/** Steps that wait for the arm of one library. */
export class ArmQueue {
  readonly #clock: Clock;
  readonly #urgencies: ReadonlyMap<string, Urgency>;
  readonly #waiting = new Map<string, Waiting>();
  #number = 0;
  #position = 0;
  #taken = false;

  /**
   * An arm at rest.
   *
   * @param urgencies Those of the requests that run, by their ids.
   */
  constructor(clock: Clock, urgencies: ReadonlyMap<string, Urgency>) {
    this.#clock = clock;
    this.#urgencies = urgencies;
  }

  /** Takes a step when it is its turn. */
  step<T>(step: ArmStep, work: () => Promise<T>): Promise<T> {
    const { kind, priority } = this.#urgencies.get(step.requestId ?? "") ??
      NOT_URGENT;
    return this.#enter(work, step.target.elementAddress, (id) => ({
      id,
      kind,
      priority,
      readySince: this.#clock.now(),
      from: step.source.elementAddress,
    }));
  }

  /** Has the arm before all steps that wait. */
  first<T>(work: () => Promise<T>): Promise<T> {
    return this.#enter(work, this.#position, () => null);
  }

  #enter<T>(
    work: () => Promise<T>,
    endsAt: number,
    describe: (id: string) => ReadyStep | null,
  ): Promise<T> {
    const id = String(this.#number++);
    return new Promise((resolve, reject) => {
      const take = () => work().then(resolve, reject);
      this.#waiting.set(id, { step: describe(id), endsAt, take });
      this.#next();
    });
  }

  #next(): void {
    if (this.#taken) return;
    const id = this.#choose();
    const chosen = this.#waiting.get(id ?? "");
    if (id === null || chosen === undefined) return;
    this.#waiting.delete(id);
    this.#taken = true;
    this.#position = chosen.endsAt;
    chosen.take().finally(() => {
      this.#taken = false;
      this.#next();
    });
  }

  /** What comes next; null when nothing waits. */
  #choose(): string | null {
    const steps: ReadyStep[] = [];
    for (const [id, { step }] of this.#waiting) {
      if (step === null) return id;
      steps.push(step);
    }
    const arm = { id: ARM, position: this.#position };
    return chooseSteps([arm], steps, this.#clock.now())[0]?.stepId ?? null;
  }
}
