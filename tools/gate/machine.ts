/**
 * What this machine and this checkout have, for steps that need it.
 *
 * @module
 */
import {
  readSource,
  sourceFiles,
} from "../../tests/architecture/repository.ts";

/** The test files that start the kernel lab. */
export async function labTests(): Promise<string[]> {
  const found: string[] = [];
  for (const path of await sourceFiles(["tests"], /_test\.ts$/)) {
    if (/from "[^"]*\/lab_case\.ts"/.test(await readSource(path))) {
      found.push(path);
    }
  }
  return found;
}

/** Why native code cannot be built here; null if it can. */
export async function nativeObstacle(): Promise<string | null> {
  if (await isInPath("cc")) return null;
  return "no C compiler; as root: apt-get install -y gcc libc6-dev";
}

async function isInPath(program: string): Promise<boolean> {
  for (const directory of Deno.env.get("PATH")?.split(":") ?? []) {
    try {
      if ((await Deno.stat(`${directory}/${program}`)).isFile) return true;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return false;
}
