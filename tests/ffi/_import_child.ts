/** Imports everything and uses nothing. */
import * as ffi from "../../ffi/mod.ts";

const word = "openHandle" in ffi ? "imported" : "empty";
await Deno.stdout.write(new TextEncoder().encode(word));
