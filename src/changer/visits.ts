/**
 * The visits of media to a drive that stands alone: nobody but their labels
 * tells one from the next.
 *
 * @module
 */

/** What only a drive without a changer has. */
export interface StandAlone {
  /** How often the medium has changed, as far as the last look was told. */
  readonly visit: number;
  /** Whether the medium may be another one than that of the last visit that was {@linkcode StandAlone.known}. */
  readonly mayBeOther: boolean;
  /** What is in the drive since a visit is known. */
  known(visit: number): void;
}
