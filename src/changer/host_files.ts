/**
 * Reads what the kernel shows as files. What is not there, or cannot be read,
 * reads as nothing: one bad entry must not hide the others.
 *
 * @module
 */

/** Whether the runtime itself was told not to read: that is the caller's to know. */
function isNotOurs(error: unknown): boolean {
  return !(error instanceof Error) || error instanceof Deno.errors.NotCapable;
}

/** The trimmed text of a file, or null. */
export async function readText(path: string): Promise<string | null> {
  try {
    return (await Deno.readTextFile(path)).trim();
  } catch (error) {
    if (isNotOurs(error)) throw error;
    return null;
  }
}

/** The bytes of a file, or null. */
export async function readBytes(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (isNotOurs(error)) throw error;
    return null;
  }
}

/** The names in a directory, sorted; none where there is no directory. */
export async function namesIn(path: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) names.push(entry.name);
  } catch (error) {
    if (isNotOurs(error)) throw error;
  }
  return names.sort();
}

/**
 * As {@linkcode readBytes}, at once: for what the kernel answers from its
 * memory, which takes it less time than to have another thread ask.
 */
export function readBytesNow(path: string): Uint8Array | null {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (isNotOurs(error)) throw error;
    return null;
  }
}

/** As {@linkcode namesIn}, at once, and in any order. */
export function namesNow(path: string): readonly string[] {
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name);
  } catch (error) {
    if (isNotOurs(error)) throw error;
    return [];
  }
}

/** What a path leads to, or null where it leads nowhere. */
export async function resolvePath(path: string): Promise<string | null> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (isNotOurs(error)) throw error;
    return null;
  }
}

/** What is known of a file, or null where it is not there. */
export async function statOrNull(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (isNotOurs(error)) throw error;
    return null;
  }
}
