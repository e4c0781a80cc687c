/**
 * What is where, as the service says it and as mtx does, in one form: tests in
 * the kernel lab compare the two.
 *
 * @module
 */
import type { LibraryMap } from "../../src/model/mod.ts";
import { type MtxElement, parseMtxStatus } from "./mtx.ts";

/** The bar code in each full place, such as `slot 3`. */
export type Contents = Readonly<Record<string, string>>;

/** What the catalogue says. */
export function contentsOfMap(map: LibraryMap): Contents {
  const barCodes = new Map(
    map.cartridges.map(({ location, barCode }) => [location, barCode]),
  );
  const contents: Record<string, string> = {};
  const add = (kind: string, places: readonly { id: string }[]) => {
    for (const [index, { id }] of places.entries()) {
      const barCode = barCodes.get(id);
      if (barCode !== undefined) contents[`${kind} ${index + 1}`] = barCode;
    }
  };
  add("drive", map.drives);
  add("slot", map.slots);
  add("port", map.ports);
  return contents;
}

/** What the library says to mtx, which sends commands of its own. */
export async function contentsByMtx(changerSg: string): Promise<Contents> {
  const status = parseMtxStatus(await run("mtx", "-f", changerSg, "status"));
  const contents: Record<string, string> = {};
  const add = (kind: string, elements: readonly MtxElement[]) => {
    for (const [index, { full, barcode }] of elements.entries()) {
      if (full) contents[`${kind} ${index + 1}`] = barcode;
    }
  };
  add("drive", status.drives);
  add("slot", status.slots);
  add("port", status.ports);
  return contents;
}

/** What a program prints; rejects with what it said when it failed. */
export async function run(program: string, ...args: string[]): Promise<string> {
  const output = await new Deno.Command(program, { args, stdin: "null" })
    .output();
  const [text, errors] = [output.stdout, output.stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  if (output.success) return text ?? "";
  throw new Error(`${program} ${args.join(" ")}: ${errors || text}`);
}
