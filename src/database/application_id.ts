/**
 * What tells a catalogue from other SQLite files.
 *
 * @module
 */

/** "RSMC" in the place that SQLite's header has for the application. */
export const APPLICATION_ID = 0x5253_4d43;
