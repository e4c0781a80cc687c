/**
 * The contract of media label libraries (ntmsmli.h): a module that says how
 * much of a medium it wants to see (MAXMEDIALABEL) and whether what is there
 * is a label of its format (CLAIMMEDIALABEL). Built-in libraries and those of
 * a site are of the same form.
 *
 * A library of a site is an ECMAScript module of this computer whose default
 * export is a {@linkcode MediaLabelLibrary}, such as
 * `/etc/rsm/labels/acme.js`:
 *
 * @example A library that recognizes "ACME-TAPE 0000123"
 * ```ts
 * import type { MediaLabelLibrary } from "./mod.ts";
 *
 * const acme: MediaLabelLibrary = {
 *   name: "ACME",
 *   maxMediaLabel: () => 17,
 *   claimMediaLabel(bytes) {
 *     const text = new TextDecoder("latin1").decode(bytes);
 *     const number = /^ACME-TAPE (\d{7})$/.exec(text)?.[1];
 *     if (number === undefined) return { status: "ERROR_BAD_FORMAT" };
 *     return {
 *       status: "NO_ERROR",
 *       label: {
 *         LabelType: "ACME",
 *         LabelID: new TextEncoder().encode(number),
 *         LabelAppDescr: `ACME tape ${Number(number)}`,
 *       },
 *     };
 *   },
 * };
 * // And at its end: export default acme;
 * ```
 *
 * @module
 */

/** Characters of a label type, with the terminating null (NTMSMLI_MAXTYPE). */
export const NTMSMLI_MAXTYPE = 64;

/** Bytes of a label id in MediaLabelInfo (NTMSMLI_MAXIDSIZE). */
export const NTMSMLI_MAXIDSIZE = 256;

/** Characters of a label's description, with the terminating null (NTMSMLI_MAXAPPDESCR). */
export const NTMSMLI_MAXAPPDESCR = 256;

/**
 * The longest label id that is accepted. It is one byte less than
 * MediaLabelInfo has room for, because the side that has to keep it
 * (NTMS_OMIDLABELID_LENGTH) has room for 255 bytes: a claim of 256 could be
 * made but never be compared.
 */
export const LONGEST_LABEL_ID_BYTES = 255;

/** The most bytes that a library may ask to see of one record. */
export const LONGEST_MEDIA_LABEL_BYTES = 1 << 20;

/** The most records, and the most file marks, that a library may ask for. */
export const LONGEST_REACH = 16;

/** What was found at the start of a medium, in the order it is there. */
export type LabelBlock =
  | {
    /** Data. */
    readonly kind: "record";
    /** Its bytes, from its first on; a long record may be cut. */
    readonly bytes: Uint8Array;
  }
  | {
    /** A file mark. */
    readonly kind: "fileMark";
  }
  | {
    /** Nothing was ever written from here on. */
    readonly kind: "endOfData";
  };

/** What a label says (MediaLabelInfo, by its documented field names). */
export interface MediaLabelInfo {
  /** Format or program: the same for every medium of the format; 1 to 63 characters. */
  readonly LabelType: string;
  /** What no other medium of the type has; its length is LabelIDSize, at most 255. Empty where the format is recognized but says nothing of the medium. */
  readonly LabelID: Uint8Array;
  /** The medium, in words for people; at most 255 characters. */
  readonly LabelAppDescr: string;
}

/** More that a label may say, for people and for finding media again. */
export interface LabelDetails {
  /** Name of the volume, as its program shows it. */
  readonly volumeName?: string;
  /** Who owns the volume. */
  readonly owner?: string;
  /** The program that wrote the label. */
  readonly application?: string;
  /** The computer that wrote the label. */
  readonly computer?: string;
  /** The pool of the program that the volume is in. */
  readonly pool?: string;
  /** The program's own name for the type of the medium. */
  readonly mediaType?: string;
  /** When the label was written. */
  readonly written?: Date;
}

/** The answer to CLAIMMEDIALABEL. */
export type MediaLabelAnswer =
  | {
    /** It is a label of this library (0). */
    readonly status: "NO_ERROR";
    /** What it says. */
    readonly label: MediaLabelInfo;
    /** More that it says. */
    readonly details?: LabelDetails;
  }
  | {
    /** It is no label of this library (11). */
    readonly status: "ERROR_BAD_FORMAT";
    /** Set where it nearly was one: what is wrong with it. */
    readonly reason?: string;
  };

/** What a library may look at besides the bytes. */
export interface LabelContext {
  /** The blocks that were read, each record cut to what the library asked for. */
  readonly blocks: readonly LabelBlock[];
  /** Aborted when the time for an answer is over. */
  readonly signal: AbortSignal;
}

/** How far from its start a medium has to be read for a library. */
export interface LabelReach {
  /** Records. @default {1} */
  readonly records?: number;
  /** File marks that may be passed on the way. @default {0} */
  readonly fileMarks?: number;
}

/** A media label library. */
export interface MediaLabelLibrary {
  /** Its name, for messages; 1 to 64 characters. */
  readonly name: string;
  /** What it recognizes, for people. */
  readonly description?: string;
  /** Where one record from the start does not suffice. */
  readonly reach?: LabelReach;
  /**
   * How many bytes of a record it needs to see (MAXMEDIALABEL); for a format
   * without a limit, as many as its program ever writes. 1 to 1,048,576.
   */
  maxMediaLabel(): number;
  /**
   * Whether these are the bytes of a label of this library (CLAIMMEDIALABEL).
   *
   * The bytes are of an unknown medium: no length in them can be trusted.
   *
   * @param bytes The records up to the first file mark, joined, and at most as
   * many bytes as {@linkcode maxMediaLabel} asked for.
   */
  claimMediaLabel(
    bytes: Uint8Array,
    context: LabelContext,
  ): MediaLabelAnswer | Promise<MediaLabelAnswer>;
}
