import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Identification,
  identify,
  labelReadPlan,
  loadMediaLabelLibrary,
  type MediaLabelLibrary,
} from "../../src/labels/mod.ts";
import { SiteThread } from "../../src/labels/site_thread.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { FakeClock } from "../manager/fake_clock.ts";
import { text } from "./ask.ts";
import { ascii, FILE_MARK, record } from "./made_labels.ts";

/** Recognizes "ACME-TAPE" and does to its thread what the bytes behind say. */
const ACME = `
const BAD = { status: "ERROR_BAD_FORMAT" };
export default {
  name: "ACME",
  description: "Tapes of ACME",
  reach: { records: 2, fileMarks: 1 },
  maxMediaLabel: () => 32,
  claimMediaLabel(bytes, { blocks }) {
    const text = new TextDecoder().decode(bytes);
    if (!text.startsWith("ACME-TAPE ")) return BAD;
    const word = text.slice(10);
    if (word === "loop") for (;;);
    if (word === "throw") throw new TypeError("no such word");
    if (word === "uncaught") {
      queueMicrotask(() => { throw new Error("nobody catches me"); });
      return new Promise(() => {});
    }
    if (word === "never") return new Promise(() => {});
    if (word === "function") return { ...BAD, extra: () => {} };
    if (word === "nonsense") return 7;
    if (word === "noise") for (const id of [1, 2, 99, "x", null]) postMessage({ id });
    if (word === "close") { self.close(); return BAD; }
    return {
      status: "NO_ERROR",
      label: {
        LabelType: "ACME",
        LabelID: bytes.slice(10),
        LabelAppDescr: "ACME " + word + ", " + blocks.length + " blocks",
      },
    };
  },
};
`;

/** A folder with one module of this source; removed when it is disposed of. */
async function moduleOf(
  source: string,
  name = "acme.js",
): Promise<{ path: string } & AsyncDisposable> {
  const directory = await Deno.makeTempDir({ prefix: "rsm labels #" });
  const path = `${directory}/${name}`;
  await Deno.writeTextFile(path, source);
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

function askWord(
  library: MediaLabelLibrary,
  word: string,
  timeoutMs = 10_000,
): Promise<Identification> {
  const blocks = [record(ascii(`ACME-TAPE ${word}`)), FILE_MARK];
  return identify(blocks, [library], { clock: systemClock, timeoutMs });
}

Deno.test("a library of the site is asked as the built-in ones are", async () => {
  await using file = await moduleOf(ACME);
  using acme = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  assertEquals([acme.name, acme.description, acme.path], [
    "ACME",
    "Tapes of ACME",
    file.path,
  ]);
  const { records, fileMarks, recordBytes } = labelReadPlan([acme]);
  assertEquals([records, fileMarks, recordBytes], [2, 1, 32]);
  const { status, claim, faults } = await askWord(acme, "0000123");
  assertEquals([status, faults], ["claimed", []]);
  assertEquals(text(claim?.label.LabelID ?? new Uint8Array()), "0000123");
  assertEquals(claim?.label.LabelAppDescr, "ACME 0000123, 2 blocks");
  const other = [record(ascii("something else"))];
  const found = await identify(other, [acme], { clock: systemClock });
  assertEquals([found.status, found.faults], ["unknown", []]);
});

Deno.test("a module may export its library by parts, and in TypeScript", async () => {
  await using file = await moduleOf(
    `export const name: string = "Parts";
     export function maxMediaLabel(): number { return 1; }
     export async function claimMediaLabel() { return { status: "ERROR_BAD_FORMAT", reason: "nearly" }; }`,
    "parts.ts",
  );
  using parts = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  const { rejections, faults } = await askWord(parts, "x");
  assertEquals([rejections, faults], [
    [{ library: "Parts", message: "nearly" }],
    [],
  ]);
});

Deno.test("what is wrong with a module is told with its path", async () => {
  const size = "maxMediaLabel: () => 1, claimMediaLabel() {}";
  const wrong: readonly (readonly [string, string])[] = [
    ["export default 5;", 'it exports no function "maxMediaLabel"'],
    ["", 'it exports no function "maxMediaLabel"'],
    [
      'export default { name: "A", maxMediaLabel: () => 1 };',
      'it exports no function "claimMediaLabel"',
    ],
    [`export default { ${size} };`, 'it exports no "name" of 1 to 64'],
    [
      `export default { name: "", ${size} };`,
      'it exports no "name" of 1 to 64',
    ],
    [`export default { name: "A".repeat(65), ${size} };`, 'exports no "name"'],
    [
      `export default { name: "A", description: 1, ${size} };`,
      'its "description" is no string',
    ],
    [
      `export default { name: "A", reach: 1, ${size} };`,
      '"reach" is no object',
    ],
    [
      `export default { name: "A", reach: { records: "2" }, ${size} };`,
      '"reach.records" gives NaN',
    ],
    [
      `export default { name: "A", maxMediaLabel: () => 2 ** 30, claimMediaLabel() {} };`,
      '"maxMediaLabel" gives 1073741824',
    ],
    [
      `export default { name: "A", maxMediaLabel() { throw new Error("no size"); }, claimMediaLabel() {} };`,
      "no size",
    ],
    ['throw new Error("not on this computer");', "not on this computer"],
    ["export default {", "acme.js"],
    ['import "./missing.js";', "missing.js"],
  ];
  for (const [source, message] of wrong) {
    await using file = await moduleOf(source);
    const error = await assertRejects(
      () => loadMediaLabelLibrary(file.path, { clock: systemClock }),
      NtmsError,
      message,
    );
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
    const start = `Cannot use the media label library "${file.path}": `;
    assert(error.message.startsWith(start), error.message);
  }
});

Deno.test("a module is named by its absolute path on this computer", async () => {
  for (const path of ["acme.js", "https://example.org/a.js", "", "/a\0.js"]) {
    await assertRejects(
      () => loadMediaLabelLibrary(path, { clock: systemClock }),
      NtmsError,
      "its path is not absolute",
    );
  }
  await assertRejects(
    () => loadMediaLabelLibrary("/no/such/file.js", { clock: systemClock }),
    NtmsError,
    "/no/such/file.js",
  );
});

Deno.test("the thread of a module that is not used is ended", async () => {
  const Real = Worker;
  let [started, ended] = [0, 0];
  globalThis.Worker = class extends Real {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      started++;
    }
    override terminate(): void {
      ended++;
      super.terminate();
    }
  };
  try {
    await using file = await moduleOf("export default 5;");
    await assertRejects(() =>
      loadMediaLabelLibrary(file.path, { clock: systemClock })
    );
  } finally {
    globalThis.Worker = Real;
  }
  assertEquals([started, ended], [1, 1]);
});

Deno.test("a thread that has ended answers with its reason", async () => {
  const thread = new SiteThread();
  thread.end(new Error("over"));
  const { signal } = new AbortController();
  await assertRejects(() => thread.ask({ url: "" }, signal), Error, "over");
});

Deno.test("a module whose import never ends is given up", async () => {
  await using file = await moduleOf("for (;;);");
  const clock = new FakeClock();
  const loading = loadMediaLabelLibrary(file.path, { clock });
  clock.advance(10_000);
  await assertRejects(
    () => loading,
    NtmsError,
    "importing it took more than 10000 ms",
  );
});

Deno.test("a library that loops is ended, and asked again for the next medium", async () => {
  await using file = await moduleOf(ACME);
  using acme = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  for (const word of ["loop", "never"]) {
    const { status, faults } = await askWord(acme, word, 200);
    assertEquals([status, faults], ["unknown", [{
      library: "ACME",
      message: "it did not answer within 200 ms",
    }]]);
    // At once from two drives: none of them may come before the import.
    const [one, two] = await Promise.all([
      askWord(acme, "1"),
      askWord(acme, "2"),
    ]);
    assertEquals([one.status, two.status], ["claimed", "claimed"]);
  }
});

Deno.test("whatever a library does, the service goes on", async () => {
  await using file = await moduleOf(ACME);
  using acme = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  const wrong: readonly (readonly [string, string])[] = [
    ["throw", "no such word"],
    ["uncaught", "nobody catches me"],
    ["function", "could not be cloned"],
    ["nonsense", "the answer is no object"],
  ];
  for (const [word, message] of wrong) {
    const { status, faults } = await askWord(acme, word);
    assertEquals(status, "unknown");
    assert(faults[0]?.message.includes(message), faults[0]?.message);
    assertEquals((await askWord(acme, "0000123")).status, "claimed");
  }
});

Deno.test("messages that answer no question are dropped", async () => {
  await using file = await moduleOf(ACME);
  using acme = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  assertEquals((await askWord(acme, "0000123")).status, "claimed");
  await askWord(acme, "noise");
  assertEquals((await askWord(acme, "0000123")).status, "claimed");
});

Deno.test("a library that ends its thread itself is started again", async () => {
  await using file = await moduleOf(ACME);
  using acme = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  assertEquals((await askWord(acme, "close", 200)).status, "unknown");
  await askWord(acme, "0000123", 200);
  assertEquals((await askWord(acme, "0000123")).status, "claimed");
});

Deno.test("a library that is no longer in use answers nothing", async () => {
  await using file = await moduleOf(ACME);
  const acme = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  acme[Symbol.dispose]();
  const { status, faults } = await askWord(acme, "0000123");
  assertEquals([status, faults[0]?.message], [
    "unknown",
    "it is no longer in use",
  ]);
});

Deno.test("a library whose module is gone tells so until it is back", async () => {
  await using file = await moduleOf(ACME);
  using acme = await loadMediaLabelLibrary(file.path, { clock: systemClock });
  await askWord(acme, "loop", 200);
  await Deno.remove(file.path);
  const gone = await askWord(acme, "0000123");
  assert(gone.faults[0]?.message.includes("acme.js"), gone.faults[0]?.message);
  await Deno.writeTextFile(file.path, ACME);
  assertEquals((await askWord(acme, "0000123")).status, "claimed");
});
