/**
 * What `make lab-day` runs in the kernel lab: a day on each driver, with
 * progress and account.
 *
 * @module
 */
import { print } from "../../tools/command.ts";
import { describeDay, type Driver, mountsOf } from "./account.ts";
import { haveDay } from "./day.ts";

const [mounts = 200, seed = 1] = Deno.args.map(Number);

/** Whether all was as it should be. */
async function showDay(driver: Driver): Promise<boolean> {
  let shown = "";
  const account = await haveDay({
    mounts,
    seed,
    driver,
    onProgress(line) {
      if (line !== shown) print(line);
      shown = line;
    },
  });
  print(describeDay(account));
  const { held, programs, wrong } = account;
  return wrong.length === 0 && mountsOf(account) === mounts &&
    held === 2 * programs;
}

const whole = [await showDay("sg"), await showDay("ch")];
Deno.exit(whole.every((one) => one) ? 0 : 1);
