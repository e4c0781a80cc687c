import { assert, assertEquals } from "@std/assert";
import { openSession } from "../../src/client/mod.ts";
import { readCatalogue } from "../crash/catalogue.ts";
import { askDevice, type Contents } from "../crash/device.ts";
import { ltoPool } from "./lto_pool.ts";
import { ServiceProcess } from "./service_process.ts";

async function catalogueContents(socket: string) {
  await using session = await openSession({ socket });
  const [map] = await session.map();
  assert(map !== undefined);
  const addresses = new Map(
    [...map.slots, ...map.drives, ...map.ports].map((place) => [
      place.id,
      place.elementAddress,
    ]),
  );
  const contents: Contents = new Map(
    map.cartridges.map(({ location, barCode }) => [
      addresses.get(location ?? "") ?? -1,
      barCode,
    ]),
  );
  return { contents, map };
}

/** Robot steps whose end the journal does not know. */
function openSteps(directory: string): number {
  return readCatalogue(`${directory}/state`).steps.filter(({ state }) =>
    ["planned", "sent", "unknown"].includes(state)
  ).length;
}

function sorted(contents: Contents): [number, string][] {
  return [...contents].toSorted(([a], [b]) => a - b);
}

/** Times after the mount was asked for, ms; on this library a mount takes about 1,300. */
const KILL_AFTER_MS = [0, 100, 300, 600, 1_000];

for (const killAfterMs of KILL_AFTER_MS) {
  Deno.test(`a service killed ${killAfterMs} ms into a mount finds catalogue and library in agreement again`, async () => {
    const directory = await Deno.makeTempDir({ prefix: "rsm-kill-" });
    const url =
      `virtual:kill?slots=8&drives=2&cartridges=4&barcodes=LAB%03dL6&speed=20&dir=${directory}/library`;
    try {
      const doomed = await ServiceProcess.start(directory, [url]);
      const session = await openSession({ socket: doomed.socket });
      const pool = await ltoPool(session, {
        name: "backup",
        drawFromFree: true,
      });
      const { logicalMedium } = await session.allocate({ pool });
      const mounting = session.mount(logicalMedium).then(
        () => "mounted",
        () => "no answer",
      );
      await new Promise((resolve) => setTimeout(resolve, killAfterMs));
      await doomed.kill();
      await mounting;
      await session.close().catch(() => {});

      const restarted = await ServiceProcess.start(directory, [url]);
      const { contents, map } = await catalogueContents(restarted.socket);
      assertEquals(map.requests, [], "no request outlives the service");
      assertEquals(contents.size, 4, "no cartridge is lost or doubled");
      assertEquals(await restarted.stop(), 0);
      assertEquals(sorted(contents), sorted(await askDevice(url)));
      assertEquals(openSteps(directory), 0, "every robot step is settled");

      const service = await ServiceProcess.start(directory, [url]);
      await using again = await openSession({
        socket: service.socket,
        application: "RSM",
      });
      const [medium] = await again.objects("side", {
        container: logicalMedium,
      });
      assertEquals(medium?.state, "allocated", "an allocation never vanishes");
      // And work goes on: the same medium is mounted and taken out.
      const { mounts } = await again.mount(logicalMedium);
      assertEquals(mounts.length, 1);
      await again.dismount(logicalMedium, { wait: true });
      const after = await catalogueContents(service.socket);
      assert([...after.contents.keys()].every((address) => address > 0));
      assertEquals(await service.stop(), 0);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });
}
