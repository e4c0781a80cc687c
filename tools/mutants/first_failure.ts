/**
 * Runs seeds of the simulation until one fails, and prints which:
 * `deno run -A tools/mutants/first_failure.ts FIRST LAST STEPS`. It is run in
 * a copy of the checkout, whose sources it imports.
 *
 * @module
 */

import { Catalogues } from "../../tests/simulation/campaign.ts";
import { print } from "../command.ts";
import { failureLine } from "./outcome_lines.ts";

const [first = 1, last = 1, steps = 1] = Deno.args.map(Number);
const catalogues = await Catalogues.open();
for (let seed = first; seed <= last; seed++) {
  const { violation, steps: taken } = await catalogues.run({ seed, steps });
  if (violation === null) continue;
  print(failureLine({ seed, steps: taken, violation }));
  break;
}
