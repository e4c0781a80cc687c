/**
 * A cartridge that a dismount left in its drive, asked about before it is
 * mounted again: no robot step does it then.
 *
 * @module
 */

import type { Changer } from "../changer/mod.ts";
import type { CartridgeRow, Place } from "../database/mod.ts";
import type { Context } from "./context.ts";
import { deviceCall } from "./crash_points.ts";
import { isUnread, type Journal } from "./journal.ts";
import { describeElement } from "./reconcile.ts";
import { readElement } from "./step_elements.ts";
import { StaleCatalogueError } from "./step_errors.ts";

/**
 * Whether a drive still holds a cartridge for sure; false where it shows no
 * label and may hold another one.
 *
 * @throws {StaleCatalogueError} when it does not hold that cartridge, or a
 * hand was in the library since the last inventory.
 */
export async function isStillIn(
  context: Context,
  { changer, drive }: { readonly changer: Changer; readonly drive: Place },
  cartridge: CartridgeRow,
  journal: Journal,
): Promise<boolean> {
  // Whoever has it mounted keeps it.
  if (cartridge.state === "loaded") return true;
  const [element] = await deviceCall(
    context,
    "readStep",
    () => readElement(changer, drive.elementAddress),
  );
  const { barCode, sequenceNumber } = cartridge;
  const isFull = element?.full === true;
  if (isFull && barCode !== "" && element.barCode === barCode) return true;
  const mayBe = isFull && (barCode === "" || element.barCode === null);
  if (mayBe && !journal.needsInventory) return !isUnread(cartridge);
  throw new StaleCatalogueError(
    `Cannot mount ${barCode || sequenceNumber}, which was left in its drive: ${
      describeElement(drive.name, element)
    }; the library was changed by hand`,
  );
}
