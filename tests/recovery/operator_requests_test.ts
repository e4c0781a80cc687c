import { assertEquals } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import { ltoPool } from "./lto_pool.ts";
import { ServiceProcess } from "./service_process.ts";

/** Messages of the operator requests that are open. */
async function openRequests(session: Session): Promise<string[]> {
  return (await session.objects("operatorRequest"))
    .filter(({ state }) => state === "submitted").map(({ message }) => message);
}

Deno.test("the operator is not asked for a medium that nobody waits for since the service was killed", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm-kill-" });
  const url =
    `virtual:kill?slots=2&drives=1&cartridges=1&barcodes=LAB%03dL6&dir=${directory}/library`;
  try {
    const doomed = await ServiceProcess.start(directory, [url]);
    const session = await openSession({ socket: doomed.socket });
    const pool = await ltoPool(session, { name: "backup" });
    const waiting = session.allocate({ pool }).catch(() => "no answer");
    while ((await openRequests(session)).length === 0);
    await doomed.kill();
    assertEquals(await waiting, "no answer");
    await session.close().catch(() => {});

    const service = await ServiceProcess.start(directory, [url]);
    await using again = await openSession({ socket: service.socket });
    assertEquals(await openRequests(again), []);
    assertEquals(await service.stop(), 0);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
