/**
 * The gate before nonblocking calls. The runtime runs them on 32 threads that
 * it also needs for file I/O; 32 robots that do not answer would stop every
 * file read of the process. So at most 24 go out at a time, the rest wait in
 * order.
 *
 * The count is kept for each Worker. Hardware belongs to the service, which
 * runs in one Worker, and a count for the process would need state in C or
 * memory handed to every Worker by its maker.
 */

/** How many nonblocking calls a Worker has under way at most. */
export const CALLS_IN_FLIGHT = 24;

let inFlight = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a nonblocking call when there is room for it.
 *
 * @param call Makes the call.
 * @param signal Gives up the wait for room. A call that is out is not stopped.
 * @returns What the call gave.
 */
export async function throughGate<T>(
  call: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  if (inFlight < CALLS_IN_FLIGHT) inFlight++;
  else await turn(signal);
  try {
    return await call();
  } finally {
    // The place goes straight to the next in line, so nobody slips in between.
    const next = waiting.shift();
    if (next === undefined) inFlight--;
    else next();
  }
}

function turn(signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const admit = () => {
    signal?.removeEventListener("abort", leave);
    resolve();
  };
  const leave = () => {
    waiting.splice(waiting.indexOf(admit), 1);
    reject(signal?.reason);
  };
  waiting.push(admit);
  signal?.addEventListener("abort", leave, { once: true });
  return promise;
}
