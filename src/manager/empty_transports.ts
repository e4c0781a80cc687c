/**
 * Transports that hold what a step that broke off left in them.
 *
 * @module
 */

import type { Changer, Element } from "../changer/mod.ts";
import type { Context } from "./context.ts";
import { deviceCall } from "./crash_points.ts";
import type { Intents } from "./intents.ts";
import { readElement, readTransports } from "./step_elements.ts";
import { StaleCatalogueError, textOf } from "./step_errors.ts";

/** What is needed to empty transports. */
export interface EmptyingParts {
  readonly context: Context;
  readonly changer: Changer;
  readonly intents: Intents;
  readonly libraryId: string;
}

/**
 * Has the transports put away what they hold: where it came from, or in a
 * free slot.
 *
 * @throws {StaleCatalogueError} when a transport keeps its cartridge.
 */
export async function emptyTransports(parts: EmptyingParts): Promise<void> {
  const transports = await deviceCall(
    parts.context,
    "readTransports",
    () => readTransports(parts.changer),
  );
  for (const transport of transports) {
    if (transport.full) await putAway(parts, transport);
  }
}

async function putAway(
  { context, changer, intents, libraryId }: EmptyingParts,
  transport: Element,
): Promise<void> {
  const slots = await deviceCall(
    context,
    "readSlots",
    () => changer.readElements({ types: ["storage"] }),
  );
  const empty = slots.filter(({ full, accessible }) => !full && accessible);
  const target =
    empty.find(({ elementAddress }) =>
      elementAddress === transport.sourceAddress
    ) ?? empty[0];
  const label = transport.barCode ?? "a cartridge without label";
  if (target === undefined) {
    throw new StaleCatalogueError(
      `The transport holds ${label} and no slot is free; take a cartridge out of the library`,
    );
  }
  const { elementAddress } = transport;
  context.log.warn("Putting away what the transport holds", {
    barCode: label,
    elementAddress: target.elementAddress,
  });
  const intent = await intents.plan({
    libraryId,
    cartridgeId: "",
    sourceAddress: elementAddress,
    targetAddress: target.elementAddress,
    requestId: null,
  });
  await intents.send(intent);
  let answer = `${label} was put away`;
  try {
    await deviceCall(context, "move", () =>
      changer.move({
        transport: elementAddress,
        source: elementAddress,
        target: target.elementAddress,
      }));
  } catch (error) {
    answer = textOf(error);
    await intents.end(intent, "unknown", answer);
  }
  const [now] = await readElement(changer, elementAddress);
  await intents.end(intent, "resolved", answer);
  if (now?.full !== false) {
    throw new StaleCatalogueError(`The transport keeps ${label}: ${answer}`);
  }
}
