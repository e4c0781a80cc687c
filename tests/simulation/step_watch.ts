/**
 * Robot steps, held against what the library told of its elements: a step is
 * sent only for what was told just before, and done only if that was told
 * after it.
 *
 * @module
 */

import type { ElementStatus } from "../../src/scsi/mod.ts";
import type { CatalogueView, OpenIntent } from "./catalogue_view.ts";
import type { Ledger } from "./ledger.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What the watch works with. */
export interface StepWatchParts {
  readonly world: World;
  readonly catalogue: CatalogueView;
  readonly ledger: Ledger;
  readonly library: TapeLibrary;
}

/** A move that goes out. */
export interface Move {
  readonly source: number;
  readonly target: number;
}

/** What an element was told to hold. */
interface Told {
  readonly turn: number;
  readonly full: boolean;
  readonly label: string | null;
}

/** A step that was sent and whose end is not known yet. */
interface Underway extends Move {
  readonly label: string;
  /** Whether the library told since that the target holds it. */
  arrived: boolean;
}

/** Watches over the steps of all lives of the service. */
export class StepWatch {
  readonly #parts: StepWatchParts;
  readonly #told = new Map<number, Told>();
  /** The places of what this life has under way, by transport. */
  #arms = new Map<number, readonly number[]>();
  /** By intent. */
  readonly #underway = new Map<number, Underway>();
  /** Cartridges that were brought to ports to be taken. */
  readonly #offered = new Set<string>();
  /** When the process last died, by turn: nothing is known from before. */
  #unsureAt = 0;
  /** When the outcome of a move was last unknown, by transport. */
  readonly #unsureOf = new Map<number, number>();
  /** Epoch of the last life that has ended. */
  #endedEpoch = 0;

  /** The watch over a world. */
  constructor(parts: StepWatchParts) {
    this.#parts = parts;
  }

  /** The process died: what it knew is lost. */
  forget(): void {
    const { catalogue, world } = this.#parts;
    this.#unsureAt = ++world.turn;
    this.#told.clear();
    this.#underway.clear();
    // A library ends what nobody waits for any more before it takes the next.
    this.#arms = new Map();
    this.#endedEpoch = catalogue.epoch();
  }

  /** A living process has read elements. */
  reads(elements: readonly ElementStatus[]): void {
    const turn = ++this.#parts.world.turn;
    for (const { elementAddress, full, volumeTag } of elements) {
      this.#told.set(elementAddress, { turn, full, label: volumeTag });
      for (const step of this.#underway.values()) {
        if (step.target !== elementAddress || !full) continue;
        if (mayBe(step.label, volumeTag)) step.arrived = true;
      }
    }
  }

  /** Nobody knows what became of a move, nor what its transport is at now. */
  unsure(halves: readonly Move[], transport: number): void {
    this.#unsureOf.set(transport, ++this.#parts.world.turn);
    for (const { source, target } of halves) {
      this.#told.delete(source);
      this.#told.delete(target);
    }
  }

  /**
   * A move goes out, or the two halves of an exchange: what is taken out of a
   * place first makes it free for the second. What is returned tells its end.
   */
  moves(halves: readonly Move[], transport: number): () => void {
    const freed = new Set<number>();
    const places = halves.flatMap(({ source, target }) => [source, target]);
    for (const move of halves) {
      this.#goesOut(move, freed, transport);
      freed.add(move.source);
    }
    for (const [arm, others] of this.#arms) {
      const shared = places.filter((place) => others.includes(place));
      if (shared.length === 0) continue;
      this.#parts.world.fail(
        `transports ${arm} and ${transport} are both at ${shared.join()}`,
      );
    }
    const arms = this.#arms.set(transport, places);
    return () => arms.delete(transport);
  }

  #goesOut(
    move: Move,
    freed: ReadonlySet<number>,
    transport: number,
  ): void {
    const { library, world } = this.#parts;
    const fail = (why: string) =>
      world.fail(`MOVE ${move.source} -> ${move.target} goes out, and ${why}`);
    this.#checkQuestions(move, freed, transport, fail);
    const fromArm = library.model.element(move.source)?.type === "transport";
    this.#checkIntent(move, fromArm, fail);
    if (!fromArm) this.#checkArms(fail);
    this.#checkHolds(move, fail);
  }

  /** A drive is told to let go of its medium. */
  unloads(elementAddress: number): void {
    const { catalogue, world } = this.#parts;
    const state = catalogue.driveStates().get(elementAddress);
    if (state !== "mounted" && state !== "loaded") return;
    if (state === "mounted" && this.#isForLabels(elementAddress)) return;
    world.fail(
      `drive ${elementAddress} is unloaded, and the catalogue has it ${state}`,
    );
  }

  /** Whether what is in a drive is there for its label alone. */
  #isForLabels(elementAddress: number): boolean {
    const { catalogue } = this.#parts;
    const cartridge = catalogue.cartridges().find((one) =>
      one.elementAddress === elementAddress
    );
    return catalogue.mounts().every((mount) =>
      mount.elementAddress !== elementAddress
    ) && catalogue.unfinished().some(({ operation, ...request }) =>
      (operation === "processOmid" || operation === "writeScratch") &&
      request.cartridge === cartridge?.id
    );
  }

  /** Looks at the ends of steps. */
  check(): void {
    const { catalogue, world } = this.#parts;
    for (const [intent, { arrived, label, target }] of this.#underway) {
      const state = catalogue.intentState(intent);
      if (state === "sent" || state === "unknown") continue;
      this.#underway.delete(intent);
      if (state !== "confirmed" || arrived) continue;
      world.fail(
        `intent ${intent} is confirmed, and the library did not tell that element ${target} holds "${label}"`,
      );
    }
  }

  #checkQuestions(
    { source, target }: Move,
    freed: ReadonlySet<number>,
    transport: number,
    fail: (why: string) => void,
  ): void {
    const unsureAt = Math.max(
      this.#unsureAt,
      this.#unsureOf.get(transport) ?? 0,
    );
    for (const address of [source, target]) {
      if ((this.#told.get(address)?.turn ?? -1) > unsureAt) continue;
      fail(
        `element ${address} was not read since the last unknown outcome: it is blind`,
      );
    }
    if (this.#told.get(source)?.full === false) fail("its source is empty");
    if (this.#told.get(target)?.full && !freed.has(target)) {
      fail("its target is full");
    }
  }

  #checkArms(fail: (why: string) => void): void {
    for (
      const { elementAddress } of this.#parts.library.elementsOf("transport")
    ) {
      // What another one carries is none of this one's business.
      if (this.#arms.has(elementAddress)) continue;
      if (this.#told.get(elementAddress)?.full) fail("the transport is full");
    }
  }

  #checkIntent(
    move: Move,
    fromArm: boolean,
    fail: (why: string) => void,
  ): void {
    const { source, target } = move;
    const { catalogue } = this.#parts;
    const intents = catalogue.openIntents();
    // The newest: what a life that has ended left open is closed by the
    // inventory, which begins with clearing the transport.
    const intent = intents.findLast((one) =>
      one.state === "sent" && one.source === source && one.target === target
    );
    if (intent === undefined) return fail("its intent is not on disk");
    if (intent.epoch <= this.#endedEpoch) {
      fail(
        `its epoch ${intent.epoch} is that of a service that has ended (I9)`,
      );
    }
    // What the gripper kept goes on, whatever is not known yet.
    if (fromArm) return;
    if (catalogue.lastInventoryFailed()) fail("the last inventory failed");
    this.#checkUnknown(intent, intents, fail);
    const label = catalogue.barCodeOf(intent.cartridge);
    const told = this.#told.get(source)?.label ?? null;
    if (!mayBe(label, told)) {
      fail(`it is for ${label}, and its source holds ${told}`);
    }
    this.#checkOffers(move, intent.cartridge, fail);
    this.#underway.set(intent.id, { ...move, label, arrived: false });
  }

  /** I4: nothing is done with an element of which a step is not settled. */
  #checkUnknown(
    { id, source, target }: OpenIntent,
    intents: readonly OpenIntent[],
    fail: (why: string) => void,
  ): void {
    const other = intents.find((one) =>
      one.id !== id && one.state === "unknown" &&
      [one.source, one.target].some((address) =>
        address === source || address === target
      )
    );
    if (other !== undefined) fail(`intent ${other.id} is not settled (I4)`);
  }

  /** What is offered to a person in a port is not mounted. */
  #checkOffers(
    { target }: Move,
    cartridge: string,
    fail: (why: string) => void,
  ): void {
    const { catalogue, library } = this.#parts;
    const type = library.model.element(target)?.type;
    const offered = catalogue.ejecting().has(cartridge);
    if (type === "importExport" && offered) this.#offered.add(cartridge);
    if (type === "dataTransfer" && offered && this.#offered.has(cartridge)) {
      fail("its cartridge is being ejected");
    }
    if (!offered) this.#offered.delete(cartridge);
  }

  #checkHolds({ source }: Move, fail: (why: string) => void): void {
    const { ledger, world } = this.#parts;
    const held = ledger.certain(world.clock.monotonic()).find((hold) =>
      hold.elementAddress === source
    );
    if (held === undefined) return;
    fail(
      `it takes side ${held.side} away from ${held.application}, which has it mounted`,
    );
  }
}

/** Whether a label that was told may be that of a cartridge. */
function mayBe(label: string, told: string | null): boolean {
  return label === "" || told === null || told === label;
}
