/**
 * What a drive tells of its state, and its cleaning, as what is above sees
 * them.
 *
 * @module
 */

/** How a cleaning ended, by what the drive says. */
export type CleaningOutcome =
  | "cleaned"
  /** The cleaning cartridge is used up (TapeAlert 22). */
  | "expired"
  /** It is none, or none for this drive (TapeAlert 23). */
  | "invalid"
  /** The drive reports an error, or does not come to an end. */
  | "failed";

/** A drive that has been given a cleaning cartridge, afterwards. */
export interface Cleaned {
  readonly outcome: CleaningOutcome;
  /** TapeAlert flags that were read afterwards, which cleared them. */
  readonly alerts: readonly number[];
  /** Why it is none of "cleaned", for people; empty otherwise. */
  readonly reason: string;
}

/** Asks a drive how it is. */
export interface Care {
  /**
   * The TapeAlert flags (1 to 64, ascending), which clears them in the drive.
   * Flag 20 is among them also where sense data ask for a cleaning. None of a
   * drive that does not know TapeAlert.
   */
  readAlerts(): Promise<readonly number[]>;
  /**
   * Waits until the cleaning cartridge that was put into the drive has done
   * its work and the drive has let go of it.
   *
   * @param mayHaveEnded Whether it was put there so long ago that the drive may
   * have let go of it already; else one that never shows that it works has not
   * been cleaned.
   */
  untilCleaned(timeoutMs: number, mayHaveEnded?: boolean): Promise<Cleaned>;
}
