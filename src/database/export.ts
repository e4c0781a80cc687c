/**
 * Writes a consistent copy of the live catalogue, while it is being used.
 *
 * @module
 */

import { dirname } from "node:path";
import type { CatalogueCopy } from "../model/mod.ts";
import { copyAside } from "./aside.ts";
import {
  CATALOGUE_FILE,
  companionsOf,
  copyAt,
  datedCopies,
  datedName,
  filesOf,
} from "./copies.ts";
import {
  makeDirectory,
  makeFile,
  removeFiles,
  sync,
  type TakeStep,
  withFiles,
} from "./files.ts";

/** How to write a copy. */
export interface ExportOptions {
  /** The time of the copy. */
  readonly now: number;
  /** Copies that are kept, this one included. */
  readonly kept: number;
  /** Whether it is the copy that somebody asked for, and that an import takes. */
  readonly asked: boolean;
  readonly step: TakeStep;
}

/**
 * Copies a catalogue into the export directory. The names there always name
 * whole copies; one that is cut off leaves the last ones as they are.
 *
 * @throws {NtmsError} ERROR_DATABASE_FAILURE.
 */
export async function exportCatalogue(
  catalogue: string,
  { asked, kept, now, step }: ExportOptions,
): Promise<CatalogueCopy> {
  const { exports } = filesOf(catalogue);
  const part = `${exports}/copy.part`;
  const dated = `${exports}/${datedName(now)}`;
  const named = `${exports}/${CATALOGUE_FILE}`;
  return await withFiles("export the catalogue", exports, async () => {
    await makeDirectory(exports);
    await sync(dirname(exports));
    await step("copyWritten", async () => {
      await removeFiles(part, ...companionsOf(part), `${named}.part`);
      // SQLite fills an empty file, and leaves its permissions alone.
      await makeFile(part);
      // Reads every row, so that a damaged catalogue gives an error, and no
      // copy that pushes whole ones out.
      await copyAside(catalogue, part);
      await sync(part);
    });
    await step("copyPlaced", async () => {
      await Deno.rename(part, dated);
      await sync(exports);
    });
    if (asked) {
      await step("copyNamed", async () => {
        await Deno.link(dated, `${named}.part`);
        await Deno.rename(`${named}.part`, named);
        await sync(exports);
      });
    }
    const old = datedCopies(exports).slice(kept);
    await removeFiles(...old.map(({ path }) => path));
    const copy = copyAt(dated);
    if (copy !== null) return copy;
    throw new Deno.errors.NotFound(`${dated} is gone again`);
  });
}
