/**
 * Reads the recorded answers in this folder: hex text, one block a command.
 *
 * @module
 */

/** One command and its answer. */
export interface RecordedAnswer {
  /** Name of the block. */
  readonly name: string;
  readonly cdb: Uint8Array;
  readonly status: number;
  readonly hostStatus: number;
  readonly residual: number;
  readonly data: Uint8Array;
}

/** The libraries whose answers are recorded. */
export type RecordedLibrary = "ibm_03584l32" | "stk_l700";

function bytesOf(line: string): number[] {
  return line.trim().split(/\s+/).map((pair) => parseInt(pair, 16));
}

function parseBlock(block: string): RecordedAnswer {
  const [heading = "", command = "", outcome = "", ...lines] = block.split(
    "\n",
  );
  const fields = outcome.match(
    /^status (\w+) host (\w+) resid (\d+) rc 0$/,
  );
  if (!heading.startsWith("# ") || !command.startsWith("cdb ") || !fields) {
    throw new Error(`This block is no recorded answer: ${block}`);
  }
  const data = lines.flatMap((line, index) => {
    const [offset = "", bytes = ""] = line.split(": ");
    if (parseInt(offset, 16) !== 32 * index) {
      throw new Error(`Line "${line}" of ${heading} is out of order`);
    }
    return bytesOf(bytes);
  });
  return {
    name: heading.slice(2),
    cdb: Uint8Array.from(bytesOf(command.slice(4))),
    status: parseInt(fields[1] ?? "", 16),
    hostStatus: parseInt(fields[2] ?? "", 16),
    residual: Number(fields[3]),
    data: Uint8Array.from(data),
  };
}

/** All answers of a library, by name of the block. */
export function recordedAnswers(
  library: RecordedLibrary,
): ReadonlyMap<string, RecordedAnswer> {
  const url = new URL(`./${library}.hex`, import.meta.url);
  const [, ...blocks] = Deno.readTextFileSync(url).trim().split(/\n\n+/);
  const answers = blocks.map(parseBlock);
  return new Map(answers.map((answer) => [answer.name, answer]));
}

/** One answer of a library. */
export function recorded(
  library: RecordedLibrary,
  name: string,
): RecordedAnswer {
  const answer = recordedAnswers(library).get(name);
  if (answer === undefined) {
    throw new Error(`${library} has no block "${name}"`);
  }
  return answer;
}
