import { assertEquals } from "@std/assert";
import { LAYOUTS } from "../../ffi/layout.ts";
import { nativeLibrary } from "../../ffi/library.ts";

const native = nativeLibrary();

function layoutOfTheLibrary(): Map<string, number> {
  const entries = new Map<string, number>();
  const name = new Uint8Array(64);
  for (let index = 0;; index++) {
    const value = native.rsm_layout(index, name, name.length);
    if (value < 0) return entries;
    const text = new TextDecoder().decode(name.subarray(0, name.indexOf(0)));
    entries.set(text, value);
  }
}

Deno.test("layout.ts says of every structure and field what C says", () => {
  const here = new Map<string, number>();
  for (const [structure, fields] of Object.entries(LAYOUTS)) {
    for (const [field, value] of Object.entries(fields)) {
      here.set(field === "size" ? structure : `${structure}.${field}`, value);
    }
  }
  assertEquals(here, layoutOfTheLibrary());
});

Deno.test("rsm_layout() refuses a buffer that a name does not fit in", () => {
  const ENOBUFS = 105;
  assertEquals(native.rsm_layout(0, new Uint8Array(4), 4), -ENOBUFS);
});
