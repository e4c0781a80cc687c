import { assert, assertEquals, assertThrows } from "@std/assert";
import { matrixOf, problemsOf } from "../conformance/matrix.ts";
import { matrixPage } from "../conformance/matrix_page.ts";
import { holds, recordError, type Shown } from "../conformance/record.ts";

function problems(...shown: Shown[]): string[] {
  return problemsOf(matrixOf(shown));
}

function mentions(found: readonly string[], what: string): boolean {
  return found.some((problem) => problem.startsWith(`${what} is`));
}

Deno.test("the matrix wants a test or a reason for every documented error and line of what is built", () => {
  const none = problems();
  assert(mentions(none, "SwapNtmsMedia ERROR_SUCCESS"));
  assert(mentions(none, "SwapNtmsMedia.2"));
  const name = "SwapNtmsMedia";
  const some = problems(
    { function: name, what: "ERROR_SUCCESS", test: "both are at rest" },
    { function: name, what: 2, test: "SwapNtmsMedia() swaps" },
  );
  assert(!mentions(some, "SwapNtmsMedia ERROR_SUCCESS"));
  assert(!mentions(some, "SwapNtmsMedia.2"));
});

Deno.test("the matrix refuses a reason for what a test has shown", () => {
  const name = "GetNtmsObjectAttribute";
  const found = problems(
    { function: name, what: "ERROR_NO_DATA", test: "there is too much" },
    { function: name, what: 1, test: "bytes stay as they are" },
  );
  assert(found.includes(
    `${name} ERROR_NO_DATA is produced: "there is too much"; drop its reason`,
  ));
  assert(found.includes(
    `${name}.1 is held: "bytes stay as they are"; drop its reason`,
  ));
});

Deno.test("the page tells what was shown, and of everything else why not", () => {
  const page = matrixPage(matrixOf([
    { function: "SwapNtmsMedia", what: 1, test: "SwapNtmsMedia() [a|b]" },
  ]));
  assert(page.includes("`SwapNtmsMedia()` \\[a\\|b\\]"));
  assert(page.includes("| `ERROR_BAD_FORMAT` | "));
  assert(page.includes("| `ClaimMediaLabelEx` | not built | not built |"));
});

Deno.test("a record of what the documents do not have is refused", () => {
  assertThrows(() => holds(["SwapNtmsMedia.3"], () => {}), TypeError);
  assertThrows(() => holds(["SwapNtmsTapes.1"], () => {}), TypeError);
  const error = assertThrows(
    () => recordError("SwapNtmsMedia", "ERROR_TIMEOUT", "it takes long"),
    TypeError,
  );
  assertEquals(
    error.message,
    "The documents name no ERROR_TIMEOUT of SwapNtmsMedia()",
  );
});
