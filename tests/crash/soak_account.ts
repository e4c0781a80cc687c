/**
 * The account of a soak, for people.
 *
 * @module
 */

/** How often each of some things was counted. */
export type Counts = Readonly<Record<string, number>>;

/** What came of a soak. */
export interface SoakAccount {
  readonly seed: number;
  readonly slots: number;
  readonly programs: number;
  readonly seconds: number;
  readonly operations: {
    readonly acknowledged: Counts;
    readonly refused: Counts;
    /** Calls whose answer was lost with the service. */
    readonly unanswered: number;
    /** Of those, allocations that were done after all. */
    readonly doneUnanswered: number;
    /** Acknowledged in a second under load. */
    readonly perSecond: {
      readonly least: number;
      readonly median: number;
      readonly most: number;
    };
  };
  readonly kills: {
    /** Under 50 operations a second or more. */
    readonly underLoad: number;
    /** Under fewer, which do not count. */
    readonly tooSlow: number;
    /** As soon as a service had recovered from a kill, with faults on. */
    readonly afterRecovery: number;
  };
  readonly starts: number;
  readonly longestStartMs: number;
  readonly faults: Counts;
  readonly hands: Counts;
  /** Ends of library requests, by operation. */
  readonly requests: Readonly<Record<string, Counts>>;
  readonly cartridges: CartridgeCount;
  /** How often all invariants were held against the device. */
  readonly comparisons: number;
  readonly wrong: readonly string[];
}

/** Where the cartridges are, as device and catalogue have them. */
export interface CartridgeCount {
  /** Put in at the beginning. */
  readonly in: number;
  readonly device: {
    readonly slots: number;
    readonly drives: number;
    readonly ports: number;
    readonly transports: number;
    /** Taken away by hand, and not brought back. */
    readonly outside: number;
  };
  readonly catalogue: { readonly placed: number; readonly offline: number };
  /** Entered for a label that was not read, and found to be nothing. */
  readonly nameless: number;
}

/** The sum of counts. */
export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

/** The largest first. */
function sorted(counts: Counts): [string, number][] {
  return Object.entries(counts).toSorted(([, a], [, b]) => b - a);
}

/** The account as a table of two columns: what, and how many. */
export function describeSoak(account: SoakAccount): string {
  const { cartridges, kills, operations } = account;
  const { device, catalogue } = cartridges;
  const out = sumOf(device);
  const rows: (readonly [string, number | string])[] = [];
  const group = (title: string, counts: Counts) => {
    rows.push([title, sumOf(counts)]);
    for (const [name, count] of sorted(counts)) rows.push([`  ${name}`, count]);
  };
  rows.push(["seed", account.seed], ["seconds", Math.round(account.seconds)]);
  rows.push(["slots", account.slots], ["programs", account.programs]);
  group("operations acknowledged", operations.acknowledged);
  group("operations refused", operations.refused);
  rows.push(["answers lost with the service", operations.unanswered]);
  rows.push(["  allocations among them, done", operations.doneUnanswered]);
  for (const [name, value] of Object.entries(operations.perSecond)) {
    rows.push([`operations a second, ${name}`, Math.round(value)]);
  }
  rows.push(["kills under load", kills.underLoad]);
  rows.push(["kills under too little load to count", kills.tooSlow]);
  rows.push(["kills right after a recovery", kills.afterRecovery]);
  rows.push(["starts", account.starts]);
  rows.push(["longest start, ms", Math.round(account.longestStartMs)]);
  group("faults", account.faults);
  group("deeds of hands", account.hands);
  for (const [operation, ends] of Object.entries(account.requests)) {
    group(`${operation} requests`, ends);
  }
  rows.push(["cartridges in", cartridges.in]);
  rows.push(["cartridges out", out]);
  for (const [where, count] of Object.entries(device)) {
    rows.push([`  ${where}`, count]);
  }
  rows.push(["cartridges of the catalogue", sumOf({ ...catalogue })]);
  for (const [where, count] of Object.entries(catalogue)) {
    rows.push([`  ${where}`, count]);
  }
  rows.push(["entries for labels not read", cartridges.nameless]);
  rows.push(["comparisons of catalogue and device", account.comparisons]);
  rows.push(["lost, doubled or broken", account.wrong.length]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) =>
      `${name.padEnd(width)}  ${String(value).padStart(8)}`
    ),
    ...account.wrong,
  ].join("\n");
}
