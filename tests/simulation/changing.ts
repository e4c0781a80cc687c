/**
 * Calls that change objects: until such a call has its answer, what it is
 * about may be one way or the other.
 *
 * @module
 */

import type { Manager } from "../../src/manager/mod.ts";
import type { Ledger } from "./ledger.ts";
import type { Service } from "./service.ts";

/** Makes a call that changes the objects of these ids. */
export function changeObjects<T>(
  { ledger, service }: { readonly ledger: Ledger; readonly service: Service },
  what: string,
  ids: readonly string[],
  run: (manager: Manager) => Promise<T>,
  told: (result: T) => void,
): void {
  service.call<T>(
    what,
    (manager) => {
      ledger.changing.begin(...ids);
      return run(manager);
    },
    (result) => {
      ledger.changing.end(...ids);
      told(result);
    },
    () => ledger.changing.end(...ids),
  );
}
