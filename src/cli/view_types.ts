/**
 * The names of object types on the command line, those of the documented
 * `rsm.exe` among them.
 *
 * @module
 */

import type { ViewType } from "./view_columns.ts";

/** A type of object, for the list that `rsm view` shows. */
export interface ViewTypeRow {
  readonly type: ViewType;
  /** Its name on the command line. */
  readonly word: string;
  /** Other words for it. */
  readonly others: readonly string[];
  readonly meaning: string;
  /** What kinds of object a list may be confined to. */
  readonly containers: readonly ("library" | "pool" | "medium")[];
}

/** Every type that can be listed. */
export const VIEW_TYPES: readonly ViewTypeRow[] = [
  {
    type: "library",
    word: "library",
    others: ["libraries"],
    meaning: "Libraries, the offline library among them",
    containers: [],
  },
  {
    type: "drive",
    word: "drive",
    others: [],
    meaning: "Drives",
    containers: ["library"],
  },
  {
    type: "slot",
    word: "slot",
    others: ["storageslot"],
    meaning: "Storage slots",
    containers: ["library"],
  },
  {
    type: "port",
    word: "port",
    others: ["ieport"],
    meaning: "Import/export ports",
    containers: ["library"],
  },
  {
    type: "door",
    word: "door",
    others: ["iedoor"],
    meaning: "Doors",
    containers: ["library"],
  },
  {
    type: "changer",
    word: "changer",
    others: [],
    meaning: "Robots",
    containers: ["library"],
  },
  {
    type: "cartridge",
    word: "cartridge",
    others: ["physicalmedia", "physicalmedium"],
    meaning: "Cartridges",
    containers: ["library", "pool"],
  },
  {
    type: "side",
    word: "side",
    others: ["partition"],
    meaning: "Recording sides of cartridges",
    containers: ["medium", "pool"],
  },
  {
    type: "logicalMedium",
    word: "logical-medium",
    others: ["logicalmedia", "allocation"],
    meaning: "Allocated media",
    containers: ["pool"],
  },
  {
    type: "mediaPool",
    word: "media-pool",
    others: ["pool"],
    meaning: "Media pools of the top level, or those in a pool",
    containers: ["pool"],
  },
  {
    type: "mediaType",
    word: "media-type",
    others: [],
    meaning: "Kinds of media",
    containers: ["library"],
  },
  {
    type: "libraryRequest",
    word: "library-request",
    others: ["librequest", "request"],
    meaning: "Work of the libraries, finished and not",
    containers: ["library"],
  },
  {
    type: "operatorRequest",
    word: "operator-request",
    others: ["oprequest"],
    meaning: "Tasks for a person",
    containers: [],
  },
  {
    type: "driveType",
    word: "drive-type",
    others: [],
    meaning: "Makes and models of drives",
    containers: [],
  },
  {
    type: "changerType",
    word: "changer-type",
    others: [],
    meaning: "Makes and models of robots",
    containers: [],
  },
  {
    type: "computer",
    word: "computer",
    others: [],
    meaning: "The service itself",
    containers: [],
  },
];

function simplified(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, "");
}

/** The type that a word means, in any of its spellings, also in the plural. */
export function viewTypeOf(word: string): ViewTypeRow | undefined {
  const typed = simplified(word);
  return VIEW_TYPES.find((row) =>
    [row.word, ...row.others].map(simplified)
      .some((name) => name === typed || `${name}s` === typed)
  );
}
