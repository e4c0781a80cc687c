/**
 * Writes `ffi/embedded.ts` anew, with native libraries inside, for packages
 * that have no files beside their modules:
 *
 *     deno run --allow-read --allow-write=OUT tools/embed_native.ts OUT [LIB...]
 *
 * OUT is the module to write, in a copy of the tree and not in the checkout,
 * whose own says that there is none. LIB is `native/build/librsm.so` unless
 * said otherwise; one for each machine.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

const ROOT = new URL("../", import.meta.url);
const ELF_MAGIC = "\x7fELF";
const ELF_MACHINE_OFFSET = 18;
const LITTLE_ENDIAN = true;

/** `e_machine` of an ELF header, by the names of `Deno.build.arch`. */
const MACHINES: Readonly<Record<number, string>> = {
  62: "x86_64",
  183: "aarch64",
};

/** The machine that a shared library is for. */
export function machineOf(bytes: Uint8Array): string {
  const magic = new TextDecoder("latin1").decode(bytes.subarray(0, 4));
  if (magic !== ELF_MAGIC || bytes.length < ELF_MACHINE_OFFSET + 2) {
    throw new TypeError("Cannot embed a file that is not an ELF library");
  }
  const number = new DataView(bytes.buffer, bytes.byteOffset)
    .getUint16(ELF_MACHINE_OFFSET, LITTLE_ENDIAN);
  const machine = MACHINES[number];
  if (machine === undefined) {
    throw new TypeError(`Cannot embed a library for ELF machine ${number}`);
  }
  return machine;
}

/** The ABI version that a header defines. */
export function abiOf(header: string): number {
  const found = /^#define RSM_ABI_VERSION (\d+)$/m.exec(header)?.[1];
  if (found === undefined) throw new TypeError("rsm.h has no RSM_ABI_VERSION");
  return Number(found);
}

/** The checked-in module with a list of libraries instead of its empty one. */
export function embed(
  template: string,
  abi: number,
  libraries: readonly Uint8Array[],
): string {
  const entries = libraries.map((bytes) => ({
    arch: machineOf(bytes),
    abi,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    base64: Buffer.from(bytes).toString("base64"),
  }));
  const empty = "EmbeddedLibrary[] = [];";
  if (!template.includes(empty)) {
    throw new TypeError("ffi/embedded.ts has no empty list to fill");
  }
  return template.replace(
    empty,
    () => `EmbeddedLibrary[] = ${JSON.stringify(entries, null, 2)};`,
  );
}

if (import.meta.main) {
  const [out, ...given] = Deno.args;
  if (out === undefined) {
    throw new TypeError("usage: embed_native.ts OUT [LIB...]");
  }
  const paths = given.length > 0
    ? given
    : [new URL("native/build/librsm.so", ROOT)];
  const [template, header, ...libraries] = await Promise.all([
    Deno.readTextFile(new URL("ffi/embedded.ts", ROOT)),
    Deno.readTextFile(new URL("native/rsm.h", ROOT)),
    ...paths.map((path) => Deno.readFile(path)),
  ]);
  await Deno.writeTextFile(out, embed(template, abiOf(header), libraries));
}
