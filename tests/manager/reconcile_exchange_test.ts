import { assertEquals } from "@std/assert";
import type { Element } from "../../src/changer/mod.ts";
import {
  type ExchangeVerdict,
  judgeExchange,
} from "../../src/manager/reconcile_exchange.ts";

/** "-" is empty, "?" shows no label, "!" is not reported, else a label. */
function element(content: string): Element | undefined {
  if (content === "!") return undefined;
  return {
    elementAddress: 1,
    type: "storage",
    full: content !== "-",
    accessible: true,
    barCode: content === "-" || content === "?" ? null : content,
    sourceAddress: null,
    exception: null,
    cleaning: false,
    byOperator: false,
    driveSerialNumber: "",
  };
}

/** Of source, drive, target and transport. */
const ROWS: readonly (readonly [string, ExchangeVerdict])[] = [
  ["NEW OLD - -", "never happened"],
  ["NEW - OLD -", "put away"],
  ["- NEW OLD -", "happened"],
  // What is in a transport is for the next inventory.
  ["NEW - - OLD", "not told"],
  ["- - OLD NEW", "not told"],
  ["- NEW - OLD", "not told"],
  ["- OLD - NEW", "not told"],
  ["NEW OLD - XYZ", "not told"],
  // The two may be anywhere once labels do not tell them apart.
  ["NEW ? - -", "not told"],
  ["? OLD - -", "not told"],
  ["- ? OLD -", "not told"],
  ["- NEW ? -", "not told"],
  ["? ? - -", "not told"],
  // Hands.
  ["OLD NEW - -", "not told"],
  ["- OLD NEW -", "not told"],
  ["- - - -", "not told"],
  ["NEW - - -", "not told"],
  ["- NEW - -", "not told"],
  ["XYZ NEW OLD -", "not told"],
  ["NEW OLD OLD -", "not told"],
  ["NEW OLD XYZ -", "not told"],
  ["! NEW OLD -", "not told"],
  ["- ! OLD -", "not told"],
  ["- NEW ! -", "not told"],
];

Deno.test("an exchange is judged by where both labels are seen, and by nothing else", () => {
  for (const [row, verdict] of ROWS) {
    const [source, drive, target, transport] = row.split(" ").map(element);
    const elements = {
      source,
      drive,
      target,
      transports: transport === undefined ? [] : [transport],
    };
    const labels = { comes: "NEW", goes: "OLD" };
    assertEquals(judgeExchange(elements, labels), verdict, row);
  }
});
