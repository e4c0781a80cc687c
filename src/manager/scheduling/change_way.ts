/**
 * How the cartridge in a drive is changed for another one.
 *
 * @module
 */

/** What is known before a change. */
export interface Change {
  /** Whether the library exchanges by one command. */
  readonly exchanges: boolean;
  /** Where the cartridge is that comes. */
  readonly from: "slot" | "drive" | "port";
  /** The labels of both cartridges as they were last read; empty for one that was not. */
  readonly labels: readonly [string, string];
}

/**
 * By exchange, where each cartridge can be told from the other one whatever
 * becomes of it; else by two moves, which only need to see what is full.
 */
export function changeWay(
  { exchanges, from, labels: [one, other] }: Change,
): "exchange" | "two moves" {
  return exchanges && from === "slot" && one !== "" && other !== "" &&
      one !== other
    ? "exchange"
    : "two moves";
}
