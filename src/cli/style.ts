/**
 * Colours, where the reader can see them.
 *
 * @module
 */

/** Colours a text, or leaves it as it is. */
export type Paint = (text: string) => string;

/** The colours in use. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

/** Name of a colour. */
export type Colour = keyof Style;

function painter(on: number, off: number): Paint {
  return (text) => text === "" ? "" : `\x1b[${on}m${text}\x1b[${off}m`;
}

const same: Paint = (text) => text;

/** No colours. */
export const PLAIN: Style = {
  bold: same,
  dim: same,
  red: same,
  green: same,
  yellow: same,
  cyan: same,
};

/** The colours of a terminal (ECMA-48, SGR). */
export const COLOURED: Style = {
  bold: painter(1, 22),
  dim: painter(2, 22),
  red: painter(31, 39),
  green: painter(32, 39),
  yellow: painter(33, 39),
  cyan: painter(36, 39),
};

/** Chooses by NO_COLOR, FORCE_COLOR, TERM and whether it is a terminal, in this order. */
export function chooseStyle(
  isTerminal: boolean,
  io: { env(name: string): string | undefined },
): Style {
  if (io.env("NO_COLOR")) return PLAIN;
  const forced = io.env("FORCE_COLOR");
  if (forced) return forced === "0" ? PLAIN : COLOURED;
  return isTerminal && io.env("TERM") !== "dumb" ? COLOURED : PLAIN;
}
