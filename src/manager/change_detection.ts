/**
 * Change detections: sessions have libraries asked often whether something went
 * in or out. What is found is entered as after any other change, and told by
 * the notifications of it.
 *
 * @module
 */

import {
  findCartridge,
  findObject,
  type Reader,
  standAloneLibraries,
} from "../database/mod.ts";
import {
  type Caller,
  type DetectedType,
  type DetectInput,
  type DetectionId,
  NtmsError,
  type Timer,
} from "../model/mod.ts";
import type { Context } from "./context.ts";

/** What a detection has to do with libraries. */
export interface Watchable {
  /** Asks a library at rest whether something has changed; does nothing for one that is not at work. */
  look(libraryId: string): Promise<void>;
}

interface Ready {
  readonly context: Context;
  readonly libraries: Watchable;
}

/** A detection of a session. */
interface Detection {
  readonly session: string | null;
  /** The libraries that are watched. */
  readonly libraries: Set<string>;
}

/** The detections of all sessions. */
export class ChangeDetections {
  readonly #ready: () => Ready;
  readonly #detections = new Map<DetectionId, Detection>();
  #timer: Timer | null = null;

  /** `ready` throws while the manager is not ready. */
  constructor(ready: () => Ready) {
    this.#ready = ready;
  }

  /** Begins one, which watches nothing yet. */
  begin({ session }: Caller): DetectionId {
    const { limits, random } = this.#ready().context;
    const own = [...this.#detections.values()]
      .filter((detection) => detection.session === session);
    if (own.length >= limits.detectionsInOneSession) {
      throw new NtmsError(
        "ERROR_NOT_ENOUGH_MEMORY",
        `The session has ${own.length} change detections, which is the most; end some`,
      );
    }
    const id = random.guid();
    this.#detections.set(id, { session, libraries: new Set() });
    return id;
  }

  /**
   * Has devices watched besides those that are, or looked at once.
   *
   * @throws {NtmsError} ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY,
   * ERROR_INVALID_MEDIA, ERROR_INVALID_PARAMETER.
   */
  async set(
    caller: Caller,
    { detection: id, objects, type }: DetectInput,
  ): Promise<void> {
    const { context, libraries } = this.#ready();
    if (id !== null) this.#find(caller, id);
    const watched = await context.database.read((db) =>
      librariesOf(db, type, objects)
    );
    for (const library of watched) await libraries.look(library);
    if (id === null) return;
    // It may have been ended meanwhile.
    const detection = this.#find(caller, id);
    for (const library of watched) detection.libraries.add(library);
    this.#timer ??= this.#later();
  }

  /**
   * Ends one.
   *
   * @throws {NtmsError} ERROR_INVALID_HANDLE.
   */
  end(caller: Caller, id: DetectionId): void {
    this.#find(caller, id);
    this.#detections.delete(id);
  }

  /** Ends all of a session. */
  endSession(session: string): void {
    for (const [id, detection] of this.#detections) {
      if (detection.session === session) this.#detections.delete(id);
    }
  }

  /** Ends all. */
  close(): void {
    this.#detections.clear();
    this.#timer?.cancel();
  }

  #find({ session }: Caller, id: DetectionId): Detection {
    const detection = this.#detections.get(id);
    if (detection?.session === session) return detection;
    throw new NtmsError(
      "ERROR_INVALID_HANDLE",
      `The session has no change detection ${id}`,
    );
  }

  #later(): Timer {
    const { clock, limits } = this.#ready().context;
    return clock.after(limits.watchedLibraryAskedMs, () => this.#lookAtAll());
  }

  #lookAtAll(): void {
    const watched = new Set(
      [...this.#detections.values()].flatMap(({ libraries }) => [...libraries]),
    );
    this.#timer = watched.size === 0 ? null : this.#later();
    const { context: { background }, libraries } = this.#ready();
    for (const id of watched) {
      background.run("look at a watched library", libraries.look(id));
    }
  }
}

/** The error of an object that is not there, by what it should be. */
const UNKNOWN = {
  library: "ERROR_INVALID_LIBRARY",
  mediaType: "ERROR_INVALID_MEDIA",
  cartridge: "ERROR_INVALID_MEDIA",
} as const;

/** The libraries themselves, or the stand-alone ones that could hold the media. */
async function librariesOf(
  db: Reader,
  type: DetectedType,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const libraries = new Set<string>();
  for (const id of ids) {
    const object = await findObject(db, id);
    if (object === null) {
      throw new NtmsError(UNKNOWN[type], `There is no ${type} ${id}`);
    }
    if (object.type !== type) {
      throw new NtmsError(
        "ERROR_INVALID_PARAMETER",
        `Object ${id} is of type ${object.type}, not ${type}; name objects of one type`,
      );
    }
    if (type === "library") libraries.add(id);
    else {
      const mediaType = type === "mediaType"
        ? id
        : (await findCartridge(db, id))?.mediaTypeId ?? "";
      const found = await standAloneLibraries(db, mediaType);
      for (const library of found) libraries.add(library);
    }
  }
  return libraries;
}
