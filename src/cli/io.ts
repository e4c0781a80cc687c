/**
 * The outside world as `rsm` sees it: two streams, the environment, signals
 * and the clock. Tests put their own in its place.
 *
 * @module
 */

import type { Clock, Timer } from "../model/ports.ts";
import { systemClock } from "../model/system.ts";

export type { Clock, Timer };

/** A signal that asks the program to stop. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** What `rsm` needs of the outside world. */
export interface Io {
  /** Writes data; throws `BrokenPipe` when nobody reads any more. */
  out(text: string): void;
  /** Writes words for people; never throws. */
  err(text: string): void;
  /** Whether the data go to a terminal. */
  readonly outIsTerminal: boolean;
  /** Whether the words go to a terminal. */
  readonly errIsTerminal: boolean;
  /** Width of the terminal; 80 where there is none. */
  columns(): number;
  /** A variable of the environment. */
  env(name: string): string | undefined;
  /** Calls `handler` at each signal to stop, until the result is called. */
  onStop(handler: (signal: StopSignal) => void): () => void;
  /** Ends the process at once. */
  exit(status: number): never;
  /** Time, for progress lines and ages. */
  readonly clock: Clock;
}

const ENCODER = new TextEncoder();

function writeAll(
  stream: { writeSync(bytes: Uint8Array): number },
  text: string,
): void {
  let bytes = ENCODER.encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}

function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || 80;
  } catch {
    return 80; // No terminal, or one that does not tell its size.
  }
}

function listen(handler: (signal: StopSignal) => void): () => void {
  const onInterrupt = () => handler("SIGINT");
  const onTerminate = () => handler("SIGTERM");
  Deno.addSignalListener("SIGINT", onInterrupt);
  Deno.addSignalListener("SIGTERM", onTerminate);
  return () => {
    Deno.removeSignalListener("SIGINT", onInterrupt);
    Deno.removeSignalListener("SIGTERM", onTerminate);
  };
}

/** The real outside world of this process. */
export function processIo(): Io {
  return {
    out: (text) => writeAll(Deno.stdout, text),
    err(text) {
      try {
        writeAll(Deno.stderr, text);
      } catch {
        // Nobody listens to the words any more; the data still counts.
      }
    },
    outIsTerminal: Deno.stdout.isTerminal(),
    errIsTerminal: Deno.stderr.isTerminal(),
    columns: terminalColumns,
    env: (name) => Deno.env.get(name),
    onStop: listen,
    exit: (status) => Deno.exit(status),
    clock: systemClock,
  };
}
