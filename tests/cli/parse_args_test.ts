import { assertEquals } from "@std/assert";
import { parseArgs } from "@std/cli/parse-args";
import fc from "fast-check";

function parse(args: string[]) {
  const strange: string[] = [];
  const parsed: object = parseArgs(args, {
    string: ["_", "pool", "library"],
    boolean: ["json", "trust"],
    collect: ["library"],
    alias: { pool: ["p"], trust: ["trusting"], json: ["j"] },
    unknown(arg, key) {
      if (key === undefined) return true;
      strange.push(arg);
      return false;
    },
  });
  const { pool, library, json, trust, _ } = Object.assign(
    { pool: undefined, library: [], json: false, trust: false, _: [] },
    parsed,
  );
  return { pool, library, json, trust, _, strange };
}

const NOTHING = {
  pool: undefined,
  library: [],
  json: false,
  trust: false,
  _: [],
  strange: [],
};

const rows: [string, Partial<Record<keyof typeof NOTHING, unknown>>][] = [
  ["", {}],
  ["--pool backup", { pool: "backup" }],
  ["--pool=backup", { pool: "backup" }],
  ["-p backup", { pool: "backup" }],
  ["--pool --json", { pool: "", json: true }],
  ["--pool", { pool: "" }],
  ["--pool=-x", { pool: "-x" }],
  ["--pool a --pool b", { pool: "b" }],
  ["--library a --library=b", { library: ["a", "b"] }],
  ["--library virtual:demo?slots=24", { library: ["virtual:demo?slots=24"] }],
  ["--json x", { json: true, _: ["x"] }],
  ["-j x", { json: true, _: ["x"] }],
  ["--json=false", {}],
  ["--trusting", { trust: true }],
  ["000123 7 --json", { _: ["000123", "7"], json: true }],
  ["-- --json -p", { _: ["--json", "-p"] }],
  ["a -- b", { _: ["a", "b"] }],
  ["-", { _: ["-"] }],
  ["--frob", { strange: ["--frob"] }],
];

for (const [line, expected] of rows) {
  Deno.test(`parseArgs() reads "rsm X ${line}" as rsm needs it`, () => {
    const args = line === "" ? [] : line.split(" ");
    assertEquals<unknown>(parse(args), { ...NOTHING, ...expected });
  });
}

Deno.test("parseArgs() makes numbers of operands unless it is told to keep them", () => {
  const { _ }: object & { _?: unknown } = parseArgs(["000123", "L6"], {});
  assertEquals<unknown>(_, [123, "L6"]);
});

Deno.test("parseArgs() keeps every operand as it was typed, whatever it looks like", () => {
  const word = fc.string({ minLength: 1 }).filter((text) =>
    !text.startsWith("-")
  );
  fc.assert(fc.property(fc.array(word), (words) => {
    assertEquals<unknown>(parse(words)._, words);
    assertEquals<unknown>(parse(["--json", "--", ...words])._, words);
  }));
});
