/**
 * What {@link ./seed_processes.ts} and a process that runs seeds say to each
 * other: a line of JSON for each run, and one for what came of it.
 *
 * @module
 */

import { z } from "zod";
import type { Outcome, Run } from "./simulation.ts";

const ORDER = z.strictObject({
  seed: z.number(),
  steps: z.number(),
  without: z.array(z.string()).transform((kinds) => new Set(kinds)),
});

const ANSWER = z.strictObject({
  seed: z.number(),
  asked: z.number(),
  steps: z.number(),
  violation: z.string().nullable(),
  healing: z.boolean(),
  counts: z.array(z.tuple([z.string(), z.number()]))
    .transform((counts) => new Map(counts)),
  trace: z.array(z.string()),
  fingerprint: z.number(),
  busySeconds: z.number(),
});

/** What came of a run, and how long it kept a processor busy. */
export interface Answer extends Outcome {
  readonly busySeconds: number;
}

/** Writes an order. */
export function formatOrder({ seed, steps, without }: Run): string {
  return JSON.stringify({ seed, steps, without: [...without ?? []] });
}

/** Reads an order. */
export function parseOrder(line: string): Run {
  return ORDER.parse(JSON.parse(line));
}

/** Reads an answer. */
export function parseAnswer(line: string): Answer {
  return ANSWER.parse(JSON.parse(line));
}

/** The lines of a text that comes piece by piece, each when it is whole. */
export async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
