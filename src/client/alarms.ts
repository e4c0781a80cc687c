/**
 * Alarms of this Worker: however many are set, the runtime has one timer.
 * Nearly all of them end before they ring, and a timer of the runtime costs
 * a good part of a call.
 *
 * @module
 */

/** An alarm that may still ring. */
export interface Alarm {
  /** Ends it, unless it has rung. */
  end(): void;
}

/** An alarm that is set. */
interface SetAlarm {
  readonly at: number;
  readonly ring: () => void;
}

const alarms = new Set<SetAlarm>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** When the timer fires, which is never later than the first alarm. */
let firesAt = Infinity;

/** Calls `ring` in `delayMs`. Never keeps the process alive. */
export function setAlarm(delayMs: number, ring: () => void): Alarm {
  const alarm = { at: performance.now() + delayMs, ring };
  alarms.add(alarm);
  if (alarm.at < firesAt) startTimer(alarm.at);
  return {
    end(): void {
      // The timer stays, even if it fires for none.
      alarms.delete(alarm);
    },
  };
}

function startTimer(at: number): void {
  stopTimer();
  firesAt = at;
  timer = setTimeout(ringDue, Math.max(0, at - performance.now()));
  Deno.unrefTimer(timer);
}

function stopTimer(): void {
  clearTimeout(timer);
  timer = undefined;
  firesAt = Infinity;
}

function ringDue(): void {
  stopTimer();
  const now = performance.now();
  let next = Infinity;
  const due: SetAlarm[] = [];
  for (const alarm of alarms) {
    if (alarm.at <= now) due.push(alarm);
    else next = Math.min(next, alarm.at);
  }
  if (next < firesAt) startTimer(next);
  for (const alarm of due.sort((one, other) => one.at - other.at)) {
    // One that rang before may have ended it.
    if (alarms.delete(alarm)) alarm.ring();
  }
}
