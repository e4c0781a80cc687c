/**
 * EBCDIC (code page 037), as far as tape labels use it: what ASCII can print.
 *
 * @module
 */

/** Runs of characters that follow each other in both: first EBCDIC byte, characters. */
const RUNS: readonly (readonly [number, string])[] = [
  [0x00, "\0"],
  [0x40, " "],
  [0x4b, ".<(+|"],
  [0x50, "&"],
  [0x5a, "!$*);"],
  [0x60, "-/"],
  [0x6b, ",%_>?"],
  [0x79, "`:#@'=\""],
  [0x81, "abcdefghi"],
  [0x91, "jklmnopqr"],
  [0xa1, "~stuvwxyz"],
  [0xb0, "^"],
  [0xba, "[]"],
  [0xc0, "{ABCDEFGHI"],
  [0xd0, "}JKLMNOPQR"],
  [0xe0, "\\"],
  [0xe2, "STUVWXYZ"],
  [0xf0, "0123456789"],
];

const CHARACTERS: readonly string[] = (() => {
  const characters = new Array<string>(256).fill("\ufffd");
  for (const [first, run] of RUNS) {
    [...run].forEach((character, index) => {
      characters[first + index] = character;
    });
  }
  return characters;
})();

/** The text of EBCDIC bytes, U+FFFD for what ASCII has not. */
export function ebcdic(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += CHARACTERS[byte] ?? "";
  return text;
}
