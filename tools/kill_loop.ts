/**
 * Kills a real service at random while client programs load it, and compares
 * what it acknowledged with its catalogue and its library after the restart:
 * `SEED=1 KILLS=100 tools/deno run -A tools/kill_loop.ts`.
 *
 * @module
 */
import { describeAccount, killUnderLoad } from "../tests/crash/kills.ts";
import { print } from "./command.ts";

const DEFAULT_KILLS = 100;

const started = performance.now();
const seed = Number(Deno.env.get("SEED") ?? Date.now() % 1_000_000);
print(`SEED=${seed}`);
const account = await killUnderLoad({
  seed,
  kills: Number(Deno.env.get("KILLS") ?? DEFAULT_KILLS),
  onKill: print,
});
print(describeAccount(account));
print(`${((performance.now() - started) / 1_000).toFixed(0)} s`);
Deno.exit(account.wrong.length === 0 && account.kills > 0 ? 0 : 1);
