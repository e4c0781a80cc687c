/**
 * Where services that get killed keep their state.
 *
 * @module
 */

/** Where Linux has a filesystem in memory. */
const IN_MEMORY = "/dev/shm";

/**
 * Makes a directory, in memory where possible: what a killed process has
 * written is there afterwards all the same, and hundreds of syncs a second
 * disturb nobody.
 */
export async function makeDirectory(prefix: string): Promise<string> {
  try {
    return await Deno.makeTempDir({ dir: IN_MEMORY, prefix });
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied
    ) return await Deno.makeTempDir({ prefix });
    throw error;
  }
}
