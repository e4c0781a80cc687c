/**
 * Media label libraries of a site: modules that the administrator names.
 *
 * Each runs in a thread of its own, so that one that loops, throws where
 * nobody can catch it, or changes what all modules share, can be ended and
 * left out. It has the rights of the service all the same.
 *
 * A module in JavaScript works everywhere; one in TypeScript needs Deno, as
 * the compiled `rsm` has no compiler.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { type Clock, NtmsError } from "../model/mod.ts";
import { checkedAnswer, isObject } from "./answers.ts";
import type {
  LabelContext,
  LabelReach,
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { wishesOf } from "./read_plan.ts";
import { SiteThread } from "./site_thread.ts";

/** Options for {@linkcode loadMediaLabelLibrary}. */
export interface LoadLibraryOptions {
  /** Time. */
  readonly clock: Clock;
  /**
   * How long importing the module may take, ms.
   * @default {10000}
   */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_NAME = 64;

/** A library of a site. Dispose of it when it is no longer asked. */
export interface SiteLibrary extends MediaLabelLibrary, Disposable {
  /** The file that it is loaded from. */
  readonly path: string;
}

/**
 * Loads a media label library of the site: a module whose default export, or
 * which itself, is a {@linkcode MediaLabelLibrary}.
 *
 * @param path Absolute path of the module.
 * @throws {NtmsError} ERROR_INVALID_PARAMETER, naming the file and what is
 * wrong with it.
 * @example Load one and ask it beside the built-in ones
 * ```ts
 * import { librariesInOrder, loadMediaLabelLibrary } from "./mod.ts";
 * import { systemClock } from "../model/system.ts";
 *
 * const path = await Deno.makeTempFile({ suffix: ".js" });
 * await Deno.writeTextFile(
 *   path,
 *   `export default {
 *     name: "ACME",
 *     maxMediaLabel: () => 16,
 *     claimMediaLabel: () => ({ status: "ERROR_BAD_FORMAT" }),
 *   };`,
 * );
 * {
 *   using acme = await loadMediaLabelLibrary(path, { clock: systemClock });
 *   console.assert(librariesInOrder([acme])[0]?.name === "ACME");
 * }
 * await Deno.remove(path);
 * ```
 */
export async function loadMediaLabelLibrary(
  path: string,
  options: LoadLibraryOptions,
): Promise<SiteLibrary> {
  if (!path.startsWith("/") || path.includes("\0")) {
    throw unusable(path, "its path is not absolute");
  }
  const { clock, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const late = new AbortController();
  const timer = clock.after(
    timeoutMs,
    () => late.abort(new Error(`importing it took more than ${timeoutMs} ms`)),
  );
  const url = pathToFileURL(path).href;
  const thread = new SiteThread();
  try {
    const shape = checkedShape(await thread.ask({ url }, late.signal));
    return new LoadedLibrary(path, url, shape, thread);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    thread.end(new Error(why));
    throw unusable(path, why, error);
  } finally {
    timer.cancel();
  }
}

function unusable(path: string, why: string, cause?: unknown): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot use the media label library "${path}": ${why}`,
    { data: { path }, cause },
  );
}

/** What is known of a library once it is loaded. */
interface Shape {
  readonly name: string;
  readonly description: string;
  readonly reach: LabelReach;
  readonly size: number;
}

/** @throws {TypeError} Naming what the module lacks. */
function checkedShape(shape: unknown): Shape {
  const part = (key: string) => {
    const found = isObject(shape) ? shape[key] : undefined;
    return isObject(found) ? found : {};
  };
  for (const key of ["maxMediaLabel", "claimMediaLabel"]) {
    if (part(key).isFunction !== true) {
      throw new TypeError(`it exports no function "${key}"`);
    }
  }
  const name = part("name").value;
  if (
    typeof name !== "string" || name.trim() === "" ||
    name.length > LONGEST_NAME
  ) {
    throw new TypeError(
      `it exports no "name" of 1 to ${LONGEST_NAME} characters`,
    );
  }
  const description = part("description").value ?? "";
  if (typeof description !== "string") {
    throw new TypeError('its "description" is no string');
  }
  const reach = part("reach").value ?? {};
  if (!isObject(reach)) throw new TypeError('its "reach" is no object');
  return {
    name,
    description,
    ...checkedWishes(reach, isObject(shape) ? shape.size : undefined),
  };
}

function checkedWishes(
  reach: Record<string, unknown>,
  size: unknown,
): Pick<Shape, "reach" | "size"> {
  const number = (value: unknown) => typeof value === "number" ? value : NaN;
  const { records = 1, fileMarks = 0 } = reach;
  const wishes = wishesOf({
    name: "",
    reach: { records: number(records), fileMarks: number(fileMarks) },
    maxMediaLabel: () => number(size),
    claimMediaLabel: () => ({ status: "ERROR_BAD_FORMAT" }),
  });
  if (wishes instanceof Error) throw wishes;
  return {
    reach: { records: wishes.records, fileMarks: wishes.fileMarks },
    size: wishes.recordBytes,
  };
}

class LoadedLibrary implements SiteLibrary {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly reach: LabelReach;
  readonly #url: string;
  readonly #size: number;
  #thread: SiteThread;
  /** Resolved once the thread has the module. */
  #loaded: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(path: string, url: string, shape: Shape, thread: SiteThread) {
    this.path = path;
    this.name = shape.name;
    this.description = shape.description;
    this.reach = shape.reach;
    this.#url = url;
    this.#size = shape.size;
    this.#thread = thread;
  }

  maxMediaLabel(): number {
    return this.#size;
  }

  async claimMediaLabel(
    bytes: Uint8Array,
    { blocks, signal }: LabelContext,
  ): Promise<MediaLabelAnswer> {
    if (this.#isDisposed) throw new Error("it is no longer in use");
    if (this.#thread.hasEnded) {
      this.#thread = new SiteThread();
      this.#loaded = this.#load(this.#thread, signal);
    }
    await this.#loaded;
    const question = { bytes, blocks };
    return checkedAnswer(await this.#thread.ask({ question }, signal));
  }

  /** Where it fails, the next question tries again. */
  async #load(thread: SiteThread, signal: AbortSignal): Promise<void> {
    try {
      await thread.ask({ url: this.#url }, signal);
    } catch (error) {
      thread.end(new Error("it could not be loaded again"));
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#thread.end(new Error("it is no longer in use"));
  }
}
