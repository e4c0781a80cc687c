import { assertEquals } from "@std/assert";
import { giveMemoryBack } from "../../src/cli/give_back.ts";

/** Something that nobody holds. */
function forgotten(): WeakRef<object> {
  return new WeakRef({ library: "seen once" });
}

Deno.test("what the start has left behind is collected when the service is ready", async () => {
  const reference = forgotten();
  // What a WeakRef was asked for, or made of, stays until the turn ends.
  await new Promise((resolve) => setTimeout(resolve, 0));
  giveMemoryBack();
  assertEquals(reference.deref(), undefined);
});
