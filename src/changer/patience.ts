/**
 * How patiently devices are asked again: pauses and limits. How long a single
 * command may take is in src/scsi.
 *
 * @module
 */

/** How often and how long a command is repeated that the device did not take. */
export const PATIENCE = {
  /** Unit attentions in a row: one for each reason, and no device has so many. */
  attentions: 32,
  /** A device that answers BUSY, or is becoming ready. */
  busyMs: 300_000,
  /** First pause before asking again; it grows to the longest. */
  shortestPauseMs: 100,
  longestPauseMs: 5_000,
  /** A drive tells "no medium" for a while after the transport has let go. */
  mediumNoticedMs: 30_000,
  /** Then it may be one that an unload has left in the mouth of the drive. */
  loadAskedMs: 1_000,
  /** An unloaded drive may go on telling "ready" for a moment. */
  unloadNoticedMs: 2_000,
  /** The changer's ACCESS flag follows the drive by some seconds (IBM, CTA). */
  accessNoticedMs: 20_000,
} as const;
