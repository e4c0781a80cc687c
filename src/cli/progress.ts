/**
 * A line on the terminal for what takes more than a second.
 *
 * @module
 */

import type { Timer } from "../model/ports.ts";
import type { Context } from "./command.ts";

const FRAMES = ["|", "/", "-", "\\"];
const FIRST_MS = 1000;
const NEXT_MS = 120;
const CLEAR = "\r\x1b[K";

/** Waits for `work`, and tells so on a terminal from the second second on. */
export async function withProgress<T>(
  context: Pick<Context, "io">,
  doing: string,
  work: Promise<T>,
): Promise<T> {
  const { io } = context;
  if (!io.errIsTerminal || io.env("TERM") === "dumb") return await work;
  const start = io.clock.monotonic();
  let frame = 0;
  let timer: Timer | null = null;
  const draw = () => {
    const seconds = Math.floor((io.clock.monotonic() - start) / 1000);
    io.err(
      `${CLEAR}${FRAMES[frame++ % FRAMES.length]} ${doing} (${seconds} s)`,
    );
    timer = io.clock.after(NEXT_MS, draw);
  };
  timer = io.clock.after(FIRST_MS, draw);
  try {
    return await work;
  } finally {
    timer.cancel();
    if (frame > 0) io.err(CLEAR);
  }
}
