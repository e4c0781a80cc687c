/**
 * The media label libraries of the site.
 *
 * @module
 */

import { loadMediaLabelLibrary, type SiteLibrary } from "../labels/mod.ts";
import type { Clock } from "../model/mod.ts";

/** Loads media label libraries; all of them, or none stays loaded. */
export async function loadLabelLibraries(
  paths: readonly string[],
  clock: Clock,
): Promise<readonly SiteLibrary[]> {
  using loaded = new DisposableStack();
  const libraries: SiteLibrary[] = [];
  for (const path of paths) {
    libraries.push(loaded.use(await loadMediaLabelLibrary(path, { clock })));
  }
  loaded.move();
  return libraries;
}
