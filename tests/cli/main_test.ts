import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ERROR_CODES, NtmsError } from "../../src/model/errors.ts";
import type { Command, Program } from "../../src/cli/command.ts";
import { exitStatuses } from "../../src/cli/exit_codes.ts";
import { main } from "../../src/cli/main.ts";
import { parseArgs } from "@std/cli/parse-args";
import { Exited, run, TestIo } from "./test_io.ts";

/** A program with one command, `do`, that runs `work`. */
function programOf(work: Command["run"]): Program {
  return {
    version: "1.2.3",
    parse: (args, table) => parseArgs([...args], table),
    commands: [{
      name: "do",
      summary: "Do it",
      operands: [{ name: "WHAT", optional: true, summary: "What to do" }],
      options: [
        { name: "wait", value: "SECONDS", summary: "How long" },
        {
          name: "way",
          value: "WAY",
          choices: ["fast", "slow"],
          summary: "How",
        },
      ],
      examples: [],
      run: work,
    }],
  };
}

async function runWork(
  work: Command["run"],
  argv: readonly string[] = ["do"],
  io: TestIo = new TestIo(),
) {
  const status = await main(argv, programOf(work), io);
  return { status, out: io.outText, err: io.errText };
}

Deno.test("rsm without words shows its help as words and exits 2", async () => {
  const { status, out, err } = await run([]);
  assertEquals([status, out], [2, ""]);
  assertStringIncludes(err, "Commands");
});

Deno.test("rsm tells its version, as words and as JSON", async () => {
  for (const argv of [["version"], ["--version"], ["-V"]]) {
    const { status, out } = await run(argv);
    assertEquals(status, 0);
    assert(/^rsm \d+\.\d+\.\d+ /.test(out), out);
  }
  const { out } = await run(["--version", "--json"]);
  assertEquals(Object.keys(JSON.parse(out)), ["rsm", "deno"]);
});

Deno.test("rsm shows the help of a command wherever --help stands, examples first", async () => {
  const texts = await Promise.all(
    [
      ["mount", "--help"],
      ["--help", "mount"],
      ["mount", "-h"],
      ["help", "mount"],
    ].map(async (argv) => {
      const { status, out } = await run(argv);
      assertEquals(status, 0);
      return out;
    }),
  );
  assertEquals(new Set(texts).size, 1);
  const [text = ""] = texts;
  assert(text.indexOf("Examples") < text.indexOf("Usage"));
  assertStringIncludes(text, "rsm mount MEDIUM [options]");
});

Deno.test("rsm shows the help of a group of commands", async () => {
  for (const argv of [["help", "pool"], ["pool", "--help"]]) {
    const { status, out } = await run(argv);
    assertEquals(status, 0);
    assertStringIncludes(out, "pool create");
    assertStringIncludes(out, "pool list");
  }
});

const MISTAKES: [string, string, string][] = [
  ["stauts", 'Unknown command "stauts"', '"status"'],
  ["xyzzy", 'Unknown command "xyzzy"', 'See "rsm help"'],
  ["pool", '"rsm pool" needs one more word', "create, list"],
  ["pool craete", 'Unknown command "pool craete"', '"create"'],
  ["help stauts", 'Unknown command "stauts"', '"status"'],
  ["status --jsno", 'Unknown option "--jsno" of "rsm status"', '"--json"'],
  ["status --frobnicate", "Unknown option", 'See "rsm status --help"'],
  ["status -x", 'Unknown option "-x"', 'See "rsm status --help"'],
  ["--frobnicate", 'Unknown option "--frobnicate" of "rsm"', "after it"],
  ["status a b", 'Too many words for "rsm status": "b"', "quotes"],
  ["mount", 'Cannot run "rsm mount": MEDIUM is missing', "rsm mount --help"],
  ["mount x --drive", 'Option "--drive" needs a value: DRIVE', "--drive=-"],
  ["mount x --wait soon", '"soon" is no number of seconds', "wait for ever"],
  ["mount x --wait=-1", '"-1" is no number of seconds', "wait for ever"],
  ["mount x --priority=99", '"99" is no priority', "-15 to 15"],
  ["inventory --method fats", 'does not take "fats"', '"fast"'],
  ["allocate --wait 0", "no pool is named", "--pool"],
  ["view drvie", 'No type of object is called "drvie"', '"drive"'],
  ["demo --speed warp", '"warp" is no speed', "none, real"],
];

for (const [line, message, next] of MISTAKES) {
  Deno.test(`"rsm ${line}" is refused with exit status 2 and what to type instead`, async () => {
    const io = new TestIo({ RSM_SOCKET: "/nonexistent/rsm.sock" });
    // Where the words need a service to be judged, there is none here.
    const { status, out, err } = await run(line.split(" "), io);
    assertEquals([status, out], [2, ""], err);
    assertStringIncludes(err, message);
    assertStringIncludes(err, next);
    assertStringIncludes(err, "ERROR_INVALID_PARAMETER (87)");
    assert(!err.includes(" at "), "no stack trace");
  });
}

Deno.test("a word of digits reaches a command as it was typed", async () => {
  let what: string | undefined;
  await runWork((_context, args) => {
    what = args.operand("WHAT");
    return Promise.resolve();
  }, ["do", "000123"]);
  assertEquals(what, "000123");
});

Deno.test("every error code ends rsm with the exit status of its row", async () => {
  for (const [name, row] of Object.entries(ERROR_CODES)) {
    if (row.win32 === 0) continue;
    const { status, out, err } = await runWork(() =>
      Promise.reject(
        new NtmsError(name as keyof typeof ERROR_CODES, "It broke"),
      )
    );
    assertEquals([status, out], [row.exit, ""]);
    assertEquals(err.split("\n")[0], "rsm: It broke");
    assertEquals(err.split("\n").length, 4, "what happened, what to do, code");
    assertStringIncludes(err, `${name} (${row.win32})`);
  }
});

Deno.test("rsm help exit-codes lists every error code once, under its exit status", async () => {
  const listed = exitStatuses().flatMap(({ codes }) => codes);
  const codes = Object.keys(ERROR_CODES).filter((name) =>
    name !== "ERROR_SUCCESS"
  );
  assertEquals(listed.toSorted(), codes.toSorted());
  const { out } = await run(["help", "exit-codes"]);
  for (const code of codes) assertStringIncludes(out, code);
});

Deno.test("with --json an error is told as JSON, and the data stay empty", async () => {
  const { status, out, err } = await run(["mount", "--json"]);
  assertEquals([status, out], [2, ""]);
  const { error } = JSON.parse(err);
  assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  assertEquals([error.win32, error.exit], [87, 2]);
  assert(error.message !== "" && error.next !== "");
});

Deno.test("an error without a code is told without its stack, unless RSM_DEBUG is set", async () => {
  const work = () => Promise.reject(new RangeError("Out of range"));
  const plain = await runWork(work);
  assertEquals(plain.status, 1);
  assertStringIncludes(plain.err, "rsm: Out of range");
  assert(!plain.err.includes("main_test.ts"));
  const debug = await runWork(work, ["do"], new TestIo({ RSM_DEBUG: "1" }));
  assertStringIncludes(debug.err, "main_test.ts");
});

Deno.test("a message cannot smuggle commands to the terminal", async () => {
  const { err } = await runWork(() =>
    Promise.reject(new NtmsError("ERROR_BUSY", "In use by \x1b[2J"))
  );
  assert(!err.includes("\x1b"));
});

Deno.test("rsm is quiet when the reader of its data goes away", async () => {
  const io = new TestIo();
  io.broken = true;
  const { status, err } = await run(["help"], io);
  assertEquals([status, err], [0, ""]);
});

Deno.test("a signal aborts what a command waits for, and a second one ends the process", async () => {
  for (
    const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143]] as const
  ) {
    const io = new TestIo();
    const { status, err } = await runWork(
      ({ signal: aborted }) => {
        const ended = new Promise<void>((_, reject) =>
          aborted.addEventListener(
            "abort",
            () => reject(new NtmsError("ERROR_CANCELLED", "Cancelled")),
          )
        );
        io.stop(signal);
        return ended;
      },
      ["do"],
      io,
    );
    assertEquals([status, err], [expected, "rsm: Interrupted\n"]);
  }
  const io = new TestIo();
  let exited: unknown;
  await runWork(
    () => {
      io.stop("SIGINT");
      try {
        io.stop("SIGINT");
      } catch (error) {
        exited = error;
      }
      return Promise.resolve();
    },
    ["do"],
    io,
  );
  assert(exited instanceof Exited);
  assertEquals(exited.status, 130);
});

Deno.test("rsm listens to no signal any more when it has ended", async () => {
  const io = new TestIo();
  await run(["version"], io);
  await run(["stauts"], io);
  assertEquals(io.handlers, 0);
});

Deno.test("colours are used on a terminal alone", async () => {
  const io = new TestIo({ TERM: "xterm" });
  const plain = await run(["help", "mount"], io);
  assert(!plain.out.includes("\x1b["));
  const terminal = new TestIo({ TERM: "xterm" });
  terminal.outIsTerminal = true;
  const coloured = await run(["help", "mount"], terminal);
  assert(coloured.out.includes("\x1b["));
});

Deno.test("rsm help --json gives the whole table of commands", async () => {
  const { out } = await run(["help", "--json"]);
  const { commands } = JSON.parse(out);
  for (const command of commands) {
    assert(command.examples.length > 0, `${command.name} has no example`);
    assert(/^[A-Z]/.test(command.summary), command.name);
    for (const { name, summary } of command.options) {
      assert(/^[a-z]+(-[a-z]+)*$/.test(name) && summary !== "", name);
    }
  }
  const names = commands.map(({ name }: { name: string }) => name);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("no line of any help is wider than the terminal", async () => {
  const all = JSON.parse((await run(["help", "--json"])).out);
  const pages = all.commands.map((
    { name }: { name: string },
  ) => ["help", ...name.split(" ")]);
  for (const argv of [["help"], ["help", "exit-codes"], ...pages]) {
    const { out } = await run(argv);
    for (const line of out.split("\n")) {
      assert(line.length <= 80 || line.includes("rsm "), line);
    }
  }
});
