/**
 * What is done to the library behind the service's back, but for cartridges.
 *
 * @module
 */
import { run } from "../lab/agreement.ts";
import { until } from "./waiting.ts";

/** Logical units of the library; that of the other drive follows. */
export const CHANGER_LUN = 1;
export const DRIVE_LUN = 2;

/** Has the first drive say that it is not ready. */
export async function setOffline(): Promise<void> {
  await run(
    "tgtadm",
    ...["--lld", "iscsi", "--mode", "logicalunit", "--op", "update"],
    ...["--tid", "1", "--lun", String(DRIVE_LUN), "--params", "online=0"],
  );
}

/** Halts, ends or starts the library, or takes one logical unit of it away. */
export async function target(
  ...action:
    | ["start" | "kill" | "pause" | "resume"]
    | ["remove" | "return", number]
): Promise<void> {
  await run("lab-target", ...action.map(String));
}

/** Has everything where it was at first, and waits until it can be used. */
export async function startOver(changerSg: string): Promise<void> {
  await target("kill");
  await target("start");
  await until("the library is back", async () => {
    const { success } = await new Deno.Command("mtx", {
      args: ["-f", changerSg, "status"],
    }).output();
    return success;
  });
}

/** Waits until a command meets a rule, which no test before has used. */
export async function untilMet(rule: string): Promise<void> {
  await until(`a command meets the rule ${rule}`, async () => {
    const log = await Deno.readTextFile("/run/lab/faults.log");
    return log.includes(`: ${rule}\n`);
  });
}
