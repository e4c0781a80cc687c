/**
 * A library in which a mount waits.
 *
 * @module
 */

import type { RunningService } from "./running_service.ts";

/** Two mounted media, and a third one, DEMO03L6, whose mount waits. */
export async function busy(
  service: RunningService,
): Promise<{ waiting: Promise<{ status: number }> }> {
  await service.rsm("pool create backup --draw");
  for (const name of ["one", "two", "three"]) {
    await service.rsm(`allocate --pool backup --name ${name}`);
  }
  for (const name of ["one", "two"]) await service.rsm(`mount ${name}`);
  const waiting = service.try("mount three");
  for (;;) {
    const { requests } = await service.json("queue");
    if (requests.some((each: { state: string }) => each.state === "waiting")) {
      return { waiting };
    }
  }
}
