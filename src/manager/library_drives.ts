/**
 * The drives of one library at work, as this computer reaches them. They come
 * and go: each inventory that something has changed before looks for them anew.
 *
 * @module
 */

import type { Changer, Drive } from "../changer/mod.ts";
import { type Place, requireEpoch } from "../database/mod.ts";
import { renewDrives } from "./attach.ts";
import type { Context } from "./context.ts";
import { commit, deviceCall } from "./crash_points.ts";
import { readElement } from "./step_elements.ts";
import { StaleCatalogueError } from "./step_errors.ts";

/** The drives of one library. */
export class LibraryDrives {
  readonly #context: Context;
  readonly #libraryId: string;
  readonly #changer: Changer;
  #byAddress: ReadonlyMap<number, Drive>;
  /** How often the library had told of a change when they were looked for. */
  #attentions: number;
  #isStale = false;
  /** What the library called the drives when they were looked for, by bay; those that it names. */
  #names: ReadonlyMap<number, string> = new Map();

  /** Those that were found when the library was opened. */
  constructor(
    context: Context,
    libraryId: string,
    changer: Changer,
    drives: readonly Drive[],
  ) {
    this.#context = context;
    this.#libraryId = libraryId;
    this.#changer = changer;
    this.#attentions = changer.attentions;
    this.#byAddress = byAddress(drives);
  }

  /** How many this computer reaches. */
  get size(): number {
    return this.#byAddress.size;
  }

  /** All that this computer reaches. */
  all(): readonly Drive[] {
    return [...this.#byAddress.values()];
  }

  /** The one in a bay; undefined where this computer does not reach it. */
  at(elementAddress: number): Drive | undefined {
    return this.#byAddress.get(elementAddress);
  }

  /** Whether drives have come or gone; if so, the next inventory enters it. */
  async haveChanged(): Promise<boolean> {
    if (this.#changer.standAlone !== undefined) return false;
    this.#isStale ||= this.#differsFrom(await this.#find());
    return this.#isStale;
  }

  /**
   * To be asked before a drive is used: a person may have exchanged it, and
   * what this computer has for it may be another one.
   *
   * @throws {StaleCatalogueError} When the library calls it otherwise than
   * when the drives were looked for.
   */
  async requireSame({ elementAddress, name }: Place): Promise<void> {
    const before = this.#names.get(elementAddress) ?? "";
    if (before === "") return;
    const [element] = await deviceCall(
      this.#context,
      "drives",
      () => readElement(this.#changer, elementAddress),
    );
    const now = element?.driveSerialNumber ?? "";
    if (now === "" || now === before) return;
    this.#isStale = true;
    throw new StaleCatalogueError(
      `Cannot use ${name}: drive ${now} is there now, and no longer ${before}; a person exchanged it`,
    );
  }

  /** Looks for them anew, if they may have changed; nothing else may go on in the library meanwhile. */
  async renew(): Promise<void> {
    await this.#findAnew();
    const elements = await deviceCall(
      this.#context,
      "drives",
      () => this.#changer.readElements({ types: ["dataTransfer"] }),
    );
    this.#names = new Map(
      elements.map((one) => [one.elementAddress, one.driveSerialNumber]),
    );
  }

  async #findAnew(): Promise<void> {
    const { attentions, layout, standAlone } = this.#changer;
    const mayDiffer = this.#isStale || attentions !== this.#attentions ||
      this.size < layout.dataTransfer.count;
    if (!mayDiffer || standAlone !== undefined) return;
    this.#isStale = false;
    const found = await this.#find();
    this.#attentions = attentions;
    if (!this.#differsFrom(found)) return;
    await commit(this.#context, "attach", async (db) => {
      await requireEpoch(db, this.#context.epoch);
      await renewDrives(
        db,
        this.#context,
        this.#libraryId,
        this.#changer,
        found,
      );
    });
    const serials = (drives: readonly Drive[]) =>
      drives.map(({ identity }) => identity.serialNumber);
    this.#context.log.info("The drives of a library have changed", {
      device: this.#changer.device,
      before: serials(this.all()),
      now: serials(found),
    });
    this.#byAddress = byAddress(found);
  }

  #find(): Promise<readonly Drive[]> {
    return deviceCall(
      this.#context,
      "drives",
      () => this.#changer.drives(),
    );
  }

  #differsFrom(found: readonly Drive[]): boolean {
    return found.length !== this.size || found.some((drive) => {
      const known = this.at(drive.elementAddress);
      return known?.device !== drive.device ||
        known.identity.serialNumber !== drive.identity.serialNumber;
    });
  }
}

function byAddress(drives: readonly Drive[]): ReadonlyMap<number, Drive> {
  return new Map(drives.map((drive) => [drive.elementAddress, drive]));
}
