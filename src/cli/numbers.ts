/**
 * Numbers and times as people read them.
 *
 * @module
 */

/** A whole number with its thousands set apart, as in 10,000. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count with its noun, as in "1 drive" and "2 drives". */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const STEPS: readonly (readonly [string, number])[] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/** How long ago something was, in its largest unit, as in "3 min". */
export function age(then: Date, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - then.getTime()) / 1000));
  const [unit, size] = STEPS.find(([, each]) => seconds >= each) ?? ["s", 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

const BYTE_UNITS: readonly (readonly [string, number])[] = [
  ["PB", 1e15],
  ["TB", 1e12],
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
];

/** A number of bytes in the unit that makers of tapes use, as in 2.5 TB. */
export function capacity(bytes: number): string {
  const [unit, size] = BYTE_UNITS.find(([, each]) => bytes >= each) ??
    ["B", 1];
  const value = bytes / size;
  return `${
    value < 10 ? Math.round(value * 10) / 10 : Math.round(value)
  } ${unit}`;
}
