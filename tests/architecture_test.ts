/**
 * Holds the house of design.md over the real import graph. Each rule is shown
 * to fail on a made-up breach, so that a green test means something.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import {
  allModules,
  type Edge,
  moduleGraph,
} from "./architecture/module_graph.ts";
import { readSource, run, sourceFiles } from "./architecture/repository.ts";
import {
  IMPORTABLE,
  roomOf,
  ROOMS,
  SOURCE_OF_TIME,
  TIMELESS_ROOMS,
} from "./architecture/rooms.ts";
import {
  cycles,
  forbiddenPackages,
  forbiddenRooms,
  packagesAtRunTime,
  privateFiles,
  timeAndChance,
  tooLong,
} from "./architecture/rules.ts";

const LONGEST_FILE_LINES = 400;
const CODE_FOLDERS = ["src", "ffi", "native", "tools", "tests", "bench"];
const CODE_FILES = /\.(?:ts|c|h|sh|pl)$/;

const graph = await moduleGraph(await allModules());

function edge(from: string, to: string | undefined, specifier = ""): Edge {
  return { from, to, specifier, typeOnly: false };
}

Deno.test("the table of rooms only points downwards", () => {
  const order = Object.keys(ROOMS);
  for (const [name, { rooms }] of Object.entries(ROOMS)) {
    for (const below of rooms) {
      assert(order.includes(below), `${name} names ${below}, which is no room`);
      assert(order.indexOf(below) > order.indexOf(name), `${name} -> ${below}`);
    }
  }
});

Deno.test("the graph is that of the whole repository", () => {
  const rooms = new Set(
    graph.flatMap(({ from, to = from }) => [roomOf(from), roomOf(to)]),
  );
  assertEquals([...rooms].sort(), Object.keys(ROOMS).sort());
});

Deno.test("a room imports only from the rooms that it may", () => {
  assertEquals(forbiddenRooms(graph), []);
  const breach = edge("src/scsi/sense.ts", "src/changer/mod.ts");
  assertEquals(forbiddenRooms([...graph, breach]).length, 1);
  const around = edge("src/ntms/ntmsapi.ts", "src/service/mod.ts");
  assertEquals(forbiddenRooms([around]).length, 1);
  assertEquals(forbiddenRooms([edge("src/attic/a.ts", "mod.ts")]).length, 1);
});

Deno.test("a room imports only the packages that it may", () => {
  assertEquals(forbiddenPackages(graph), []);
  const breach = edge("src/manager/mod.ts", undefined, "kysely");
  assertEquals(forbiddenPackages([breach]).length, 1);
  const std = edge("src/cli/main.ts", undefined, "@std/cli/parse-args");
  assertEquals(forbiddenPackages([std]).length, 1);
});

Deno.test("the importable library loads no package", () => {
  for (const root of IMPORTABLE) {
    assert(graph.some(({ from }) => from === root), `${root} is not there`);
    assertEquals(packagesAtRunTime(graph, root), []);
  }
  const breach = edge("src/client/mod.ts", undefined, "zod");
  assertEquals(packagesAtRunTime([...graph, breach], "mod.ts").length, 1);
});

Deno.test("importing the library needs no permission", async () => {
  for (const root of [...IMPORTABLE, "service.ts"]) {
    const { code, stderr } = await run(
      ["tools/deno", "run", "--no-prompt", root],
    );
    assertEquals(code, 0, `${root}: ${stderr}`);
  }
});

Deno.test("no import goes in a circle", () => {
  assertEquals(cycles(graph), []);
  const circle = [edge("a", "b"), edge("b", "c"), edge("c", "a")];
  assertEquals(cycles(circle), ["a -> b -> c -> a"]);
});

Deno.test("a private file is imported only from its own folder", () => {
  assertEquals(privateFiles(graph), []);
  const breach = edge("src/changer/mod.ts", "src/changer/virtual/_state.ts");
  assertEquals(privateFiles([breach]).length, 1);
});

Deno.test("time and chance come from ports in the rooms that decide", async () => {
  const folders = TIMELESS_ROOMS.map((room) => `src/${room}`);
  for (const path of await sourceFiles(folders, /\.ts$/)) {
    if (path === SOURCE_OF_TIME) continue;
    assertEquals(timeAndChance(path, await readSource(path)), []);
  }
  const source = "// Date.now()\n/* Math.random() */ setTimeout(f, 1);\n";
  assertEquals(timeAndChance("a.ts", source), [
    "a.ts:2 uses setTimeout; take it from a port",
  ]);
});

Deno.test("no file has two things in it", async () => {
  for (const path of await sourceFiles(CODE_FOLDERS, CODE_FILES)) {
    assertEquals(tooLong(path, await readSource(path), LONGEST_FILE_LINES), []);
  }
  assertEquals(tooLong("a.ts", "x\n".repeat(401), 400).length, 1);
});
