import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { didYouMean, editDistance, suggest } from "../../src/cli/suggest.ts";

Deno.test("editDistance() counts letters put in, left out, replaced and swapped", () => {
  assertEquals(editDistance("mount", "mount"), 0);
  assertEquals(editDistance("mont", "mount"), 1);
  assertEquals(editDistance("mounnt", "mount"), 1);
  assertEquals(editDistance("mount", "mound"), 1);
  assertEquals(editDistance("muont", "mount"), 1);
  assertEquals(editDistance("", "mount"), 5);
});

Deno.test("editDistance() is the same both ways and at most the longer length", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(fc.property(word, word, (a, b) => {
    const distance = editDistance(a, b);
    assertEquals(distance, editDistance(b, a));
    assert(distance <= Math.max(a.length, b.length));
    assertEquals(distance === 0, a === b);
  }));
});

Deno.test("suggest() puts what begins with the word before typos, and leaves far words out", () => {
  const known = ["mount", "dismount", "allocate", "deallocate"];
  assertEquals(suggest("mout", known), ["mount"]);
  assertEquals(suggest("alloc", known), ["allocate"]);
  assertEquals(suggest("dealocate", known), ["deallocate", "allocate"]);
  assertEquals(suggest("xyzzy", known), []);
  assertEquals(suggest("", known), []);
});

Deno.test("didYouMean() joins guesses into a sentence", () => {
  assertEquals(didYouMean("jsno", ["json"], "--"), 'Did you mean "--json"?');
  assertEquals(
    didYouMean("st", ["status", "stop"]),
    'Did you mean "status" or "stop"?',
  );
  assertEquals(didYouMean("zzz", ["status"]), "");
});
