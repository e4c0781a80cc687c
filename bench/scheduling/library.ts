/**
 * A library in a simulation of discrete events: drives and arms that take
 * their time, and a policy that says what they do.
 *
 * @module
 */
import type { ReadyStep } from "../../src/manager/scheduling/mod.ts";
import { Events } from "./events.ts";
import {
  drivePosition,
  SIZE,
  slotPosition,
  TIMING,
  travelMs,
} from "./timing.ts";
import type { TracedMount } from "./trace.ts";

/** A drive while the simulation runs. */
export interface SimulatedDrive {
  readonly id: string;
  /** The cartridge in it; null when empty. */
  cartridge: number | null;
  /** What it works for or is mounted for; null when nobody needs it. */
  mount: TracedMount | null;
  /** Since when. */
  since: number;
  /** Whether it loads, unloads or waits for the arm. */
  busy: boolean;
  /** When the medium in it was left. */
  leftMs: number;
}

/** An arm while the simulation runs. */
export interface SimulatedArm {
  readonly id: string;
  position: number;
  free: boolean;
}

/** A step that waits for an arm. */
interface WaitingStep extends ReadyStep {
  take(arm: SimulatedArm): void;
}

/** What decides in the simulation. */
export interface Policy {
  readonly kind: "first come" | "first that can" | "ours";
  readonly name: string;
  /** Whether a medium stays in its drive when its mount ends. */
  readonly keepsMedia: boolean;
  /** Whether it has both cartridges changed in one step. */
  readonly exchanges: boolean;
  /** Which mounts start now, in which drives. */
  starts(
    library: SimulatedLibrary,
  ): readonly { mount: TracedMount; drive: SimulatedDrive }[];
  /** Which of the waiting steps the free arms take. */
  steps(
    arms: readonly SimulatedArm[],
    steps: readonly ReadyStep[],
    nowMs: number,
  ): readonly { armId: string; stepId: string }[];
}

/** What came of a run. */
export interface Outcome {
  readonly makespanMs: number;
  /** From the call to the medium being ready, of each mount. */
  readonly waitsMs: readonly number[];
  /** How many mounts found their cartridge in a drive. */
  readonly hits: number;
  /** Part of the time in which arms moved. */
  readonly armLoad: number;
}

/** Runs a trace through a library. */
export class SimulatedLibrary {
  readonly drives: readonly SimulatedDrive[];
  /** Mounts that have come and not started, in the order they came. */
  readonly waiting = new Map<number, TracedMount>();
  /** Cartridges that a mount or a step has hold of. */
  readonly busyCartridges = new Set<number>();
  readonly #arms: readonly SimulatedArm[];
  readonly #policy: Policy;
  readonly #events = new Events();
  readonly #steps = new Map<string, WaitingStep>();
  readonly #waitsMs: number[] = [];
  #stepNumber = 0;
  #hits = 0;
  #movingMs = 0;

  /** A library at rest, all cartridges in their slots. */
  constructor(arms: number, policy: Policy) {
    this.#policy = policy;
    this.#arms = Array.from({ length: arms }, (_, index) => ({
      id: `arm ${index}`,
      position: drivePosition(),
      free: true,
    }));
    this.drives = Array.from({ length: SIZE.drives }, (_, index) => ({
      id: `drive ${index}`,
      cartridge: null,
      mount: null,
      since: 0,
      busy: false,
      leftMs: 0,
    }));
  }

  /** The time. */
  get nowMs(): number {
    return this.#events.nowMs;
  }

  /** Has a trace come, and all that comes of it. */
  run(trace: readonly TracedMount[]): Outcome {
    for (const mount of trace) {
      this.#events.after(mount.submittedMs, () => {
        this.waiting.set(mount.id, mount);
        this.#decide();
      });
    }
    let makespanMs = 0;
    this.#ended = () => makespanMs = this.nowMs;
    this.#events.run();
    if (this.#waitsMs.length !== trace.length) {
      throw new Error(
        `${trace.length - this.#waitsMs.length} mounts never started`,
      );
    }
    return {
      makespanMs,
      waitsMs: this.#waitsMs,
      hits: this.#hits,
      armLoad: this.#movingMs / makespanMs / this.#arms.length,
    };
  }

  #ended = (): void => {};

  #decide(): void {
    for (const { mount, drive } of this.#policy.starts(this)) {
      this.#start(mount, drive);
    }
    this.#moveArms();
  }

  #moveArms(): void {
    const arms = this.#arms.filter(({ free }) => free);
    if (arms.length === 0 || this.#steps.size === 0) return;
    const steps = [...this.#steps.values()];
    for (
      const { armId, stepId } of this.#policy.steps(arms, steps, this.nowMs)
    ) {
      const arm = this.#arms.find(({ id }) => id === armId);
      const step = this.#steps.get(stepId);
      if (arm === undefined || step === undefined) continue;
      this.#steps.delete(stepId);
      arm.free = false;
      step.take(arm);
    }
  }

  #start(mount: TracedMount, drive: SimulatedDrive): void {
    if (
      drive.mount !== null || drive.busy ||
      this.busyCartridges.has(mount.cartridge)
    ) {
      throw new Error(`Mount ${mount.id} was started in ${drive.id}, in use`);
    }
    this.waiting.delete(mount.id);
    this.busyCartridges.add(mount.cartridge);
    drive.mount = mount;
    drive.since = this.nowMs;
    if (drive.cartridge === mount.cartridge) {
      this.#hits++;
      return this.#ready(drive, mount);
    }
    drive.busy = true;
    const old = drive.cartridge;
    if (old === null) return this.#fetch(drive, mount);
    this.busyCartridges.add(old);
    this.#events.after(TIMING.unloadMs, () => {
      if (this.#policy.exchanges) this.#exchange(drive, old, mount);
      else this.#putAway(drive, old, () => this.#fetch(drive, mount));
    });
  }

  #fetch(drive: SimulatedDrive, mount: TracedMount): void {
    const slot = slotPosition(mount.cartridge);
    this.#step(slot, [
      [slot, TIMING.pickMs, () => {}],
      [drivePosition(), TIMING.placeMs, () => this.#load(drive, mount)],
    ]);
  }

  #putAway(drive: SimulatedDrive, old: number, then: () => void): void {
    this.#step(drivePosition(), [
      [drivePosition(), TIMING.pickMs, () => {}],
      [slotPosition(old), TIMING.placeMs, () => {
        this.busyCartridges.delete(old);
        drive.cartridge = null;
        then();
      }],
    ]);
  }

  #exchange(drive: SimulatedDrive, old: number, mount: TracedMount): void {
    const slot = slotPosition(mount.cartridge);
    this.#step(slot, [
      [slot, TIMING.pickMs, () => {}],
      [drivePosition(), TIMING.pickMs, () => {}],
      [drivePosition(), TIMING.placeMs, () => this.#load(drive, mount)],
      [slotPosition(old), TIMING.placeMs, () => {
        this.busyCartridges.delete(old);
      }],
    ]);
  }

  #load(drive: SimulatedDrive, mount: TracedMount): void {
    drive.cartridge = mount.cartridge;
    this.#events.after(TIMING.loadMs, () => this.#ready(drive, mount));
  }

  #ready(drive: SimulatedDrive, mount: TracedMount): void {
    drive.busy = false;
    this.#waitsMs.push(this.nowMs - mount.submittedMs);
    this.#events.after(mount.holdMs, () => this.#dismount(drive, mount));
  }

  #dismount(drive: SimulatedDrive, { cartridge }: TracedMount): void {
    this.#ended();
    drive.leftMs = this.nowMs;
    if (this.#policy.keepsMedia) {
      drive.mount = null;
      this.busyCartridges.delete(cartridge);
      return this.#decide();
    }
    drive.busy = true;
    this.#events.after(TIMING.unloadMs, () => {
      this.#putAway(drive, cartridge, () => {
        drive.mount = null;
        drive.busy = false;
      });
    });
  }

  /** Has an arm go from place to place, and do something at each. */
  #step(
    from: number,
    ways: readonly (readonly [number, number, () => void])[],
  ): void {
    const id = `step ${this.#stepNumber++}`;
    const go = (arm: SimulatedArm, index: number): void => {
      const way = ways[index];
      if (way === undefined) {
        arm.free = true;
        return this.#decide();
      }
      const [position, durationMs, then] = way;
      const takesMs = travelMs(arm.position, position) + durationMs;
      this.#movingMs += takesMs;
      this.#events.after(takesMs, () => {
        arm.position = position;
        then();
        go(arm, index + 1);
      });
    };
    this.#steps.set(id, {
      id,
      kind: "mount",
      priority: 0,
      readySince: this.nowMs,
      from,
      take: (arm) => go(arm, 0),
    });
    this.#moveArms();
  }
}
