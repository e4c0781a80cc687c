/**
 * What goes into and comes out of the operations that copy and replace the
 * catalogue.
 *
 * @module
 */

/** A copy of a catalogue. */
export interface CatalogueCopy {
  /** Name in the export directory, as an import takes it. */
  readonly name: string;
  /** Where it is, on the computer of the service. */
  readonly path: string;
  /** When it was written, in ms since 1970 UTC. */
  readonly written: number;
  /** Its size. */
  readonly sizeBytes: number;
}

/** Which copy takes the place of the catalogue (ImportNtmsDatabase). */
export interface ImportDatabaseInput {
  /** Name of a copy in the export directory; null for the one that was exported last, else the newest. */
  readonly copy: string | null;
}
