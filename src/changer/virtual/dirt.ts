/**
 * The dirt of one virtual drive: what makes it ask for a cleaning, what a
 * cleaning cartridge does to it, and the TapeAlert flags it raises.
 *
 * @module
 */

/** TapeAlert flags that a virtual drive raises by itself. */
const ALERT = { cleanNow: 20, expired: 22 } as const;

/** What of the dirt of a drive is kept between openings. */
export interface KeptDirt {
  readonly elementAddress: number;
  /** Cartridges taken in since the last cleaning. */
  readonly loads: number;
  /** Whether it asks for a cleaning. */
  readonly dirty: boolean;
}

/** The cleaning cartridges of one library, and how often each has cleaned. */
export class Cleaners {
  /** Cleanings that each is good for. */
  readonly #uses: number;
  readonly #done = new Map<string, number>();

  /** Cartridges that are good for so many cleanings each. */
  constructor(uses: number, done: Iterable<readonly [string, number]> = []) {
    this.#uses = uses;
    for (const [id, count] of done) this.#done.set(id, count);
  }

  /** Uses a cartridge once; false where it is used up. */
  use(id: string): boolean {
    const done = this.#done.get(id) ?? 0;
    if (done >= this.#uses) return false;
    this.#done.set(id, done + 1);
    return true;
  }

  /** How often each cartridge has cleaned. */
  get done(): readonly (readonly [string, number])[] {
    return [...this.#done];
  }
}

/** The dirt of one drive. */
export class Dirt {
  /** After so many loads it asks for a cleaning; 0 for never. */
  readonly #everyLoads: number;
  readonly #cleaners: Cleaners;
  readonly #alerts = new Set<number>();
  #loads = 0;
  #dirty = false;

  /** A clean drive. */
  constructor(everyLoads: number, cleaners: Cleaners) {
    this.#everyLoads = everyLoads;
    this.#cleaners = cleaners;
  }

  /** Whether it asks for a cleaning. */
  get dirty(): boolean {
    return this.#dirty;
  }

  /** A data cartridge has come in. */
  load(): void {
    if (this.#everyLoads > 0 && ++this.#loads >= this.#everyLoads) {
      this.#dirty = true;
    }
    if (this.#dirty) this.#alerts.add(ALERT.cleanNow);
  }

  /** A cleaning cartridge has come in, and does its work if it can. */
  clean(cartridgeId: string): void {
    if (!this.#cleaners.use(cartridgeId)) {
      this.#alerts.add(ALERT.expired);
      return;
    }
    this.#loads = 0;
    this.#dirty = false;
    this.#alerts.delete(ALERT.cleanNow);
  }

  /** Raises a flag; the one for cleaning also makes it dirty. */
  raise(flag: number): void {
    this.#alerts.add(flag);
    if (flag === ALERT.cleanNow) this.#dirty = true;
  }

  /** The flags that are up; reading them takes them down. */
  readAlerts(): readonly number[] {
    const flags = [...this.#alerts];
    this.#alerts.clear();
    return flags;
  }

  /** What of it is kept; null for a drive that took nothing in. */
  kept(elementAddress: number): KeptDirt | null {
    if (this.#loads === 0 && !this.#dirty) return null;
    return { elementAddress, loads: this.#loads, dirty: this.#dirty };
  }

  /** As it was when the library was closed. */
  resume({ dirty, loads }: KeptDirt): void {
    this.#loads = loads;
    this.#dirty = dirty;
  }
}
