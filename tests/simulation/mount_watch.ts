/**
 * What programs are told of mounts, held against the truth: the right cartridge
 * in the right drive, for nobody else, and no mount that nobody knows of.
 *
 * @module
 */

import type { Caller, MountResult } from "../../src/model/mod.ts";
import type { CatalogueView } from "./catalogue_view.ts";
import type { Contents } from "./contents.ts";
import type { Ledger } from "./ledger.ts";
import type { Operator } from "./operator.ts";
import type { Sessions } from "./sessions.ts";
import type { TapeLibrary } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What the watch works with. */
export interface MountWatchParts {
  readonly world: World;
  readonly catalogue: CatalogueView;
  readonly ledger: Ledger;
  readonly library: TapeLibrary;
  readonly contents: Contents;
  readonly operator: Operator;
  readonly sessions: Sessions;
  /** Whether labels may have told something that is not so. */
  readonly labelsLie: () => boolean;
}

/** Watches over the mounts of all programs. */
export class MountWatch {
  readonly #parts: MountWatchParts;
  /** How many calls of a life ask for a side. */
  readonly #asked = new Map<string, number>();
  /** When a dismount of a side was last begun, by turn. */
  readonly #dismounted = new Map<string, number>();
  /** Sides that were asked for by calls that do not wait to be told. */
  readonly #untold = new Set<string>();

  /** A watch. */
  constructor(parts: MountWatchParts) {
    this.#parts = parts;
  }

  /** A program asks for sides. */
  asks(sides: Iterable<string>): void {
    for (const side of sides) {
      this.#asked.set(side, (this.#asked.get(side) ?? 0) + 1);
    }
  }

  /** The call has ended; `untold`: before there was anything to tell. */
  answered(sides: Iterable<string>, untold: boolean): void {
    for (const side of sides) {
      this.#asked.set(side, (this.#asked.get(side) ?? 1) - 1);
      if (untold) this.#untold.add(side);
    }
  }

  /** The service died: no call has an answer. */
  serviceEnded(): void {
    const { ledger } = this.#parts;
    for (const [side, calls] of this.#asked) {
      if (calls > 0) ledger.unsure.add(side);
    }
    this.#asked.clear();
  }

  /** A program gives sides back. */
  dismounts(sides: readonly string[]): void {
    const { ledger, world } = this.#parts;
    ledger.forget((hold) => sides.includes(hold.side));
    for (const side of sides) {
      this.#dismounted.set(side, ++world.turn);
      ledger.unsure.add(side);
    }
  }

  /** A program hears that its media are in drives: they had better be. */
  mounted(caller: Caller, { mounts }: MountResult, begun: number): void {
    const { catalogue, labelsLie, ledger, library, operator, sessions, world } =
      this.#parts;
    const rows = catalogue.mounts();
    for (const { barCode, drive, side } of mounts) {
      const { application } = caller;
      if ((this.#dismounted.get(side) ?? -1) > begun) {
        ledger.unsure.add(side);
        continue;
      }
      const row = rows.find((one) => one.side === side);
      if (row?.drive !== drive || row.application !== application) {
        world.fail(
          `${application} is told that side ${side} is mounted, and the catalogue does not say so`,
        );
        continue;
      }
      const before = ledger.holds.get(side);
      const certain = (before?.certainUntilMs ?? 0) > world.clock.monotonic();
      if (certain && before?.application !== application) {
        world.fail(
          `${application} is given side ${side}, which ${before?.application} has mounted`,
        );
      }
      const { cartridge, elementAddress, session } = row;
      if ((ledger.disabled.get(cartridge) ?? Infinity) < begun && !certain) {
        world.fail(
          `${application} is given side ${side}, whose cartridge is disabled`,
        );
      }
      if (row.count === 1) ledger.givenDrives.push({ drive, begun });
      if ((operator.handAt.get(elementAddress) ?? -1) > begun) {
        ledger.unsure.add(side);
        continue;
      }
      const inside = library.model.element(elementAddress)?.cartridge;
      if (
        !labelsLie() && operator.isTelling(barCode) &&
        inside?.barCode !== barCode
      ) {
        world.fail(
          `${application} is told that ${barCode} is in drive ${elementAddress}, and ${
            inside?.barCode ?? "nothing"
          } is`,
        );
      }
      this.#checkLabel(side, inside?.id ?? "", certain, begun);
      world.count("mounted");
      ledger.holds.set(side, {
        side,
        drive,
        elementAddress,
        application,
        session,
        count: certain ? (before?.count ?? 0) + 1 : 1,
        certainUntilMs: sessions.keptUntil(session),
      });
    }
  }

  /** Whatever bar codes say: what an owner told of is on the medium that he is given. */
  #checkLabel(
    side: string,
    inside: string,
    wasMounted: boolean,
    begun: number,
  ): void {
    const { contents, ledger, world } = this.#parts;
    const label = ledger.labels.get(side);
    if (label === undefined || wasMounted || label.since > begun) return;
    const found = contents.volumeOn(inside);
    world.count("labels compared");
    if (found === label.volume) return;
    world.fail(
      `side ${side} has the label ${label.volume}, and ${inside} is mounted for it, which has ${found}`,
    );
  }

  /** Finds mounts that nobody knows of. */
  check(): void {
    const { catalogue, ledger, world } = this.#parts;
    const mounts = catalogue.mounts();
    for (const side of ledger.unsure) {
      const mounted = mounts.some((mount) => mount.side === side);
      const asked = (this.#asked.get(side) ?? 0) > 0;
      if (!mounted && !asked) ledger.unsure.delete(side);
    }
    for (const { application, side } of mounts) {
      const known = ledger.holds.has(side) || ledger.unsure.has(side) ||
        this.#untold.has(side) || (this.#asked.get(side) ?? 0) > 0;
      if (known) continue;
      world.fail(
        `side ${side} is mounted for ${application}, which was told that it is not`,
      );
    }
  }
}
