/** A state directory with a catalogue, for tests of its copies. */
import { assertEquals, assertRejects } from "@std/assert";
import {
  applyImport,
  Database,
  exportCatalogue,
  getSetting,
  setSetting,
  type TakeStep,
} from "../../src/database/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";

export const NOW = Date.UTC(2026, 10, 22, 12);
export const DAY_MS = 86_400_000;
export const step: TakeStep = (_, work) => work();
export const note = () => Promise.resolve();

export interface Place {
  readonly state: string;
  readonly catalogue: string;
  readonly exported: string;
}

export async function inState(
  test: (place: Place) => Promise<void>,
): Promise<void> {
  const state = await Deno.makeTempDir({ prefix: "rsm-copies-" });
  try {
    const catalogue = `${state}/rsm.sqlite`;
    await test({ state, catalogue, exported: `${state}/Export/rsm.sqlite` });
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

/** Sets the color of a catalogue, and closes it. */
export async function paint(catalogue: string, color: string): Promise<void> {
  await using database = await Database.open(catalogue);
  await database.write((db) => setSetting(db, "color", color));
}

export async function colorOf(catalogue: string): Promise<string | null> {
  await using database = await Database.open(catalogue);
  return await database.read((db) => getSetting(db, "color"));
}

export function exportNow(
  catalogue: string,
  options: { now?: number; kept?: number; asked?: boolean } = {},
) {
  return exportCatalogue(catalogue, {
    now: NOW,
    kept: 3,
    asked: true,
    step,
    ...options,
  });
}

export function apply(catalogue: string) {
  return applyImport(catalogue, { now: NOW, kept: 2, step });
}

/** The message of what has to be refused with ERROR_DATABASE_FAILURE. */
export async function refusal(work: () => Promise<unknown>): Promise<string> {
  const error = await assertRejects(work, NtmsError);
  assertEquals(error.code, "ERROR_DATABASE_FAILURE");
  return error.message;
}

/** Names of the files in a directory. */
export function namesIn(directory: string): string[] {
  return [...Deno.readDirSync(directory)].map(({ name }) => name).sort();
}

export function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}
