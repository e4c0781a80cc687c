/**
 * Asks one library, as identification does.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import {
  type Identification,
  identify,
  type LabelBlock,
  type LabelClaim,
  type MediaLabelLibrary,
} from "../../src/labels/mod.ts";
import { FakeClock } from "../manager/fake_clock.ts";
import { record } from "./made_labels.ts";

/** What libraries make of a medium, or of its first record. */
export function ask(
  medium: readonly LabelBlock[] | Uint8Array,
  ...libraries: MediaLabelLibrary[]
): Promise<Identification> {
  const blocks = medium instanceof Uint8Array ? [record(medium)] : medium;
  return identify(blocks, libraries, { clock: new FakeClock() });
}

/** The claim that a medium must bring about, without any fault. */
export async function claimOf(
  medium: readonly LabelBlock[] | Uint8Array,
  ...libraries: MediaLabelLibrary[]
): Promise<LabelClaim> {
  const { claim, faults } = await ask(medium, ...libraries);
  assertEquals(faults, []);
  assert(claim !== null, "nobody claims the medium");
  return claim;
}

/** Why a library does not take what nearly is its own; undefined for no reason. */
export async function rejectionOf(
  medium: readonly LabelBlock[] | Uint8Array,
  library: MediaLabelLibrary,
): Promise<string | undefined> {
  const { status, rejections, faults } = await ask(medium, library);
  assertEquals([status, faults], ["unknown", []]);
  return rejections[0]?.message;
}

/** Bytes as hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes as the text they are. */
export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
