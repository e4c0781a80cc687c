/**
 * A process that runs the seeds it is handed, one after the other: a line of
 * standard input orders a run, a line of standard output says what came of it.
 * It ends when its input does.
 *
 * @module
 */

import { cpuUsage } from "node:process";
import { print } from "../../tools/command.ts";
import { Catalogues } from "./campaign.ts";
import { linesOf, parseOrder } from "./seed_lines.ts";

let before = cpuUsage();

async function answer(catalogues: Catalogues, order: string): Promise<void> {
  const { counts, ...outcome } = await catalogues.run(parseOrder(order));
  const { system, user } = cpuUsage(before);
  before = cpuUsage();
  const busySeconds = (system + user) / 1_000_000;
  print(JSON.stringify({ ...outcome, counts: [...counts], busySeconds }));
}

const catalogues = await Catalogues.open();
for await (const line of linesOf(Deno.stdin.readable)) {
  // Nobody waits for it here, so that the end of the input is seen at once:
  // who ordered the run is gone then.
  answer(catalogues, line);
}
Deno.exit();
