import { assert, assertEquals } from "@std/assert";
import { ERROR_CODES } from "../../src/model/errors.ts";
import { generatedPages } from "../../tools/generate_docs.ts";

const TOP = new URL("../../", import.meta.url);

for (const { path, text } of generatedPages()) {
  Deno.test(`${path} is what tools/generate_docs.ts writes`, async () => {
    assertEquals(await Deno.readTextFile(new URL(path, TOP)), text);
  });
}

Deno.test("docs/error_codes.md has a row for each error code", async () => {
  const page = await Deno.readTextFile(new URL("docs/error_codes.md", TOP));
  for (const [name, { win32 }] of Object.entries(ERROR_CODES)) {
    assert(
      new RegExp(`^\\| \`${name}\` +\\| ${win32} +\\| `, "m").test(page),
      name,
    );
  }
});
