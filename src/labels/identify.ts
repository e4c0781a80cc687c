/**
 * Identification of a medium by its label.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import { checkedAnswer } from "./answers.ts";
import { cutBlocks, leadingBytes } from "./blocks.ts";
import { FREE_LABEL_TYPE, freeLabelLibrary } from "./free_label.ts";
import type {
  LabelBlock,
  LabelDetails,
  MediaLabelAnswer,
  MediaLabelInfo,
  MediaLabelLibrary,
} from "./media_label_library.ts";
import { wishesOf } from "./read_plan.ts";
import { cleanText } from "./text.ts";

/** A label that a library recognized. */
export interface LabelClaim {
  /** Name of the library. */
  readonly library: string;
  /** What the label says. */
  readonly label: MediaLabelInfo;
  /** More that it says. */
  readonly details: LabelDetails;
  /** It is our own free label: nobody needs what is on the medium. No other library can claim that. */
  readonly isFree: boolean;
}

/** What a library says or does that is worth telling. */
export interface LabelRemark {
  /** Name of the library. */
  readonly library: string;
  /** What happened, or what is wrong with the label; a sentence without a final stop. */
  readonly message: string;
}

/** What {@linkcode identify} found. */
export interface Identification {
  /**
   * - `claimed`: a label with an identity.
   * - `recognized`: the format is known, but says nothing of the medium.
   * - `unknown`: there is data that no library knows.
   * - `blank`: there is no data.
   */
  readonly status: "claimed" | "recognized" | "unknown" | "blank";
  /** The claim that counts; null for `unknown` and `blank`. */
  readonly claim: LabelClaim | null;
  /** Claims of further libraries, in the order in which these were given. */
  readonly alsoClaimedBy: readonly LabelClaim[];
  /** Labels that nearly were of a library's format, such as with a wrong check sum. */
  readonly rejections: readonly LabelRemark[];
  /** Libraries that failed. While there are any, another library may have known the medium: a medium that was known before should not be taken for another one. */
  readonly faults: readonly LabelRemark[];
}

/** Options for {@linkcode identify}. */
export interface IdentifyOptions {
  /** Time. */
  readonly clock: Clock;
  /**
   * How long a library may take, ms.
   * @default {5000}
   */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 5_000;
/** Longest message of a failed library that is passed on. */
const LONGEST_MESSAGE = 500;

/**
 * Asks every library whether a medium has a label of its format.
 *
 * Where several claim it, one that gives an identity counts more than one that
 * only recognizes the format, and among equals the one that comes first in
 * `libraries` ({@linkcode librariesInOrder}). A library that throws, breaks
 * the contract or takes too long is left out and reported; it never makes this
 * fail. One that never gives the thread back can only be stopped where it runs
 * in a thread of its own, as {@linkcode loadMediaLabelLibrary} lets it.
 *
 * @param blocks What was read according to {@linkcode labelReadPlan}. The raw
 * label of UpdateNtmsOmidInfo is one record.
 * @throws {RangeError} When there are no blocks: also of a blank medium its
 * end of data is known.
 *
 * @example A tape of tar's
 * ```ts
 * import { BUILT_IN_LIBRARIES, identify } from "./mod.ts";
 * import { systemClock } from "../model/system.ts";
 *
 * const blank = await identify([{ kind: "endOfData" }], BUILT_IN_LIBRARIES, {
 *   clock: systemClock,
 * });
 * console.assert(blank.status === "blank");
 *
 * const bytes = new TextEncoder().encode("Dear diary, today I ");
 * const unknown = await identify(
 *   [{ kind: "record", bytes }],
 *   BUILT_IN_LIBRARIES,
 *   { clock: systemClock },
 * );
 * console.assert(unknown.status === "unknown");
 * ```
 */
export async function identify(
  blocks: readonly LabelBlock[],
  libraries: readonly MediaLabelLibrary[],
  options: IdentifyOptions,
): Promise<Identification> {
  if (blocks.length === 0) {
    throw new RangeError("Cannot identify a medium of which nothing was read");
  }
  const nothing = {
    claim: null,
    alsoClaimedBy: [],
    rejections: [],
    faults: [],
  };
  if (!blocks.some(({ kind }) => kind === "record")) {
    // Without its end, data may follow behind the file marks.
    const ends = blocks.some(({ kind }) => kind === "endOfData");
    return { ...nothing, status: ends ? "blank" : "unknown" };
  }
  const outcomes = await Promise.all(
    libraries.map((library) => ask(library, blocks, options)),
  );
  const claims = outcomes.flatMap(({ claim }) => claim ?? []);
  const counts = claims.find(hasIdentity) ?? claims[0] ?? null;
  return {
    status: statusOf(counts),
    claim: counts,
    alsoClaimedBy: claims.filter((claim) => claim !== counts),
    rejections: outcomes.flatMap(({ rejection }) => rejection ?? []),
    faults: outcomes.flatMap(({ fault }) => fault ?? []),
  };
}

function hasIdentity({ label }: LabelClaim): boolean {
  return label.LabelID.length > 0;
}

function statusOf(claim: LabelClaim | null): Identification["status"] {
  if (claim === null) return "unknown";
  return hasIdentity(claim) ? "claimed" : "recognized";
}

/** At most one of them; none where it is simply another format. */
interface Outcome {
  readonly claim?: LabelClaim;
  readonly rejection?: LabelRemark;
  readonly fault?: LabelRemark;
}

async function ask(
  library: MediaLabelLibrary,
  blocks: readonly LabelBlock[],
  options: IdentifyOptions,
): Promise<Outcome> {
  const name = nameOf(library);
  try {
    const answer = checkedAnswer(await answerOf(library, blocks, options));
    if (answer.status === "ERROR_BAD_FORMAT") {
      const { reason } = answer;
      return reason === undefined
        ? {}
        : { rejection: { library: name, message: reason } };
    }
    const { label, details = {} } = answer;
    const isFree = library === freeLabelLibrary;
    // Free media may be overwritten. MTF takes its label type from the medium.
    if (label.LabelType === FREE_LABEL_TYPE && !isFree) {
      throw new TypeError(`only free media may be "${FREE_LABEL_TYPE}"`);
    }
    return { claim: { library: name, label, details, isFree } };
  } catch (error) {
    return { fault: { library: name, message: messageOf(error) } };
  }
}

/** The answer as the library gave it, within the time. */
async function answerOf(
  library: MediaLabelLibrary,
  blocks: readonly LabelBlock[],
  { clock, timeoutMs = DEFAULT_TIMEOUT_MS }: IdentifyOptions,
): Promise<MediaLabelAnswer> {
  const wishes = wishesOf(library);
  if (wishes instanceof Error) throw wishes;
  const { recordBytes } = wishes;
  const started = clock.monotonic();
  const over = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = clock.after(timeoutMs, () => {
    const error = new Error(`it did not answer within ${timeoutMs} ms`);
    late.reject(error);
    over.abort(error);
  });
  try {
    const answer = await Promise.race([
      late.promise,
      library.claimMediaLabel(leadingBytes(blocks, recordBytes), {
        blocks: cutBlocks(blocks, recordBytes),
        signal: over.signal,
      }),
    ]);
    // A library that kept the thread could not be interrupted.
    const tookMs = Math.round(clock.monotonic() - started);
    if (tookMs > timeoutMs) {
      throw new Error(`it took ${tookMs} ms to answer, more than ${timeoutMs}`);
    }
    return answer;
  } finally {
    timer.cancel();
  }
}

function nameOf({ name }: MediaLabelLibrary): string {
  return typeof name === "string" ? cleanText(name, 64) : "nameless";
}

/** Whatever was thrown, in words. */
function messageOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return cleanText(text, LONGEST_MESSAGE);
  } catch {
    return "it threw something that cannot be shown";
  }
}
