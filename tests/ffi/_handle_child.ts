/** Tells what a number of another process is here, and a number of its own. */
import { acquireHandle, ErrnoError, openHandle } from "../../ffi/mod.ts";

const [number = "", kind = ""] = Deno.args;
const own = openHandle(Number(kind), new Uint8Array([1]));
let answer = "acquired";
try {
  acquireHandle(BigInt(number), Number(kind));
} catch (error) {
  if (!(error instanceof ErrnoError)) throw error;
  answer = error.code;
}
await Deno.stdout.write(new TextEncoder().encode(`${answer} ${own}`));
