import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { COLOURED } from "../../src/cli/style.ts";
import {
  cut,
  displayWidth,
  pad,
  printable,
  wrap,
} from "../../src/cli/width.ts";

Deno.test("displayWidth() counts two columns for wide characters, none for marks and colours", () => {
  assertEquals(displayWidth("LTO-6"), 5);
  assertEquals(displayWidth("磁带库"), 6);
  assertEquals(displayWidth("ﾃｰﾌﾟ"), 4);
  assertEquals(displayWidth("e\u0301"), 1);
  assertEquals(displayWidth("a\u200bb"), 2);
  assertEquals(displayWidth("📼"), 2);
  assertEquals(displayWidth(COLOURED.red("ab")), 2);
});

Deno.test("cut() keeps to the width and shows that it cut", () => {
  assertEquals(cut("abcdef", 6), "abcdef");
  assertEquals(cut("abcdef", 4), "abc…");
  assertEquals(cut("磁带库", 4), "磁…");
  assertEquals(cut("abc", 0), "");
});

Deno.test("cut() and pad() give the width that was asked for", () => {
  const texts = fc.string({ unit: "grapheme", maxLength: 20 }).map(printable);
  fc.assert(fc.property(texts, fc.nat(20), (text, width) => {
    assert(displayWidth(cut(text, width)) <= width);
    assert(displayWidth(pad(text, width)) >= width);
    assert(pad(text, width, "right").endsWith(text));
  }));
});

Deno.test("printable() leaves nothing that a terminal obeys", () => {
  assertEquals(printable("a\x1b[2Jb\r\n"), "a\ufffd[2Jb\ufffd\ufffd");
  assertEquals(printable("Bänder 磁带"), "Bänder 磁带");
});

Deno.test("wrap() breaks at blanks and loses no word", () => {
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("verylongword a", 4), ["verylongword", "a"]);
  fc.assert(
    fc.property(fc.lorem({ maxCount: 30 }), fc.integer({ min: 5, max: 80 }), (
      text,
      width,
    ) => assertEquals(wrap(text, width).join(" "), text)),
  );
});
