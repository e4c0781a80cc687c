/**
 * Soaks a real service: programs load it, its virtual library has faults,
 * hands reach into that, and it is killed every few seconds; then the account.
 * `MINUTES=30 SEED=1 PROGRAMS=50 SLOTS=5000 KILL_EVERY=10 tools/deno run -A
 * tools/soak.ts [--json]`; Ctrl-C ends it early, with the account so far.
 *
 * @module
 */
import { soak } from "../tests/crash/soak.ts";
import { describeSoak, sumOf } from "../tests/crash/soak_account.ts";
import { print } from "./command.ts";

const DEFAULTS = {
  MINUTES: 30,
  PROGRAMS: 50,
  SLOTS: 5_000,
  KILL_EVERY: 10,
  /** How long a program waits before each call, on an average. */
  PACE_MS: 200,
} as const;

function printError(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}

function setting(name: keyof typeof DEFAULTS): number {
  const text = Deno.env.get(name);
  const value = Number(text ?? DEFAULTS[name]);
  if (value > 0) return value;
  printError(`${name} must be a number above 0: "${text}"`);
  Deno.exit(2);
}

const json = Deno.args.includes("--json");
const seed = Number(Deno.env.get("SEED") ?? Date.now() % 1_000_000);
const stop = new AbortController();
const interrupt = () => stop.abort();
Deno.addSignalListener("SIGINT", interrupt);
const tell = (line: string) => json ? printError(line) : print(line);
tell(`SEED=${seed}`);
const { account, directory } = await soak({
  seed,
  seconds: setting("MINUTES") * 60,
  programs: setting("PROGRAMS"),
  slots: setting("SLOTS"),
  killEverySeconds: setting("KILL_EVERY"),
  paceMs: setting("PACE_MS"),
  onProgress: tell,
  signal: stop.signal,
});
Deno.removeSignalListener("SIGINT", interrupt);
print(json ? JSON.stringify(account, null, 2) : describeSoak(account));
const whole = account.wrong.length === 0 &&
  sumOf(account.cartridges.device) === account.cartridges.in;
if (account.wrong.length > 0) tell(`left for examination: ${directory}`);
Deno.exit(whole && account.kills.underLoad > 0 ? 0 : 1);
