/**
 * The files of the repository, for tests about the repository itself.
 *
 * @module
 */
export { mustRun, run } from "../../tools/command.ts";
export { TOP } from "../../tools/imports.ts";
import { TOP } from "../../tools/imports.ts";

const NOT_OURS = new Set(["build", "node_modules", "dist"]);

/** Paths, from the top of the repository, of files whose name matches. */
export async function sourceFiles(
  directories: readonly string[],
  pattern: RegExp,
): Promise<string[]> {
  const found: string[] = [];
  for (const directory of directories) {
    for await (const entry of Deno.readDir(new URL(`${directory}/`, TOP))) {
      const path = `${directory}/${entry.name}`;
      if (entry.isDirectory && !NOT_OURS.has(entry.name)) {
        found.push(...await sourceFiles([path], pattern));
      } else if (entry.isFile && pattern.test(entry.name)) {
        found.push(path);
      }
    }
  }
  return found.sort();
}

/** The text of a file of the repository. */
export async function readSource(path: string): Promise<string> {
  return await Deno.readTextFile(new URL(path, TOP));
}

/** The path of a `file:` URL. */
export function fromFileUrl(url: URL): string {
  return decodeURIComponent(url.pathname);
}
