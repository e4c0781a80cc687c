/**
 * Runs every example of the documentation: the pages' shell blocks and
 * TypeScript blocks, and the `@example`s of the public modules.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { readSource, sourceFiles, TOP } from "./architecture/repository.ts";
import { fencesOf, textOf, untested } from "./documentation/fences.ts";
import { Sandbox } from "./documentation/sandbox.ts";

/** Modules of which `@example`s are shown, by way of the entry points. */
const modules: string[] = [];
for (
  const path of [
    "mod.ts",
    "service.ts",
    ...await sourceFiles(["src", "ffi"], /\.ts$/),
  ]
) {
  if (/^ *\* ```ts/m.test(await readSource(path))) modules.push(path);
}

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...await sourceFiles(["docs"], /\.md$/),
];

for (const page of pages) {
  const fences = fencesOf(await readSource(page));
  Deno.test(`${page} has no example that is not tested`, () => {
    assertEquals(untested(page, fences), []);
  });
  const script = textOf(fences, "test");
  if (script === "") continue;
  Deno.test(`${page}: its shell examples work, in order`, async () => {
    await using sandbox = await Sandbox.open();
    await sandbox.startService(textOf(fences, "service"));
    const { code, output } = await sandbox.run(script);
    assertEquals(code, 0, `${page}:\n${script}\n${output}`);
  });
}

Deno.test("the TypeScript examples of pages and public modules work", async () => {
  await using sandbox = await Sandbox.open();
  await sandbox.startService("");
  const { code, output } = await sandbox.command([
    "tools/deno",
    "test",
    "-A",
    "--doc",
    ...modules,
    ...pages,
  ], TOP);
  assertEquals(code, 0, output);
});

Deno.test("no example in a module is kept from being tested", async () => {
  for (const path of modules) {
    const ignored = /^ *\* ```ts .*$/m.exec(await readSource(path))?.[0];
    assertEquals(ignored, undefined, `${path} has an example with a mark`);
  }
});

Deno.test("an example without a mark is found", () => {
  const page = "text\n```sh\nrsm status\n```\n```ts ignore\n1;\n```\n";
  assertEquals(untested("a.md", fencesOf(page)), [
    'a.md:2: "" is none of: service, test, by-hand',
    'a.md:5: "ignore" is none of: ',
  ]);
});

Deno.test("blocks of one mark are one script", () => {
  const page = "```sh test\ncd a\n```\n```sh by-hand\nno\n```\n" +
    "```sh test\npwd\n```\n";
  assertEquals(textOf(fencesOf(page), "test"), "cd a\npwd\n");
});
