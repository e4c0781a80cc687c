/**
 * The imports of deno.json, or those of tools/offline where tools/deno found
 * that JSR cannot be reached.
 *
 * @module
 */

/** The top of the checkout, as a URL that ends with a slash. */
export const TOP: URL = new URL("../", import.meta.url);

const OFFLINE_MAP = "tools/offline/import_map.json";

/** Bare names and what they stand for; files as absolute URLs. */
export async function currentImports(): Promise<Record<string, string>> {
  const path = jsrIsReachable() ? "deno.json" : OFFLINE_MAP;
  const imports = stringsOf(await readJson(new URL(path, TOP)), "imports");
  const base = new URL(path, TOP);
  return Object.fromEntries(
    Object.entries(imports).map(([name, target]) => [
      name,
      target.startsWith(".") ? new URL(target, base).href : target,
    ]),
  );
}

/** False only where tools/deno said so. */
export function jsrIsReachable(): boolean {
  return Deno.env.get("RSM_JSR") !== "unreachable";
}

/** Reads a JSON file whose top is an object. */
export async function readJson(file: URL): Promise<Record<string, unknown>> {
  const value: unknown = JSON.parse(await Deno.readTextFile(file));
  if (!isRecord(value)) throw new TypeError(`${file.pathname} is no object`);
  return value;
}

/** A member that is an object of strings, such as `imports`. */
export function stringsOf(
  value: Record<string, unknown>,
  member: string,
): Record<string, string> {
  const object = value[member];
  if (!isRecord(object)) throw new TypeError(`"${member}" is no object`);
  const strings: Record<string, string> = {};
  for (const [name, text] of Object.entries(object)) {
    if (typeof text !== "string") {
      throw new TypeError(`"${member}" has "${name}" that is no string`);
    }
    strings[name] = text;
  }
  return strings;
}

/** Whether it is an object and no array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
