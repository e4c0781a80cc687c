/**
 * Where a virtual library is kept: the state in a file, the media as files,
 * and the drives as links to the media in them.
 *
 * @module
 */
import { SerialQueue } from "../queue.ts";
import { DirectoryLock } from "./directory_lock.ts";
import { FileMedium, type VirtualMedium } from "./medium.ts";
import { decodeState, encodeState, type LibraryState } from "./state.ts";

/** Keeps a library. */
export interface LibraryStore {
  /** What was kept; null for a new library. */
  load(): Promise<LibraryState | null>;
  /** Keeps what the library is now; afterwards it survives the end of the process. */
  save(current: () => LibraryState): Promise<void>;
  /** Whether media can be written, and read again. */
  readonly keepsMedia: boolean;
  /** What a program opens to read and write the medium in a drive. */
  drivePath(driveNumber: number): string;
  /** What is on a cartridge that is or was in a drive; null where nothing is kept of it. */
  medium(id: string): VirtualMedium | null;
  /** Writes down a fault that the library has; it is there when this returns. */
  noteFault(kind: string): void;
  /** Gives everything back. */
  close(): Promise<void>;
}

/** Keeps nothing: no files, and media that cannot be written. */
export class MemoryStore implements LibraryStore {
  /** See {@linkcode LibraryStore.keepsMedia}. */
  readonly keepsMedia = false;
  readonly #url: string;

  /** A store for the library of that name. */
  constructor(name: string) {
    this.#url = `virtual:${name}`;
  }

  /** See {@linkcode LibraryStore.load}. */
  load(): Promise<null> {
    return Promise.resolve(null);
  }

  /** See {@linkcode LibraryStore.save}. */
  save(): Promise<void> {
    return Promise.resolve();
  }

  /** See {@linkcode LibraryStore.drivePath}: a name for people, not a path. */
  drivePath(driveNumber: number): string {
    return `${this.#url}/drive${driveNumber}`;
  }

  /** See {@linkcode LibraryStore.medium}. */
  medium(): null {
    return null;
  }

  /** See {@linkcode LibraryStore.noteFault}. */
  noteFault(): void {}

  /** See {@linkcode LibraryStore.close}. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * Keeps a library in a directory: `library.json`, `media/ID` for each
 * cartridge that was ever in a drive, `driveN`, a link to the medium in the
 * drive while it is loaded, and `faults.log` where it was told to have faults.
 */
export class DirectoryStore implements LibraryStore {
  /** See {@linkcode LibraryStore.keepsMedia}. */
  readonly keepsMedia = true;
  readonly #directory: string;
  readonly #lock: DirectoryLock | null;
  readonly #saving = new SerialQueue();
  /** The medium each link leads to, as far as is known. */
  readonly #links = new Map<number, string>();

  private constructor(directory: string, lock: DirectoryLock | null) {
    this.#directory = directory;
    this.#lock = lock;
  }

  /**
   * A store in a directory, which is made where it is missing.
   *
   * @throws {NtmsError} ERROR_SHARING_VIOLATION when another process uses it.
   */
  static async open(directory: string): Promise<DirectoryStore> {
    await Deno.mkdir(`${directory}/media`, { recursive: true, mode: 0o750 });
    const path = await Deno.realPath(directory);
    return new DirectoryStore(path, await DirectoryLock.take(path));
  }

  /** A store in a directory of its own, which is gone when it is closed. */
  static async temporary(name: string): Promise<DirectoryStore> {
    const path = await Deno.makeTempDir({ prefix: `rsm-${name}-` });
    await Deno.mkdir(`${path}/media`, { mode: 0o750 });
    return new DirectoryStore(path, null);
  }

  /** See {@linkcode LibraryStore.load}. */
  async load(): Promise<LibraryState | null> {
    for await (const entry of Deno.readDir(this.#directory)) {
      // Links of a process that was killed may be older or newer than the state.
      if (/^drive\d+(\.new)?$/.test(entry.name) && entry.isSymlink) {
        await Deno.remove(`${this.#directory}/${entry.name}`);
      }
    }
    const path = this.#statePath();
    try {
      return decodeState(await Deno.readTextFile(path), path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  }

  /** See {@linkcode LibraryStore.save}. */
  save(current: () => LibraryState): Promise<void> {
    return this.#saving.run(async () => {
      const state = current();
      // What is temporary is not read again.
      if (this.#lock !== null) await this.#writeState(encodeState(state));
      await this.#link(state);
    });
  }

  /** See {@linkcode LibraryStore.drivePath}. */
  drivePath(driveNumber: number): string {
    return `${this.#directory}/drive${driveNumber}`;
  }

  /** See {@linkcode LibraryStore.medium}. */
  medium(id: string): VirtualMedium {
    return new FileMedium(`${this.#directory}/media/${id}`);
  }

  /** See {@linkcode LibraryStore.noteFault}: a line each of `faults.log`. */
  noteFault(kind: string): void {
    Deno.writeTextFileSync(`${this.#directory}/faults.log`, `${kind}\n`, {
      append: true,
    });
  }

  /** See {@linkcode LibraryStore.close}. */
  async close(): Promise<void> {
    await this.#saving.idle();
    if (this.#lock === null) {
      await Deno.remove(this.#directory, { recursive: true });
    } else {
      await this.#lock.release();
    }
  }

  #statePath(): string {
    return `${this.#directory}/library.json`;
  }

  /** Whole or not at all, also when power fails. */
  async #writeState(text: string): Promise<void> {
    const path = this.#statePath();
    using file = await Deno.open(`${path}.new`, {
      write: true,
      create: true,
      truncate: true,
    });
    let rest = new TextEncoder().encode(text);
    while (rest.length > 0) rest = rest.subarray(await file.write(rest));
    await file.syncData();
    await Deno.rename(`${path}.new`, path);
    using directory = await Deno.open(this.#directory);
    await directory.sync();
  }

  /** Makes the links what the state says. */
  async #link(state: LibraryState): Promise<void> {
    const { first, count } = state.layout.dataTransfer;
    const wanted = new Map<number, string>();
    for (const { elementAddress, id } of state.cartridges) {
      if (elementAddress < first || elementAddress >= first + count) continue;
      if (state.threaded.includes(elementAddress)) {
        wanted.set(elementAddress - first, id);
      }
    }
    for (const driveNumber of [...this.#links.keys()]) {
      if (wanted.has(driveNumber)) continue;
      await Deno.remove(this.drivePath(driveNumber));
      this.#links.delete(driveNumber);
    }
    for (const [driveNumber, id] of wanted) {
      if (this.#links.get(driveNumber) === id) continue;
      await this.#makeMedium(id);
      const link = this.drivePath(driveNumber);
      await Deno.symlink(`media/${id}`, `${link}.new`);
      await Deno.rename(`${link}.new`, link);
      this.#links.set(driveNumber, id);
    }
  }

  /** Makes the file of a cartridge that was never in a drive. */
  async #makeMedium(id: string): Promise<void> {
    const file = await Deno.open(`${this.#directory}/media/${id}`, {
      append: true,
      create: true,
    });
    file.close();
  }
}
