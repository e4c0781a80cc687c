/**
 * What programs were told, and may therefore count on: their allocations and
 * their mounts. Written from the answers alone, never from the catalogue.
 *
 * @module
 */

/** An allocation that a program was told of. */
export interface Held {
  readonly logicalMedium: string;
  side: string;
  readonly application: string;
  /** It is being given back: it may be gone or not. */
  returning: number;
  /** Its side was marked as full. */
  complete: boolean;
}

/** A pool that a program was told of. */
export interface KnownPool {
  readonly application: string;
  name: string;
}

/** An operator request that a program was told of. */
export interface KnownRequest {
  readonly application: string;
  state: "open" | "complete" | "refused";
}

/** What calls that are not answered yet change: it may be one way or the other. */
export class Undecided {
  readonly #counts = new Map<string, number>();

  /** A call begins. */
  begin(...ids: readonly string[]): void {
    for (const id of ids) this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
  }

  /** A call has its answer. */
  end(...ids: readonly string[]): void {
    for (const id of ids) {
      const left = (this.#counts.get(id) ?? 1) - 1;
      if (left > 0) this.#counts.set(id, left);
      else this.#counts.delete(id);
    }
  }

  /** Whether a call about it is under way. */
  has(id: string): boolean {
    return this.#counts.has(id);
  }

  /** No call has an answer any more; what they were about. */
  forget(): string[] {
    const ids = [...this.#counts.keys()];
    this.#counts.clear();
    return ids;
  }
}

/** A label that a program wrote, and of which it told. */
export interface KnownLabel {
  readonly volume: string;
  /** When it was told of, by turn. */
  readonly since: number;
}

/** A mount that a program was told of. */
export interface Hold {
  readonly side: string;
  readonly drive: string;
  readonly elementAddress: number;
  readonly application: string;
  session: string | null;
  count: number;
  /** Until when (monotonic) nothing may take it away. */
  certainUntilMs: number;
}

/** What programs were told. */
export class Ledger {
  /** By logical medium. */
  readonly held = new Map<string, Held>();
  /** Logical media that were given back for certain. */
  readonly returned = new Set<string>();
  /** Sides that may be mounted without their program knowing it. */
  readonly unsure = new Set<string>();
  /** By side. */
  readonly holds = new Map<string, Hold>();
  /** Logical media that a mount is asked for. */
  readonly mounting: Undecided = new Undecided();
  /** Objects that a call changes. */
  readonly changing: Undecided = new Undecided();
  /** Pools, by id. */
  readonly pools = new Map<string, KnownPool>();
  /** Operator requests that programs submitted, by id. */
  readonly requests = new Map<string, KnownRequest>();
  /** Labels that owners told of and have not written over, by side. */
  readonly labels = new Map<string, KnownLabel>();
  /** Drives that are out of service, and since when, by turn. */
  readonly drivesOut = new Map<string, number>();
  /** Drives that mounts were given since that was last looked at, and when those were asked for. */
  givenDrives: { readonly drive: string; readonly begun: number }[] = [];
  /** Sides that were retired. */
  readonly retired = new Set<string>();
  /** Cartridges that may be forgotten: somebody asked for it, or had them ejected. */
  readonly mayForget = new Set<string>();
  /** Cartridges that were put into other pools since that was last looked at. */
  readonly moved = new Set<string>();
  /** What was disabled, and since when, by turn. */
  readonly disabled = new Map<string, number>();

  /** A program has an allocation. */
  enter(logicalMedium: string, side: string, application: string): Held {
    const held = {
      logicalMedium,
      side,
      application,
      returning: 0,
      complete: false,
    };
    this.held.set(logicalMedium, held);
    return held;
  }

  /** Nobody gives anything back any more: what was to be, is or is not. */
  settleReturns(allocations: readonly { logicalMedium: string }[]): void {
    const kept = new Set(allocations.map(({ logicalMedium }) => logicalMedium));
    for (const [id, held] of this.held) {
      if (held.returning === 0) continue;
      held.returning = 0;
      if (kept.has(id)) continue;
      this.held.delete(id);
      this.returned.add(id);
    }
  }

  /** The holds that must stand now. */
  certain(nowMs: number): Hold[] {
    return [...this.holds.values()].filter((hold) =>
      hold.certainUntilMs > nowMs
    );
  }

  /** Nobody can count on these holds longer than until then. */
  limit(untilMs: number, which: (hold: Hold) => boolean = () => true): void {
    for (const hold of this.holds.values()) {
      if (!which(hold)) continue;
      hold.certainUntilMs = Math.min(hold.certainUntilMs, untilMs);
    }
  }

  /** Forgets holds that nobody can count on any more. */
  forget(which: (hold: Hold) => boolean): void {
    for (const [side, hold] of this.holds) {
      if (!which(hold)) continue;
      this.holds.delete(side);
      this.unsure.add(side);
    }
  }

  /** The allocations of an application, or of all, that nobody gives back. */
  media(application: string | null): Held[] {
    return [...this.held.values()].filter((held) =>
      held.returning === 0 && !this.changing.has(held.logicalMedium) &&
      (application === null || held.application === application)
    );
  }
}
